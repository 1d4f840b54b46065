"""The file of the budget system in a pack: every mistake in it."""

import re
from collections.abc import Collection

from zajedno.procedures.logic.reading import Mistake, Reader, known_languages, read_toml

CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]{0,19}")
FIRST, LAST = 2000, 2100  # budget years
LONGEST = 250  # characters of a source

Years = tuple[int, int]


def check(text: str, *, kinds: Collection[str]) -> list[Mistake]:
    """Every mistake in `budget.toml`; none means that it may be loaded."""
    table, mistakes = read_toml(text)
    if mistakes:
        return mistakes
    reader = Reader(table, "", mistakes)
    known_languages(reader)
    _source(reader)
    held: dict[tuple[str, str], list[Years]] = {}
    if not table.get("code"):
        reader.complain("There is no [[code]].")
    for row in reader.each("code"):
        kind, code, years = row.choice("kind", sorted(kinds)), _code(row), _years(row)
        row.labels()
        row.done()
        if any(since <= years[1] and years[0] <= until for since, until in held.setdefault((kind, code), [])):
            row.complain(f"The {kind} “{code}” stands here twice for some years: end the earlier with `until`.")
        held[kind, code].append(years)
    reader.done()
    return mistakes


def _source(reader: Reader) -> None:
    source = reader.one("source")
    if len(source.text("law")) > LONGEST:
        source.complain(f"`law` is longer than {LONGEST} characters.")
    source.flag("verified")
    source.done()


def _code(row: Reader) -> str:
    code = row.text("code")
    if code and not CODE.fullmatch(code):
        row.complain(f"`code` is “{code}”; it has up to 20 letters, digits, points and hyphens, in quotation marks.")
    return code


def _years(row: Reader) -> Years:
    """From when until when, both within; what is not said reaches to the end."""
    since, until = (_year(row, "since", FIRST), _year(row, "until", LAST))
    if since > until:
        row.complain(f"`until` ({until}) lies before `since` ({since}).")
    return since, until


def _year(row: Reader, name: str, default: int) -> int:
    year = row.number(name, default)
    if not FIRST <= year <= LAST:
        row.complain(f"`{name}` is {year}; a budget year lies from {FIRST} to {LAST}.")
    return year
