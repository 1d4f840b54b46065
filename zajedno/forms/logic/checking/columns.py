"""What is wrong with sheets, columns and settings."""

import re
from collections.abc import Iterator

from zajedno.forms.logic.book import TRANSLATABLE, Book, parted
from zajedno.forms.logic.checking.fault import Fault, near
from zajedno.forms.logic.vocabulary import COLUMNS, REFUSED_COLUMNS, REFUSED_SHEETS, SHEETS

MOST_ROWS = 5_000
_FORM_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")
_NEEDED = {"survey": ("type", "name"), "choices": ("list_name", "name"), "settings": ()}


def in_columns(book: Book) -> Iterator[Fault]:
    """Sheets and columns nobody knows, that ODK knows and we do not, that are missing or stand twice."""
    for name in book.sheets:
        if name in REFUSED_SHEETS:
            yield Fault(name, 0, "", "sheet_refused", {"name": name})
        elif name not in SHEETS and (meant := near(name, SHEETS)) and meant["near"] not in book.sheets:
            yield Fault(name, 0, "", "sheet_unknown", {"name": name, **meant})
    for name in SHEETS:
        yield from _sheet(book, name)


def _sheet(book: Book, sheet: str) -> Iterator[Fault]:
    leaf = book.leaf(sheet)
    if not leaf.lines:
        if sheet == "survey":
            yield Fault(sheet, 0, "", "sheet_missing", {"name": sheet})
        return
    if len(leaf.lines) > MOST_ROWS:
        yield Fault(sheet, leaf.lines[MOST_ROWS].number, "", "form_too_large", {"most": str(MOST_ROWS)})
    first: dict[str, int] = {}  # where something stands in a column; an empty one does no harm
    for line in leaf.lines:
        for column in line.cells:
            first.setdefault(column, line.number)
    for column in dict.fromkeys(leaf.columns):
        if column in first:
            if leaf.columns.count(column) > 1:
                yield Fault(sheet, 1, column, "column_twice", {"name": column})
            yield from _column(sheet, column, first[column])
    for needed in _NEEDED[sheet]:
        if needed not in leaf.columns:
            yield Fault(sheet, 1, needed, "column_missing", {"name": needed})


def _column(sheet: str, column: str, row: int) -> Iterator[Fault]:
    base, language = parted(column)
    if base in COLUMNS[sheet]:
        if "::" in column and not language:
            yield Fault(sheet, 1, column, "column_language", {"name": column})
        elif language and base not in TRANSLATABLE:
            yield Fault(sheet, 1, column, "column_untranslatable", {"name": column})
        return
    if "_".join(base.split()).lower() in REFUSED_COLUMNS[sheet]:
        yield Fault(sheet, row, column, "column_refused", {"name": column})
    elif sheet != "choices" or language or _misspelled(column):
        yield Fault(sheet, 1, column, "column_unknown", {"name": column, **_meant(sheet, column)})


def _misspelled(column: str) -> bool:
    """Choices may have columns of any name to filter by; one that is nearly ours is a slip all the same."""
    return bool(_meant("choices", column)) or not re.fullmatch(r"[^\W\d][\w.-]*", column)


def _meant(sheet: str, column: str) -> dict[str, str]:
    base, mark, rest = column.partition(":")
    if mark and base in TRANSLATABLE and rest.strip(": "):
        return {"near": f"{base}::{rest.strip(': ')}"}
    found = near(base.strip().lower(), COLUMNS[sheet])
    language = parted(column)[1]
    return {"near": f"{found['near']}::{language}"} if found and language else found


def in_settings(book: Book) -> Iterator[Fault]:
    """An id that phones and addresses can carry, a default language that is there, one row."""
    lines = book.leaf("settings").lines
    if not lines:
        return
    first, *more = lines
    if (form_id := first["form_id"]) and not _FORM_ID.fullmatch(form_id):
        yield Fault("settings", first.number, "form_id", "form_id", {"value": form_id})
    default, languages = first["default_language"], _languages(book)
    if default and languages and default not in languages:
        params = {"value": default, **near(default, languages)}
        yield Fault("settings", first.number, "default_language", "default_language", params)
    for line in more:
        yield Fault("settings", line.number, "", "setting_rows")


def _languages(book: Book) -> list[str]:
    columns = [column for name in ("survey", "choices") for column in book.leaf(name).columns]
    return [language for base, language in map(parted, columns) if language and base in TRANSLATABLE]
