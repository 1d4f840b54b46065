"""Invented answers to any form: to each question that must be answered, the first thing that fits."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from zajedno.forms.logic.form import Form
from zajedno.forms.logic.parts import Question
from zajedno.forms.logic.sheet import Sheet, Shown

WORDS = "Измишљено: разговор је вођен, договорено је шта следи."
MOST = 500  # questions; more are a form that cannot be answered so


class Unanswerable(ValueError):
    """Nothing that was tried fits a question; its path is the message."""


def answers_to(form: Form, today: date) -> dict[str, Any]:
    """Nested answers as `children.actions.assessment.take_in` wants them."""
    sheet = Sheet(form, today=today)
    for _each in range(MOST):
        problem = next(iter(sheet.problems()), None)
        if problem is None:
            break
        _answer(sheet, problem.path, today)
    if not sheet.answers():  # nothing must be answered: the first thing that can be
        _answer(sheet, next(one.path for one in _asked(sheet) if _kind(one) not in ("image", "geopoint")), today)
    return sheet.answers()


def _answer(sheet: Sheet, path: str, today: date) -> None:
    question = next(one for one in _asked(sheet) if one.path == path)
    for text in _candidates(question, today):
        sheet.put(path, text)
        if all(one.path != path for one in sheet.problems()):
            return
    raise Unanswerable(path)


def _candidates(question: Shown, today: date) -> Iterator[str]:
    kind = _kind(question)
    yield from (name for name, _label in question.choices)
    if kind in ("integer", "decimal", "range"):
        yield from map(str, (1, 2, 5, 10, 15, 20, 50, 80, 100, 120, 3, 0, 1000))
    elif kind == "date":
        yield from (str(today), str(date(today.year + 1, today.month, 1)), str(date(today.year - 8, 5, 4)))
    elif kind == "datetime":
        yield f"{today}T10:00:00"
    elif kind == "time":
        yield "10:00:00"
    elif kind == "acknowledge":
        yield "OK"
    else:
        yield from (WORDS, "1", "0000000000")


def _kind(question: Shown) -> str:
    return question.node.kind if isinstance(question.node, Question) else ""


def _asked(sheet: Sheet, path: str = "") -> Iterator[Shown]:
    for one in sheet.shown(path):
        if isinstance(one.node, Question):
            yield one
        for inner in one.turns or (() if isinstance(one.node, Question) else (one.path,)):
            yield from _asked(sheet, inner)
