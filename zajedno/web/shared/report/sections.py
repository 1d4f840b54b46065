"""Sections of a report as plain texts: page, PDF and Word are all made from these, so that they agree."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from zajedno.figures.logic.figure import Figure
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag

FEW = 5  # people; fewer are not told, for a report may be shown to everybody


def summed(counts: Sequence[int], few: str) -> str:
    """How many people came to all of these. Where of one only "few" is told, the sum does not say what is missing."""
    if 0 < sum(counts) < FEW:
        return few
    if not any(0 < one < FEW for one in counts):
        return str(sum(counts))
    return _("at least %(low)s") % {"low": sum(1 if 0 < one < FEW else one for one in counts)}


@dataclass(frozen=True)
class Printed:
    """A table of texts. `numeric`: places of columns aligned right."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: Sequence[int] = ()

    def table(self, name: str, *, caption_hidden: bool = False) -> Table:
        columns = [Column(one, numeric=at in self.numeric) for at, one in enumerate(self.heads)]
        return Table(name, self.caption, columns, self.rows, caption_hidden=caption_hidden)


@dataclass(frozen=True)
class Section:
    """`key` names it for what the author writes beside it. `facts` are pairs, `lines` sentences, `figures` released
    numbers about children: nothing else in a report may be one. A section without anything says so."""

    title: str
    facts: Sequence[tuple[str, str]] = ()
    lines: Sequence[str] = ()
    tables: Sequence[Printed] = field(default=())
    figures: Sequence[Figure] = ()
    key: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.lines or self.tables or self.figures)


def printed(table: Table, *without: Any) -> Printed | None:
    """What a table of a page says, without the columns named; None of an empty one."""
    kept = [at for at, one in enumerate(table.columns) if str(one.title) not in set(map(str, without))]
    if not table.rows:
        return None
    return Printed(
        str(table.caption),
        [str(table.columns[at].title) for at in kept],
        [[said(row[at]) for at in kept] for row in table.rows],
        [place for place, at in enumerate(kept) if table.columns[at].numeric],
    )


def tables(*found: Printed | None) -> list[Printed]:
    return [one for one in found if one is not None]


def pairs(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Lines of a summary that say something."""
    return [(str(one.key), ", ".join(map(said, one.values))) for one in rows if one.values]


def said(value: Any) -> str:
    """A cell, a tag or a text in one line of words."""
    match value:
        case Cell():
            parts = [str(value.text), str(value.tag.text) if value.tag else "", str(value.small)]
            first, *rest = [one for one in parts if one] or [""]
            return f"{first} ({', '.join(rest)})" if rest else first
        case Tag():
            return str(value.text)
        case _:
            return str(value)
