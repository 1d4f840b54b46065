"""The rows of the survey as a tree: types read, paths known, groups matched."""

import re
from dataclasses import dataclass, field

from zajedno.forms.logic.book import Book, Line
from zajedno.forms.logic.checking.fault import Fault, near
from zajedno.forms.logic.compile import ROOT
from zajedno.forms.logic.vocabulary import BOUNDS, REFUSED_TYPES, SELECTS, TYPE_ALIASES, TYPES

_REFERENCE = re.compile(r"\s*\$\{[^}]+\}\s*")
_NAME = re.compile(r"[^\W\d][\w.-]*")
_SPACED = re.compile(r"(select (?:one|multiple|all that apply)|(?:begin|end) (?:group|repeat|loop))\b")


@dataclass(slots=True)
class Row:
    """A row that means something. `type`: as in `vocabulary`; `list`: of a select; `path`: "/data/visits/day"."""

    line: Line
    type: str
    list: str
    path: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(slots=True)
class Outline:
    """`rows` in order, without ends; `named`: rows by name; `repeats`: paths; `faults` of types, names and groups."""

    rows: list[Row] = field(default_factory=list)
    named: dict[str, list[Row]] = field(default_factory=dict)
    repeats: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    @property
    def paths(self) -> dict[str, Row]:
        return {row.path: row for row in self.rows}


@dataclass(slots=True)
class _Open:
    type: str
    row: int
    path: str
    names: dict[str, int] = field(default_factory=dict)


def outline(book: Book) -> Outline:
    """Read the survey; what is wrong with types, names and groups is among its faults."""
    found = Outline()
    reader = _Reader(found, {line["list_name"] for line in book.leaf("choices").lines})
    for line in book.leaf("survey").lines:
        reader.read(line)
    reader.close()
    return found


class _Reader:
    def __init__(self, found: Outline, lists: set[str]) -> None:
        self.found, self.lists = found, lists
        self.open = [_Open("", 1, f"/{ROOT}")]

    def read(self, line: Line) -> None:
        written = line["type"]
        if not written:
            return self._complain(line, "type", "type_missing")
        type_, argument = self._typed(line, " ".join(written.split()))
        if type_ in ("end_group", "end_repeat"):
            return self._end(line, type_)
        path = self._named(line)
        if type_:
            row = Row(line, type_, argument, path)
            self.found.rows.append(row)
            self.found.named.setdefault(row.name, []).append(row)
        if type_ in BOUNDS:
            if type_ == "begin_repeat":
                self.found.repeats.add(path)
                self._counted(line)
            self.open.append(_Open(type_, line.number, path))
        return None

    def close(self) -> None:
        for left in self.open[1:]:
            self.found.faults.append(Fault("survey", left.row, "type", "begin_without_end"))

    def _typed(self, line: Line, written: str) -> tuple[str, str]:
        """The type and its list; "" for a type that is none of ours."""
        spaced = _SPACED.match(written)
        first = spaced[1] if spaced else written.split()[0]
        words = written[len(first) :].split()
        type_ = TYPE_ALIASES.get(first, first)
        if type_ in ("select_one_from_file", "select_multiple_from_file", "select_one_external"):
            self._complain(line, "type", "type_from_file")
            return "", ""
        if first in REFUSED_TYPES:
            self._complain(line, "type", "type_refused", value=first)
            return "", ""
        if type_ not in (*TYPES, *BOUNDS):
            self._complain(line, "type", "type_unknown", value=written, **near(type_, (*TYPES, *BOUNDS)))
            return "", ""
        if type_ in SELECTS:
            return self._select(line, type_, words)
        if words:
            self._complain(line, "type", "type_words", value=written)
        return type_, ""

    def _select(self, line: Line, type_: str, words: list[str]) -> tuple[str, str]:
        if (words and words[-1] in ("or_other", "or_specify_other")) or words[-2:] == ["or", "other"]:
            self._complain(line, "type", "type_or_other")
        elif len(words) != 1:
            self._complain(line, "type", "type_words", value=line["type"])
        elif words[0] not in self.lists:
            self._complain(line, "type", "list_unknown", value=words[0], **near(words[0], self.lists))
        return type_, words[0] if words else ""

    def _named(self, line: Line) -> str:
        name, group = line["name"], self.open[-1]
        if not name:
            self._complain(line, "name", "name_missing")
        elif not _NAME.fullmatch(name):
            self._complain(line, "name", "name_wrong", value=name)
        elif name.lower() == "meta" or (len(self.open) == 1 and name.lower() == ROOT):
            self._complain(line, "name", "name_reserved", value=name)
        elif name.lower() in group.names:
            self._complain(line, "name", "name_twice", value=name, other=str(group.names[name.lower()]))
        group.names.setdefault(name.lower(), line.number)
        return f"{group.path}/{name or f'row-{line.number}'}"

    def _counted(self, line: Line) -> None:
        """A count that is reckoned gets a place of its own beside the repeat."""
        if (count := line["repeat_count"]) and not _REFERENCE.fullmatch(count):
            names, made = self.open[-1].names, f"{line['name']}_count".lower()
            if made in names:
                self._complain(line, "name", "name_twice", value=made, other=str(names[made]))
            names.setdefault(made, line.number)

    def _end(self, line: Line, type_: str) -> None:
        group = self.open[-1]
        begun = group.type.replace("begin_", "end_")
        if len(self.open) == 1:
            self._complain(line, "type", "end_without_begin", value=type_)
        elif begun != type_:
            self._complain(line, "type", "end_crossed", value=type_, other=group.type, row=str(group.row))
        else:
            if not group.names:
                self.found.faults.append(Fault("survey", group.row, "type", "group_empty"))
            self.open.pop()

    def _complain(self, line: Line, column: str, code: str, **params: str) -> None:
        self.found.faults.append(Fault("survey", line.number, column, code, params))
