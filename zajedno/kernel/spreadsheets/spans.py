"""From a day until a day, written in one cell or in two."""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets.days import Day, read_day
from zajedno.kernel.spreadsheets.problems import Problem
from zajedno.kernel.spreadsheets.table import Cell

# Of a last day: none.
_OPEN = (
    "", "dalje", "do dalje", "do daljeg", "do daljnjeg", "neodredeno", "neodredjeno", "nije odredeno", "otvoreno",
    "open", "further notice", "until further notice", "present",
    "danas", "traje", "nema", "visszavonasig", "ne vazhdim",
)  # fmt: skip
_YEAR = re.compile(r"\D*(20\d\d)\D*")
_SPLIT = re.compile(r"\s+(?:do|до|to|until|deri|-|–|—)\s+|\s*[–—]\s*|(?<=[.\d])-(?=\d\d?\.)", re.IGNORECASE)
_SINCE = re.compile(r"^(?:od|од|from|nga)\s+", re.IGNORECASE)


class Span(NamedTuple):
    """The first and the last day, and what is wrong with them."""

    since: date | None = None
    until: date | None = None
    problems: tuple[Problem, ...] = ()


def read_span(cells: Mapping[str, Cell], today: date, first: str, last: str, both: str) -> Span:
    """Of the cells of a row by field. `both`: the field of a cell that holds the whole span: `1.1.2026. – 31.12.2026.`,
    `од 1. 1. 2026.`, `2026` (the whole year)."""
    whole = cells.get(both)
    if whole is None or cells.get(first) is not None:
        return _span(_day(cells.get(first), today, first), _last(cells.get(last), today, last))
    text = "" if whole is None else " ".join(str(whole).split())
    if (year := _YEAR.fullmatch(text.removesuffix(".0"))) and len(re.sub(r"\D", "", text.removesuffix(".0"))) == 4:
        return Span(date(int(year[1]), 1, 1), date(int(year[1]), 12, 31))
    if not isinstance(whole, str):
        return _span(_day(whole, today, both), Day(None))
    since, *until = _SPLIT.split(text, maxsplit=1)
    return _span(_day(_SINCE.sub("", since), today, both), _last(until[0] if until else None, today, both))


def _span(since: Day, until: Day) -> Span:
    return Span(since.day, until.day, tuple(one.problem for one in (since, until) if one.problem))


def _last(value: Cell, today: date, column: str) -> Day:
    return Day(None) if isinstance(value, str) and fold(value) in _OPEN else _day(value, today, column)


def _day(value: Cell, today: date, column: str) -> Day:
    return read_day(value, today, column, future=True)
