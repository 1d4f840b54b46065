"""Who acts, from which post, for what purpose. Every verb takes an Actor named `by`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

NOWHERE = 0


@dataclass(frozen=True, slots=True)
class Seat:
    """One post held today: an organisation and the verbs its role carries there. A parent who acts for their own child
    sits without a post: `post` and `organisation` are NOWHERE."""

    post: int
    organisation: int
    role: str
    verbs: frozenset[str]
    opens_files: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work today. `keys` are what ties are matched with: organisations positive, the account negative."""

    account: int
    seats: tuple[Seat, ...]
    today: date
    purpose: str = ""

    @property
    def keys(self) -> list[int]:
        """Keys that may stand in the `acl` of a child or case: int[]."""
        return [-self.account, *sorted({s.organisation for s in self.seats if s.opens_files})]

    @property
    def is_family(self) -> bool:
        """Does the person act as a parent, for their own children alone?"""
        return any(seat.organisation == NOWHERE for seat in self.seats)

    @property
    def reads_for(self) -> int | None:
        """The institution in whose name a file is read: that of the first post that opens files."""
        return next((seat.organisation for seat in self.seats if seat.opens_files), None)

    def seats_for(self, verb: str, organisation: int | None = None) -> Iterator[Seat]:
        for seat in self.seats:
            if verb in seat.verbs and organisation in (None, seat.organisation):
                yield seat

    def may(self, verb: str, organisation: int | None = None) -> bool:
        """Does any post (in that organisation, when one is named) carry the verb?"""
        return next(self.seats_for(verb, organisation), None) is not None

    def organisations_for(self, verb: str) -> list[int]:
        return sorted({seat.organisation for seat in self.seats_for(verb)})
