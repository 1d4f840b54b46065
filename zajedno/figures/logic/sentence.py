"""What may be said of a figure in plain words, without a language: a simple fraction, what changed, and no claim where
the figure does not carry one."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from zajedno.figures.logic.figure import Figure, Said


class Part(StrEnum):
    """A share as people say it."""

    NEARLY_ALL = "nearly_all"
    NINE_TENTHS = "nine_tenths"
    FOUR_FIFTHS = "four_fifths"
    THREE_QUARTERS = "three_quarters"
    TWO_THIRDS = "two_thirds"
    THREE_FIFTHS = "three_fifths"
    HALF = "half"
    TWO_FIFTHS = "two_fifths"
    THIRD = "third"
    QUARTER = "quarter"
    FIFTH = "fifth"
    TENTH = "tenth"
    HARDLY_ANY = "hardly_any"


FRACTIONS: Final = {
    Part.NINE_TENTHS: (9, 10), Part.FOUR_FIFTHS: (4, 5), Part.THREE_QUARTERS: (3, 4), Part.TWO_THIRDS: (2, 3),
    Part.THREE_FIFTHS: (3, 5), Part.HALF: (1, 2), Part.TWO_FIFTHS: (2, 5), Part.THIRD: (1, 3), Part.QUARTER: (1, 4),
    Part.FIFTH: (1, 5), Part.TENTH: (1, 10),
}  # fmt: skip
EDGE: Final = Decimal("0.05")  # below it hardly any, above the rest nearly all
STEADY: Final = Decimal(3)  # of a hundred: a smaller change of a share is none
STEADY_PART: Final = Decimal("0.05")  # the same of a number that is no share


class Claim(StrEnum):
    """How much of a figure may be said."""

    PART = "part"  # a share in words
    NUMBER = "number"  # the number itself
    RANGE = "range"  # only between which numbers it lies
    FEW = "few"  # a number on so few that nothing follows from it
    WITHHELD = "withheld"
    ABSENT = "absent"


class Change(StrEnum):
    """Beside the period a year before."""

    MORE = "more"
    LESS = "less"
    SAME = "same"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a text is made of. `before` is there only where both may be said in the same way."""

    claim: Claim
    figure: Figure
    part: Part | None = None
    change: Change = Change.UNKNOWN
    before: Figure | None = None
    before_part: Part | None = None

    @property
    def is_firm(self) -> bool:
        """May it be set beside a target or beside others?"""
        return self.claim in (Claim.PART, Claim.NUMBER)


def nearest(share: Decimal) -> Part:
    """The simple fraction nearest to a share from 0 to 1.

    >>> nearest(Decimal("0.67")).value, nearest(Decimal("0.97")).value
    ('two_thirds', 'nearly_all')
    """
    if share < EDGE:
        return Part.HARDLY_ANY
    if share > 1 - EDGE:
        return Part.NEARLY_ALL
    return min(FRACTIONS, key=lambda part: abs(share - Decimal(FRACTIONS[part][0]) / FRACTIONS[part][1]))


def sentence(figure: Figure, before: Figure | None, *, is_share: bool, in_bands: bool = False) -> Sentence:
    """`is_share`: its value is of a hundred. `in_bands`: it is always told as a band, so that a band is its number."""
    claim, part = _claim(figure, is_share, in_bands)
    told = Sentence(claim, figure, part)
    if before is None or not told.is_firm:
        return told
    claim_before, part_before = _claim(before, is_share, in_bands)
    if claim_before != claim or before.method != figure.method or before.unit != figure.unit:
        return told  # reckoned or said otherwise: nothing follows from the difference
    return Sentence(claim, figure, part, _change(figure, before, is_share), before, part_before)


def _claim(figure: Figure, is_share: bool, in_bands: bool) -> tuple[Claim, Part | None]:
    match figure.said:
        case Said.ABSENT:
            return Claim.ABSENT, None
        case Said.WITHHELD:
            return Claim.WITHHELD, None
        case Said.BETWEEN if in_bands and figure.low is not None and not figure.is_small:
            return Claim.NUMBER, None
        case Said.BETWEEN:
            return _between(figure, is_share)
    if figure.value is None:
        return Claim.ABSENT, None
    if figure.is_small:
        return Claim.FEW, None
    return (Claim.PART, nearest(figure.value / 100)) if is_share else (Claim.NUMBER, None)


def _between(figure: Figure, is_share: bool) -> tuple[Claim, Part | None]:
    """A range so narrow that it is one fraction from end to end is told as that fraction."""
    if figure.low is None:
        return Claim.WITHHELD, None
    if is_share and not figure.is_small and figure.high is not None:
        low, high = nearest(figure.low / 100), nearest(figure.high / 100)
        return (Claim.PART, low) if low == high else (Claim.RANGE, None)
    return Claim.RANGE, None


def middle(figure: Figure) -> Decimal | None:
    """One number for a drawing: the value, or the middle of what it lies between, or its low end where it is open."""
    found = ends(figure)
    return None if found is None else found[0] if found[1] is None else (found[0] + found[1]) / 2


def ends(figure: Figure) -> tuple[Decimal, Decimal | None] | None:
    """At least and at most, the same where it is exact; None where nothing is told."""
    if figure.said == Said.EXACT and figure.value is not None:
        return figure.value, figure.value
    if figure.said == Said.BETWEEN and figure.low is not None:
        return figure.low, figure.high
    return None


def meets(figure: Figure, target: Decimal, better: str) -> bool | None:
    """Is the target met? None where that cannot be said: it lies between, or no direction is better."""
    found = ends(figure)
    if found is None or better not in ("higher", "lower"):
        return None
    low, high = found
    if better == "higher":
        return True if low >= target else False if high is not None and high < target else None
    return True if high is not None and high <= target else False if low > target else None


def _change(figure: Figure, before: Figure, is_share: bool) -> Change:
    now, then = middle(figure), middle(before)
    if now is None or then is None:
        return Change.UNKNOWN
    if Said.BETWEEN in (figure.said, before.said):
        return _apart(figure, before)
    still = STEADY if is_share else abs(then) * STEADY_PART
    if abs(now - then) < still or now == then:
        return Change.SAME
    return Change.MORE if now > then else Change.LESS


def _apart(figure: Figure, before: Figure) -> Change:
    """Of two ranges only what holds wherever in them the numbers lie."""
    now, then = ends(figure), ends(before)
    if now is None or then is None:
        return Change.UNKNOWN
    if now == then:
        return Change.SAME
    if then[1] is not None and now[0] > then[1]:
        return Change.MORE
    return Change.LESS if now[1] is not None and now[1] < then[0] else Change.UNKNOWN
