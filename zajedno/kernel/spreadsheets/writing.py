"""Tables out: workbooks and CSV in which no cell can become a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from zajedno.kernel.spreadsheets.table import DANGEROUS, Cell, Row

_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no zone
_LONGEST = 32_767  # characters in one cell of Excel


def safe_cell(value: Cell) -> Cell:
    """The value as it may stand in a cell: dangerous text gets an apostrophe before it; numbers stay as they are."""
    if not isinstance(value, str):
        return value
    if DANGEROUS.match(value) and not _NUMBER.fullmatch(value.strip()):
        value = "'" + value
    return _CONTROL.sub("", value)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]], separator: str = ",") -> Iterator[str]:
    """CSV in pieces of text, one row each, the first with the mark by which Excel knows UTF-8."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=separator)
    buffer.write("\ufeff")
    writer.writerow([safe_cell(name) for name in header])
    yield buffer.getvalue()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_plain(safe_cell(value)) for value in row])
        yield buffer.getvalue()


def write_workbook(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], sheet: str = "1", notes: Sequence[str] = ()
) -> bytes:
    """An .xlsx with a frozen, bold header; `notes` go to a second sheet. Rows are written as they come."""
    buffer = BytesIO()
    with _workbook(buffer) as book:
        page = _page(book, sheet, header)
        formats = _formats(book)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _write(page, number, column, value, formats)
        _notes(book, notes)
    return buffer.getvalue()


def error_workbook(
    header: Sequence[str],
    rows: Iterable[tuple[Row, str, Iterable[int]]],
    reason: str,
    number: str = "#",
    notes: Sequence[str] = (),
) -> bytes:
    """The rows that were not taken, as they stood: (row, its reason, columns at fault from 0), as an .xlsx.

    The first column is the row number in the file that was sent, the second the reason under the heading `reason`;
    the reason and the cells at fault are coloured.
    """
    buffer = BytesIO()
    with _workbook(buffer) as book:
        page = _page(book, reason[:31], (number, reason, *header))
        formats, bad = _formats(book), _formats(book, {"bg_color": "#F9DEDC", "border": 1, "border_color": "#B3261E"})
        for line, (row, why, faults) in enumerate(rows, 1):
            page.write_number(line, 0, row.number)
            _write(page, line, 1, why, bad)
            at_fault = set(faults)
            for column, value in enumerate(row.values):
                _write(page, line, column + 2, value, bad if column in at_fault else formats)
        _notes(book, notes)
    return buffer.getvalue()


def _workbook(buffer: BytesIO) -> Workbook:
    """The same rows are the same file, whenever it is written: it does not say when."""
    book = Workbook(buffer, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _NO_DAY})
    return book


def _page(book: Workbook, sheet: str, header: Sequence[str]) -> Worksheet:
    page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", sheet)[:31] or "1")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for column, name in enumerate(header):
        page.set_column(column, column, min(48, max(12, len(str(name)) + 2)))
    for column, name in enumerate(header):
        page.write_string(0, column, str(safe_cell(str(name))), bold)
    page.freeze_panes(1, 0)
    return page


def _formats(book: Workbook, extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
    base = {"valign": "top", **(extra or {})}
    return {
        "text": book.add_format({**base, "num_format": "@"}),
        "number": book.add_format(base),
        "day": book.add_format({**base, "num_format": "dd.mm.yyyy."}),
        "moment": book.add_format({**base, "num_format": "dd.mm.yyyy. hh:mm"}),
    }


def _write(page: Worksheet, row: int, column: int, value: Cell, formats: Mapping[str, Any]) -> None:
    match value:
        case None:
            page.write_blank(row, column, None, formats["number"])
        case bool():
            page.write_boolean(row, column, value, formats["number"])
        case int() | float() if abs(value) < 10**11:
            page.write_number(row, column, value, formats["number"])
        case datetime() if value.year >= 1900:
            page.write_datetime(row, column, value.replace(tzinfo=None), formats["moment"])
        case date() if value.year >= 1900:
            page.write_datetime(row, column, value, formats["day"])
        case _:
            page.write_string(row, column, str(safe_cell(_plain(value)))[:_LONGEST], formats["text"])


def _plain(value: Cell) -> Cell:
    """Long whole numbers as digits: a spreadsheet would show 1.23E+12 for a national number."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return value if value is None or isinstance(value, int | str) else str(value)


def _notes(book: Workbook, notes: Sequence[str]) -> None:
    if notes:
        page = book.add_worksheet("i")
        page.set_column(0, 0, 100)
        for line, note in enumerate(notes):
            page.write_string(line, 0, str(safe_cell(note)))
