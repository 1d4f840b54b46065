"""Sheets of cells in and out: Markdown tables and workbooks. A row is its number (the header is 1) and its cells."""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook

from zajedno.forms.logic.vocabulary import SHEETS
from zajedno.kernel.spreadsheets import Cell, read_sheets

Rows = list[tuple[int, Sequence[str]]]

_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*\s*$")
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*$")
_BAR = re.compile(r"(?<!\\)\|")


def markdown(text: str) -> dict[str, Rows]:
    """The tables of a text: under a heading with the sheet's name, or with that name in the first column."""
    sheets: dict[str, Rows] = {}
    name, beside = "", False
    for line in text.splitlines():
        if heading := _HEADING.match(line):
            name, beside = heading[1].lower(), False
        elif line.lstrip().startswith("|"):
            cells = _cells(line)
            if (named := cells[0].lower()) in SHEETS and not any(cells[1:]) and (beside or named != name):
                name, beside = named, True
            elif name and not _RULE.match(line):
                rows = sheets.setdefault(name, [])
                rows.append((len(rows) + 1, cells[1:] if beside else cells))
    return sheets


def _cells(line: str) -> list[str]:
    parts = _BAR.split(line.strip())
    inner = parts[1:-1] if len(parts) > 2 and not parts[-1].strip() else parts[1:]
    return [part.strip().replace(r"\|", "|").replace("<br>", "\n") for part in inner]


def to_markdown(sheets: Mapping[str, Rows]) -> str:
    """One heading and one table a sheet; a line break in a cell is `<br>`."""
    return "\n".join(f"## {name}\n\n{_table(rows)}" for name, rows in sheets.items())


def _table(rows: Rows) -> str:
    lines = []
    for number, cells in _without_gaps(rows):
        lines.append("| " + " | ".join(_escaped(cell) for cell in cells) + " |")
        if number == 1:
            lines.append("|" + " --- |" * len(cells))
    return "\n".join(lines) + "\n"


def _escaped(cell: str) -> str:
    return cell.replace("|", r"\|").replace("\r\n", "\n").replace("\n", "<br>")


def _without_gaps(rows: Rows) -> Iterable[tuple[int, Sequence[str]]]:
    """Empty rows are written too, so that every row keeps its number."""
    at = 1
    for number, cells in rows:
        while at < number:
            yield at, [""] * len(cells)
            at += 1
        yield number, cells
        at += 1


def workbook(content: bytes) -> dict[str, Rows]:
    """All sheets of an .xlsx, .xls or .ods file, names in small letters, numbers as ODK reads them."""
    sheets: dict[str, Rows] = {}
    for name, rows in read_sheets(content):
        found: Rows = [(row.number, [_text(value) for value in row.values]) for row in rows]
        while found and not any(found[0][1]):
            del found[0]
        sheets.setdefault(name.strip().lower(), found)
    return sheets


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def to_workbook(sheets: Mapping[str, Rows]) -> bytes:
    """An .xlsx in which every cell is text: none becomes a formula, a number or a link."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with Workbook(buffer, options) as book:
        head = book.add_format({"bold": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            for number, cells in rows:
                for column, cell in enumerate(cells):
                    if cell:
                        sheet.write_string(number - 1, column, cell, head if number == 1 else None)
    return buffer.getvalue()
