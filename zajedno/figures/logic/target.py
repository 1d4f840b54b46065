"""What a number is to come to: whether a target can be one, whose counts in a place, how much of the way is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from zajedno.figures.logic.closing import last_day
from zajedno.figures.logic.figure import Figure, Said

# What can be said of a place of any size. A count or a sum of money of a country is none of its municipalities'.
OF_ANY_SIZE: Final = frozenset({"share", "rate", "median", "mean"})
HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Aim:
    """`until`: the period by whose end; `baseline` with the period `since` it is reckoned from. `place`: code of whose
    it is. Without a place it is that of the indicator's own file, which has neither day nor decision."""

    value: Decimal
    until: str = ""
    place: str = ""
    baseline: Decimal | None = None
    since: str = ""
    source: str = ""
    link: str = ""


class Fault(StrEnum):
    """Why a target cannot be one."""

    NEGATIVE = "negative"
    SHARE = "share"  # of a hundred
    RATE = "rate"  # more than there are
    WHOLE = "whole"  # what is counted has no halves
    PERIOD = "period"  # of another kind than the indicator's
    OVER = "over"
    HALF = "half"  # a baseline without its period, or the other way round
    LATER = "later"  # the baseline is not before the target
    AWAY = "away"  # the target is worse than the baseline


@dataclass(frozen=True, slots=True)
class Rules:
    """What the indicator asks of its targets. `period`: year or school_year."""

    kind: str
    per: int
    better: str
    period: str


Wrong = tuple[str, Fault]  # which part of the target, and why


def fault(aim: Aim, rules: Rules, today: date) -> Wrong | None:
    """The first thing that is wrong, by the names of `Aim`."""
    if found := _of_number(aim.value, rules):
        return "value", found
    if found := _of_period(aim.until, rules):
        return "until", found
    return ("until", Fault.OVER) if last_day(aim.until) < today else _of_baseline(aim, rules)


def _of_number(value: Decimal, rules: Rules) -> Fault | None:
    if value < 0:
        return Fault.NEGATIVE
    if rules.kind == "share" and value > HUNDRED:
        return Fault.SHARE
    if rules.kind == "rate" and value > rules.per:
        return Fault.RATE
    return Fault.WHOLE if rules.kind == "count" and value != value.to_integral_value() else None


def _of_period(period: str, rules: Rules) -> Fault | None:
    try:
        last_day(period)
    except ValueError:
        return Fault.PERIOD
    return None if ("/" in period) == (rules.period == "school_year") else Fault.PERIOD


def _of_baseline(aim: Aim, rules: Rules) -> Wrong | None:
    if aim.baseline is None:
        return ("baseline", Fault.HALF) if aim.since else None
    if not aim.since:
        return "since", Fault.HALF
    if found := _of_number(aim.baseline, rules):
        return "baseline", found
    if found := _of_period(aim.since, rules) or (Fault.LATER if aim.since >= aim.until else None):
        return "since", found
    worse = {"higher": aim.value < aim.baseline, "lower": aim.value > aim.baseline}
    return ("value", Fault.AWAY) if worse.get(rules.better) else None


def nearest_of(path: Sequence[str], found: Mapping[str, Aim], *, kind: str) -> Aim | None:
    """`path`: a place and what it lies in, the nearest first. Its own target, else the nearest above it that has one.

    >>> nearest_of(["a", "b", "c"], {"c": Aim(Decimal(9)), "b": Aim(Decimal(8))}, kind="share").value
    Decimal('8')
    >>> nearest_of(["a", "b"], {"b": Aim(Decimal(8))}, kind="count") is None
    True
    """
    known = path if kind in OF_ANY_SIZE else path[:1]
    return next((found[code] for code in known if code in found), None)


def way(figure: Figure, aim: Aim, better: str) -> Decimal | None:
    """How much of the way from the baseline to the target is gone: 0 to 1, below 0 where it went the other way.

    None where that cannot be said: the number is not told or on few, there is no baseline, or none later than it.
    """
    if better not in ("higher", "lower") or figure.said != Said.EXACT or figure.value is None or figure.is_small:
        return None
    if aim.baseline is None or aim.baseline == aim.value or not aim.since < figure.period:
        return None
    return (figure.value - aim.baseline) / (aim.value - aim.baseline)
