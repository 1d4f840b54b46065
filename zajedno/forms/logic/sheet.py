"""The answers of one sheet of a form, as they stand, and what follows from them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from zajedno.forms.logic import submission
from zajedno.forms.logic.form import Form
from zajedno.forms.logic.parts import UNASKED, Group, Node, Question, Texts
from zajedno.forms.logic.places import MOST_TURNS, Place, Turns
from zajedno.forms.logic.settling import Tree
from zajedno.forms.logic.showing import Problem, Shown, Stand
from zajedno.forms.logic.types import clean, written

__all__ = ["Problem", "Sheet", "Shown", "Stand", "UnknownPlace"]

_STEP = re.compile(r"([^\[\]]+)(?:\[([0-9]{1,4})\])?")


class UnknownPlace(KeyError):
    """The form has no such place, or this sheet not so many turns."""


class Sheet:
    """Answers of one sheet.

    `answers` None begins a new sheet, with the form's defaults; else they are what `answers()` or `draft()` gave.
    `language` is that of every text given back. Time is an argument: `today()` and `now()` in the form mean `today` and
    `now` here. `unknown`: paths in the answers that the form has not.
    """

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, Any] | None = None,
        *,
        today: date,
        now: datetime | None = None,
        language: str = "sr",
    ) -> None:
        self.form, self.language = form, language
        self._tree = Tree(form, answers, today, now, language)
        self.unknown = tuple(self._tree.unknown)

    @classmethod
    def from_xml(
        cls, form: Form, content: bytes, *, today: date, now: datetime | None = None, language: str = "sr"
    ) -> "Sheet":
        """A sheet as ODK Collect sends it. Calculations are reckoned again, as of `today`. Raises
        submission.BadSubmission when it is no XML, too large, or answers another form."""
        return cls(form, submission.read(form, content), today=today, now=now, language=language)

    def put(self, path: str, text: str) -> None:
        """Answer a question: the text as XForms write it, "" to take the answer back. Turns of repeats are counted from
        1: "/data/visits[2]/day". Does nothing where the form itself answers. Raises UnknownPlace."""
        place = self._find(path)
        if not isinstance(place, Place) or not isinstance(place.node, Question):
            raise UnknownPlace(path)
        if place.node.kind not in UNASKED and not self._is(place, "read_only"):
            place.raw = clean(text)
            self._tree.changed(place.node.path)

    def add(self, path: str) -> str:
        """One more turn of a repeat; its path. Raises UnknownPlace; does nothing where a count says how many."""
        turns = self._turns(path)
        if turns.node.count is None and len(turns.places) < MOST_TURNS:
            place = turns.add(begin=True)
            self._tree.turned(turns.node)
            self._tree.begin(place)
        return turns.places[-1].path if turns.places else ""

    def remove(self, path: str, position: int) -> None:
        """Take the turn at a position (from 1) away with its answers. Raises UnknownPlace; see `add` for counts."""
        turns = self._turns(path)
        if not 1 <= position <= len(turns.places):
            raise UnknownPlace(f"{path}[{position}]")
        if turns.node.count is None:
            turns.take(position)
            self._tree.turned(turns.node)

    def shown(self, path: str = "") -> list[Shown]:
        """What to show now inside a group or a turn of a repeat ("" the whole sheet), in order. Raises UnknownPlace."""
        place = self._find(path or self.form.root.path)
        if not isinstance(place, Place):
            raise UnknownPlace(path)
        return [self._shown(inner) for inner in place.inner.values() if inner.relevant and _visible(inner.node)]

    def problems(self) -> list[Problem]:
        """Everything that keeps the sheet from being sent, in order; of each place the first thing."""
        return list(self._problems())

    def answers(self) -> dict[str, Any]:
        """The answers that count, nested: groups are dicts, repeats lists of dicts; nothing stands for no answer."""
        return _nested(self._tree.root, everything=False)

    def draft(self) -> dict[str, Any]:
        """Every answer given, also those that do not count now or are none: for a sheet that is not sent yet."""
        return _nested(self._tree.root, everything=True)

    def values(self) -> dict[str, str]:
        """The answers that count by the question's name, for scoring; "" where there is none. Repeats are left out."""
        found: dict[str, str] = {}
        _flat(self._tree.root, found)
        return found

    def places(self) -> Iterator[Stand]:
        """Every group, turn and question, in order, also what does not count."""
        for place in self._tree.root.walk():
            if place.parent is not None:
                value = (place.element.text or "") if isinstance(place.node, Question) else ""
                yield Stand(place.path, place.node, place.relevant, value)

    def relevant(self, path: str) -> bool:
        """Does a place count now? Raises UnknownPlace."""
        return self._find(path).relevant

    def value(self, path: str) -> str:
        """The answer of a question as expressions read it: "" unless it counts. Raises UnknownPlace."""
        place = self._find(path)
        return (place.element.text or "") if isinstance(place, Place) else ""

    def _shown(self, inner: Place | Turns) -> Shown:
        place = inner if isinstance(inner, Place) else inner.parent
        node = inner.node
        is_question = isinstance(inner, Place) and isinstance(node, Question)
        options = self._tree.options(inner) if isinstance(inner, Place) else ()
        turns = tuple(one.path for one in inner.places if one.relevant) if isinstance(inner, Turns) else ()
        return Shown(
            path=inner.path,
            node=node,
            value=inner.raw if isinstance(inner, Place) else "",
            label=self._said(node.label, place),
            hint=self._said(node.hint, place),
            required=is_question and self._is(place, "required"),
            read_only=is_question and self._is(place, "read_only"),
            choices=tuple((option.name, self._said(option.label, place)) for option in options),
            turns=turns,
            may_add=isinstance(inner, Turns) and inner.node.count is None,
            constraint=self._said(node.bind.constraint_message, place),
            required_message=self._said(node.bind.required_message, place),
        )

    def _problems(self) -> Iterator[Problem]:
        for place in self._tree.root.walk():
            node = place.node
            if not isinstance(node, Question) or not place.relevant:
                continue
            constraint = node.bind.constraint
            if not place.fits:
                yield Problem(place.path, "choice" if node.choices and written(node, place.raw) else "type")
            elif not place.element.text:
                if self._is(place, "required"):
                    yield Problem(place.path, "required", self._said(node.bind.required_message, place))
            elif constraint and not constraint.truth(place.element, self._tree.scope):
                yield Problem(place.path, "constraint", self._said(node.bind.constraint_message, place))

    def _is(self, place: Place, what: str) -> bool:
        condition = getattr(place.node.bind, what)
        return bool(condition) and condition.truth(place.element, self._tree.scope)

    def _said(self, texts: Texts, place: Place) -> str:
        """A text with the answers in it; pyxform puts blanks around it then."""
        return self._tree.filled_in(self.form.said(texts, self.language), place).strip() if texts else ""

    def _find(self, path: str) -> Place | Turns:
        """The place at a path, a repeat itself when its last step has no position."""
        first, *steps = path.strip("/").split("/")
        place: Place = self._tree.root
        if first != place.node.name:
            raise UnknownPlace(path)
        for at, step in enumerate(steps, 1):
            found = _STEP.fullmatch(step)
            inner = place.inner.get(found[1]) if found else None
            if found is None or inner is None:
                raise UnknownPlace(path)
            if isinstance(inner, Turns):
                if found[2] is None and at == len(steps):
                    return inner
                position = int(found[2] or 1)
                if not 1 <= position <= len(inner.places):
                    raise UnknownPlace(path)
                inner = inner.places[position - 1]
            place = inner
        return place

    def _turns(self, path: str) -> Turns:
        turns = self._find(path)
        if not isinstance(turns, Turns):
            raise UnknownPlace(path)
        return turns


def _visible(node: Node) -> bool:
    return isinstance(node, Group) or (isinstance(node, Question) and (node.asks or node.kind == "note"))


def _nested(place: Place, everything: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, inner in place.inner.items():
        if not (everything or inner.relevant):
            continue
        if isinstance(inner, Turns):
            turns = [_nested(one, everything) for one in inner.places if everything or one.relevant]
            answer: Any = turns
        elif isinstance(inner.node, Question):
            answer = inner.raw if everything else _counted(inner)
        else:
            answer = _nested(inner, everything)
        if answer:
            found[name] = answer
    return found


def _counted(place: Place) -> str:
    """The answer as given, so far as it counts: a choice that may not be chosen any more does not."""
    if not place.relevant:
        return ""
    is_choice = isinstance(place.node, Question) and place.node.choices
    return (place.element.text or "") if is_choice and place.fits else place.raw


def _flat(place: Place, found: dict[str, str]) -> None:
    for name, inner in place.inner.items():
        if isinstance(inner, Turns):
            continue
        if isinstance(inner.node, Question):
            found[name] = found.get(name) or _counted(inner)
        else:
            _flat(inner, found)
