"""Days that count: office days and holidays of a country or entity, deadlines, the school year.

A calendar is data of a pack (`packs/<country>/calendars.toml`). Holidays come from the PyPI package `holidays`; where
an office differs, the pack adds closed or open days with their source. Nothing here asks what day it is.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import holidays

Unit = Literal["hours", "days", "office_days", "months"]
Roll = Literal["forward", "none"]
Moment = TypeVar("Moment", date, datetime)
ONE_DAY = timedelta(days=1)
SCHOOL_YEAR_STARTS = 9  # September, in Serbia and in both entities of Bosnia and Herzegovina


class BadCalendar(ValueError):
    """A `calendars.toml` cannot be used; the text says which calendar and why."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When offices of one place are closed. `weekend`: Monday is 0. `closed` and `opened` are single days by date.

    `subdivision` is that of the package `holidays` (BIH, SRP, BRC); `verified` says whether a lawyer confirmed it.
    """

    key: str
    country: str
    subdivision: str = ""
    weekend: frozenset[int] = frozenset({5, 6})
    closed: frozenset[date] = frozenset()
    opened: frozenset[date] = frozenset()
    source: str = ""
    verified: bool = False


def load_calendars(path: Path) -> dict[str, Calendar]:
    """The calendars of a pack's `calendars.toml` by key. Raises `BadCalendar` with a sentence."""
    try:
        entries: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["calendar"]
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise BadCalendar(f"{path.name} cannot be read as a list of [[calendar]]: {error}") from error
    calendars: dict[str, Calendar] = {}
    for entry in entries:
        calendar = _calendar(path.name, entry)
        if calendar.key in calendars:
            raise BadCalendar(f"{path.name}: the key {calendar.key} is there twice")
        calendars[calendar.key] = calendar
    return calendars


def _calendar(name: str, entry: dict[str, Any]) -> Calendar:
    known = set(Calendar.__dataclass_fields__)
    where = f"{name}, calendar {entry.get('key', 'without key')}"
    if wrong := set(entry) - known:
        raise BadCalendar(f"{where}: unknown words {', '.join(sorted(wrong))}")
    if missing := {"key", "country", "source", "verified"} - set(entry):
        raise BadCalendar(f"{where}: {', '.join(sorted(missing))} must be given")
    sets = {field: frozenset(entry[field]) for field in ("weekend", "closed", "opened") if field in entry}
    values: dict[str, Any] = entry | sets
    calendar = Calendar(**values)
    if not calendar.weekend <= set(range(7)) or len(calendar.weekend) == 7:
        raise BadCalendar(f"{where}: weekend lists days from 0 (Monday) to 6, and not all of them")
    if any(type(day) is not date for day in calendar.closed | calendar.opened):
        raise BadCalendar(f"{where}: closed and opened list dates such as 2026-01-05")
    try:
        holidays_in(2026, calendar)
    except NotImplementedError as error:
        raise BadCalendar(f"{where}: {error}") from error
    return calendar


@lru_cache(maxsize=256)
def _holidays(country: str, subdivision: str, year: int) -> dict[date, str]:
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=year)
    return {day: str(name) for day, name in found.items()}


def holidays_in(year: int, calendar: Calendar) -> dict[date, str]:
    """Public holidays of a year, with their names in the package's language. Movable feasts may be "(estimated)"."""
    return dict(_holidays(calendar.country, calendar.subdivision, year))


def is_office_day(day: date, calendar: Calendar) -> bool:
    """Are offices open? A day the pack opens or closes by date comes before weekend and holidays."""
    if isinstance(day, datetime):
        day = day.date()
    if day in calendar.opened:
        return True
    if day in calendar.closed or day.weekday() in calendar.weekend:
        return False
    return day not in _holidays(calendar.country, calendar.subdivision, day.year)


def add_days(start: Moment, n: int, unit: Unit, *, calendar: Calendar, roll: Roll = "none") -> Moment:
    """The end of a deadline: the day of the event is not counted, the n-th day after it is the last.

    `office_days` counts open days only. `months` ends on the day of the same number, or the month's last. With `roll`
    "forward" a deadline in days or months that ends on a closed day ends on the next open one. `hours` needs a moment
    with a time and counts every hour. A negative `n` goes back. Raises ValueError for hours without a time.
    """
    if unit == "hours":
        if not isinstance(start, datetime):
            raise ValueError("hours are counted from a moment, not from a day")
        return start + timedelta(hours=n)
    if unit == "office_days":
        return _office_days_on(start, n, calendar)
    end = start + timedelta(days=n) if unit == "days" else _months_on(start, n)
    while roll == "forward" and not is_office_day(end, calendar):
        end += ONE_DAY
    return end


def _office_days_on(start: Moment, n: int, calendar: Calendar) -> Moment:
    step = ONE_DAY if n > 0 else -ONE_DAY
    end, left = start, abs(n)
    while left:
        end += step
        left -= is_office_day(end, calendar)
    return end


def _months_on(start: Moment, n: int) -> Moment:
    years, month = divmod(start.month - 1 + n, 12)
    first = start.replace(day=1, year=start.year + years, month=month + 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first.replace(day=min(start.day, (following - ONE_DAY).day))


def office_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Open days after `start` up to and with `end`; negative when `end` is earlier. Fits `add_days`."""
    if end < start:
        return -office_days_between(end - ONE_DAY, start - ONE_DAY, calendar)
    return sum(is_office_day(day, calendar) for day in _days(start + ONE_DAY, end))


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def school_year(day: date) -> tuple[date, date]:
    """First and last day of the school year that holds `day`: 1 September to 31 August."""
    year = day.year if day.month >= SCHOOL_YEAR_STARTS else day.year - 1
    return date(year, SCHOOL_YEAR_STARTS, 1), date(year + 1, SCHOOL_YEAR_STARTS, 1) - ONE_DAY


def school_year_name(day: date) -> str:
    """2026/27, as schools write it."""
    first, last = school_year(day)
    return f"{first.year}/{last.year % 100:02d}"
