"""Periods by their names: a calendar year ("2026") or a school year ("2025/26")."""

import re
from collections.abc import Iterable
from datetime import date

_NUMBER = re.compile(r"\d{2,4}")


def year_before(period: str) -> str:
    """The period of the same kind one year earlier.

    >>> year_before("2026"), year_before("2000/01"), year_before("2025-2026")
    ('2025', '1999/00', '2024-2025')
    """
    return _NUMBER.sub(lambda found: _less(found.group()), period)


def _less(number: str) -> str:
    return str((int(number) - 1) % 10 ** len(number)).zfill(len(number))


def in_order(periods: Iterable[str]) -> list[str]:
    """From the oldest on, each once."""
    return sorted(set(periods))


def is_next(period: str, earlier: str) -> bool:
    """Does it follow the other without a gap? A line is drawn only between such two."""
    return year_before(period) == earlier


def next_ends(today: date) -> tuple[date, date]:
    """From which day on the running calendar year, and the running school year, can be reckoned.

    >>> [day.isoformat() for day in next_ends(date(2026, 9, 15))]
    ['2027-01-01', '2027-09-01']
    """
    school = date(today.year, 9, 1)
    return date(today.year + 1, 1, 1), school if today < school else date(today.year + 1, 9, 1)


def running(kind: str, today: date, count: int) -> list[str]:
    """The running year or school year and those after it, `count` together; below nought those before it, backwards.

    >>> running("year", date(2026, 9, 15), 3), running("school_year", date(2026, 8, 15), 2)
    (['2026', '2027', '2028'], ['2025/26', '2026/27'])
    >>> running("school_year", date(2026, 9, 15), -2)
    ['2026/27', '2025/26']
    """
    is_school = kind == "school_year"
    first = today.year - int(is_school and today < date(today.year, 9, 1))
    years = range(first, first + count, 1 if count > 0 else -1)
    return [f"{year}/{(year + 1) % 100:02}" if is_school else str(year) for year in years]
