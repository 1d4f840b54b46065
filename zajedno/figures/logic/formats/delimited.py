"""CSV, and what a program must know to read it: CSV on the Web (W3C, Metadata Vocabulary for Tabular Data, 2015)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from zajedno.figures.logic.formats.table import COLUMNS, KEY, LICENCE, Column, Table, Value, plain, written
from zajedno.kernel.spreadsheets import Cell, write_csv

CONTEXT = "http://www.w3.org/ns/csvw"
NEEDED = frozenset({"indicator", "place", "period", "said", "method", "small"})


def header() -> list[str]:
    return [column.name for column in COLUMNS]


def cells(row: dict[str, Value]) -> list[str]:
    """The same texts in CSV and in a workbook's cells that are no number."""
    return [text(row[column.name]) for column in COLUMNS]


def text(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return written(value)
        case _:
            return str(value)


def sheet(table: Table) -> Iterator[list[Cell]]:
    """Rows of a workbook, where numbers are numbers and days are days."""
    for row in table.rows():
        yield [_cell(row[column.name]) for column in COLUMNS]


def _cell(value: Value) -> Cell:
    return plain(value) if isinstance(value, Decimal) else value


def csv(table: Table) -> Iterator[str]:
    """Commas, UTF-8, codes and numbers as programs read them."""
    return write_csv(header(), (cells(row) for row in table.rows()))


def metadata(table: Table, url: str) -> dict[str, Any]:
    """What stands beside `url`: the key, the kind of each column, how each indicator was counted."""
    return {
        "@context": [CONTEXT, {"@language": "en"}],
        "url": url,
        "dc:title": {"@value": table.title, "@language": table.language},
        "dc:publisher": table.publisher,
        "dc:license": {"@id": LICENCE},
        "dc:modified": {"@value": table.made_on.date().isoformat(), "@type": "xsd:date"},
        "dc:description": [
            {"@value": f"{one.code}: {words}", "@language": language}
            for one in table.used()
            for language, words in (one.definition or one.name).items()
        ],
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True, "lineTerminators": ["\r\n", "\n"]},
        "tableSchema": {"columns": [_column(one) for one in COLUMNS], "primaryKey": list(KEY)},
    }


def _column(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "titles": [column.name], "dc:description": column.title,
                            "datatype": column.kind, "null": ""}  # fmt: skip
    if column.name in NEEDED:
        told["required"] = True
    if column.name in ("by", "word"):  # a part of the key, empty for the whole
        told |= {"null": [], "default": ""}
    return told
