"""An XLSForm as rows: the sheets of a workbook as the office sees them, however they came in."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from zajedno.forms.logic import grid
from zajedno.forms.logic.vocabulary import SHEETS, TEXTS, canonical
from zajedno.kernel.script import latin

TITLES = "titles"
"""The sheet of a workbook that holds the form's title in each language."""
CYRILLIC, LATIN = "Српски (sr)", "Srpski (sr-latn)"
TRANSLATABLE = (*TEXTS, "form_title")
"""Columns that may stand once for each language: `label::Српски (sr)`."""
_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")
_REFERENCE = re.compile(r"(\$\{[^}]*\})")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its number there (the header is 1) and its non-empty cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell, "" when it is empty."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sheet: its columns in order, by the names ODK documents, and its rows that are not empty."""

    columns: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Book:
    """The sheets by name: survey, choices, settings and any other, all kept."""

    sheets: Mapping[str, Leaf]

    @classmethod
    def from_markdown(cls, text: str) -> "Book":
        """From tables under headings (`## survey`), or with the sheet's name in the first column as pyxform writes."""
        return cls._of(grid.markdown(text))

    @classmethod
    def from_xlsx(cls, content: bytes) -> "Book":
        """From an .xlsx, .xls or .ods file. Raises kernel's UnreadableTable with a sentence for whoever sent it."""
        return _titles_home(cls._of(grid.workbook(content)))

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Book":
        """From what `to_json` gave."""
        return cls(
            {
                name: Leaf(tuple(leaf["columns"]), tuple(Line(number, cells) for number, cells in leaf["lines"]))
                for name, leaf in content.items()
            }
        )

    @classmethod
    def _of(cls, sheets: Mapping[str, Sequence[tuple[int, Sequence[str]]]]) -> "Book":
        return cls({name: _leaf(name, rows) for name, rows in sheets.items()})

    def to_json(self) -> dict[str, Any]:
        """Plain lists and texts, for a JSON column."""
        return {
            name: {"columns": list(leaf.columns), "lines": [[line.number, dict(line.cells)] for line in leaf.lines]}
            for name, leaf in self.sheets.items()
        }

    def to_markdown(self) -> str:
        """Tables under headings, as packs keep forms."""
        return grid.to_markdown(self._rows())

    def to_xlsx(self) -> bytes:
        """A workbook for the office, for ODK and for KoboToolbox; every cell is text.

        XLSForm knows one title only and ODK stumbles over more, so those by language go to a sheet of their own.
        """
        return grid.to_workbook(_titles_out(self)._rows())

    def digest(self, facts: Mapping[str, Any] | None = None) -> str:
        """SHA-256, hexadecimal, of what the form says together with the facts beside it."""
        said = json.dumps([self.to_json(), facts], ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()

    def leaf(self, name: str) -> Leaf:
        """A sheet; an empty one when there is none."""
        return self.sheets.get(name, Leaf())

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """The first row of the settings."""
        lines = self.leaf("settings").lines
        return lines[0].cells if lines else {}

    def languages(self) -> tuple[str, ...]:
        """Languages of the columns, as written: "Српски (sr)"; the default one first, the made one too."""
        found: dict[str, None] = {}
        if default := self.settings.get("default_language"):
            found[default] = None
        for name in SHEETS:
            for column in self.leaf(name).columns:
                base, language = parted(column)
                if language and base in TRANSLATABLE:
                    found[language] = None
        return tuple(found)

    def titles(self) -> dict[str, str]:
        """The form's title by code of language; under "" the one without a language."""
        titles = {"": self.settings.get("form_title", "")}
        for column, text in self.settings.items():
            base, language = parted(column)
            if base == "form_title" and language:
                titles[code(language)] = text
        return titles

    def with_latin(self) -> "Book":
        """The same with Serbian in Latin beside Serbian in Cyrillic; a column given by hand wins."""
        default = self.settings.get("default_language", "")
        return replace(self, sheets={name: _in_latin(leaf, default) for name, leaf in self.sheets.items()})

    def _rows(self) -> dict[str, list[tuple[int, Sequence[str]]]]:
        return {
            name: [(1, leaf.columns), *((one.number, [one[column] for column in leaf.columns]) for one in leaf.lines)]
            for name, leaf in self.sheets.items()
        }


def parted(column: str) -> tuple[str, str]:
    """A column's name and its language: "label::Српски (sr)" is ("label", "Српски (sr)")."""
    base, _mark, language = column.partition("::")
    return base.strip(), language.strip()


def code(language: str) -> str:
    """The code in a language's name: "Српски (sr)" is "sr"; a name without one is its own code."""
    found = _CODE.search(language)
    return found[1].lower() if found else language


def _leaf(sheet: str, rows: Iterable[tuple[int, Sequence[str]]]) -> Leaf:
    """The first row names the columns, in whatever spelling ODK allows: "List name" is list_name."""
    rows = iter(rows)
    _number, written = next(rows, (1, ()))
    named = [canonical(sheet, column) for column in written]
    while named and not named[-1]:
        named.pop()
    columns = dict(enumerate(named))
    lines = []
    for number, row in rows:
        cells: dict[str, str] = {}
        for at, text in enumerate(row):
            if text:
                columns[at] = columns.get(at) or nameless(at)
                cells.setdefault(columns[at], text)
        if cells:
            lines.append(Line(number, cells))
    return Leaf(tuple(columns[at] for at in sorted(columns)), tuple(lines))


def nameless(at: int) -> str:
    """What a column is called in which something stands, but no name in the first row: "(D)", as in Excel."""
    letters = ""
    while at >= 0:
        at, letter = divmod(at, 26)
        letters, at = chr(ord("A") + letter) + letters, at - 1
    return f"({letters})"


def _titles_out(book: Book) -> Book:
    settings = book.leaf("settings")
    titles = [column for column in settings.columns if column.startswith("form_title::")]
    if not titles:
        return book
    lines = [Line(at, {"language": parted(column)[1], "form_title": text}) for at, column in enumerate(titles, 2)
             if (text := book.settings.get(column, ""))]  # fmt: skip
    kept = tuple(column for column in settings.columns if column not in titles)
    first, *more = settings.lines
    bare = Line(first.number, {column: first[column] for column in kept if first[column]})
    leaves = {"settings": Leaf(kept, (bare, *more)), TITLES: Leaf(("language", "form_title"), tuple(lines))}
    return replace(book, sheets={**book.sheets, **leaves})


def _titles_home(book: Book) -> Book:
    titles = {f"form_title::{line['language']}": line["form_title"] for line in book.leaf(TITLES).lines}
    settings = book.leaf("settings")
    if not titles or not settings.lines:
        return book
    first, *more = settings.lines
    columns = tuple(dict.fromkeys([*settings.columns, *titles]))
    leaf = Leaf(columns, (Line(first.number, {**titles, **first.cells}), *more))
    others = {name: one for name, one in book.sheets.items() if name != TITLES}
    return replace(book, sheets={**others, "settings": leaf})


def _in_latin(leaf: Leaf, default: str) -> Leaf:
    """A column without a language is in the default one."""
    given = set(leaf.columns)
    made = {
        column: f"{base}::{LATIN}"
        for column in leaf.columns
        for base, language in [parted(column)]
        if (language or default) == CYRILLIC and base in TRANSLATABLE and f"{base}::{LATIN}" not in given
    }
    if not made:
        return leaf
    columns = dict.fromkeys(one for column in leaf.columns for one in (column, made.get(column, column)))
    return Leaf(tuple(columns), tuple(Line(line.number, _with_latin(line.cells, made)) for line in leaf.lines))


def _with_latin(cells: Mapping[str, str], made: Mapping[str, str]) -> dict[str, str]:
    added = {new: _latin(cells[column]) for column, new in made.items() if column in cells}
    return {**cells, **added}


def _latin(text: str) -> str:
    """Letter by letter, names of questions (`${име}`) as they are."""
    parts = _REFERENCE.split(text)
    return "".join(part if part.startswith("${") else latin(part) for part in parts)
