"""Functions about days and times."""

import math
import re
from datetime import datetime

from zajedno.forms.logic.values import Value, day_number, moment, number, stamp, text, time_fraction

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MARK = re.compile("%[YymnbdeaHhMS3]")
_UNPADDED = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


def date_(value: Value) -> str:
    """A day as text from a text ("2026-11-26", "2026-1-5", one with its time) or from a number of days."""
    written = value if isinstance(value, float) else text(value)
    if isinstance(written, str) and (found := _UNPADDED.fullmatch(written)):
        written = f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"
    at = moment(written)
    return at.date().isoformat() if at else ""


def date_time(value: Value) -> str:
    at = moment(value)
    return stamp(at) if at else ""


def decimal_date_time(value: Value) -> float:
    days = number(value) if isinstance(value, float) else day_number(text(value))
    return math.nan if days is None else days


def decimal_time(value: Value) -> float:
    part = time_fraction(text(value))
    return math.nan if part is None else part


def format_date(value: Value, pattern: Value) -> str:
    """By the marks %Y %y %m %n %b %d %e %a, and %H %h %M %S %3 of the time; English names of months and days."""
    at = moment(value)
    return "" if at is None else _MARK.sub(lambda found: _formatted(found[0], at), text(pattern))


def _formatted(mark: str, at: datetime) -> str:
    return {
        "%Y": f"{at.year:04}", "%y": f"{at.year % 100:02}", "%m": f"{at.month:02}", "%n": str(at.month),
        "%b": _MONTHS[at.month - 1], "%d": f"{at.day:02}", "%e": str(at.day), "%a": _DAYS[at.weekday()],
        "%H": f"{at.hour:02}", "%h": str(at.hour), "%M": f"{at.minute:02}", "%S": f"{at.second:02}",
        "%3": f"{at.microsecond // 1000:03}",
    }[mark]  # fmt: skip
