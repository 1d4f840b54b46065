"""An expression of a form: parsed, rewritten where ODK means more than XPath 1.0, and evaluated by lxml.

XPath 1.0 knows no days: "2026-11-26" is no number to it. So comparisons and reckoning in which a side may be a day are
rewritten into calls of our functions (`logic/functions`); paths, predicates, and, or, unions stay with lxml.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from zajedno.forms.logic.functions import EXTENSIONS, HERE, Scope
from zajedno.forms.logic.namespaces import JAVAROSA, OPENROSA, OURS
from zajedno.forms.logic.rewriting import Reading, Unreadable, rewrite
from zajedno.forms.logic.values import Value, number, text, truth

__all__ = ["Expression", "Scope", "Unreadable", "expression"]

_NAMESPACES = {"z": OURS, "orx": OPENROSA, "jr": JAVAROSA}
_CONSTANT = {"true()": True, "false()": False}


@dataclass(frozen=True, slots=True)
class Expression:
    """`source` as it stands in the form; `reading`: what it reads, seen from the question it belongs to."""

    source: str
    reading: Reading
    _evaluate: Any
    _constant: bool | None = None

    def value(self, node: Any, scope: Scope) -> Value:
        """Evaluated from a node of the sheet."""
        if self._constant is not None:
            return self._constant
        before = getattr(HERE, "scope", None), getattr(HERE, "node", None)
        HERE.scope, HERE.node = scope, node
        try:
            found: Value = self._evaluate(node)
        finally:
            HERE.scope, HERE.node = before  # type: ignore[assignment]
        return found

    def text(self, node: Any, scope: Scope) -> str:
        return text(self.value(node, scope))

    def truth(self, node: Any, scope: Scope) -> bool:
        return truth(self.value(node, scope))

    def number(self, node: Any, scope: Scope) -> float:
        return number(self.value(node, scope))

    def nodes(self, node: Any, scope: Scope) -> Sequence[Any]:
        """The nodes of a path; none when it gives something else."""
        found = self.value(node, scope)
        return found if isinstance(found, list) else []


@lru_cache(maxsize=8192)
def expression(source: str, at: str) -> Expression:
    """The expression of the question at a path of the form ("/data/visits/day").

    Raises Unreadable when it is no XPath 1.0 or calls what a form may not.
    """
    reading, xpath = rewrite(source, at)
    return Expression(source, reading, _compiled(xpath), _CONSTANT.get(xpath))


@lru_cache(maxsize=8192)
def _compiled(xpath: str) -> etree.XPath:
    try:
        return etree.XPath(xpath, namespaces=_NAMESPACES, extensions=EXTENSIONS, smart_strings=False)
    except etree.XPathSyntaxError as error:
        raise Unreadable("syntax", str(error)) from error
