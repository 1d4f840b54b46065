"""Clocks of a case: started, stopped, paused and resumed by moves; reminders and misses by the daily round."""

from datetime import date, datetime, timedelta

from zajedno.casework.models import Case, Clock
from zajedno.casework.queries.case import CaseFile
from zajedno.kernel.clock import day_of
from zajedno.places.queries.calendar import calendar_of
from zajedno.procedures.logic.definition import DeadlineRule
from zajedno.procedures.logic.due import Pause, due, due_at
from zajedno.procedures.logic.walk import Outcome


def apply(file: CaseFile, outcome: Outcome, moment: datetime) -> None:
    """What a move does to the clocks, at the moment it happened. Stops come before starts."""
    day = day_of(moment)
    running = {clock.key: clock for clock in file.case.clocks.filter(stopped_on=None)}
    for key in outcome.stops:
        if clock := running.pop(key, None):
            clock.stopped_on, clock.paused_on = max(day, clock.started_on), None
            clock.save()
    for key in outcome.pauses:
        if (clock := running.get(key)) and clock.paused_on is None:
            clock.paused_on = max(day, clock.started_on)
            clock.save()
    for key in outcome.resumes:
        if (clock := running.get(key)) and clock.paused_on is not None:
            _resume(file, clock, day, outcome.move)
    for key in outcome.starts:
        start(file.case, file.definition.deadline[key], moment)


def start(case: Case, rule: DeadlineRule, moment: datetime) -> Clock:
    """Begin a clock; one that still runs for the same deadline goes on as it is."""
    day = day_of(moment)
    hour = due_at(rule, moment) if rule.unit == "hours" else None
    last = day_of(hour) if hour else due(rule, day, calendar_of(case.organisation))
    clock, _new = Clock.objects.get_or_create(
        case=case, key=rule.key, stopped_on=None, defaults={"started_on": day, "due_on": last, "due_at": hour}
    )
    return clock


def _resume(file: CaseFile, clock: Clock, day: date, move: str) -> None:
    until = max(day, clock.paused_on or day)
    clock.pauses = [*clock.pauses, {"since": str(clock.paused_on), "until": str(until), "move": move}]
    clock.paused_on = None
    pauses = [Pause(date.fromisoformat(one["since"]), date.fromisoformat(one["until"])) for one in clock.pauses]
    rule = file.definition.deadline[clock.key]
    if clock.due_at:
        clock.due_at += timedelta(days=(until - pauses[-1].since).days)
        clock.due_on = day_of(clock.due_at)
    else:
        clock.due_on = due(rule, clock.started_on, calendar_of(file.case.organisation), pauses)
    clock.save()
