"""What a way of scoring many sheets of one form is: a self-evaluation, a survey. Like `contract`, for groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean, pstdev
from typing import Any, Protocol

from zajedno.forms.logic.scores.answers import Answers

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figure:
    """One result. `about`: the dimension, question, organisation or pair it tells of; empty: of all together.

    `count`: answers it rests on; `spread`: standard deviation between them; `low`, `high`: 95 % confidence interval, or
    of a self-evaluation the lowest and highest said.
    `unit`: "%", "points" or empty; `flagged`: asks for attention; `doubtful`: nothing stands behind it. `key` and
    `band` are named by the form's facts. `value` None: could not be said, or too few answered.
    """

    key: str
    value: Decimal | None
    about: tuple[str, ...] = ()
    count: int = 0
    spread: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    band: str = ""
    flagged: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """All figures, the summing ones first. `effective`: number of sheets that weighted ones are worth."""

    figures: tuple[Figure, ...]
    sheets: int
    effective: Decimal | None = None

    def of(self, key: str, *about: str) -> Figure:
        """Raises KeyError."""
        for figure in self.figures:
            if (figure.key, figure.about) == (key, about):
                return figure
        raise KeyError((key, *about))


class GroupScore(Protocol):
    """Sheets of one round: answers by question name; a repeat is a list of the same under its own name."""

    def __call__(self, sheets: Sequence[Answers], options: Mapping[str, Any]) -> GroupOutcome: ...


def rounded(value: float | None) -> Decimal | None:
    """Half up to a hundredth."""
    return None if value is None else Decimal(str(round(value, 9))).quantize(HUNDREDTH, ROUND_HALF_UP)


def mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None


def spread(values: Sequence[float]) -> Decimal | None:
    """Standard deviation of those who answered (they are all, not a sample); None of fewer than two."""
    return rounded(pstdev(values)) if len(values) > 1 else None


def band(value: float | Decimal | None, bands: Mapping[str, Any]) -> str:
    """The band (by its lowest value) that a value lies in; "" where there is none."""
    if value is None:
        return ""
    return max(((lowest, name) for name, lowest in bands.items() if value >= lowest), default=(0, ""))[1]
