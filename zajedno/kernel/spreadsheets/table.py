"""A table as it was found in a file: header, rows with the numbers the office sees, and what was noticed on the way."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any, NamedTuple
from unicodedata import normalize

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.refusal import Refused

MAX_BYTES = 30 * 1024 * 1024
"""Largest file taken, in bytes as uploaded."""
MAX_UNPACKED = 300 * 1024 * 1024
"""Largest content of a zipped workbook, in bytes."""
MAX_AREA = 12_000_000
"""Most cells between the first and the last one: the reader holds that rectangle in memory."""
MAX_ROWS = 100_000
"""Most rows under the header."""

# Behaviour E1: text that a spreadsheet program would calculate, also after blanks and control characters.
DANGEROUS = re.compile(r"[\s\x00-\x20\x7f\u200b\ufeff]*[=+\-@|%＝＋－＠]")

Cell = str | int | float | bool | date | datetime | time | timedelta | None


class UnreadableTable(Refused):
    """Not a table that can be read; `code`: encrypted, empty, not_a_table, too_large or wrong_type."""


def not_a_table() -> UnreadableTable:
    return UnreadableTable(_("This is not a table. Send an Excel, LibreOffice or CSV file."), "wrong_type")


def too_many_rows() -> UnreadableTable:
    sentence = _("There are more than {most} rows. Split the file.")
    return UnreadableTable(format_lazy(sentence, most=MAX_ROWS), "too_large")


class Row(NamedTuple):
    """One row: `number` counts from 1 as the spreadsheet program shows it."""

    number: int
    values: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table with its header found. `rows()` may be walked again and again; empty rows are left out. `titles`: the
    texts above the header."""

    header: tuple[str, ...]
    header_row: int
    rows: Callable[[], Iterator[Row]]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[str | Promise, ...] = field(default=())
    titles: tuple[str, ...] = ()


def tidy(value: Any) -> Cell:
    """A cell without blanks around it, in NFC; a midnight is a day; nothing is None."""
    if isinstance(value, str):
        text = normalize("NFC", value.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "")).strip()
        if text.startswith("'") and DANGEROUS.match(text[1:]):
            text = text[1:].strip()  # our own export put the apostrophe before it
        return text or None
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, float) and not isfinite(value):
        return None
    return value
