"""Parses an expression with elementpath: XPath 1.0 with the functions of ODK."""

import re
from typing import Any

from elementpath import ElementPathError, XPath1Parser
from elementpath.tdop import Parser

from zajedno.forms.logic.functions import FUNCTIONS, NATIVE
from zajedno.forms.logic.namespaces import JAVAROSA, OPENROSA

Token = Any
"""elementpath's token: a tree of them is an expression."""

NODE_FUNCTIONS = ("instance", "current", "indexed-repeat")
"""Functions that give nodes and so may begin a path."""
LONGEST, DEEPEST = 20_000, 40
"""Most characters of an expression and most brackets in one another: lxml has limits of its own, and what one process
could check another must be able to read."""
_BRACKETS = re.compile(r"""'[^']*'|"[^"]*"|[][()]""")


class Unreadable(Exception):
    """`code`: syntax, function, arguments or unsupported; `what`: the word it is about."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(code, what)
        self.code, self.what = code, what


class XFormsParser(XPath1Parser):
    """XPath 1.0 with the functions of ODK; those that give nodes may begin a path."""

    literals_pattern = re.compile(r"""'[^']*'|"[^"]*"|(?:\d+|\.\d+)(?:\.\d*)?""")
    PATH_STEP_SYMBOLS = {*XPath1Parser.PATH_STEP_SYMBOLS, *NODE_FUNCTIONS, "("}

    @staticmethod
    def unescape(string_literal: str) -> str:
        return string_literal[1:-1]

    def parse(self, source: str) -> Token:
        if self.tokenizer is None:
            self.tokenizer = self.create_tokenizer(self.symbol_table)
        return Parser.parse(self, source)  # not XPath1Parser's: without evaluating: there is nothing to evaluate on yet


for _name, _function in FUNCTIONS.items():
    _local = _name.replace("jr:", "")
    XFormsParser.symbol_table.pop(_local, None)
    _token = XFormsParser.function(_local, nargs=(0, None))
    if _name != _local:
        _token.namespace = JAVAROSA
for _name in NATIVE:
    XFormsParser.symbol_table.pop(_name, None)
    XFormsParser.function(_name, nargs=(0, None))


def parsed(source: str) -> Token:
    """The tree of an expression. Raises Unreadable."""
    if len(source) > LONGEST:
        raise Unreadable("syntax", "too long")
    if _depth(source) > DEEPEST:
        raise Unreadable("syntax", "too deep")
    try:
        return XFormsParser(namespaces={"jr": JAVAROSA, "orx": OPENROSA}).parse(source.strip())
    except ElementPathError as error:
        raise _explained(error) from error
    except (RecursionError, ArithmeticError) as error:
        raise Unreadable("syntax", "too deep") from error


def _depth(source: str) -> int:
    """How many brackets stand in one another, those in texts left out."""
    depth = deepest = 0
    for mark in _BRACKETS.findall(source):
        depth += (mark in "([") - (mark in ")]")
        deepest = max(deepest, depth)
    return deepest


def _explained(error: ElementPathError) -> Unreadable:
    said = str(error.message)
    if said.startswith("unknown function "):
        return Unreadable("function", said.removeprefix("unknown function ").strip("'"))
    return Unreadable("syntax", said)
