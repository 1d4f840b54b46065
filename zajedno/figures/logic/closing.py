"""Until when a period is open."""

import re
from datetime import date

_YEAR, _SCHOOL_YEAR = re.compile(r"\d{4}", re.ASCII), re.compile(r"(\d{4})/\d\d", re.ASCII)


def last_day(period: str) -> date:
    """Of a calendar year, or of a school year; ValueError for what is neither.

    >>> last_day("2025"), last_day("2025/26")
    (datetime.date(2025, 12, 31), datetime.date(2026, 8, 31))
    """
    if _YEAR.fullmatch(period):
        return date(int(period), 12, 31)
    found = _SCHOOL_YEAR.fullmatch(period)
    if found is None or (int(found[1]) + 1) % 100 != int(period[-2:]):
        raise ValueError(f"{period!r} is no year and no school year")
    return date(int(found[1]) + 1, 8, 31)
