"""A form as a table with one row a person: which of its questions fit, how a row is shown, what was written in it.

A cell is a box for one digit or number, or a short list. Its name is read from the headers of its row and column. A row
says in a hidden input whose it is and what stood in it, so that only what somebody has changed is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zajedno.forms.logic.form import Form
from zajedno.forms.logic.parts import Group, Node, Question, Repeat
from zajedno.forms.logic.sheet import Sheet
from zajedno.forms.queries.form import Loaded

LONGEST = 40  # characters kept of what is typed into a cell
MOST = 200  # rows read from one sending
GAP = "…"  # where an answer would stand in a text
_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class Column:
    """A question. `choices`: (value, label) of what may be chosen; none for a number."""

    id: str
    path: str
    name: str
    label: str
    hint: str
    group: str
    choices: tuple[tuple[str, str], ...]

    @property
    def typed(self) -> bool:
        """Is the answer typed: a number, or a choice that is named by one digit?"""
        return all(len(value) == 1 and value.isdecimal() for value, _label in self.choices)


@dataclass(frozen=True, slots=True)
class Layout:
    """`left_out`: labels of questions that only the whole form asks; `needed`: of those without which no sheet can be
    sent, so that the form cannot be filled in as a table."""

    columns: tuple[Column, ...]
    left_out: tuple[str, ...]
    needed: tuple[str, ...]

    def groups(self) -> list[tuple[str, int]]:
        """Headers above the columns with the number of columns under each; empty where the form has none."""
        found = [(label, len(list(columns))) for label, columns in groupby(self.columns, lambda one: one.group)]
        return found if any(label for label, _span in found) else []

    @property
    def hinted(self) -> list[Column]:
        return [one for one in self.columns if one.hint]

    def legend(self) -> list[tuple[str, list[str]]]:
        """What may be typed, and in which columns when not in all: [("0: no risk, 1: mild", []), …]."""
        lists: dict[str, list[str]] = {}
        for one in self.columns:
            if one.choices and one.typed:
                told = (label if label.startswith(value) else f"{value}: {label}" for value, label in one.choices)
                lists.setdefault(", ".join(told), []).append(one.label)
        return [(words, []) for words in lists] if len(lists) == 1 else list(lists.items())


def layout(form: Form, language: str, day: str = "") -> Layout:
    """`day`: the question that says for which day a sheet holds; it is not asked, since the sheet holds for today."""
    columns: list[Column] = []
    left_out: list[str] = []
    needed: list[str] = []
    for top in form.root.children:
        group = form.plain(top.label, language, GAP) if isinstance(top, Group) else ""
        for node, fits in _asked(top):
            label = form.plain(node.label, language, GAP) or node.name
            if node.name == day:
                continue
            if not fits:
                (needed if node.bind.required else left_out).append(label)
                continue
            every = node.choices.every if node.choices else ()
            choices = tuple((one.name, form.plain(one.label, language, GAP) or one.name) for one in every)
            hint = form.plain(node.hint, language, GAP)
            columns.append(Column(f"q{len(columns)}", node.path, node.name, label, hint, group, choices))
    return Layout(tuple(columns), tuple(left_out), tuple(needed))


def _asked(node: Node, once: bool = True) -> Iterator[tuple[Question, bool]]:
    """Questions that people answer, and whether each fits into a cell. `once`: outside every repeat."""
    if isinstance(node, Question):
        if node.asks and not node.bind.read_only:
            listed = node.kind == "select_one" and node.choices is not None and not node.choices.filtered
            yield node, once and (listed or node.kind == "integer")
    elif isinstance(node, Group):
        for inner in node.children:
            yield from _asked(inner, once and not isinstance(node, Repeat))


def answer_at(answers: Mapping[str, Any], path: str) -> str:
    """An answer in what `Sheet.answers()` gave, by the path of its question; "" where there is none."""
    found: Any = answers
    for name in path.split("/")[2:]:
        found = found.get(name, "") if isinstance(found, Mapping) else ""
    return str(found) if isinstance(found, str) else ""


@dataclass(slots=True)
class Line:
    """One person's row.

    `key` says whose; `values` by path, as they stand; `seen`: the sheet they come from; `was`: what is kept, where
    `values` are only typed; `notes`: by path, where a value comes from or what is proposed; `wrong`: sentences by path,
    "" for the whole row; `closed`: why nothing can be written; `results`: further cells, as HTML escaped already.
    """

    key: str
    name: str
    values: dict[str, str]
    seen: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    closed: str = ""
    was: str = ""
    results: Sequence[str] = ()


def joined(columns: Sequence[Column], values: Mapping[str, str]) -> str:
    """What stands in a row, for comparing."""
    return _BETWEEN.join(values.get(one.path, "") for one in columns)


def row(number: int, columns: Sequence[Column], line: Line) -> SafeString:
    """A row of the table. In Python: the cells are nearly all of the page."""
    wrong = " ".join(dict.fromkeys(line.wrong.values()))
    error = f'<span class="govuk-error-message" id="r{number}-e">{escape(wrong)}</span>' if wrong else ""
    name = f'<span id="r{number}">{escape(line.name)}<span class="z-grid__colon">:</span></span>'
    if line.closed:
        inner, hidden = f'<td class="z-grid__closed" colspan="{len(columns)}">{escape(line.closed)}</td>', ""
    else:
        inner = "".join(_cell(number, at, column, line) for at, column in enumerate(columns))
        kept = escape(_BETWEEN.join((line.key, line.seen, line.was or joined(columns, line.values))))
        hidden = f'<input type="hidden" name="r{number}" value="{kept}">'
    kind = ' class="z-grid__wrong"' if wrong else ""
    head, tail = f'<th scope="row">{name}{error}{hidden}</th>', "".join(f"<td>{one}</td>" for one in line.results)
    return mark_safe(f"<tr{kind}>{head}{inner}{tail}</tr>\n")


def _cell(number: int, at: int, column: Column, line: Line) -> str:
    value, more = line.values.get(column.path, ""), ""
    if column.path in line.notes:
        more = f' class="z-grid__proposed" title="{escape(line.notes[column.path])}"'
    if line.wrong and (column.path in line.wrong or (at == 0 and "" in line.wrong)):
        more += f' id="r{number}-{at}" aria-invalid="true" aria-describedby="r{number}-e"'
    named = f'name="r{number}-{at}" aria-labelledby="r{number} {column.id}"{more}'
    if column.typed:
        filled = f' value="{escape(value)}"' if value else ""
        return f'<td><input {named} inputmode="numeric"{filled}></td>'
    options = "".join(
        f'<option value="{escape(one)}"{" selected" if one == value else ""}>{escape(label)}</option>'
        for one, label in column.choices
    )
    return f'<td><select {named}><option value=""></option>{options}</select></td>'


def empty_row(columns: Sequence[Column], name: str = "") -> SafeString:
    """A row to be filled in by hand; without a name for who comes later."""
    head = f'<th scope="row">{escape(name)}</th>' if name else "<td></td>"
    return mark_safe(f"<tr>{head}{'<td></td>' * len(columns)}</tr>\n")


@dataclass(frozen=True, slots=True)
class Written:
    """A row that came back; `changed`: somebody has written in it."""

    key: str
    seen: str
    values: dict[str, str]
    changed: bool

    @property
    def empty(self) -> bool:
        return not any(self.values.values())


def rows_of(columns: Sequence[Column], data: Mapping[str, str]) -> list[Written]:
    """The rows that were sent."""
    found = []
    for number in range(MOST):
        if (kept := data.get(f"r{number}")) is None:
            continue
        key, _mark, rest = kept.partition(_BETWEEN)
        seen, _mark, was = rest.partition(_BETWEEN)
        values = {one.path: data.get(f"r{number}-{at}", "").strip()[:LONGEST] for at, one in enumerate(columns)}
        found.append(Written(key, seen, values, joined(columns, values) != was))
    return found


def sheet_of(form: Loaded, values: Mapping[str, str], today: date, language: str) -> Sheet:
    """A new sheet with the answers of a row."""
    sheet = Sheet(form.form, today=today, language=language)
    for path, value in values.items():
        sheet.put(path, value)
    day = form.form.question(form.facts.day) if form.facts.day else None
    if day is not None:
        sheet.put(day.path, today.isoformat())
    return sheet


def problems_of(columns: Sequence[Column], sheet: Sheet, values: Mapping[str, str]) -> dict[str, str]:
    """What is wrong in a row: sentences by path."""
    told = {problem.path: (problem.code, problem.sentence) for problem in sheet.problems()}
    found = {}
    for one in columns:
        if one.path in told:
            found[one.path] = told[one.path][1] or _sentence(one, told[one.path][0])
        elif values.get(one.path) and not sheet.relevant(one.path):
            found[one.path] = _("%(label)s: given the other answers this is not asked. Leave it empty.") % {
                "label": one.label
            }
    return found


def _sentence(column: Column, code: str) -> str:
    named = {"label": column.label, "choices": ", ".join(value for value, _label in column.choices)}
    if code == "required":
        return _("%(label)s: fill it in.") % named
    if column.choices:
        return _("%(label)s: type one of %(choices)s, or leave it empty.") % named
    if code == "type":
        return _("%(label)s: type a whole number, or leave it empty.") % named
    return _("%(label)s: this number does not fit. Check it.") % named
