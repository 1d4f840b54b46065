"""Who plays a procedure: institutions and people by its parts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.verbs import Verb
from zajedno.places.queries.actor import actor_for
from zajedno.places.queries.post import colleagues
from zajedno.procedures.logic.definition import Definition, Part

if TYPE_CHECKING:
    from zajedno.access.models import Account
    from zajedno.places.models import Organisation


class Cast(Protocol):
    """Asked for the same part of the same procedure, it gives the same ones."""

    def organisation(self, definition: Definition, part: Part) -> "Organisation": ...

    def person(self, definition: Definition, part: Part) -> "Account": ...

    def actors(self, definition: Definition, part: Part) -> Iterator[Actor]:
        """Who acts for a part on the day of the clock."""
        ...

    def agree(self, definition: Definition, keeper: "Organisation | None" = None) -> None:
        """See to it that the institutions have signed what the procedure's ties rest on; `keeper` in place of who keeps
        cases in this cast."""
        ...


def able(cast: Cast, definition: Definition, verb: Verb) -> Iterator[Actor]:
    """Everybody in the cast who may do a verb somewhere: of who keeps the case first."""
    for part in sorted(definition.parts, key=lambda one: one.key != definition.keeper and one.of != definition.keeper):
        yield from (by for by in cast.actors(definition, part) if by.may(verb.key))


class Kept:
    """A cast in which one case is kept by an institution of another: by whoever works there."""

    def __init__(self, cast: Cast, at: "Organisation") -> None:
        self.cast, self.at = cast, at

    def organisation(self, definition: Definition, part: Part) -> "Organisation":
        return self.at if part.keeps else self.cast.organisation(definition, part)

    def person(self, definition: Definition, part: Part) -> "Account":
        return self.cast.person(definition, part)

    def actors(self, definition: Definition, part: Part) -> Iterator[Actor]:
        if not part.keeps and part.of != definition.keeper:
            yield from self.cast.actors(definition, part)
            return
        for post in colleagues(self.at, today()):
            if not part.role or post.role_id == part.role:
                yield actor_for(post.account_id, today())

    def agree(self, definition: Definition, keeper: "Organisation | None" = None) -> None:
        self.cast.agree(definition, keeper or self.at)
