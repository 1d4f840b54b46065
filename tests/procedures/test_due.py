"""Deadlines: worked examples first, then what must hold for every start, pause and calendar."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.procedures.test_walk import SMALL_ONE
from zajedno.kernel.calendars import Calendar, is_office_day, office_days_between
from zajedno.procedures.logic.due import Pause, due, reminders_due, standing

RS = Calendar(key="rs", country="RS")
TEN_DAYS = SMALL_ONE.deadline["answer"]
TEN_OFFICE_DAYS = replace(TEN_DAYS, unit="office_days")
HALF_A_YEAR = replace(TEN_DAYS, unit="months", length=6)
MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        (TEN_DAYS, MONDAY, date(2026, 3, 12)),
        (replace(TEN_DAYS, length=60), date(2026, 2, 2), date(2026, 4, 3)),
        (replace(TEN_DAYS, length=12, roll="forward"), MONDAY, date(2026, 3, 16)),  # the 14th is a Saturday
        (TEN_OFFICE_DAYS, MONDAY, date(2026, 3, 16)),
        (replace(TEN_OFFICE_DAYS, length=1), date(2026, 4, 9), date(2026, 4, 14)),  # over Orthodox Easter
        (HALF_A_YEAR, date(2026, 8, 31), date(2027, 2, 28)),
    ],
)
def test_worked_examples(rule, start: date, expected: date) -> None:
    assert due(rule, start, RS) == expected


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([Pause(date(2026, 3, 5), date(2026, 3, 9))], date(2026, 3, 16)),
        ([Pause(date(2026, 3, 5), date(2026, 3, 9)), Pause(date(2026, 3, 7), date(2026, 3, 10))], date(2026, 3, 17)),
        ([Pause(date(2026, 2, 1), date(2026, 3, 4))], date(2026, 3, 14)),  # only what lies after the start counts
        ([Pause(date(2026, 3, 13), date(2026, 3, 20))], date(2026, 3, 12)),  # too late: it was due the day before
        ([Pause(date(2026, 3, 12), date(2026, 3, 14)), Pause(date(2026, 3, 14), date(2026, 3, 15))], date(2026, 3, 15)),
        ([Pause(date(2026, 3, 5))], date(2026, 3, 17)),  # still open on 10 March
    ],
)
def test_pauses_move_the_day(pauses: list[Pause], expected: date) -> None:
    assert due(TEN_DAYS, MONDAY, RS, pauses, today=date(2026, 3, 10)) == expected


def test_an_open_pause_needs_a_day() -> None:
    with pytest.raises(ValueError, match="today"):
        due(TEN_DAYS, MONDAY, RS, [Pause(date(2026, 3, 5))])


DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))
RULES = st.sampled_from([TEN_DAYS, TEN_OFFICE_DAYS, HALF_A_YEAR, replace(TEN_DAYS, roll="forward")])
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4)


def pauses_from(start: date, spans: list[tuple[int, int]]) -> list[Pause]:
    return [Pause(start + timedelta(a), start + timedelta(a + b)) for a, b in spans]


@given(RULES, DAYS, SPANS, st.tuples(st.integers(0, 40), st.integers(0, 40)))
def test_one_pause_more_never_brings_the_day_nearer(rule, start: date, spans, more) -> None:
    assert due(rule, start, RS, pauses_from(start, [*spans, more])) >= due(rule, start, RS, pauses_from(start, spans))


@given(RULES, DAYS, SPANS)
def test_the_order_of_pauses_does_not_matter(rule, start: date, spans) -> None:
    pauses = pauses_from(start, spans)
    assert due(rule, start, RS, pauses) == due(rule, start, RS, pauses[::-1])


@given(DAYS, st.integers(0, 10), st.integers(0, 50))
def test_a_pause_in_time_adds_just_its_length(start: date, begins: int, length: int) -> None:
    pause = Pause(start + timedelta(begins), start + timedelta(begins + length))
    assert due(TEN_DAYS, start, RS, [pause]) == start + timedelta(10 + length)


@given(DAYS, st.integers(0, 5), st.integers(0, 50))
def test_in_office_days_only_office_days_paused_are_added(start: date, begins: int, length: int) -> None:
    since, until = start + timedelta(begins), start + timedelta(begins + length)
    last = due(TEN_OFFICE_DAYS, start, RS, [Pause(since, until)])
    assert office_days_between(start, last, RS) == 10 + office_days_between(since, until, RS)


@given(DAYS, SPANS)
def test_a_rolled_day_is_an_office_day(start: date, spans) -> None:
    assert is_office_day(due(replace(TEN_DAYS, roll="forward"), start, RS, pauses_from(start, spans)), RS)


@pytest.mark.parametrize(
    ("today", "paused", "stopped", "expected"),
    [
        (date(2026, 3, 8), False, False, "running"),
        (date(2026, 3, 9), False, False, "soon"),
        (date(2026, 3, 12), False, False, "soon"),
        (date(2026, 3, 13), False, False, "overdue"),
        (date(2026, 3, 13), True, False, "paused"),
        (date(2026, 3, 13), False, True, "stopped"),
    ],
)
def test_how_a_clock_stands(today: date, paused: bool, stopped: bool, expected: str) -> None:
    assert standing(TEN_DAYS, date(2026, 3, 12), today, paused=paused, stopped=stopped) == expected


def test_each_reminder_comes_once_and_none_after_the_day() -> None:
    due_on = date(2026, 3, 12)
    assert reminders_due(TEN_DAYS, due_on, date(2026, 3, 8)) == ()
    assert reminders_due(TEN_DAYS, due_on, date(2026, 3, 9)) == (3,)
    assert reminders_due(TEN_DAYS, due_on, date(2026, 3, 10), sent=[3]) == ()
    assert reminders_due(TEN_DAYS, due_on, date(2026, 3, 11)) == (3, 1)
    assert reminders_due(TEN_DAYS, due_on, date(2026, 3, 13)) == ()
