"""A form as pages: each group or repeat of its top is one, and so is each run of questions between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from zajedno.forms.logic.form import Form
from zajedno.forms.logic.parts import Group, Question, Repeat
from zajedno.forms.logic.sheet import Problem, Sheet, Shown
from zajedno.web.shared.sheets.questions import kind_of

LOOSE = "questions-"


@dataclass(frozen=True, slots=True)
class Page:
    """`nodes` of the form's top that stand on it, by path; `title` in the language asked for."""

    key: str
    title: str
    paths: tuple[str, ...]


@dataclass(slots=True)
class Item:
    """A line of a page. `kind`: question, note, heading, turn (of a repeat, with its heading), add (one more turn).

    `free`: may a turn be taken away?
    """

    kind: str
    path: str
    text: str = ""
    level: int = 2
    shown: Shown | None = None
    free: bool = False
    bound: Any = field(default=None)


def pages(sheet: Sheet) -> list[Page]:
    """In the order of the form; what nobody is asked is on none."""
    titles = {one.path: one.label for one in sheet.shown()}
    found: list[Page] = []
    loose: list[str] = []
    for node in sheet.form.root.children:
        if isinstance(node, Group):
            found += _run(found, loose)
            found.append(Page(node.name, titles.get(node.path) or node.name, (node.path,)))
        elif isinstance(node, Question) and (node.asks or node.kind == "note"):
            loose.append(node.path)
    return found + _run(found, loose)


def _run(before: list[Page], loose: list[str]) -> list[Page]:
    """A page of the questions gathered so far."""
    if not loose:
        return []
    number = sum(page.key.startswith(LOOSE) for page in before) + 1
    page = Page(f"{LOOSE}{number}", _("Questions") if number == 1 else _("More questions"), tuple(loose))
    loose.clear()
    return [page]


def items(sheet: Sheet, page: Page) -> list[Item]:
    """What stands on a page now, given the answers; empty when nothing is asked."""
    top = [one for one in sheet.shown() if one.path in page.paths]
    alone = len(page.paths) == 1
    found = [item for one in top for item in _items(sheet, one, 2, alone)]
    return found if any(item.kind in ("question", "add", "turn") for item in found) else []


def _items(sheet: Sheet, shown: Shown, level: int, alone: bool = False) -> Iterator[Item]:
    if isinstance(shown.node, Repeat):
        yield from _turns(sheet, shown, level)
    elif isinstance(shown.node, Group):
        if shown.label and not alone:  # a group alone on its page is the page's heading
            yield Item("heading", shown.path, shown.label, level)
        for one in sheet.shown(shown.path):
            yield from _items(sheet, one, level if alone else level + 1)
    elif kind_of(shown) == "image":
        phone = _("A picture can be sent only from a phone in the field.")
        yield Item("note", shown.path, f"{shown.label}\n{phone}", level, shown)
    else:
        yield Item("note" if kind_of(shown) == "note" else "question", shown.path, shown.label, level, shown)


def _turns(sheet: Sheet, shown: Shown, level: int) -> Iterator[Item]:
    what = shown.label or shown.node.name
    for number, path in enumerate(shown.turns, start=1):
        title = _("%(what)s, number %(number)s") % {"what": what, "number": number}
        yield Item("turn", path, title, level, free=shown.may_add)
        for one in sheet.shown(path):
            yield from _items(sheet, one, level + 1)
    if shown.may_add:
        yield Item("add", shown.path, what)


def on_page(problems: list[Problem], page: Page) -> list[Problem]:
    """Problems of the questions of a page."""
    inside = tuple(f"{path}{mark}" for path in page.paths for mark in "/[")
    return [one for one in problems if one.path in page.paths or one.path.startswith(inside)]


def decides(form: Form) -> bool:
    """Does any answer decide what else is asked, or what may be chosen?"""
    return any(
        node.bind.relevant or (isinstance(node, Question) and node.choices and node.choices.filtered)
        for node in form.nodes.values()
    )
