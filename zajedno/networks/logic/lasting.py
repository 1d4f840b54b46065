"""How lasting a network is: its levels through time, and what threatens it. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

SOON = timedelta(days=90)
OLD = timedelta(days=365)  # after which a level should be looked at again


@dataclass(frozen=True, slots=True)
class Known:
    """What the platform knows of a network. None: nobody keeps it here yet, so nothing is said of it.

    `mandate_ends`: the day from which the body works no more; `coordinators`: how many there are; `coordinator_ends`:
    when the last of them leaves; `budget_next_year`: whether a line stands in next year's budget.
    """

    coordinators: int
    coordinator_ends: date | None = None
    mandate_ends: date | None = None
    budget_next_year: bool | None = None


@dataclass(frozen=True, slots=True)
class Warning:
    """`key`: mandate, no_coordinator, coordinator, budget, old; `on` the day it is about."""

    key: str
    on: date | None = None
    about: str = ""


def warnings(known: Known, seen: Iterable[tuple[str, date]], today: date) -> list[Warning]:
    """`seen`: dimensions and the day of their newest level. The gravest first."""
    found = []
    if not known.coordinators:
        found.append(Warning("no_coordinator"))
    elif known.coordinator_ends is not None and known.coordinator_ends <= today + SOON:
        found.append(Warning("coordinator", known.coordinator_ends))
    if known.mandate_ends is not None and known.mandate_ends <= today + SOON:
        found.append(Warning("mandate", known.mandate_ends))
    if known.budget_next_year is False:
        found.append(Warning("budget"))
    return found + [Warning("old", on, dimension) for dimension, on in seen if on < today - OLD]


def course(levels: Sequence[tuple[date, str, int]]) -> list[tuple[date, float, int]]:
    """Of (day, dimension, level) in order: on each day with a new level, the mean of the newest of all dimensions
    looked at so far, and how many they are."""
    newest: dict[str, int] = {}
    found: dict[date, tuple[float, int]] = {}
    for on, dimension, level in levels:
        newest[dimension] = level
        found[on] = (fmean(newest.values()), len(newest))
    return [(on, mean, count) for on, (mean, count) in found.items()]
