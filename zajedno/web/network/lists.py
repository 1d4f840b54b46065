"""Lists that come in at this desk: what is said of a file, and why a row is not taken."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.kernel.money import Money
from zajedno.kernel.refusal import Refused
from zajedno.kernel.spreadsheets import Matches, Row, Table, all_sayings, read_table
from zajedno.kernel.spreadsheets.asides import split_asides
from zajedno.places.logic import arriving
from zajedno.places.logic.arriving import Fault
from zajedno.web.shared.bringing import asides_said, listed
from zajedno.web.shared.dates import day

LONGEST = 3000  # rows of one list


def table_of(content: bytes, headings: set[str]) -> tuple[Table, list[Row], list[Any]]:
    """The table of a file, its rows without titles and notes between and below them, and what is to be told of it."""
    table = read_table(content, headings)
    rows, asides = split_asides(table)
    if len(rows) > LONGEST:
        raise Refused(_("The list is too large for one look. Split it."), "too_large")
    return table, rows, [*table.notes, *asides_said(asides)]


def needs(found: Matches, fields: Mapping[str, Any]) -> list[str]:
    """What is said of columns that were not read. Refuses a table in which one of `fields` (name -> label) is not."""
    missing = [str(label) for name, label in fields.items() if not {*name.split("|")} & found.columns.keys()]
    if missing:
        told = {"names": ", ".join(missing)}
        raise Refused(_("These columns are missing, or headed otherwise: %(names)s.") % told, "no_column")
    return (
        [_("Columns that were not read: %(names)s") % {"names": ", ".join(found.unmatched)}] if found.unmatched else []
    )


def same_said(numbers: Sequence[int]) -> list[str]:
    """Of rows that are here already."""
    if not numbers:
        return []
    said = ngettext(
        "%(n)s row is here already and stays: %(numbers)s",
        "%(n)s rows are here already and stay: %(numbers)s",
        len(numbers),
    )
    return [said % {"n": len(numbers), "numbers": listed(numbers)}]


def reason(faults: Sequence[Fault], sentences: Mapping[str, str], labels: Mapping[str, Any]) -> str:
    """All reasons, each with its column."""
    known = {**all_sayings(), **arriving.SENTENCES, **sentences}
    said = [(labels.get(one.where, ""), _(known[one.code]) % {k: _written(v) for k, v in one.what.items()})
            for one in faults]  # fmt: skip
    return " ".join(f"{label}: {text}" if label else text for label, text in said)


def _written(value: Any) -> Any:
    match value:
        case (Decimal() as amount, str(currency)):
            return str(Money(amount, currency))
        case (date() as since, until):
            return f"{day(since)} – {day(until) if until else ''}".strip()
        case date():
            return day(value)
    return value
