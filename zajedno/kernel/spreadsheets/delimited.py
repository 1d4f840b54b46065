"""CSV and TSV as offices save them: any of the encodings and separators of the region."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Collection, Iterator
from io import StringIO
from itertools import islice

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.spreadsheets.header import find_header, following
from zajedno.kernel.spreadsheets.table import MAX_ROWS, Row, Table, UnreadableTable, not_a_table, tidy, too_many_rows

_LOOK = 60
_LONGEST = 1 << 17  # characters of a cell
_HIGH = re.compile(rb"[\x80-\xff]+")
_ISO_ONLY = frozenset(b"\xa9\xae\xb9\xbe")  # Š Ž š ž of ISO 8859-2, signs in cp1250


def read_delimited(content: bytes, expected: Collection[str]) -> Table:
    """The table in a text file. Encoding and separator are found from the content."""
    text, encoding = decode(content)
    separator = _separator(text)
    head = list(islice(_numbered(text, separator), _LOOK))
    found = find_header(head, expected, {})
    if found is None:
        raise UnreadableTable(_("The file holds no table with a header and rows."), "not_a_table")
    if text.count("\n") > MAX_ROWS * 3:
        raise too_many_rows()
    notes: tuple[str | Promise, ...] = ()
    if not encoding.startswith("utf"):
        notes = (
            format_lazy(_("Read as {encoding}. Check that letters such as č, ђ, ő look right."), encoding=encoding),
        )
    return Table(
        found.names, found.row, lambda: following(_numbered(text, separator), found), notes=notes, titles=found.titles
    )


def decode(content: bytes) -> tuple[str, str]:
    """Text and the name of its encoding. Raises UnreadableTable for what is not text."""
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise not_a_table() from error
    if "\0" in text:
        raise not_a_table()
    return text.removeprefix("\ufeff"), encoding


def _encoding(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = content[:4096]
    if sample.count(0) > len(sample) / 20:  # UTF-16 without a mark: separators and line ends have a zero byte
        return "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(content)
    return "utf-8"


def _eight_bit(content: bytes) -> str:
    """cp1251 writes whole words above 127; in cp1250 such letters stand alone between plain ones."""
    runs = [len(run) for run in _HIGH.findall(content[: 1 << 20])]
    if sum(length for length in runs if length >= 3) > sum(runs) / 2:
        return "cp1251"
    used = set(content[: 1 << 20])
    return "iso8859-2" if used & _ISO_ONLY and not used & set(range(0x80, 0xA0)) else "cp1250"


def _separator(text: str) -> str:
    """The separator that gives the most rows of one and the same width of at least two."""

    def evenness(separator: str) -> tuple[int, int]:
        widths = Counter(len(row.values) for row in islice(_numbered(text[:65536], separator), _LOOK))
        return max(((width * count, width) for width, count in widths.items() if width > 1), default=(0, 0))

    return max(";\t,|", key=evenness)


def _numbered(text: str, separator: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST)  # of the whole process: a command may have set another
    lines = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        for values in lines:
            # A quoted cell may hold line ends: the number is that of the line on which the row ends.
            yield Row(lines.line_num, tuple(tidy(value) for value in values))
    except csv.Error as error:
        sentence = _("Line {line} cannot be read: a quotation mark is missing or a cell is too long.")
        raise UnreadableTable(format_lazy(sentence, line=lines.line_num), "not_a_table") from error
