"""From an XLSForm to the XForm that phones and our pages fill in, through pyxform; checked first by `check`.

pyxform takes most of a second to import, so it is imported when a form is loaded and not before.
"""

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from zajedno.forms.logic.book import Book, Line, parted
from zajedno.forms.logic.vocabulary import SHEETS

ROOT = "data"
"""The name of the first element of every sheet of answers."""


class Unconvertible(ValueError):
    """pyxform refuses the form; the text is its own."""


def xform(book: Book, version: int | str = "") -> str:
    """The XForm as XML. `version` is written into the form in place of the one in its settings.

    A title given in several languages (`form_title::English (en)`), which XLSForm has not, is kept among the texts as
    `/data:title`. Raises Unconvertible.
    """
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    settings = {**book.settings, **({"version": str(version)} if version else {})}
    try:
        made = convert(_rows(book, settings), warnings=[], validate=False, pretty_print=False)
    except PyXFormError as error:
        raise Unconvertible(str(error)) from error
    return _titled(made.xform, book)


def is_reckoned(default: str, type_: str) -> bool:
    """Does pyxform take a default for an expression, and not for an answer?"""
    from pyxform.utils import default_is_dynamic

    return bool(default_is_dynamic(default, type_))


def _rows(book: Book, settings: Mapping[str, str]) -> dict[str, Any]:
    """The rows as pyxform takes them: a gap for each empty row, so that its row numbers are ours."""
    rows: dict[str, Any] = {"sheet_names": [name for name in SHEETS if name in book.sheets]}
    for name in SHEETS:
        leaf = book.leaf(name)
        lines = [Line(2, settings)] if name == "settings" else leaf.lines
        columns = [one for one in dict.fromkeys([*leaf.columns, *(lines[0].cells if lines else ())]) if _taken(one)]
        if not columns:
            continue
        rows[f"{name}_header"] = [dict.fromkeys(columns)]
        by_number = {line.number: line.cells for line in lines}
        last = max(by_number, default=1)
        rows[name] = [
            {column: cells[column] for column in columns if column in cells}
            for cells in (by_number.get(number, {}) for number in range(2, last + 1))
        ]
    return rows


def _taken(column: str) -> bool:
    base, language = parted(column)
    return bool(column) and not (base == "form_title" and language)


def _titled(xml: str, book: Book) -> str:
    """Put the titles into the translations."""
    by_language = {language: text for column, text in book.settings.items() if (language := _title(column))}
    for language, text in by_language.items():
        head = f'<translation lang="{escape(language, {chr(34): "&quot;"})}"'
        start = xml.find(head)
        if start >= 0:
            end = xml.index(">", start) + 1
            xml = f'{xml[:end]}<text id="/{ROOT}:title"><value>{escape(text)}</value></text>{xml[end:]}'
    return xml


def _title(column: str) -> str:
    base, language = parted(column)
    return language if base == "form_title" else ""
