"""A row of a sheet of marks and absences: who it is about and what it tells of a half-year, or why it is refused."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zajedno.children.logic import numbers
from zajedno.children.logic.cells import is_blank, read_national, text_of
from zajedno.children.logic.half_year import Class, class_told, read_class
from zajedno.children.logic.marks import (
    MOST_LESSONS,
    NEGATIVE,
    Unreadable,
    mean_of,
    read_lessons,
    read_mark,
    read_mean,
    read_negatives,
)
from zajedno.children.logic.marks_columns import subjects
from zajedno.children.logic.rows import name_in
from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets import Cell, Problem, RefusedRow, Table, gettext_noop, read_day, sayings

sayings(
    {
        "nobody_named": gettext_noop("Neither a name nor a number: it cannot be told whose row this is."),
        "nothing_told": gettext_noop("The row tells neither absences nor marks."),
        "after_notice_more": gettext_noop("More unexcused absences after the notice to the parents than in all."),
        "absences_more": gettext_noop("More absences than lessons held."),
        "absences_do_not_add_up": gettext_noop(
            "Excused and unexcused absences do not add up to the total. Check them."
        ),
        "education_number_bad": gettext_noop(
            "The education number (JOB) has not 16 letters and digits. It is passed over."
        ),
    }
)

Told = Mapping[str, int | Decimal]
ROUNDED = 10**15  # a spreadsheet keeps no more digits of a number
_NAMED = ("full_name", "full_name_family_first", "given_name", "family_name")
_TOTALS = frozenset(
    ["ukupno", "svega", "zbir", "prosek", "prosjek", "total", "sum", "osszesen", "gjithsej", "sveukupno"]
)
_READ: Mapping[str, Callable[[Cell], int | Decimal | None]] = {
    **dict.fromkeys(("lessons", "excused", "unexcused", "after_notice", "absences"), read_lessons),
    "mean_mark": read_mean,
    "negative_marks": read_negatives,
}


@dataclass(frozen=True, slots=True)
class MarksRow:
    """`told`: what the row tells of the half-year, by column of `Attendance`; what it does not tell is not there.

    `numbers`: valid ones by kind of IdentifierKind, as they are kept; `birth_date` None when it is not said.
    """

    number: int
    name: str
    numbers: Mapping[str, str]
    told: Told
    birth_date: date | None = None
    school_class: Class | None = None
    warnings: tuple[Problem, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        return name_words(self.name)


def name_words(name: str) -> frozenset[str]:
    """Words of a name to compare: folded, in no order, without initials."""
    return frozenset(word for word in fold(name).split() if len(word) > 1)


def read_marks(
    table: Table, columns: Mapping[str, int], half_year: int, today: date, hints: Sequence[str] = ()
) -> Iterator[MarksRow | RefusedRow]:
    """Each row of the table. `hints`: texts that may name the class where no column does."""
    marks, of_all = subjects(table, columns, half_year), class_told(hints)
    fields = {name: at for name, at in columns.items() if not name.startswith("mark_")}
    for line in table.rows():
        raw = {name: line.values[at] if at < len(line.values) else None for name, at in fields.items()}
        cells = [line.values[at] for at in marks if at < len(line.values)]
        yield read_marks_row(raw, cells, today, line.number, of_all)


def read_marks_row(
    raw: Mapping[str, Cell], marks: Sequence[Cell], today: date, number: int = 0, of_all: Class | None = None
) -> MarksRow | RefusedRow:
    """The row: field of `MARKS_COLUMNS` -> cell, and the cells of subjects. `of_all`: the class of the whole sheet."""
    if _TOTALS & {fold(text_of(raw.get(field))).partition(" ")[0] for field in _NAMED}:
        return RefusedRow(number, (Problem("looks_like_note"),))
    name = name_in(raw)
    kept, warnings = _numbers(raw, today)
    told, faults, notes = _told(raw, marks)
    if not (name.given or name.family or kept):
        faults.insert(0, Problem("nobody_named" if told else "looks_like_note"))
    elif not told and not faults:
        faults.append(Problem("nothing_told"))
    if faults:
        return RefusedRow(number, (*faults, *warnings))
    born = read_day(None if is_blank(raw.get("birth_date")) else raw.get("birth_date"), today, "birth_date")
    full_name = f"{name.given} {name.family}".strip()
    return MarksRow(number, full_name, kept, told, born.day, _class(raw, of_all), (*warnings, *notes))


def _numbers(raw: Mapping[str, Cell], today: date) -> tuple[dict[str, str], list[Problem]]:
    """Offices put either number into either column; one that cannot be read does not cost the row."""
    found: dict[str, str] = {}
    problems = []
    for field in ("national_number", "education_number"):
        value = raw.get(field)
        national, education = read_national(value, today), numbers.education(text_of(value))
        if national.text:
            found["national"] = national.text
        elif education and not (isinstance(value, int | float) and value >= ROUNDED):
            found["education"] = education
        elif national.problem:
            problems.append(national.problem if field == "national_number" else Problem("education_number_bad", field))
    if record := numbers.local(text_of(raw.get("record"))):
        found["local"] = record
    return found, problems


def _class(raw: Mapping[str, Cell], of_all: Class | None) -> Class | None:
    """Of the columns, where grade and section may stand apart; else of the sheet."""
    said, grade = read_class(text_of(raw.get("class"))), read_class(text_of(raw.get("grade"))) or of_all
    if said and grade and not said.section:
        return Class(grade.grade, str(said.grade))
    return said or grade


def _told(raw: Mapping[str, Cell], marks: Sequence[Cell]) -> tuple[Told, list[Problem], list[Problem]]:
    """What is told, faults, warnings."""
    told: dict[str, int | Decimal] = {}
    faults, given = [], []
    for field, read in _READ.items():
        try:
            if (value := read(raw.get(field))) is not None:
                told[field] = value
        except Unreadable as fault:
            faults.append(Problem(str(fault), field))
    try:
        given = [mark for cell in marks if (mark := read_mark(cell)) is not None]
    except Unreadable as fault:
        faults.append(Problem(str(fault)))
    if mean := mean_of(given):
        told = {"mean_mark": mean, "negative_marks": given.count(NEGATIVE), **told}
    notes = _add_up(told)
    return told, [*faults, *contradictions(told)], notes


def _add_up(told: dict[str, int | Decimal]) -> list[Problem]:
    """The total gives the one of its two parts that is not said; it is not kept."""
    total = told.pop("absences", None)
    parts = [told[name] for name in ("excused", "unexcused") if name in told]
    if total is None or not parts or sum(parts) == total:
        return []
    if len(parts) == 2 or parts[0] > total:
        return [Problem("absences_do_not_add_up", "absences")]
    told["unexcused" if "excused" in told else "excused"] = total - parts[0]
    return []


def contradictions(told: Told) -> list[Problem]:
    """What cannot be true together."""
    missed = told.get("excused", 0) + told.get("unexcused", 0)
    wrong = {
        Problem("after_notice_more", "after_notice"): told.get("after_notice", 0) > told.get("unexcused", MOST_LESSONS),
        Problem("absences_more", "lessons"): missed > told.get("lessons", 2 * MOST_LESSONS),
    }
    return [problem for problem, is_so in wrong.items() if is_so]


def digest_text(row: MarksRow) -> str:
    """All that the row says, whatever the order of its columns; for a keyed hash."""
    return json.dumps([sorted(row.words), _values(row)], sort_keys=True, default=str)


def to_json(row: MarksRow) -> bytes:
    return json.dumps({"number": row.number, "name": row.name, **_values(row)}, default=str).encode()


def from_json(content: bytes) -> MarksRow:
    """What `to_json` wrote; warnings are kept apart, as reasons of the row."""
    found: dict[str, Any] = json.loads(content)
    born, place = found["birth_date"], found["school_class"]
    read = {"birth_date": date.fromisoformat(born) if born else None, "school_class": Class(*place) if place else None}
    return MarksRow(**{**found, **read, "told": numbered(found["told"])})


def numbered(told: Mapping[str, Any]) -> Told:
    """Out of JSON: the mean is a Decimal, all others are whole."""
    return {name: Decimal(value) if name == "mean_mark" and value else value for name, value in told.items()}


def _values(row: MarksRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("numbers", "told", "birth_date", "school_class")}
