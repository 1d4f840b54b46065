"""Where cases wait, from a released table of steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zajedno.figures.logic.figure import Figure, Said

CLOSED = (
    "closed"  # no step: who came to an end waits nowhere, and may have come to it from any step (withdrawn, refused)
)
NO_WAIT = (CLOSED, "support")  # who is given support does not wait for it


@dataclass(frozen=True, slots=True)
class Stage:
    """A step: how many wait there, and how many went on from it. None: it is not told."""

    step: str
    figure: Figure
    waits: Decimal | None = None
    went: Decimal | None = None

    @property
    def came(self) -> Decimal | None:
        return None if self.waits is None or self.went is None else self.waits + self.went


def stages(figures: Sequence[Figure]) -> list[Stage]:
    """`figures`: how many stand at each step, in the order of the procedure; of the open cases those behind a step went
    on from it. Told numbers alone are added up, so that the sums tell of nothing more; behind one that is not told
    there is no sum."""
    found: list[Stage] = []
    went: Decimal | None = Decimal(0)
    for one in reversed(figures):
        waits = one.value if one.said == Said.EXACT else None
        if one.word == CLOSED:
            found.append(Stage(one.word, one, waits))
            continue
        found.append(Stage(one.word, one, waits, went))
        went = None if went is None or waits is None else went + waits
    return list(reversed(found))


def fullest(found: Sequence[Stage]) -> Stage | None:
    """Where most wait; None where a step is not told, which may hold more, or none waits anywhere."""
    open_ = [one for one in found if one.step not in NO_WAIT]
    if len(open_) < 2 or any(one.figure.said not in (Said.EXACT, Said.WITHHELD) for one in open_):
        return None
    most = max(open_, key=lambda one: one.waits or 0)
    return most if most.waits else None
