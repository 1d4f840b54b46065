"""What is wrong with expressions, and with answers that stand in texts (`${name}`)."""

import re
from collections.abc import Iterator

from zajedno.forms.logic.book import Book, parted
from zajedno.forms.logic.checking.fault import Fault, near
from zajedno.forms.logic.checking.outline import Outline, Row
from zajedno.forms.logic.compile import ROOT, is_reckoned
from zajedno.forms.logic.functions.words import compiled
from zajedno.forms.logic.order import Circular, settled_order
from zajedno.forms.logic.rewriting import Reading, Unreadable, rewrite
from zajedno.forms.logic.vocabulary import (
    CHOICES,
    EXPRESSIONS,
    FLEETING,
    KNOWN_FUNCTIONS,
    REFUSED_FUNCTIONS,
    TEXTS,
    YES_NO,
)

_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_WORD = re.compile(r"[^\W\d][\w.-]*")
_OPEN = re.compile(r"\$\{(?![^}]*\})")
_DECIDING = ("relevant", "calculation", "choice_filter", "repeat_count")
"""Columns whose expressions decide what a place holds: a circle among them has no end."""


class _Checker:
    def __init__(self, book: Book, outlined: Outline) -> None:
        self.book, self.outlined = book, outlined
        self.paths = {f"/{ROOT}", *outlined.paths}
        self.lists = {line["list_name"] for line in book.leaf("choices").lines}
        self.filters = {parted(column)[0] for column in book.leaf("choices").columns}
        self.reads: dict[str, dict[str, set[str]]] = {}  # path -> column -> paths

    def row(self, row: Row) -> Iterator[Fault]:
        for column in (*EXPRESSIONS, "default"):
            cell = row.line[column]
            if not cell or cell.lower() in YES_NO:
                continue
            if column == "default" and not is_reckoned(cell, row.type):
                continue
            yield from self.cell(row, column, cell)
        for column, text in row.line.cells.items():
            if parted(column)[0] in TEXTS:
                yield from self.references("survey", row.line.number, column, text)

    def cell(self, row: Row, column: str, cell: str) -> Iterator[Fault]:
        number = row.line.number
        unknown = list(self.references("survey", number, column, cell))
        yield from unknown
        if unknown:
            return
        source = self.resolved(cell)
        if column == "choice_filter":
            source = f"instance('{row.list}')/root/item[{source}]"
        try:
            reading, _written = rewrite(source, row.path)
        except Unreadable as bad:
            yield Fault("survey", number, column, *_unreadable(bad))
            return
        yield from self.read(row, column, reading)
        if column in _DECIDING:
            self.reads.setdefault(row.path, {})[column] = reading.paths

    def read(self, row: Row, column: str, reading: Reading) -> Iterator[Fault]:
        """What can be read and still means nothing."""
        number = row.line.number
        for path in sorted(reading.paths - self.paths):
            yield Fault("survey", number, column, "path_unknown", {"value": path, **near(path, self.paths)})
        for name in sorted({*reading.instances} - self.lists - {row.list}):
            yield Fault("survey", number, column, "instance_unknown", {"value": name, **near(name, self.lists)})
        for name in sorted(reading.fields - self.filters - {"root", "item", "label", "itextId"}):
            yield Fault("survey", number, column, "filter_unknown", {"value": name, **near(name, self.filters)})
        for wanted, *pairs in reading.indexed:
            for repeat in pairs[::2]:
                if repeat not in self.outlined.repeats or not wanted.startswith(f"{repeat}/"):
                    call = f"indexed-repeat({_last(wanted)}, {_last(repeat)}, …)"
                    yield Fault("survey", number, column, "expression_unsupported", {"value": call})
        kept = column == "default" or any(name == "once" for name, _values in reading.calls)
        for name, values in reading.calls:
            if name in FLEETING and not kept:
                yield Fault("survey", number, column, "function_fleeting", {"value": name})
            if name == "regex" and values[1] and compiled(values[1]) is None:
                yield Fault("survey", number, column, "pattern_wrong", {"value": values[1]})

    def references(self, sheet: str, number: int, column: str, text: str) -> Iterator[Fault]:
        """`${name}` that leads nowhere."""
        if _OPEN.search(text):
            yield Fault(sheet, number, column, "reference_unclosed")
        for name in dict.fromkeys(_REFERENCE.findall(text)):
            rows = self.outlined.named.get(name, [])
            if name.startswith("last-saved#"):
                yield Fault(sheet, number, column, "reference_saved")
            elif not rows:
                params = {"value": name, **near(name, self.outlined.named)}
                yield Fault(sheet, number, column, "reference_unknown", params)
            elif len(rows) > 1:
                yield Fault(sheet, number, column, "reference_ambiguous", {"value": name})

    def resolved(self, cell: str) -> str:
        """With paths in place of references."""
        return _REFERENCE.sub(lambda found: f" {self.outlined.named[found[1]][0].path} ", cell)

    def in_repeat(self, path: str) -> bool:
        return any(path.startswith(f"{repeat}/") for repeat in self.outlined.repeats)

    def circles(self) -> Iterator[Fault]:
        """A place whose answer depends on itself; in a repeat it may read what it was in another turn."""
        rows = self.outlined.paths
        for path, read in self.reads.items():
            for column, paths in read.items():
                if path in paths and (column != "calculation" or not self.in_repeat(path)):
                    yield Fault("survey", rows[path].line.number, column, "circular", {"value": rows[path].name})
        reads = {path: {path.rpartition("/")[0], *(one for read in self.reads.get(path, {}).values() for one in read)}
                 for path in rows}  # fmt: skip
        try:
            settled_order(reads)
        except Circular as circle:
            path, after = circle.paths[0], circle.paths[1]
            for one, following in zip(circle.paths, circle.paths[1:], strict=False):
                columns = [column for column, read in self.reads.get(one, {}).items() if following in read]
                if columns:
                    chain = " → ".join(step.rpartition("/")[2] for step in circle.paths)
                    yield Fault("survey", rows[one].line.number, columns[0], "circular", {"value": chain})
                    return
            yield Fault("survey", rows[path].line.number, "", "circular", {"value": f"{path} → {after}"})


