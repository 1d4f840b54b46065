"""Where cases wait, from a released table of steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zajedno.figures.logic.figure import Figure, Said


@dataclass(frozen=True, slots=True)
class Stage:
    """A step: how many came to it, went on from it, and wait there. None: it is not told."""

    step: str
    figure: Figure
    came: Decimal | None = None
    went: Decimal | None = None

    @property
    def waits(self) -> Decimal | None:
        return None if self.came is None or self.went is None else self.came - self.went


def stages(figures: Sequence[Figure]) -> list[Stage]:
    """One for each figure, in their order. Nothing is subtracted that the figure does not carry itself: both numbers
    were released, and of a figure that is only told between two numbers neither is used."""
    found = []
    for one in figures:
        exact = one.said == Said.EXACT
        came = one.bottom if one.bottom is not None else one.value
        found.append(Stage(one.word, one, came if exact or one.said == Said.BETWEEN else None,
                           one.top if exact else None))  # fmt: skip
    return found


def widest(found: Sequence[Stage]) -> Stage | None:
    """Where most wait; None where fewer than two steps are told, or none waits anywhere."""
    known = [one for one in found if one.waits is not None]
    if len(known) < 2:
        return None
    most = max(known, key=lambda one: one.waits or 0)
    return most if most.waits else None
