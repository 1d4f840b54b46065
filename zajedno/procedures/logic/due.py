"""Counts the last day of a deadline. The calendar and the day are arguments; nothing here asks what day it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, cast

from zajedno.kernel.calendars import Calendar, Unit, add_days, office_days_between
from zajedno.procedures.logic.definition import DeadlineRule

Standing = Literal["running", "paused", "soon", "overdue", "stopped"]


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood still from the day `since` to the day `until` (the day it went on); None: it still stands."""

    since: date
    until: date | None = None
    reason: str = ""


def due(
    rule: DeadlineRule, started_on: date, calendar: Calendar, pauses: Iterable[Pause] = (), today: date | None = None
) -> date:
    """The last day on which the rule is kept.

    Each pause that began by then adds its own length, in office days for a rule in office days, in calendar days
    otherwise; days paused twice count once; a pause that began after the due day comes too late. An open pause counts
    up to `today`, which must then be given. Only the final day rolls on to an office day.
    """
    unit = cast(Unit, rule.unit)
    last = add_days(started_on, rule.length, unit, calendar=calendar)
    for since, until in _merged(pauses, started_on, today):
        if since > last:
            break
        if unit == "office_days":
            last = add_days(last, office_days_between(since, until, calendar), unit, calendar=calendar)
        else:
            last = add_days(last, (until - since).days, "days", calendar=calendar)
    return add_days(last, 0, "days", calendar=calendar, roll="forward" if rule.roll == "forward" else "none")


def due_at(rule: DeadlineRule, started: datetime) -> datetime:
    """The last moment of a rule in hours, which run day and night."""
    return started + timedelta(hours=rule.length)


def _merged(pauses: Iterable[Pause], started_on: date, today: date | None) -> list[tuple[date, date]]:
    """Pauses in order, none before the start, overlapping ones as one."""
    merged: list[tuple[date, date]] = []
    for pause in sorted(pauses, key=lambda one: one.since):
        until = pause.until or today
        if until is None:
            raise ValueError("an open pause can only be counted up to a day: give `today`")
        since = max(pause.since, started_on)
        if until <= since:
            continue
        if merged and since <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], until))
        else:
            merged.append((since, until))
    return merged


def standing(rule: DeadlineRule, due_on: date, today: date, *, paused: bool = False, stopped: bool = False) -> Standing:
    """How a clock stands on a day; the due day itself is still in time."""
    if stopped:
        return "stopped"
    if paused:
        return "paused"
    if today > due_on:
        return "overdue"
    return "soon" if (due_on - today).days <= max(rule.remind_before, default=0) else "running"


def reminders_due(rule: DeadlineRule, due_on: date, today: date, sent: Iterable[int] = ()) -> tuple[int, ...]:
    """The reminders (days before) whose day has come, that were not sent, while the deadline is not past.

    When several have come at once, as after a holiday, the caller sends one mail and marks them all.
    """
    left = (due_on - today).days
    return tuple(days for days in rule.remind_before if left >= 0 and left <= days and days not in set(sent))
