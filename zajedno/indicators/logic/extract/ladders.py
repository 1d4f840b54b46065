"""How a value is told more and more coarsely. The first rung is the finest that ever leaves the house."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

ALL, UNKNOWN = "*", "unknown"
BANDS = ((2, "0-2"), (6, "3-6"), (14, "7-14"), (18, "15-18"))
HALVES = ((6, "0-6"), (18, "7-18"))
OLDER = "19+"
Rung = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Ladder:
    """`names` say in a word each how coarse a rung is."""

    key: str
    names: tuple[str, ...]
    rungs: tuple[Rung, ...]

    @property
    def top(self) -> int:
        return len(self.rungs) - 1


def as_it_is(value: str) -> str:
    return value or UNKNOWN


def not_told(_value: str) -> str:
    return ALL


def plain(key: str) -> Ladder:
    """Told, or not told."""
    return Ladder(key, ("whole", "not_told"), (as_it_is, not_told))


def ages(key: str) -> Ladder:
    """From whole years; never finer than a band of years."""
    return Ladder(
        key, ("band", "half", "not_told"),
        (lambda value: _band(value, BANDS), lambda value: _band(value, HALVES), not_told),
    )  # fmt: skip


def _band(value: str, bands: tuple[tuple[int, str], ...]) -> str:
    if not value.isdigit():
        return UNKNOWN
    return next((word for last, word in bands if int(value) <= last), OLDER)


def places(key: str, district: Mapping[str, str], region: Mapping[str, str]) -> Ladder:
    """From the code of a municipality; never finer than its district."""
    return Ladder(
        key, ("district", "region", "not_told"),
        (lambda value: district.get(value, UNKNOWN), lambda value: region.get(value, UNKNOWN), not_told),
    )  # fmt: skip
