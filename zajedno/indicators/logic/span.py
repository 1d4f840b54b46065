"""Periods that are told of: a calendar year, or a school year."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from zajedno.kernel.calendars import school_year, school_year_name
from zajedno.kernel.clock import ZONE

YEAR, SCHOOL_YEAR = "year", "school_year"
KINDS = (YEAR, SCHOOL_YEAR)
BACK = 5  # closed periods that are released where an installation has none yet


@dataclass(frozen=True, slots=True)
class Span:
    """`name` as figures carry it; both days are within."""

    name: str
    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return _moment(self.first)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return _moment(self.last + timedelta(days=1))

    def years_before(self, years: int) -> date:
        """The last day, years ago: who was born later is younger than so many years.

        >>> year_of(2024).years_before(7)
        datetime.date(2017, 12, 31)
        """
        year = self.last.year - years
        return date(year, self.last.month, min(self.last.day, monthrange(year, self.last.month)[1]))


def year_of(year: int) -> Span:
    return Span(str(year), date(year, 1, 1), date(year, 12, 31))


def school_year_of(day: date) -> Span:
    """
    >>> school_year_of(date(2026, 3, 1)).name
    '2025/26'
    """
    return Span(school_year_name(day), *school_year(day))


def named(name: str) -> Span:
    """Back from the name of a period; ValueError where it is none.

    >>> named("2025/26").first, named("2025").last
    (datetime.date(2025, 9, 1), datetime.date(2025, 12, 31))
    """
    year, slash, rest = name.partition("/")
    span = school_year_of(date(int(year), 9, 1)) if slash else year_of(int(year))
    if span.name != name:
        raise ValueError(f"{year}/{rest} is no period")
    return span


def closed(kind: str, today: date, late_days: int, many: int = BACK) -> list[Span]:
    """The last periods that ended at least so many days ago, the newest first.

    >>> [span.name for span in closed(YEAR, date(2026, 1, 29), 30)][:2]
    ['2024', '2023']
    >>> [span.name for span in closed(SCHOOL_YEAR, date(2026, 9, 30), 30)][:2]
    ['2025/26', '2024/25']
    """
    found: list[Span] = []
    day = today - timedelta(days=late_days)
    at = school_year_of(day) if kind == SCHOOL_YEAR else year_of(day.year)
    if at.last > day:
        at = _before(at)
    while len(found) < many:
        found.append(at)
        at = _before(at)
    return found


def _before(span: Span) -> Span:
    day = span.first - timedelta(days=1)
    return school_year_of(day) if "/" in span.name else year_of(day.year)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, ZONE).astimezone(UTC)
