"""Who acts, from which post, for what purpose. Every verb takes an Actor named `by`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

NOWHERE = 0


@dataclass(frozen=True, slots=True)
class Seat:
    """One post held today: an organisation and the verbs its role carries there. A parent who acts for their own child
    sits without a post: `post` and `organisation` are NOWHERE.

    `stands_for`: the account whose post it is, when a deputy holds it for a time.
    """

    post: int
    organisation: int
    role: str
    verbs: frozenset[str]
    opens_files: bool
    stands_for: int | None = None

    @property
    def instead(self) -> dict[str, int]:
        """For the trail: nothing, or for whom the act was done."""
        return {"for": self.stands_for} if self.stands_for else {}


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

    def seat_of_right(self, verb: str, organisation: int | None = None) -> Seat | None:
        """The post an act rests on: one that carries the verb; for a reading, one whose files are opened. One's own
        posts come first, so it is a deputy's only where no other would do."""
        reads = (seat for seat in self.seats if seat.opens_files and organisation in (None, seat.organisation))
        return next(self.seats_for(verb, organisation), None) or next(reads, None)

    def may(self, verb: str, organisation: int | None = None) -> bool:
        """Does any post (in that organisation, when one is named) carry the verb?"""
        return next(self.seats_for(verb, organisation), None) is not None

    def organisations_for(self, verb: str) -> list[int]:
        return sorted({seat.organisation for seat in self.seats_for(verb)})
