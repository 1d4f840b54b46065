"""Who plays a procedure: institutions and people by its parts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import Verb
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

    def agree(self, definition: Definition) -> None:
        """See to it that the institutions have signed what the procedure's ties rest on."""
        ...


def able(cast: Cast, definition: Definition, verb: Verb) -> Iterator[Actor]:
    """Everybody in the cast who may do a verb somewhere: of who keeps the case first."""
    for part in sorted(definition.parts, key=lambda one: one.key != definition.keeper and one.of != definition.keeper):
        yield from (by for by in cast.actors(definition, part) if by.may(verb.key))
