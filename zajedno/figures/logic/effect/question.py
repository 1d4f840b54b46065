"""What is asked of released figures, and what may be answered: no claim where they do not allow one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

HIGHER, LOWER = "higher", "lower"  # what is better
RATES = ("share", "rate", "mean", "median")  # kinds that mean the same at a small place and at a large one


class Verdict(StrEnum):
    WORKED = "worked"
    NO_CHANGE = "no_change_seen"
    WORSE = "worse"
    CANNOT_SAY = "cannot_say"


class Reason(StrEnum):
    """Why nothing can be said."""

    NOT_BEGUN = "not_begun"
    NOT_A_RATE = "not_a_rate"  # a count or a sum says more of how large a place is
    NO_DIRECTION = "no_direction"  # neither more nor less of it is better
    SEVERAL = "several"  # something else began at the place in the same years
    FEW_BEFORE = "few_before"
    FEW_AFTER = "few_after"
    WITHHELD = "withheld"  # figures of the place itself are not told
    FEW_PLACES = "few_places"  # too few places are like it, and its own series is too short
    NOT_PARALLEL = "not_parallel"  # it went its own way before the start already
    BREAK_BEFORE = "break_before"  # something had changed it before the start
    STILL = "still"  # nothing moved by itself, so what chance can do is not known
    TOO_WIDE = "too_wide"  # only bounds are told of some figures, and they leave both open


class Method(StrEnum):
    COMPARISON = "comparison"  # before and after, beside places that did without
    SERIES = "series"  # before and after in a long series of the place alone
    NONE = ""


@dataclass(frozen=True, slots=True)
class Question:
    """`opened`: when the place began to prepare; `began`: when the thing itself began. What lies between them is
    neither before nor after. `also`: places that did the same, which are no comparison. `several`: did something else
    begin at the place in the years that are looked at?"""

    indicator: str
    place: str
    opened: date
    began: date | None
    kind: str
    better: str
    also: frozenset[str] = frozenset()
    several: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """`estimate`, `low` and `high` are in the indicator's unit: how much higher than without. The true one lies between
    `low` and `high` in nineteen cases of twenty. `chance`: how often chance alone would show as much."""

    verdict: Verdict
    reason: Reason | None = None
    method: Method = Method.NONE
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # that it was compared with

    @property
    def n_before(self) -> int:
        return len(self.before)

    @property
    def n_after(self) -> int:
        return len(self.after)
