"""Workbooks: .xlsx, .xlsb, .xls and .ods through calamine, after a look at what opening them would cost."""

import re
import zlib
from collections.abc import Collection, Iterator
from io import BytesIO
from itertools import islice
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum, ZipError

from zajedno.kernel.spreadsheets.header import Found, find_header, following
from zajedno.kernel.spreadsheets.table import (
    MAX_AREA,
    MAX_ROWS,
    MAX_UNPACKED,
    Row,
    Table,
    UnreadableTable,
    not_a_table,
    tidy,
    too_many_rows,
)

_LOOK = 60  # rows in which a header is sought
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_REPEATED = re.compile(rb"<table:table-(?:cell|row)\b[^>]*number-(?:columns|rows)-repeated=\"([0-9]{4,})\"[^>]*>")
_ENCRYPTED = (b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e", b"E\0n\0c\0r\0y\0p\0t\0i\0o\0n\0I\0n\0f\0o")


def read_workbook(content: bytes, expected: Collection[str]) -> Table:
    """The fullest visible sheet of a workbook as a Table."""
    _refuse_dangerous(content)
    book = _open(content)
    sheet, found = _fullest(book, expected)
    notes: list[str | Promise] = []
    if len(book.sheet_names) > 1:
        notes.append(format_lazy(_("Read from the sheet “{sheet}”."), sheet=sheet.name))
    if sheet.total_height - found.row > MAX_ROWS:
        raise too_many_rows()
    return Table(
        header=found.names,
        header_row=found.row,
        rows=lambda: following(_numbered(sheet), found),
        sheet=sheet.name,
        sheets=tuple(book.sheet_names),
        notes=tuple(notes),
        titles=found.titles,
    )


def read_sheets(content: bytes) -> Iterator[tuple[str, list[Row]]]:
    """Every sheet of a workbook with its name and all its rows, for files in which each sheet has a meaning."""
    _refuse_dangerous(content)
    book = _open(content)
    for name in book.sheet_names:
        sheet = _sheet(book, name)
        if sheet.total_height > MAX_ROWS:
            raise too_many_rows()
        yield name, list(_numbered(sheet))


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except (CalamineError, ZipError) as error:
        raise _damaged() from error


def _numbered(sheet: CalamineSheet) -> Iterator[Row]:
    for number, values in enumerate(sheet.iter_rows(), 1):
        yield Row(number, tuple(tidy(value) for value in values))


def _open(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_object(BytesIO(content))
    except PasswordError as error:
        raise _encrypted() from error
    except (CalamineError, ZipError, OSError, ValueError) as error:
        if any(mark in content for mark in _ENCRYPTED):
            raise _encrypted() from error
        raise _damaged() from error


def _fullest(book: CalamineWorkbook, expected: Collection[str]) -> tuple[CalamineSheet, Found]:
    visible = [meta.name for meta in book.sheets_metadata if meta.visible == SheetVisibleEnum.Visible]
    best: tuple[tuple[int, int], CalamineSheet, Found] | None = None
    for name in visible or book.sheet_names:
        sheet = _sheet(book, name)
        head = list(islice(_numbered(sheet), _LOOK))
        found = find_header(head, expected, _merged(sheet))
        if found and (best is None or (found.matches, sheet.total_height) > best[0]):
            best = ((found.matches, sheet.total_height), sheet, found)
    if best is None:
        raise UnreadableTable(_("No sheet of the file holds a table with a header and rows."), "empty")
    return best[1], best[2]


def _merged(sheet: CalamineSheet) -> dict[tuple[int, int], int]:
    """Cells that a merge across columns covers: (row from 1, column from 0) -> the column with the text."""
    left = sheet.start[1] if sheet.start else 0
    covered: dict[tuple[int, int], int] = {}
    for (top, first), (_bottom, last) in (sheet.merged_cell_ranges or [])[:500]:
        if top < _LOOK and last - first < 100:
            covered.update({(top + 1, column - left): first - left for column in range(first + 1, last + 1)})
    return covered


def _refuse_dangerous(content: bytes) -> None:
    """Refuse what would swell on opening: zips of hundreds of megabytes, cells at the far end of a sheet."""
    if not content.startswith(b"PK"):
        return
    try:
        with ZipFile(BytesIO(content)) as packed:
            names = {info.filename for info in packed.infolist()}
            if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} or "word/document.xml" in names:
                raise not_a_table()
            left = MAX_UNPACKED
            for info in packed.infolist():
                left -= _weigh(packed, info, left)
            if "META-INF/manifest.xml" in names and b"encryption-data" in packed.read("META-INF/manifest.xml"):
                raise _encrypted()
    except (BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise _damaged() from error
    except RuntimeError as error:  # what zipfile says of an encrypted member
        raise _encrypted() from error


def _weigh(packed: ZipFile, info: ZipInfo, most: int) -> int:
    """Bytes of one member, unpacked piece by piece; the size it declares is not believed."""
    info.file_size = MAX_UNPACKED * 2
    size, tail, area = 0, b"", [0, 0]
    is_sheet = info.filename.startswith("xl/worksheets/")
    with packed.open(info) as member:
        while piece := member.read(1 << 20):
            size += len(piece)
            if size > most:
                raise _too_large()
            if is_sheet:
                _stretch(area, tail + piece)
            elif info.filename == "content.xml":
                _refuse_repeated(tail + piece)
            tail = piece[-200:]
    return size


def _stretch(area: list[int], xml: bytes) -> None:
    for match in _REFERENCE.finditer(xml):
        letters, row = match.groups()
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        area[0], area[1] = max(area[0], column), max(area[1], int(row))
    if area[0] * area[1] > MAX_AREA:
        raise _too_large()


def _refuse_repeated(xml: bytes) -> None:
    for match in _REPEATED.finditer(xml):
        if b"value-type" in match.group():
            raise _too_large()


def _too_large() -> UnreadableTable:
    sentence = _("The table is far larger inside than a register can be. Copy the rows into a new file and send that.")
    return UnreadableTable(sentence, "too_large")


def _damaged() -> UnreadableTable:
    sentence = _("The file is damaged or not a table. Open it in Excel, save it again and send that.")
    return UnreadableTable(sentence, "not_a_table")


def _encrypted() -> UnreadableTable:
    return UnreadableTable(_("The file is locked with a password. Save it without one and send it again."), "encrypted")
