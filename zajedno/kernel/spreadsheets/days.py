"""Days as people write them in registers of the region."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets.problems import Problem
from zajedno.kernel.spreadsheets.table import Cell

_MONTHS = (
    ("jan", "sij"),
    ("feb", "velj", "shk"),
    ("mar", "ozuj"),
    ("apr", "tra", "prill"),
    ("maj", "may", "svi"),
    ("jun", "lip", "qer"),
    ("jul", "srp", "kor"),
    ("avg", "aug", "kol", "gus"),
    ("sep", "szep", "ruj", "sht"),
    ("okt", "oct", "list", "tet"),
    ("nov", "stu", "nen"),
    ("dec", "pro", "dhj"),
)
_ROMAN = {
    name: month
    for month, name in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)
}
_OLDEST = date(1900, 1, 1)
_EXCEL = date(1899, 12, 30)  # day 0 of a workbook; its first two months are one day off and of no use here
_SERIALS = range(18_264, 73_051)  # 1950 to 2099
_CLOCK = re.compile(r"[T ]+\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$")


class Day(NamedTuple):
    """A day that was read, or the problem; both when only a month was given and that may do (its first day)."""

    day: date | None
    problem: Problem | None = None


def read_day(value: Cell, today: date, column: str, *, month_will_do: bool = False, future: bool = False) -> Day:
    """The day in a cell. Day first, as everywhere in the region; `today` decides the century of two digits.

    Nothing in the cell: no day and no problem. `future`: may the day lie after today?
    """
    day, code = _read(value, today)
    if code == "day_missing" and month_will_do:
        return Day(day, Problem(code, column))
    if not code and day:
        if day < _OLDEST:
            code = "date_too_old"
        elif day > today and not future:
            code = "date_future"
    return Day(None, Problem(code, column)) if code else Day(day)


def _read(value: Cell, today: date) -> tuple[date | None, str]:
    match value:
        case None:
            return None, ""
        case datetime():
            return value.date(), ""
        case date():
            return value, ""
        case bool():
            return None, "date_unreadable"
        case int() | float() if abs(value) < 10**9:
            return _serial(value)
        case str():
            return _text(value, today)
    return None, "date_unreadable"


def _serial(value: float) -> tuple[date | None, str]:
    if int(value) in _SERIALS:
        return _EXCEL + timedelta(days=int(value)), ""
    if 1900 <= value <= 2100 and value == int(value):
        return date(int(value), 1, 1), "day_missing"
    text = str(int(value))
    return _eight(text.zfill(8)) if len(text) in (7, 8) else (None, "date_unreadable")


def _text(text: str, today: date) -> tuple[date | None, str]:
    words = fold(_CLOCK.sub("", text.strip())).split()
    words = [word for word in words if word not in ("g", "god", "godine", "year", "dana", "rodjen", "rodjena")]
    if not words or text.strip(" -–—/.?") == "":
        return None, ""
    words = [part for word in words for part in re.findall(r"\d+|[a-z]+", word)]
    if len(words) == 1 and words[0].isdigit():
        return _eight(words[0]) if len(words[0]) == 8 else _serial(int(words[0]))
    if len(words) == 2:
        return _month_of_year(words, today)
    if len(words) != 3:
        return None, "date_unreadable"
    if words[0].isdigit() and len(words[0]) == 4:
        words.reverse()
    elif _month(words[0]) and not words[0].isdigit() and words[1].isdigit() and words[0] not in _ROMAN:
        words[0], words[1] = words[1], words[0]
    return _whole(words, today)


def _whole(words: list[str], today: date) -> tuple[date | None, str]:
    month, year = _month(words[1]), _year(words[2], today)
    if not words[0].isdigit() or month is None or year is None:
        return None, "date_unreadable"
    try:
        return date(year, month, int(words[0])), ""
    except ValueError:
        return None, "date_impossible"


def _month_of_year(words: list[str], today: date) -> tuple[date | None, str]:
    if len(words[0]) == 4 and words[0].isdigit():
        words = words[::-1]
    month, year = _month(words[0]), _year(words[1], today) if len(words[1]) == 4 else None
    if month and year and month <= 12:
        return date(year, month, 1), "day_missing"
    return None, "date_unreadable"


def _month(word: str) -> int | None:
    """The month; a number that is none comes back as it is, so that the calendar refuses it."""
    if word.isdigit():
        return int(word)
    if word in _ROMAN:
        return _ROMAN[word]
    return next((number for number, names in enumerate(_MONTHS, 1) if word.startswith(names)), None)


def _year(word: str, today: date) -> int | None:
    if not word.isdigit() or len(word) not in (2, 4):
        return None
    year = int(word)
    if len(word) == 2:
        year += 2000 if year <= today.year % 100 + 1 else 1900
    return year if year else None


def _eight(digits: str) -> tuple[date | None, str]:
    """20150605 or 05062015."""
    for year, month, day in ((digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2])):
        if 1900 <= int(year) <= 2100:
            try:
                return date(int(year), int(month), int(day)), ""
            except ValueError:
                continue
    return None, "date_impossible"
