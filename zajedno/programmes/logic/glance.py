"""How far a plan has come, at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LATE = "late"  # no state that anybody writes: the last day has passed and it is neither done nor dropped
OPEN = ("ahead", "underway")
ORDER = ("done", "underway", "ahead", LATE, "dropped")


def standing(state: str, ends_on: date, today: date) -> str:
    """A state, or `late`."""
    return LATE if state in OPEN and ends_on < today else state


@dataclass(frozen=True)
class Glance:
    """`counts` by standing. `due`: activities whose last day has come or that are done, without those dropped;
    `done`: how many of all are done."""

    counts: dict[str, int]
    done: int
    due: int

    @property
    def total(self) -> int:
        """All that have not been dropped."""
        return sum(number for standing, number in self.counts.items() if standing != "dropped")


def glance(activities: Iterable[tuple[str, date]], today: date) -> Glance:
    """Of states with last days."""
    counts = dict.fromkeys(ORDER, 0)
    for state, ends_on in activities:
        counts[standing(state, ends_on, today)] += 1
    return Glance(counts, counts["done"], counts["done"] + counts[LATE])
