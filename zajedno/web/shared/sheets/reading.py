"""Answers as people read them: summaries, two sheets side by side, what stands on paper."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from zajedno.forms.logic.form import Form
from zajedno.forms.logic.parts import Group, Question
from zajedno.forms.logic.sheet import Sheet
from zajedno.forms.queries.form import Loaded
from zajedno.web.shared.pieces import Row
from zajedno.web.shared.sheets.pages import Item, items, pages
from zajedno.web.shared.sheets.questions import kind_of, said

GAP = "_____"  # to write in, where an answer would stand in a text


def opened(form: Loaded, answers: Mapping[str, Any], day: date) -> Sheet:
    """A sheet as it was sent, in the language of the page. `day` is what "today" meant in it."""
    return Sheet(form.form, answers, today=day, language=get_language() or "en")


def summary_rows(lines: Iterable[Item]) -> list[Row]:
    """Questions and answers of a page; turns of a repeat are headed by a line of their own."""
    rows = []
    for item in lines:
        if item.kind == "question" and item.shown:
            rows.append(Row(item.shown.label, said(item.shown)))
        elif item.kind == "turn":
            rows.append(Row(item.text, " "))
    return rows


def cards(sheet: Sheet) -> list[tuple[str, list[Row]]]:
    """The whole sheet: (title of a page, its rows)."""
    found = [(page.title, summary_rows(items(sheet, page))) for page in pages(sheet)]
    return [(title, rows) for title, rows in found if rows]


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in two sheets. None: it was not asked there."""

    label: str
    first: Any
    second: Any

    @property
    def changed(self) -> bool:
        return bool(self.first != self.second)


def side_by_side(first: Sheet, second: Sheet) -> list[Pair]:
    """Every question that was asked in either, in the order of the second, then what only the first had."""
    one, two = dict(_answers(first)), dict(_answers(second))
    return [
        Pair((two.get(path) or one[path])[0], *(found[1] if (found := side.get(path)) else None for side in (one, two)))
        for path in [*two, *(path for path in one if path not in two)]
    ]


def _answers(sheet: Sheet) -> Iterator[tuple[str, tuple[str, Any]]]:
    for page in pages(sheet):
        turn = ""
        for item in items(sheet, page):
            turn = item.text if item.kind == "turn" else turn
            if item.kind == "question" and item.shown:
                label = f"{turn}: {item.text}" if "[" in item.path else item.text
                yield item.path, (label, said(item.shown))


def on_paper(sheet: Sheet) -> list[dict[str, Any]]:
    """Parts and rows for `sheet.typ`, as the sheet was filled in."""
    found = [(page.title, [_row(item) for item in items(sheet, page) if item.kind != "add"]) for page in pages(sheet)]
    return [{"title": title, "rows": rows} for title, rows in found if rows]


def _row(item: Item) -> dict[str, Any]:
    if item.shown is None or item.kind != "question":
        return _printed("note", item.text)
    shown, chosen, value = item.shown, item.shown.value.split(), said(item.shown)
    return _printed(
        kind_of(shown), shown.label, shown.hint, ", ".join(value) if isinstance(value, list) else str(value or ""),
        [{"label": label, "chosen": name in chosen} for name, label in shown.choices],
    )  # fmt: skip


def _printed(
    kind: str, label: str, hint: str = "", value: str = "", choices: list[dict[str, Any]] | None = None, lines: int = 1
) -> dict[str, Any]:
    return {"kind": kind, "label": label, "hint": hint, "value": value, "choices": choices or [], "lines": lines}


def empty_paper(form: Form, language: str) -> list[dict[str, Any]]:
    """The same with every question of the form, whatever it depends on, to be filled in by hand."""
    parts: list[dict[str, Any]] = [{"title": "", "rows": []}]
    for node in form.nodes.values():
        if isinstance(node, Group) and node is not form.root:
            parts.append({"title": form.plain(node.label, language, GAP), "rows": []})
        elif isinstance(node, Question) and (node.asks or node.kind == "note"):
            parts[-1]["rows"].append(_blank(form, node, language))
    return [part for part in parts if part["rows"]]


def _blank(form: Form, node: Question, language: str) -> dict[str, Any]:
    options = node.choices.every if node.choices else ()
    choices = [{"label": form.plain(one.label, language, GAP), "chosen": False} for one in options]
    lines = 3 if "multiline" in node.appearance else 1
    label, hint = form.plain(node.label, language, GAP), form.plain(node.hint, language, GAP)
    return _printed(node.kind, label, hint, choices=choices, lines=lines)
