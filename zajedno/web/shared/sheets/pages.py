"""A form as pages: each group or repeat of its top is one, and so is each run of questions between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

from django.utils.translation import gettext as _

from zajedno.forms.logic.form import Form
from zajedno.forms.logic.parts import Group, Question, Repeat
from zajedno.forms.logic.sheet import Problem, Sheet, Shown
from zajedno.web.shared.sheets.questions import kind_of


@dataclass(frozen=True, slots=True)
class Page:
    """`paths` of the form's top that stand on it; `key` counts the pages of the form from 1, whatever its groups are
    called; `title` in the language of the sheet."""

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
    found: list[tuple[str, list[str]]] = []
    loose: list[str] = []
    for node in sheet.form.root.children:
        if isinstance(node, Group):
            found.append((titles.get(node.path) or node.name, [node.path]))
            loose = []
        elif isinstance(node, Question) and (node.asks or node.kind == "note"):
            if not loose:
                found.append(("", loose))
            loose.append(node.path)
    return [Page(str(number), *page) for number, page in enumerate(_titled(found), start=1)]


def _titled(found: list[tuple[str, list[str]]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Runs of questions between the groups have a title too."""
    titles = chain([_("Questions")], repeat(_("More questions")))
    for title, paths in found:
        yield title or next(titles), tuple(paths)


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
