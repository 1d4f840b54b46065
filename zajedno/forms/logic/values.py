"""What an XPath value is as text, as a number, as truth, and how days and times become numbers.

A value is a text, a float, a bool or a list of nodes. A day is the number of days since 1 January 1970 and a time of
day its fraction, both as the clock on the wall shows them: an offset ("+01:00") is read and set aside, as phones do.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import floor, inf, isinf, isnan, nan
from typing import Any

Value = str | float | bool | Sequence[Any]

EPOCH = date(1970, 1, 1).toordinal()
_BLANKS = re.compile(r"[ \t\r\n]+")
_NUMBER = re.compile(r"[ \t\r\n]*[-+]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|Infinity)[ \t\r\n]*")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T(.*))?")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]+)?)?(Z|[-+][0-9]{2}:[0-9]{2})?")
_OFFSET = re.compile(r"Z|[-+](?:0[0-9]|1[0-4]):[0-5][0-9]")


def text(value: Value) -> str:
    """As XPath's string(): of nodes the first."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return figures(float(value))
    return node_text(value[0]) if value else ""


def texts(value: Value) -> list[str]:
    """Of nodes each, else the one."""
    return [node_text(node) for node in value] if isinstance(value, list) else [text(value)]


def words(value: Value) -> list[str]:
    """What stands between blanks, as several choices do."""
    return [word for word in _BLANKS.split(text(value)) if word]


def number(value: Value) -> float:
    """As a number; a text that is a day or a day with its time is the number of that day; NaN when it is none."""
    if isinstance(value, str):
        return _number(value)
    if isinstance(value, float | int):
        return float(value)
    return _number(node_text(value[0])) if value else nan


def numbers(value: Value) -> list[float]:
    """Of nodes each, else the one."""
    return [_number(node_text(node)) for node in value] if isinstance(value, list) else [number(value)]


def truth(value: Value) -> bool:
    """As XPath's boolean(): of nodes whether there are any."""
    if isinstance(value, float):
        return value != 0 and not isnan(value)
    return bool(value)


def node_text(node: Any) -> str:
    """The text of an element with all inside it, or of an attribute."""
    if isinstance(node, str):
        return node
    return "".join(node.itertext()) if len(node) else node.text or ""


def figures(value: float) -> str:
    """A number in figures, never with an exponent; a whole one without a point; what is no number is nothing."""
    if isnan(value):
        return ""
    if isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _number(written: str) -> float:
    if _NUMBER.fullmatch(written):
        try:
            return float(written)
        except OverflowError:
            return inf
    day = day_number(written)
    return nan if day is None else day


def day_number(written: str) -> float | None:
    """Days since 1970 of "2026-11-26" or "2026-11-26T10:00:00.000+01:00"; None when it is neither."""
    found = _DAY.fullmatch(written)
    if not found:
        return None
    fraction = 0.0 if found[2] is None else time_fraction(found[2])
    try:
        day = date.fromisoformat(found[1]).toordinal() - EPOCH
    except ValueError:
        return None
    return None if fraction is None else day + fraction


def time_fraction(written: str) -> float | None:
    """The part of a day gone by at "10:00" or "10:00:00.000+01:00"; None when it is no time."""
    found = _TIME.fullmatch(written)
    if not found or (found[5] and not _OFFSET.fullmatch(found[5])):
        return None
    hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    return (hours * 3600 + minutes * 60 + seconds + float(found[4] or 0)) / 86400


def moment(value: Value) -> datetime | None:
    """A day with its time, as the wall clock shows it, from a text or a number of days."""
    days = number(value) if isinstance(value, float) else day_number(text(value))
    if days is None or isnan(days) or isinf(days):
        return None
    whole = floor(days)
    try:
        day = date.fromordinal(whole + EPOCH)
    except (ValueError, OverflowError):
        return None
    return datetime.combine(day, time()) + timedelta(milliseconds=round((days - whole) * 86_400_000))


def stamp(at: datetime) -> str:
    """A moment as XForms write it: "2026-11-26T10:00:00.000+01:00"."""
    return at.isoformat(timespec="milliseconds")
