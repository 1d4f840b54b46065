"""Deadlines of cases on their own days: when they end, whether they were missed, which reminders went out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from numpy.typing import NDArray

from zajedno.procedures.logic.due import Pause, due
from zajedno.site.seed import pattern as kinds
from zajedno.site.seed.pattern import NULL, ClockRow
from zajedno.site.seed.text import Days
from zajedno.site.seed.town import Town

NOON = 12  # the hour of the day at which stories happen
Span = tuple[tuple[int, int], ...]  # pauses, as first and last day


@dataclass
class Reckoned:
    """A clock in each case: its last day, and the texts of its columns."""

    clock: ClockRow
    last: list[int]
    columns: dict[str, list[str]]

    @property
    def runs(self) -> bool:
        return self.clock.stopped is None and self.clock.paused is None


class Clocks:
    """Each last day is reckoned once for a rule, a calendar, a first day and its pauses."""

    def __init__(self, days: Days, today: int) -> None:
        self.days, self.today = days, today
        self._known: dict[Any, int] = {}

    def reckoned(self, clock: ClockRow, towns: Sequence[Town], days: NDArray[Any]) -> Reckoned:
        """`days`: of each case, in the order of the pattern's."""
        started = days[:, clock.started].tolist()
        stopped = [self.today] * len(towns) if clock.stopped is None else days[:, clock.stopped].tolist()
        spans = [tuple((int(one[since]), int(one[until])) for since, until, _move in clock.pauses) for one in days]
        last = [self._last(clock, *one) for one in zip(towns, started, spans, strict=True)]
        hour, texts = (NOON + clock.rule.length) % 24, self.days.of(last)
        missed = [clock.paused is None and day < until for day, until in zip(last, stopped, strict=True)]
        before = sorted(clock.rule.remind_before, reverse=True)
        return Reckoned(clock, last, {
            kinds.DUE: texts,
            kinds.DUE_AT: [f"{day} {hour:02}:00:00+01" for day in texts],
            kinds.PAUSES: [_pauses(clock, span) for span in spans],
            kinds.MISSED: [self.days.of([day + 1])[0] if one else NULL for day, one in zip(last, missed, strict=True)],
            kinds.REMINDED: ["[" + ", ".join(str(one) for one in before if day - one <= until) + "]"
                             for day, until in zip(last, stopped, strict=True)],
        })  # fmt: skip

    def _last(self, clock: ClockRow, town: Town, started: int, pauses: Span) -> int:
        rule = clock.rule
        if rule.unit == "hours":
            return started + (NOON + rule.length) // 24 + sum(until - since for since, until in pauses)
        calendar = town.calendars.get(rule.calendar, town.calendar) if rule.calendar else town.calendar
        key = (rule.length, rule.unit, rule.roll, calendar.key, calendar.country, started, pauses)
        if key not in self._known:
            paused = [Pause(date.fromordinal(since), date.fromordinal(until)) for since, until in pauses]
            self._known[key] = due(rule, date.fromordinal(started), calendar, paused).toordinal()
        return self._known[key]


def _pauses(clock: ClockRow, spans: Span) -> str:
    said = (
        f'{{"since": "{date.fromordinal(since)}", "until": "{date.fromordinal(until)}", "move": "{move}"}}'
        for (since, until), (_since, _until, move) in zip(spans, clock.pauses, strict=True)
    )
    return "[" + ", ".join(said) + "]"
