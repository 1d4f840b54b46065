"""Finding the header of a table beneath its titles, also when it takes two rows and merged cells."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from zajedno.kernel.spreadsheets.columns import heading
from zajedno.kernel.spreadsheets.table import Cell, Row

_LONG = 80  # a heading is short; a longer text is a sentence of the title


@dataclass(frozen=True)
class Found:
    """A header: names by column, the row it ends on (from 1), how many of its names were expected, texts above it."""

    names: tuple[str, ...]
    row: int
    matches: int
    raw: tuple[Cell, ...]
    titles: tuple[str, ...] = ()


def find_header(head: list[Row], expected: Collection[str], merged: Mapping[tuple[int, int], int]) -> Found | None:
    """The header among the first rows of a sheet, or None when there is none. `merged`: covered cell -> its column."""
    known = {heading(name) for name in expected}
    scored = [(_score(row, known), -row.number, row) for row in head]
    best = max(scored, key=lambda item: item[:2], default=None)
    if best is None or best[0][1] == 0:
        return None
    row = best[2]
    after = next((other for other in head if other.number == row.number + 1), None)
    before = next((other for other in head if other.number == row.number - 1), None)
    top = row
    if after and _continues(row, after, known, merged):
        found = _joined(row, after, known, merged)
    elif before and _continues(before, row, known, merged):
        top, found = before, _joined(before, row, known, merged)
    else:
        found = Found(tuple(_text(value) for value in row.values), row.number, best[0][0], row.values)
    above = (_text(value) for one in head if one.number < top.number for value in one.values)
    return replace(found, titles=tuple(text for text in above if text))


def following(rows: Iterable[Row], found: Found) -> Iterator[Row]:
    """The rows under the header without empty ones and without the header printed again on each page."""
    for row in rows:
        if row.number > found.row and any(value is not None for value in row.values) and row.values != found.raw:
            yield row


def _score(row: Row, known: set[str]) -> tuple[int, int]:
    texts = [value for value in row.values if isinstance(value, str)]
    names = {heading(text) for text in texts if len(text) <= _LONG} - {""}
    filled = sum(value is not None for value in row.values)
    words = sum(1 for name in names if not name.replace(" ", "").isdigit())
    # Codes and dates are what a header does not hold: any of them marks a row of data.
    if words < filled / 2:
        words = 0
    return len(names & known), words


def _continues(top: Row, below: Row, known: set[str], merged: Mapping[tuple[int, int], int]) -> bool:
    """Is `below` the second row of a header that starts with `top`?"""
    if any(value is not None and not isinstance(value, str) for value in (*top.values, *below.values)):
        return False
    pairs = list(zip(top.values, below.values, strict=False))
    across = any((top.number, column) in merged for column in range(len(top.values)))
    fills = any(a is None and b is not None for a, b in pairs)
    matches = sum(1 for value in below.values if isinstance(value, str) and heading(value) in known)
    return (across or fills) and matches >= 1 and sum(a is not None for a, _b in pairs) >= 2


def _joined(top: Row, below: Row, known: set[str], merged: Mapping[tuple[int, int], int]) -> Found:
    names = []
    for column, (first, second) in enumerate(zip(top.values, below.values, strict=False)):
        source = merged.get((top.number, column))
        over = first if source is None else top.values[source]
        names.append(" / ".join(text for text in (_text(over), _text(second)) if text))
    matches = sum(1 for name in names if known & {heading(part) for part in (name, *name.split(" / "))})
    return Found(tuple(names), below.number, matches, below.values)


def _text(value: Cell) -> str:
    return "" if value is None else " ".join(str(value).split())
