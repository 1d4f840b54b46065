"""A period as formats write it: ISO 8601, a first day and a length."""

import re
from datetime import date, timedelta

from zajedno.figures.logic.closing import last_day


def first_day(period: str) -> date:
    """Of a calendar year, or of a school year; ValueError for what is neither.

    >>> first_day("2025"), first_day("2025/26")
    (datetime.date(2025, 1, 1), datetime.date(2025, 9, 1))
    """
    end = last_day(period)
    return date(end.year - 1, end.month, end.day) + timedelta(days=1)


def iso(period: str) -> str:
    """As ADX has it, and SDMX where a year does not begin in January.

    >>> iso("2025"), iso("2025/26")
    ('2025-01-01/P1Y', '2025-09-01/P1Y')
    """
    return f"{first_day(period).isoformat()}/P1Y"


def of_iso(text: str) -> str:
    """The way back; ValueError for a period that no figure here has."""
    found = re.fullmatch(r"(\d{4})-(01|09)-01/P1Y", text, re.ASCII)
    if found is None:
        raise ValueError(f"{text!r} is no year and no school year")
    year = int(found[1])
    return found[1] if found[2] == "01" else f"{year}/{(year + 1) % 100:02d}"
