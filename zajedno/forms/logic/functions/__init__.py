"""The functions of ODK XForms that XPath 1.0 has not or has otherwise, for lxml to call.

Source: ODK XForms specification, "XPath Functions"; where it leaves a case open the reference engine is followed
(docs/decisions/0008). None raises: what cannot be reckoned is NaN or empty.
"""

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zajedno.forms.logic.functions import days, figures, nodes, words
from zajedno.forms.logic.functions.here import HERE, Scope
from zajedno.forms.logic.namespaces import OURS
from zajedno.forms.logic.values import Value, number, text
from zajedno.forms.logic.values import words as _words

__all__ = ["EXTENSIONS", "FUNCTIONS", "HERE", "NATIVE", "OPERATORS", "Function", "Scope"]


@dataclass(frozen=True, slots=True)
class Function:
    """How many values it takes (`most` None: any number) and what it gives: number, truth, text, nodes or any."""

    call: Callable[..., Value]
    least: int
    most: int | None
    gives: str


def _here_or(call: Callable[[Value], Value]) -> Callable[..., Value]:
    """The function of the current node when no value is given."""
    return lambda *values: call(*values) if values else call([HERE.node])


def _normalized(value: Value) -> str:
    return " ".join(_words(value))


def _length(value: Value) -> float:
    return float(len(text(value)))


def _once(value: Value) -> str:
    return text([HERE.node]) or text(value)


FUNCTIONS: Mapping[str, Function] = {
    "abs": Function(figures.reckoned(abs), 1, 1, "number"),
    "acos": Function(figures.reckoned(math.acos), 1, 1, "number"),
    "asin": Function(figures.reckoned(math.asin), 1, 1, "number"),
    "atan": Function(figures.reckoned(math.atan), 1, 1, "number"),
    "atan2": Function(figures.reckoned(math.atan2), 2, 2, "number"),
    "boolean-from-string": Function(words.boolean_from_string, 1, 1, "truth"),
    "ceiling": Function(figures.reckoned(figures.whole(math.ceil)), 1, 1, "number"),
    "checklist": Function(words.checklist, 2, None, "truth"),
    "coalesce": Function(words.coalesce, 2, 2, "text"),
    "concat": Function(words.concat, 0, None, "text"),
    "contains": Function(words.contains, 2, 2, "truth"),
    "cos": Function(figures.reckoned(math.cos), 1, 1, "number"),
    "count-non-empty": Function(nodes.count_non_empty, 1, 1, "number"),
    "count-selected": Function(words.count_selected, 1, 1, "number"),
    "current": Function(lambda: [HERE.node], 0, 0, "nodes"),
    "date": Function(days.date_, 1, 1, "text"),
    "date-time": Function(days.date_time, 1, 1, "text"),
    "decimal-date-time": Function(days.decimal_date_time, 1, 1, "number"),
    "decimal-time": Function(days.decimal_time, 1, 1, "number"),
    "ends-with": Function(words.ends_with, 2, 2, "truth"),
    "exp": Function(figures.reckoned(math.exp), 1, 1, "number"),
    "exp10": Function(figures.reckoned(lambda one: 10.0**one), 1, 1, "number"),
    "floor": Function(figures.reckoned(figures.whole(math.floor)), 1, 1, "number"),
    "format-date": Function(days.format_date, 2, 2, "text"),
    "format-date-time": Function(days.format_date, 2, 2, "text"),
    "if": Function(words.if_, 3, 3, "any"),
    "indexed-repeat": Function(nodes.indexed_repeat, 3, None, "nodes"),
    "instance": Function(lambda name: HERE.scope.instance(text(name)), 1, 1, "nodes"),
    "int": Function(figures.int_, 1, 1, "number"),
    "join": Function(words.join, 1, None, "text"),
    "jr:choice-name": Function(
        lambda one, path: HERE.scope.choice_name(HERE.node, text(path), text(one)), 2, 2, "text"
    ),
    "log": Function(figures.reckoned(figures.log(math.log)), 1, 1, "number"),
    "log10": Function(figures.reckoned(figures.log(math.log10)), 1, 1, "number"),
    "max": Function(figures.most, 1, None, "number"),
    "min": Function(figures.least, 1, None, "number"),
    "normalize-space": Function(_here_or(_normalized), 0, 1, "text"),
    "now": Function(lambda: HERE.scope.now, 0, 0, "text"),
    "number": Function(_here_or(number), 0, 1, "number"),
    "once": Function(_once, 1, 1, "text"),
    "pi": Function(lambda: math.pi, 0, 0, "number"),
    "position": Function(nodes.position, 0, 1, "number"),
    "pow": Function(figures.reckoned(figures.power), 2, 2, "number"),
    "random": Function(lambda: figures.random(), 0, 0, "number"),
    "regex": Function(words.regex, 2, 2, "truth"),
    "round": Function(figures.round_, 1, 2, "number"),
    "selected": Function(words.selected, 2, 2, "truth"),
    "selected-at": Function(words.selected_at, 2, 2, "text"),
    "sin": Function(figures.reckoned(math.sin), 1, 1, "number"),
    "sqrt": Function(figures.reckoned(math.sqrt), 1, 1, "number"),
    "starts-with": Function(words.starts_with, 2, 2, "truth"),
    "string": Function(_here_or(text), 0, 1, "text"),
    "string-length": Function(_here_or(_length), 0, 1, "number"),
    "substr": Function(words.substr, 2, 3, "text"),
    "substring": Function(words.substring, 2, 3, "text"),
    "substring-after": Function(words.substring_after, 2, 2, "text"),
    "substring-before": Function(words.substring_before, 2, 2, "text"),
    "sum": Function(figures.sum_, 1, 1, "number"),
    "tan": Function(figures.reckoned(math.tan), 1, 1, "number"),
    "today": Function(lambda: HERE.scope.today, 0, 0, "text"),
    "translate": Function(words.translate, 3, 3, "text"),
    "uuid": Function(words.uuid, 0, 1, "text"),
    "weighted-checklist": Function(words.weighted_checklist, 4, None, "truth"),
}
"""Every function a form may use beside those of `NATIVE`."""

NATIVE: Mapping[str, tuple[int, int, str]] = {
    "boolean": (1, 1, "truth"), "count": (1, 1, "number"), "false": (0, 0, "truth"), "last": (0, 0, "number"),
    "not": (1, 1, "truth"), "true": (0, 0, "truth"),
}  # fmt: skip
"""Functions left to lxml: least and most values, what they give."""

OPERATORS: Mapping[str, tuple[str, Callable[..., Value]]] = {
    "=": ("eq", figures.equal),
    "!=": ("ne", figures.unequal),
    "<": ("lt", figures.compared(operator.lt)),
    "<=": ("le", figures.compared(operator.le)),
    ">": ("gt", figures.compared(operator.gt)),
    ">=": ("ge", figures.compared(operator.ge)),
}
"""Comparisons in which a side may be a day."""


def _entry(call: Callable[..., Value]) -> Callable[..., Value]:
    return lambda _context, *values: call(*values)


EXTENSIONS: dict[tuple[str, str], Callable[..., Any]] = {
    (OURS, name.replace("jr:", "")): _entry(function.call) for name, function in FUNCTIONS.items()
}
EXTENSIONS |= {(OURS, name): _entry(call) for name, call in OPERATORS.values()}
EXTENSIONS |= {(OURS, "n"): _entry(number), (OURS, "root"): _entry(lambda: [HERE.scope.root])}
