"""One number as everybody reads it: page, paper, table, API and exchange format are made from this, so they agree."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Said(StrEnum):
    """What may be said of a figure."""

    EXACT = "exact"
    BETWEEN = "between"  # only `low` and `high` are known: a part of it is fewer than five, or none
    WITHHELD = "withheld"  # fewer than five, none, or told only together with others
    ABSENT = "absent"  # not reckoned: no edition, no denominator, or the period is not closed


@dataclass(frozen=True, slots=True)
class Figure:
    """`place` and `indicator` are codes; `by` is the axis that divides (`sex`, `age` …), `word` the part of it, both
    empty for the whole. `value` is in the indicator's unit (per cent, per 1,000, days, a currency); `top` and `bottom`
    are what it was divided from. `reported` of `expected` institutions had sent something when the edition was made."""

    indicator: str
    place: str
    period: str
    said: Said
    by: str = ""
    word: str = ""
    unit: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    top: Decimal | None = None
    bottom: Decimal | None = None
    reported: int | None = None
    expected: int | None = None
    edition: str = ""
    released_on: date | None = None
    method: int = 1
    reason: str = ""  # why this edition was made after another one
    is_small: bool = False  # a rate on so few that one person moves it: marked wherever it is shown
    bottom_year: int | None = None  # of which year the people are that a rate is divided by
    left_out: int | None = None  # of a rate: places in it of which nobody published how many live there
