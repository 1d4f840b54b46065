"""The file of a historical campaign in a pack: what may stand in it, and every mistake in it."""

import re
from collections.abc import Collection
from datetime import date

from zajedno.procedures.logic.reading import Mistake, Reader, file_reader

LISTS = ("audiences", "messages", "channels", "partners")
_PARTIAL = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_REST = "-01-01"


def is_partial_day(text: str) -> bool:
    """2013, 2013-07 and 2013-07-02 are.

    >>> is_partial_day("2013-13")
    False
    """
    if not _PARTIAL.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + _REST[len(text) - 4 :] if len(text) < len("2013-07-02") else text)
    except ValueError:
        return False
    return True


def check(text: str, *, key: str, countries: Collection[str]) -> list[Mistake]:
    """Every mistake in a campaign's file; none means that it may be loaded. `key`: name of the file."""
    reader = file_reader(text, key)
    if not reader.table:
        return reader.mistakes
    if (country := reader.text("country", "")) and country not in countries:
        reader.complain(f"the packs know no country “{country}”.")
    for name in ("begins", "ends"):
        if (day := reader.text(name, "")) and not is_partial_day(day):
            reader.complain(f"`{name}` must be as much of a day as is known: 2013, 2013-07 or 2013-07-02.")
    if reader.number("budget", 0) and not reader.text("currency", ""):
        reader.complain("a `budget` needs its `currency`, such as USD.")
    reader.text("currency", "")
    reader.labels("titles")
    reader.labels("objective")
    for name in LISTS:
        _listed(reader, name)
    _source(reader.one("source"))
    for row in reader.each("figures"):
        _figure(row)
    reader.done()
    return reader.mistakes


def _listed(reader: Reader, name: str) -> None:
    rows = reader.raw(name) or []
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and set(reader.languages) <= set(row) for row in rows
    ):
        reader.complain(f"each of [[{name}]] gives a text for each language ({', '.join(reader.languages)}).")


def _source(source: Reader) -> None:
    source.text("text")
    source.flag("verified")
    source.labels("note", needed=False)
    source.done()


def _figure(row: Reader) -> None:
    """`before` and `after` are percent, or left out where nobody has found them; `about` says a number roughly."""
    row.labels("what")
    row.labels("place")
    for name in ("before", "after"):
        value = row.raw(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100):
            row.complain(f"`{name}` must be a whole percentage, 0 to 100; leave it out where it was not found.")
        row.labels(f"{name}_said", needed=False)
        if (day := row.text(f"{name}_on", "")) and not is_partial_day(day):
            row.complain(f"`{name}_on` must be a year, a month or a day.")
    row.text("source")
    row.done()
