"""Explains what is wrong with a form: everything, by sheet, row and column, in sentences for whoever wrote it.

What the engine does not support is refused here, when a form is loaded, and never ignored when it is filled in.
"""

import re
from collections.abc import Collection

from zajedno.forms.logic.book import Book
from zajedno.forms.logic.checking.columns import in_columns, in_settings
from zajedno.forms.logic.checking.expressions import in_expressions
from zajedno.forms.logic.checking.fault import SENTENCES, Fault
from zajedno.forms.logic.checking.outline import outline
from zajedno.forms.logic.checking.rows import Tongues, in_choices, in_rows
from zajedno.forms.logic.compile import Unconvertible, xform
from zajedno.forms.logic.form import read
from zajedno.forms.logic.order import Circular
from zajedno.forms.logic.rewriting import Unreadable
from zajedno.forms.logic.vocabulary import SHEETS

__all__ = ["SENTENCES", "Fault", "faults"]

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet")
_COLUMN = re.compile(r"the '([^']+)' value")


def faults(book: Book, languages: Collection[str] = ()) -> list[Fault]:
    """Every fault, by sheet and row. `languages`: those in which no text may be missing, by code or name."""
    outlined, tongues = outline(book), Tongues.of(book, languages)
    found = [
        *in_columns(book),
        *in_settings(book),
        *outlined.faults,
        *in_rows(book, outlined, tongues),
        *in_choices(book, outlined, tongues),
        *in_expressions(book, outlined),
    ]
    return sorted(dict.fromkeys(found) if found else _converted(book), key=_place)


def _place(fault: Fault) -> tuple[int, str, int, str]:
    at = SHEETS.index(fault.sheet) if fault.sheet in SHEETS else len(SHEETS)
    return at, fault.sheet, fault.row, fault.column


def _converted(book: Book) -> list[Fault]:
    """What pyxform says of a form in which we found nothing; and whether what it makes can be read."""
    try:
        read(xform(book))
    except Unconvertible as error:
        return [_said(str(error))]
    except (Unreadable, Circular) as error:
        return [Fault("survey", 0, "", "converter", {"value": str(error)})]
    return []


def _said(message: str) -> Fault:
    row, sheet, column = _ROW.search(message), _SHEET.search(message), _COLUMN.search(message)
    where = sheet[1] if sheet else "survey"
    params = {"value": " ".join(_ROW.sub("", message).split())}
    return Fault(where, int(row[1]) if row else 0, column[1] if column else "", "converter", params)
