"""A register of children: its columns, and each row as an entry with what it was compared by."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from zajedno.children.logic.columns import CHILD_COLUMNS
from zajedno.children.logic.rows import ChildRow, read_child_row
from zajedno.kernel.spreadsheets import Problem, RefusedRow, Table, gettext_noop, heading, match_columns, sayings

_COUNTERS = frozenset({"r br", "rb", "br", "redni broj", "red br", "no", "nr", "sorszam"})
_MOTHERS = ("mother", "majk", "anya", "nena")
_FATHERS = ("father", "otac", "oca", "apa", "babai")
LONGEST_NAME = 120

sayings(
    {
        "number_known": gettext_noop("You already keep a child with this national number."),
        "number_known_elsewhere": gettext_noop(
            "A child with this national number is registered in another institution."
        ),
        "name_known": gettext_noop("You already keep a child with this name and date of birth."),
        "name_known_elsewhere": gettext_noop(
            "A child with this name and date of birth is registered in another institution."
        ),
        "number_in_file": gettext_noop("An earlier row of this file has the same national number."),
        "name_in_file": gettext_noop("An earlier row of this file has the same name and date of birth."),
        "record_known": gettext_noop("You already keep a child under this record number, with other data."),
        "record_in_file": gettext_noop("An earlier row of this file has the same record number, with other data."),
        "row_in_file": gettext_noop("This row stands in the file twice."),
        "name_too_long": gettext_noop("This name is too long."),
        "municipality_unknown": gettext_noop("The municipality is not recognised; it is kept with the address."),
        "institution_left_out": gettext_noop("The institution is not entered: the child is entered as yours."),
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that can be entered; `number` as the spreadsheet program shows it, `parent_kind` of GuardianKind."""

    number: int
    child: ChildRow
    parent_kind: str = "parent"


def match_register(table: Table) -> dict[str, int]:
    """Field -> column from 0. A column that merely counts the rows is no number of a record."""
    found = dict(match_columns(table.header, CHILD_COLUMNS).columns)
    if "record" in found and is_counter(table.header[found["record"]]):
        del found["record"]
    return found


def is_counter(name: str) -> bool:
    """Is it the heading of a column that merely counts the rows?"""
    return heading(name) in _COUNTERS


def read_register(table: Table, columns: Mapping[str, int], today: date) -> Iterator[Entry | RefusedRow]:
    """Each row of the table as a child, or refused with its reasons."""
    kind = parent_kind(table, columns)
    for line in table.rows():
        raw = {name: line.values[at] if at < len(line.values) else None for name, at in columns.items()}
        child = read_child_row(raw, today, line.number)
        if isinstance(child, RefusedRow):
            yield child
        elif max(len(child.given_name), len(child.family_name)) > LONGEST_NAME:
            yield RefusedRow(line.number, (Problem("name_too_long", "given_name"),))
        else:
            yield Entry(line.number, child, kind)


def parent_kind(table: Table, columns: Mapping[str, int]) -> str:
    """What the heading says of the parent; a name in brackets beside the child's is the father's."""
    if "parent" not in columns:
        return "father"
    words = f" {heading(table.header[columns['parent']])}"
    if any(f" {word}" in words for word in _MOTHERS):
        return "mother"
    return "father" if any(f" {word}" in words for word in _FATHERS) else "parent"


def digest_text(entry: Entry) -> str:
    """All that the row says, whatever the file's kind and the order of its columns; for a keyed hash."""
    return json.dumps([_values(entry.child), entry.parent_kind], ensure_ascii=False, sort_keys=True)


def to_json(entry: Entry) -> bytes:
    content = {"number": entry.number, "parent_kind": entry.parent_kind, "child": _values(entry.child)}
    return json.dumps(content, ensure_ascii=False).encode()


def from_json(content: bytes) -> Entry:
    """What `to_json` wrote; warnings are kept apart, as reasons of the row."""
    found: dict[str, Any] = json.loads(content)
    child = {**found["child"], "birth_date": date.fromisoformat(found["child"]["birth_date"])}
    return Entry(found["number"], ChildRow(**child), found["parent_kind"])


def _values(child: ChildRow) -> dict[str, str]:
    """Without what came to registers later and is empty: a file that was read before says the same as then."""
    values = asdict(child)
    del values["warnings"]
    if not child.settlement:
        del values["settlement"]
    return {**values, "birth_date": child.birth_date.isoformat()}
