"""A row of the register a commission keeps: one request, its child, and how far it came."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zajedno.casework.logic.register_words import Course, PlannedText, Words
from zajedno.children.logic.cells import text_of
from zajedno.children.logic.rows import ChildRow, read_child_row
from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets import (
    Cell,
    Day,
    Matches,
    Problem,
    RefusedRow,
    Table,
    gettext_noop,
    match_columns,
    read_day,
    sayings,
)

sayings(
    {
        "received_missing": gettext_noop("The day the request was received is missing."),
        "number_missing": gettext_noop("The registry number is missing; a new one will be given."),
        "number_was_date": gettext_noop("The spreadsheet has made a date of the registry number. Check it."),
        "number_twice": gettext_noop("This registry number stands in an earlier row too."),
        "status_unknown": gettext_noop("The status is not understood; the step is taken from the dates."),
        "status_and_opinion_differ": gettext_noop(
            "The status says that there is no opinion yet, but its date is given."
        ),
        "opinion_date_missing": gettext_noop("The status says that there is an opinion, but its date is missing."),
        "initiator_unknown": gettext_noop("Who started the procedure is not understood; it is taken as the parent."),
        "opinion_before_request": gettext_noop("The opinion is dated before the request was received."),
        "sitting_before_request": gettext_noop("The sitting is dated before the request was received."),
        "opinion_before_sitting": gettext_noop("The opinion is dated before the sitting."),
        "sitting_future_but_ended": gettext_noop(
            "The sitting lies in the future although the case is ended or decided."
        ),
        "request_before_birth": gettext_noop("The request is dated before the child was born."),
        "measures_without_opinion": gettext_noop("There are measures, but no opinion yet. They are kept as a note."),
    }
)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One request of a register. `step` is a key of the procedure; `initiator` parent or institution."""

    row: int
    number: str
    received: date
    child: ChildRow
    step: str
    initiator: str = "parent"
    initiator_name: str = ""
    sitting: date | None = None
    opinion: date | None = None
    measures: tuple[PlannedText, ...] = ()
    note: str = ""
    warnings: tuple[Problem, ...] = ()


def match_register(table: Table, words: Words) -> Matches:
    """Which column of the table is which field."""
    return match_columns(table.header, words.columns)


def read_register(
    table: Table, words: Words, today: date, columns: Mapping[str, int] | None = None
) -> Iterator[RegisterRow | RefusedRow]:
    """Each row of the table as a request or refused with its reasons; `columns` when a person corrected the match."""
    chosen = match_register(table, words).columns if columns is None else columns
    seen: set[str] = set()
    for line in table.rows():
        raw = {name: line.values[at] if at < len(line.values) else None for name, at in chosen.items()}
        found = read_register_row(raw, words, today, line.number)
        if isinstance(found, RegisterRow) and found.number:
            if (key := fold(found.number)) in seen:
                found = RefusedRow(line.number, (Problem("number_twice", "number"),))
            seen.add(key)
        yield found


def read_register_row(raw: Mapping[str, Cell], words: Words, today: date, row: int) -> RegisterRow | RefusedRow:
    """The request in a row: field -> cell."""
    if sum(value is not None for name, value in raw.items() if name != "row") < 2:
        return RefusedRow(row, (Problem("looks_like_note"),))
    child = read_child_row(raw, today, row)
    received = read_day(raw.get("received"), today, "received", month_will_do=True)
    faults = [] if received.day else [received.problem or Problem("received_missing", "received")]
    if isinstance(child, RefusedRow) or received.day is None:
        return RefusedRow(row, (*faults, *(child.problems if isinstance(child, RefusedRow) else ())))
    return _request(raw, words, today, row, child, received)


def _request(
    raw: Mapping[str, Cell], words: Words, today: date, row: int, child: ChildRow, received: Day
) -> RegisterRow:
    assert received.day is not None
    number, number_problem = _number(raw.get("number"))
    sitting = read_day(raw.get("sitting"), today, "sitting", future=True)
    opinion = read_day(raw.get("opinion_date"), today, "opinion_date")
    step, status_problem = _step(text_of(raw.get("status")), words, today, sitting.day, opinion.day)
    initiator, name, initiator_problem = _initiator(text_of(raw.get("initiator")), words)
    measures = words.planned(str(raw.get("measures") or ""))
    found = [received.problem, number_problem, sitting.problem, opinion.problem, status_problem, initiator_problem]
    found += _contradictions(
        received.day,
        sitting.day,
        opinion.day,
        step in words.course.decided | words.course.ended,
        child.birth_date,
        today,
    )
    if measures and step not in words.course.decided:
        found.append(Problem("measures_without_opinion", "measures"))
    return RegisterRow(
        row=row,
        number=number,
        received=received.day,
        child=child,
        step=step,
        initiator=initiator,
        initiator_name=name,
        sitting=sitting.day,
        opinion=opinion.day,
        measures=measures,
        note=text_of(raw.get("note")),
        warnings=tuple(problem for problem in found if problem) + child.warnings,
    )


def _number(value: Cell) -> tuple[str, Problem | None]:
    """`12/2026` may have become a day of December 2026."""
    if isinstance(value, date):
        return f"{value.month}/{value.year}", Problem("number_was_date", "number")
    text = text_of(value)
    return text, None if re.search(r"\d", text) else Problem("number_missing", "number")


def _step(
    status: str, words: Words, today: date, sitting: date | None, opinion: date | None
) -> tuple[str, Problem | None]:
    step = words.step(status)
    if step in ("", "open"):
        return _by_dates(words.course, today, sitting, opinion), Problem(
            "status_unknown", "status"
        ) if status and not step else None
    if opinion and step not in words.course.decided | words.course.ended:
        return words.course.by_opinion, Problem("status_and_opinion_differ", "status")
    if not opinion and step in words.course.decided:
        return step, Problem("opinion_date_missing", "opinion_date")
    return step, None


def _by_dates(course: Course, today: date, sitting: date | None, opinion: date | None) -> str:
    """How far a case came when only its dates tell."""
    if opinion:
        return course.by_opinion
    if sitting is None:
        return course.by_nothing
    return course.by_past_sitting if sitting < today else course.by_coming_sitting


def _initiator(text: str, words: Words) -> tuple[str, str, Problem | None]:
    kind = words.initiator(text)
    problem = Problem("initiator_unknown", "initiator") if text and not kind else None
    return kind or "parent", text, problem


def _contradictions(
    received: date, sitting: date | None, opinion: date | None, over: bool, born: date, today: date
) -> list[Problem | None]:
    wrong = {
        Problem("request_before_birth", "received"): received < born,
        Problem("sitting_before_request", "sitting"): sitting is not None and sitting < received,
        Problem("opinion_before_request", "opinion_date"): opinion is not None and opinion < received,
        Problem("opinion_before_sitting", "opinion_date"): bool(sitting and opinion and opinion < sitting),
        Problem("sitting_future_but_ended", "sitting"): bool(sitting and sitting > today and over),
    }
    return [problem for problem, is_so in wrong.items() if is_so]
