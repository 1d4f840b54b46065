"""How far a result has come against its target, in numbers and a word."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Standing(StrEnum):
    UNKNOWN = "unknown"  # nothing was told yet
    TOLD = "told"  # there is a number, and no target
    REACHED = "reached"
    UNDERWAY = "underway"
    PARTLY = "partly"  # only some places told: what the others reached is not known


@dataclass(frozen=True, slots=True)
class Progress:
    """`share` of the target in per cent, whole; None where there is none to speak of. `partly`: the value is the sum of
    what some places told."""

    value: Decimal | None
    target: Decimal | None
    falls: bool = False
    partly: bool = False

    @property
    def standing(self) -> Standing:
        if self.value is None:
            return Standing.UNKNOWN
        if self.target is None:
            return Standing.TOLD
        good = self.value <= self.target if self.falls else self.value >= self.target
        if good and not (self.partly and self.falls):
            return Standing.REACHED
        return Standing.PARTLY if self.partly else Standing.UNDERWAY

    @property
    def share(self) -> int | None:
        if self.value is None or not self.target or self.falls or self.partly:
            return None
        return int(100 * self.value / self.target)


def contribution(of_place: Decimal | None, of_all: Decimal | None) -> int | None:
    """What part of the whole a place brought, in per cent; None where the whole is not known."""
    if of_place is None or not of_all or of_place > of_all:
        return None
    return int(100 * of_place / of_all)
