"""How lasting a network is: its levels through time, and what threatens it. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

SOON = timedelta(days=90)
YEAR = timedelta(days=365)  # before a mandate or an agreement ends: renewing takes a council
OLD = timedelta(days=365)  # after which a level should be looked at again


@dataclass(frozen=True, slots=True)
class Known:
    """What the platform knows of a network. None: nobody keeps it here yet, so nothing is said of it.

    `mandate_ends`: the last day of its body; `coordinators`: how many there are; `coordinator_ends`: when the last of
    them leaves; `has_seat`: whether somebody sits on the coordinator's seat of the body; `budget_next_year`: whether a
    line stands in next year's budget; `agreements`: titles of those that hold or held last, with their last days.
    """

    coordinators: int
    coordinator_ends: date | None = None
    mandate_ends: date | None = None
    budget_next_year: bool | None = None
    has_seat: bool | None = None
    agreements: Sequence[tuple[str, date]] = ()


@dataclass(frozen=True, slots=True)
class Warning:
    """`key`: no_coordinator, coordinator, seat, mandate, mandate_over, budget, agreement, agreement_over, old; `on` the
    day it is about; `about`: a dimension, or the title of an agreement."""

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
    if known.coordinators and known.has_seat is False:
        found.append(Warning("seat"))
    if known.mandate_ends is not None and known.mandate_ends <= today + YEAR:
        found.append(Warning(_past("mandate", known.mandate_ends, today), known.mandate_ends))
    if known.budget_next_year is False:
        found.append(Warning("budget"))
    for title, on in sorted(known.agreements, key=lambda one: one[1]):
        if on <= today + YEAR:
            found.append(Warning(_past("agreement", on, today), on, title))
    return found + [Warning("old", on, dimension) for dimension, on in seen if on < today - OLD]


def _past(key: str, last_day: date, today: date) -> str:
    return f"{key}_over" if last_day < today else key


def course(levels: Sequence[tuple[date, str, int]]) -> list[tuple[date, float, int]]:
    """Of (day, dimension, level) in order: on each day with a new level, the mean of the newest of all dimensions
    looked at so far, and how many they are."""
    newest: dict[str, int] = {}
    found: dict[date, tuple[float, int]] = {}
    for on, dimension, level in levels:
        newest[dimension] = level
        found[on] = (fmean(newest.values()), len(newest))
    return [(on, mean, count) for on, (mean, count) in found.items()]
