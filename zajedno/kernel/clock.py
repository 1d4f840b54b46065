"""The one clock. Whatever depends on "today" asks here, so that a test or `zajedno --today` can set it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Belgrade")
_STARTED = monotonic()
_set: ContextVar[date | None] = ContextVar("today", default=None)


def today() -> date:
    """The day in the region's time zone, unless it was set."""
    chosen = _set.get()
    if chosen is not None:
        return chosen
    if value := os.environ.get("ZAJEDNO_TODAY"):
        return date.fromisoformat(value)
    return day_of(datetime.now(ZONE))


def now() -> datetime:
    """This moment in UTC; on a set day, after noon of that day in the region: what comes later is later there too."""
    real = datetime.now(UTC)
    if today() == day_of(real):
        return real
    passed = min(timedelta(seconds=monotonic() - _STARTED), timedelta(hours=11))
    return datetime.combine(today(), time(12), ZONE).astimezone(UTC) + passed


def day_of(moment: datetime) -> date:
    """The day in the region on which a moment lies."""
    return moment.astimezone(ZONE).date()


@contextmanager
def on(day: date) -> Iterator[None]:
    """Everything inside happens on `day`."""
    token = _set.set(day)
    try:
        yield
    finally:
        _set.reset(token)
