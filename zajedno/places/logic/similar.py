"""Places like another one: about as many children, and a population that is made and moves alike. Where only the
number of people is known, those nearby that are about as large."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log2

FEWEST, MOST = 4, 8  # places that a comparison needs, and shows


class How(StrEnum):
    """By what they are alike."""

    PROFILE = "profile"  # number of children, their share, births, and how the population changed
    NEARBY = "nearby"  # the same district, canton or entity, and the number of people
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Profile:
    """Of one place. `areas`: in which it lies, the nearest first. Shares and changes are of one (0.18, -0.05)."""

    code: str
    areas: tuple[str, ...] = ()
    people: int = 0
    children: int = 0
    births: float | None = None  # a year, per 1,000 people
    change: float | None = None  # of the population, over the years that are known

    @property
    def is_full(self) -> bool:
        return bool(self.people and self.children) and self.births is not None and self.change is not None


@dataclass(frozen=True, slots=True)
class Group:
    """Codes, the most alike first."""

    how: How
    codes: tuple[str, ...] = ()


def similar(place: Profile, others: Iterable[Profile]) -> Group:
    """The places most like this one; none where fewer than FEWEST are known."""
    known = [one for one in others if one.code != place.code]
    if place.is_full and len(full := [one for one in known if one.is_full]) >= FEWEST:
        return Group(How.PROFILE, _first(full, lambda one: _distance(place, one)))
    for area in place.areas:
        inside = [one for one in known if area in one.areas]
        if len(inside) >= FEWEST:
            return Group(How.NEARBY, _first(inside, lambda one: _size(place.people, one.people)))
    return Group(How.NONE)


def _first(rows: Sequence[Profile], far: Callable[[Profile], float]) -> tuple[str, ...]:
    return tuple(one.code for one in sorted(rows, key=lambda one: (far(one), one.code))[:MOST])


def _distance(one: Profile, other: Profile) -> float:
    """Twice as many children are as far as three points of their share, three births or a tenth of the population."""
    parts = (
        _size(one.children, other.children),
        (one.children / one.people - other.children / other.people) / 0.03,
        ((one.births or 0) - (other.births or 0)) / 3,
        ((one.change or 0) - (other.change or 0)) / 0.10,
    )
    return sum(part * part for part in parts)


def _size(one: int, other: int) -> float:
    """How often one must be doubled to be the other."""
    return abs(log2(max(one, 1) / max(other, 1)))
