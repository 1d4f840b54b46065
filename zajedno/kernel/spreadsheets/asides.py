"""Rows of a table that are none: titles between the rows, notes and sums below them."""

from collections.abc import Sequence

from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets.table import Cell, Row, Table

_NOTES = (
    "napomen", "izvor", "primedb", "primjedb", "obrada", "obradi", "sastavi", "pripremi", "legenda", "datum", "note",
    "source", "remark", "megjegyzes", "forras", "shenim", "burimi", "mesto i datum", "mjesto i datum", "m p",
)  # fmt: skip
_SUMS = ("ukupno", "sveukupno", "svega", "total", "sum", "zbir", "zbroj", "osszesen", "gjithsej", "shuma", "in total")
WIDE = 3  # columns of a table in which one cell alone is no row


def is_aside(values: Sequence[Cell], width: int) -> bool:
    """Is the row a title, a note or a sum? `width`: how many columns the table has."""
    filled = [value for value in values if value is not None]
    texts = [fold(value) for value in filled if isinstance(value, str)]
    first = texts[0] if texts else ""
    if any(first == word or first.startswith(f"{word} ") for word in _SUMS):
        return True
    if len(filled) <= 2 and first.startswith(_NOTES):
        return True
    return width >= WIDE and len(filled) == 1


def split_asides(table: Table) -> tuple[list[Row], list[int]]:
    """(rows, numbers of those that are none)"""
    width = sum(1 for name in table.header if name)
    rows = list(table.rows())
    aside = {row.number for row in rows if is_aside(row.values, width)}
    return [row for row in rows if row.number not in aside], sorted(aside)
