"""Fills in any form as briefly as it allows: what is required, and the first of every choice."""

from datetime import date
from typing import Any

from zajedno.forms.logic.form import Form
from zajedno.forms.logic.parts import Question
from zajedno.forms.logic.sheet import Sheet

BY_KIND = {"integer": "1", "decimal": "1", "range": "1", "date": "2026-01-15", "time": "10:00:00", "acknowledge": "OK"}


def filled_in(form: Form, today: date) -> dict[str, Any]:
    """Whole answers that can be sent. A form that asks for more than a type's plain answer is told by an assertion."""
    sheet = Sheet(form, today=today)
    for _again in range(9):  # an answer may make further questions count
        nodes = {one.path: one.node for one in sheet.places() if one.relevant and not one.value}
        wanted = {one.path for one in sheet.problems()} | {path for path, node in nodes.items() if _choice(node)}
        if not wanted:
            break
        for path in sorted(wanted):
            node = nodes[path]
            assert isinstance(node, Question)
            choices = next((one.choices for one in sheet.shown(path.rpartition("/")[0]) if one.path == path), ())
            sheet.put(path, choices[0][0] if choices else BY_KIND.get(node.kind, "Договорено."))
    assert not sheet.problems()
    return sheet.answers()


def _choice(node: object) -> bool:
    return isinstance(node, Question) and node.choices is not None
