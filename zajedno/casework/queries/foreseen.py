"""What would be if today were another day: how the clocks of a case would stand, and who would be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from zajedno.casework.actions.clocks import lengthened
from zajedno.casework.actions.notices import people
from zajedno.casework.models import Clock
from zajedno.casework.queries.case import CaseFile
from zajedno.places.queries.calendar import calendar_of
from zajedno.procedures.logic.definition import DeadlineRule
from zajedno.procedures.logic.due import Pause, Standing, due, standing


@dataclass(frozen=True)
class Foreseen:
    """A clock on that day. `last`: its last day, later while it stands still; `told`: (day, is it the miss, names of
    who is told) of every letter from now to that day."""

    clock: Clock
    rule: DeadlineRule
    last: date
    standing: Standing
    told: tuple[tuple[date, bool, tuple[str, ...]], ...]


def foreseen(file: CaseFile, day: date) -> list[Foreseen]:
    """Every running clock of the case as it would be on `day`, if nothing is done until then."""
    found = []
    for clock in file.running:
        if rule := file.definition.deadline.get(clock.key):
            last = _last(file, clock, rule, day)
            how = standing(rule, last, day, paused=clock.paused_on is not None)
            found.append(Foreseen(clock, rule, last, how, tuple(_letters(file, clock, rule, day))))
    return found


def _last(file: CaseFile, clock: Clock, rule: DeadlineRule, day: date) -> date:
    if clock.paused_on is None or clock.due_at:
        return clock.due_on
    earlier = [Pause(date.fromisoformat(one["since"]), date.fromisoformat(one["until"])) for one in clock.pauses]
    pauses = [*earlier, Pause(clock.paused_on)]
    calendar = calendar_of(file.case.organisation, rule.calendar)
    return due(lengthened(rule, clock.clause), clock.started_on, calendar, pauses, max(day, clock.paused_on))


def _letters(
    file: CaseFile, clock: Clock, rule: DeadlineRule, day: date
) -> Iterator[tuple[date, bool, tuple[str, ...]]]:
    if clock.paused_on is not None or clock.missed_on is not None:
        return
    names = {account.name for part in rule.missed for account in people(file, part).values()}
    who = tuple(sorted(names))
    for days in sorted(set(rule.remind_before) - set(clock.reminded), reverse=True):
        on = clock.due_on - timedelta(days=days)
        if file.by.today <= on <= day:
            yield on, False, who
    missed = clock.due_on + timedelta(days=1)
    if missed <= day:
        yield max(missed, file.by.today), True, who
