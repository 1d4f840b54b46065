"""Opens a CSV file of any office: whatever its encoding, separator and line ends, with the columns a tool needs."""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TextIO

from zajedno.site.trouble import Trouble

SEPARATORS = (",", ";", "\t", "|")
BLOCK = 1 << 20
LONGEST = 1 << 22  # characters of a cell: a quotation mark that is never closed shall not fill the memory
HEADER_LINES = 100


@dataclass
class Table:
    """An open CSV: `columns` as in its first line, `rows` to walk once."""

    columns: list[str]
    rows: Iterator[list[str]]
    separator: str
    line_end: str
    bom: bool


@contextmanager
def open_table(path: Path, needs: Sequence[str]) -> Iterator[Table]:
    """Open a CSV that has the columns `needs`, whatever its encoding and separator.

    UTF-8 and UTF-16 (with or without a byte order mark), cp1250 and cp1251; comma, semicolon, tab or bar; a first line
    `sep=;`. Raises `Trouble` with one sentence when the file or a column is missing or the file is no text.
    """
    if not path.exists():
        raise Trouble(f"{path} does not exist")
    if not path.is_file():
        raise Trouble(f"{path} is not a file")
    encoding = encoding_of(path)
    try:
        with path.open(encoding=encoding, newline="") as text:
            yield _table(path, text, needs, bom=encoding == "utf-8-sig")
    except UnicodeError as error:
        raise Trouble(f"{path} looks like {encoding}, but not all of it can be read so; save it as UTF-8") from error
    except csv.Error as error:
        why = f"a cell is longer than {LONGEST:,} characters; is a quotation mark never closed?"
        raise Trouble(f"{path}: {why if 'limit' in str(error) else error}") from error


def _table(path: Path, text: TextIO, needs: Sequence[str], *, bom: bool) -> Table:
    csv.field_size_limit(LONGEST)
    first = _header(path, text)
    hint = re.fullmatch(r"\"?sep=(.)\"?\r?\n", first)
    if hint:
        first = _header(path, text)
    if not first.strip():
        raise Trouble(f"{path} is empty")
    marks = [hint[1]] if hint else SEPARATORS
    headers = {mark: [name.strip().lstrip("\ufeff") for name in _cut(first, mark)] for mark in marks}
    missing = {mark: [name for name in needs if position(columns, name) < 0] for mark, columns in headers.items()}
    mark = min(marks, key=lambda mark: (len(missing[mark]), -len(headers[mark])))
    if missing[mark]:
        names = "', '".join(missing[mark])
        what = "column" if len(missing[mark]) == 1 else "columns"
        raise Trouble(f"{path} has no {what} '{names}'; its columns are: {', '.join(headers[mark])[:300]}")
    line_end = "\r\n" if first.endswith("\r\n") else "\n"
    return Table(headers[mark], (row for row in csv.reader(text, delimiter=mark) if row), mark, line_end, bom)


def _header(path: Path, text: TextIO) -> str:
    """The first row that says something; a name in quotation marks may go over several lines."""
    header = next((line for line in iter(text.readline, "") if line.strip()), "")
    while header and any(_is_open(header, mark) for mark in SEPARATORS):
        line = text.readline()
        if not line or header.count("\n") > HEADER_LINES:
            raise Trouble(f"{path}: a quotation mark in the first row is never closed")
        header += line
    return header


def _is_open(row: str, mark: str) -> bool:
    """Inside quotation marks at its end: only then the line end is in a cell."""
    return _cut(row, mark)[-1].endswith(("\n", "\r"))


def _cut(row: str, mark: str) -> list[str]:
    return next(csv.reader(StringIO(row, newline=""), delimiter=mark))


def position(columns: Sequence[str], name: str) -> int:
    """Where the column is: by its exact name, else whatever its case; -1 when it is nowhere."""
    exact = [i for i, column in enumerate(columns) if column == name]
    near = [i for i, column in enumerate(columns) if column.casefold() == name.casefold()]
    return (exact + near + [-1])[0]


def encoding_of(path: Path) -> str:
    """The Python name of a text file's encoding; raises `Trouble` when the file holds no text."""
    with path.open("rb") as file:
        start = file.read(BLOCK)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if start.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if b"\0" in start[:4096]:
            return _utf16(path, start[:4096])
        decoder, block = codecs.getincrementaldecoder("utf-8")(), start
        try:
            while block:
                decoder.decode(block)
                block = file.read(BLOCK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _code_page(start + block)
    return "utf-8"


def _utf16(path: Path, start: bytes) -> str:
    """UTF-16 without a mark has zero bytes on one side of each ASCII letter; other files with zeros are no text."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if (even and odd) or (even + odd) * 10 < len(start):
        raise Trouble(f"{path} is not a text file (a workbook must be saved as CSV first)")
    return "utf-16-be" if even else "utf-16-le"


def _code_page(sample: bytes) -> str:
    """cp1250 has single high bytes between ASCII letters, cp1251 whole words of them; each byte means both."""
    runs = re.findall(rb"[\x80-\xff]+", sample)
    return "cp1251" if sum(map(len, runs)) > 2 * len(runs) else "cp1250"
