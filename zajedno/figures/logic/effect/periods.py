"""From which day to which day a period lasts, and which periods lie before and after a start."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

_WRITTEN = re.compile(r"(\d{4})(?:(-Q|[-/])(\d{1,4}))?")


def span(period: str) -> tuple[date, date] | None:
    """First and last day; None for what is no period. A school year begins with September.

    >>> span("2025"), span("2025-2026")[0], span("2025/26")[1], span("2025-03")[1], span("2025-Q2")[0]
    ... # doctest: +NORMALIZE_WHITESPACE
    ((datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)), datetime.date(2025, 9, 1), datetime.date(2026, 8, 31),
     datetime.date(2025, 3, 31), datetime.date(2025, 4, 1))
    """
    found = _WRITTEN.fullmatch(period)
    if found is None:
        return None
    year, mark, part = int(found[1]), found[2], found[3]
    if part is None:
        return date(year, 1, 1), date(year, 12, 31)
    number = int(part)
    if len(part) == 4 or mark == "/" or (len(part) == 2 and number > 12):
        follows = number in (year + 1, (year + 1) % 100)
        return (date(year, 9, 1), date(year + 1, 8, 31)) if follows else None
    if mark == "-Q":
        return _months(year, 3 * number - 2, 3) if 1 <= number <= 4 else None
    return _months(year, number, 1) if len(part) == 2 and 1 <= number <= 12 else None


def _months(year: int, month: int, many: int) -> tuple[date, date]:
    after = month + many
    return date(year, month, 1), date(year + (after > 12), (after - 1) % 12 + 1, 1) - timedelta(days=1)


def parted(periods: Iterable[str], opened: date, began: date) -> tuple[list[str], list[str]]:
    """Those that were over when it was prepared, and those that opened when it was there; both from the oldest on."""
    known = sorted((days, one) for one in set(periods) if (days := span(one)) is not None)
    before = [one for (_first, last), one in known if last < opened]
    return before, [one for (first, _last), one in known if first >= began]