def in_expressions(book: Book, outlined: Outline) -> Iterator[Fault]:
    """Every fault in the survey's expressions and references, in those of choices' labels, and in the sheet's name."""
    checker = _Checker(book, outlined)
    for row in outlined.rows:
        yield from checker.row(row)
    for line in book.leaf("choices").lines:
        for column, text in line.cells.items():
            if parted(column)[0] == "label":
                yield from checker.references("choices", line.number, column, text)
    if (lines := book.leaf("settings").lines) and (name := lines[0]["instance_name"]):
        yield from _sheet_name(checker, lines[0].number, name)
    yield from checker.circles()
    yield from _unused(checker)


def _sheet_name(checker: _Checker, number: int, cell: str) -> Iterator[Fault]:
    unknown = list(checker.references("settings", number, "instance_name", cell))
    yield from unknown
    if not unknown:
        try:
            rewrite(checker.resolved(cell), f"/{ROOT}/meta/instanceName")
        except Unreadable as bad:
            yield Fault("settings", number, "instance_name", *_unreadable(bad))


def _unused(checker: _Checker) -> Iterator[Fault]:
    """A column of the choices that no expression names is a slip."""
    said = " ".join(row.line[column] for row in checker.outlined.rows for column in EXPRESSIONS)
    words = set(_WORD.findall(said))
    for column in checker.book.leaf("choices").columns:
        base, language = parted(column)
        used = any(column in line.cells for line in checker.book.leaf("choices").lines)
        if used and base not in CHOICES and not language and base not in words and _WORD.fullmatch(base):
            yield Fault("choices", 1, column, "column_unused", {"name": column})


def _last(path: str) -> str:
    return path.rpartition("/")[2] or "?"


def _unreadable(bad: Unreadable) -> tuple[str, dict[str, str]]:
    if bad.code == "function" and bad.what == "pulldata":
        return "pulldata", {}
    if bad.code == "function" and bad.what in REFUSED_FUNCTIONS:
        return "function_refused", {"value": bad.what}
    if bad.code == "function":
        return "function_unknown", {"value": bad.what, **near(bad.what, KNOWN_FUNCTIONS)}
    codes = {"arguments": "function_values", "unsupported": "expression_unsupported"}
    return codes.get(bad.code, "syntax"), {"value": bad.what}
