"""Runs the worked examples beside a form through its score and explains each that comes out otherwise.

`KEY.examples.csv`, one sheet a line: `example` (what it shows), questions by name, `facts.sex`, `facts.born`,
`facts.on`, `expect.FINDING` (empty: no value), `expect.FINDING.band` (empty: any). `KEY.sheets.csv`, for what is scored
over many sheets: lines with the same `example` are one round, lines of one `organisation` its partners; the first says
`expect.FIGURE` or `expect.FIGURE ABOUT`.
"""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO
from itertools import groupby
from typing import Any

from zajedno.forms.logic.scores.contract import Facts, Finding
from zajedno.forms.logic.scores.registry import GROUP_SCORES, group_score, score
from zajedno.procedures.logic.reading import Mistake
from zajedno.web.manage.form_facts import BROKEN, NAMES, unnamed

OF_NO_QUESTION = ("example", "facts.sex", "facts.born", "facts.on", "organisation", "sector", "partner")
Row = Mapping[str, str]


def ending(name: str) -> str:
    """What the file of examples for a way of scoring is called after the form's key."""
    return ".sheets.csv" if name in GROUP_SCORES else ".examples.csv"


def examples_mistakes(text: str, facts: Mapping[str, Any], questions: Collection[str]) -> list[Mistake]:
    """Of facts without mistake; every example, not only the first that fails."""
    rows = [{str(name): str(cell or "") for name, cell in row.items()} for row in csv.DictReader(StringIO(text))]
    if not rows:
        return [Mistake("", "There is no worked example.")]
    mistakes = [
        Mistake("line 1", f"The column “{column}” is no question of the form.")
        for column in rows[0]
        if column not in (*questions, *OF_NO_QUESTION) and not column.startswith("expect.")
    ]
    told = _rounds(rows, facts) if facts["score"] in GROUP_SCORES else _sheets(rows, facts)
    return mistakes + [Mistake(f"line {number}", sentence) for number, sentence in told]


def _sheets(rows: Sequence[Row], facts: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for number, row in enumerate(rows, start=2):
        for sentence in _sheet(row, facts):
            yield number, sentence


def _sheet(row: Row, facts: Mapping[str, Any]) -> Iterator[str]:
    answers = {name: cell for name, cell in row.items() if "." not in name and name not in OF_NO_QUESTION and cell}
    try:
        about = Facts(row.get("facts.sex", ""), _day(row.get("facts.born")), _day(row.get("facts.on")))
        findings = score(facts["score"], answers, about, facts.get("score_options", {})).findings
    except BROKEN as error:
        yield f"It cannot be scored: {error!s}."
        return
    found = {one.key: one for one in findings}
    for mistake in unnamed(found, {one.band for one in findings}, {kind: facts.get(kind, {}) for kind in NAMES}):
        yield mistake.sentence
    for key, cell in _expected(row):
        yield from _band(key[:-5], cell, found) if key.endswith(".band") else _value(key, cell, found.get(key))


def _rounds(rows: Sequence[Row], facts: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    lines = enumerate(rows, start=2)
    for _example, numbered in groupby(lines, key=lambda pair: pair[1].get("example", "")):
        number, first = (together := list(numbered))[0]
        try:
            outcome = group_score(facts["score"], _round([row for _n, row in together]), facts.get("score_options", {}))
        except BROKEN as error:
            yield number, f"It cannot be scored: {error!s}."
            continue
        figures = {" ".join((figure.key, *figure.about)): figure for figure in outcome.figures}
        for key, cell in _expected(first):
            for sentence in _value(key, cell, figures.get(key)):
                yield number, sentence


def _round(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Sheets as the score takes them; partners as the turns of a repeat."""
    answers = [{name: cell for name, cell in row.items() if not name.startswith("ex") and cell} for row in rows]
    if "partner" not in rows[0]:
        return list(answers)
    by_one = groupby(answers, key=lambda row: row.get("organisation", ""))
    return [
        {"organisation": name, "sector": partners[0].get("sector", ""), "partners": partners}
        for name, partners in ((name, list(group)) for name, group in by_one)
    ]


def _expected(row: Row) -> Iterator[tuple[str, str]]:
    return ((name.removeprefix("expect."), cell.strip()) for name, cell in row.items() if name.startswith("expect."))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _band(key: str, cell: str, found: Mapping[str, Finding]) -> Iterator[str]:
    band = found[key].band if key in found else ""
    if cell and cell != band:
        yield f"“{key}” is expected in the band “{cell}”; the score says “{band}”."


def _value(key: str, cell: str, found: Any) -> Iterator[str]:
    value = None if found is None or found.value is None else Decimal(found.value)
    try:
        wanted = Decimal(cell) if cell else None
    except InvalidOperation:
        yield f"“{cell}”, expected of “{key}”, is no number."
        return
    if value != wanted:
        yield f"“{key}” is expected to be {_said(wanted)}; the score says {_said(value)}."


def _said(value: Decimal | None) -> str:
    return "empty" if value is None else str(value)
