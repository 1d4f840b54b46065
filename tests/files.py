"""Tables as people send them: workbooks of cells, with merged titles; CSV in the encodings of the region."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


def workbook(rows: Rows, *merged: str, first: Rows = ()) -> bytes:
    """`merged`: ranges as "A1:F1"; `first`: a sheet of codes before the list."""
    book, buffer = Workbook(), BytesIO()
    sheet: Any = book.active
    if first:
        for row in first:
            sheet.append(row)
        sheet = book.create_sheet("Списак 2026")
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    book.save(buffer)
    return buffer.getvalue()


def delimited(rows: Rows, encoding: str = "utf-8-sig", separator: str = ";") -> bytes:
    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        return f'"{text}"' if separator in text or "\n" in text else text

    return "\r\n".join(separator.join(map(cell, row)) for row in rows).encode(encoding)
