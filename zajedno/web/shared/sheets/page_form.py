"""The questions of one page as a form of ours, always made from the answers as they stand."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zajedno.forms.logic.sheet import Problem, Sheet
from zajedno.web.shared.forms import Form
from zajedno.web.shared.sheets.pages import Item
from zajedno.web.shared.sheets.questions import data_of, field_of, posted

SHOWN = "shown"  # a hidden input for each question that stands on a page


def name_of(path: str) -> str:
    """A question's path as the name of an input: /data/visits[2]/day is data_visits-2_day."""
    return re.sub(r"\[(\d+)\]", r"-\1", path.strip("/")).replace("/", "_")


class PageForm(Form):
    """`items` are the lines of the page, each question with its bound field. Errors are shown only when `judged`."""

    names_fields = True

    def __init__(self, items: Sequence[Item], problems: Sequence[Problem] = (), *, judged: bool = False) -> None:
        made = {name_of(item.path): field_of(item.shown) for item in items if item.kind == "question" and item.shown}
        data = QueryDict(mutable=True)
        for item in items:
            if item.kind == "question" and item.shown:
                _put(data, data_of(made[name_of(item.path)], name_of(item.path), item.shown.value))
        super().__init__(data)
        self.items, self.judged = list(items), judged
        self.fields |= made
        for item in self.items:
            item.bound = self[name_of(item.path)] if item.kind == "question" else None
        if judged:
            self._complain(problems)

    def full_clean(self) -> None:
        super().full_clean()
        if not self.judged:
            self.errors.clear()

    def _complain(self, problems: Sequence[Problem]) -> None:
        labels = {item.path: item.text for item in self.items}
        for problem in problems:
            name = name_of(problem.path)
            said = problem.sentence or sentence(problem.code, labels.get(problem.path, ""))
            if name not in self.fields:
                self.add_error(None, said)  # nothing on the page can answer it
            elif name not in self.errors:
                self.add_error(name, said)


def _put(data: QueryDict, sent: Mapping[str, Any]) -> None:
    for name, value in sent.items():
        if isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = value


def sentence(code: str, label: str) -> str:
    """What is wrong, where the form itself has no words for it."""
    return {
        "required": _("Answer the question “%(label)s”."),
        "choice": _("Choose “%(label)s” anew: what was chosen is no longer among the choices."),
        "type": _("The answer to “%(label)s” cannot be understood."),
    }.get(code, _("The answer to “%(label)s” does not fit what is asked. Check it.")) % {"label": label}


def take(sheet: Sheet, standing: Callable[[], Sequence[Item]], data: QueryDict) -> bool:
    """Write what was sent for the lines `standing` on a page into the sheet, right or wrong; an answer may bring
    questions that were sent too, and so on. Did questions come up that the sender has not seen?"""
    seen: set[str] = set()
    while fresh := [item for item in standing() if item.kind == "question" and item.path not in seen]:
        sent = [item for item in fresh if not seen or _is_sent(item, data)]
        if not sent:
            return True
        for item in sent:
            if item.shown and not item.shown.read_only:
                sheet.put(item.path, posted(field_of(item.shown), name_of(item.path), data))
        seen |= {item.path for item in sent}
    return False


def _is_sent(item: Item, data: QueryDict) -> bool:
    """Did the page that was sent show this question? Radios and boxes without a choice send nothing; `shown` tells."""
    return name_of(item.path) in data.getlist(SHOWN)
