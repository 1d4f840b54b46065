"""Clocks of a case: started, stopped, paused and resumed by moves; reminders and misses by the daily round."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from zajedno.casework.models import Case, Clock
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.clause import newest
from zajedno.kernel.clock import day_of
from zajedno.places.queries.calendar import calendar_of
from zajedno.procedures.logic.definition import DeadlineRule
from zajedno.procedures.logic.due import Pause, due, due_at
from zajedno.procedures.logic.walk import Outcome

if TYPE_CHECKING:
    from zajedno.networks.models import Clause


def lengthened(rule: DeadlineRule, clause: "Clause | None") -> DeadlineRule:
    """The rule with the length of the clause, where the procedure leaves that to it and it says one."""
    if not rule.clause or clause is None or clause.deadline_length is None:
        return rule
    return replace(rule, length=clause.deadline_length, unit=clause.deadline_unit)


def apply(file: CaseFile, outcome: Outcome, moment: datetime) -> None:
    """What a move does to the clocks, at the moment it happened. Stops come before starts; what still runs goes on."""
    if not (outcome.stops or outcome.pauses or outcome.resumes or outcome.starts):
        return
    day = day_of(moment)
    running = {clock.key: clock for clock in file.case.clocks.filter(stopped_on=None)}
    for key in outcome.stops:
        if clock := running.pop(key, None):
            clock.stopped_on, clock.paused_on = max(day, clock.started_on), None
            clock.save(update_fields=["stopped_on", "paused_on"])
    for key in outcome.pauses:
        if (clock := running.get(key)) and clock.paused_on is None:
            clock.paused_on = max(day, clock.started_on)
            clock.save()
    for key in outcome.resumes:
        if (clock := running.get(key)) and clock.paused_on is not None:
            _resume(file, clock, day, outcome.move)
    rules = [file.definition.deadline[key] for key in outcome.starts if key not in running]
    clause = newest(file.case, file.by.today) if any(rule.clause for rule in rules) else None
    for rule in rules:
        start(file.case, rule, moment, clause)


def start(case: Case, rule: DeadlineRule, moment: datetime, clause: "Clause | None" = None) -> Clock:
    """Begin a clock; none runs for the same deadline. `clause`: on which the case rests."""
    day = day_of(moment)
    clause = clause if rule.clause else None
    rule = lengthened(rule, clause)
    hour = due_at(rule, moment) if rule.unit == "hours" else None
    last = day_of(hour) if hour else due(rule, day, calendar_of(case.organisation, rule.calendar))
    return Clock.objects.create(case=case, key=rule.key, started_on=day, due_on=last, due_at=hour, clause=clause)


def _resume(file: CaseFile, clock: Clock, day: date, move: str) -> None:
    until = max(day, clock.paused_on or day)
    clock.pauses = [*clock.pauses, {"since": str(clock.paused_on), "until": str(until), "move": move}]
    clock.paused_on = None
    pauses = [Pause(date.fromisoformat(one["since"]), date.fromisoformat(one["until"])) for one in clock.pauses]
    rule = lengthened(file.definition.deadline[clock.key], clock.clause)
    if clock.due_at:
        clock.due_at += timedelta(days=(until - pauses[-1].since).days)
        clock.due_on = day_of(clock.due_at)
    else:
        clock.due_on = due(rule, clock.started_on, calendar_of(file.case.organisation, rule.calendar), pauses)
    clock.save()
