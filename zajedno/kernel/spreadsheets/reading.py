"""Reading a table whatever it is: the content decides, never the name of the file."""

from collections.abc import Collection
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.spreadsheets.delimited import read_delimited
from zajedno.kernel.spreadsheets.table import MAX_BYTES, Table, UnreadableTable, not_a_table
from zajedno.kernel.spreadsheets.workbook import read_workbook

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def read_table(source: Path | bytes, expected: Collection[str] = ()) -> Table:
    """The table in an .xlsx, .xls, .ods, CSV or TSV file.

    `expected` are headings the caller knows (any script, any case); they help to find the header beneath title rows.
    Raises UnreadableTable with a sentence for the person who sent the file.
    """
    content = _content(source)
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableTable(_("The file is empty."), "empty")
    if content.startswith((_ZIP, _OLE)):
        return read_workbook(content, expected)
    if content.startswith(_OTHER):
        raise not_a_table()
    if _is_web_page(content):
        sentence = _("This is a web page named like a table. Open it in Excel, save it as .xlsx and send that.")
        raise UnreadableTable(sentence, "wrong_type")
    return read_delimited(content, expected)


def _content(source: Path | bytes) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > MAX_BYTES:
        sentence = _("The file has {size} MB, and at most {most} MB are taken. Split it, or leave out pictures.")
        raise UnreadableTable(format_lazy(sentence, size=size >> 20, most=MAX_BYTES >> 20), "too_large")
    return source if isinstance(source, bytes) else source.read_bytes()


def _is_web_page(content: bytes) -> bool:
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head"))
