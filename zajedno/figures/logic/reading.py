"""What a table says of every territory: whole blocks added up, and bounds where a block says less, or reaches further.

All of it is reckoned from what is told, never from what was counted: so it tells of nothing that is not told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zajedno.figures.logic.partition import Above, Divisions, Table
from zajedno.figures.logic.pools import Cell
from zajedno.figures.logic.words import MOST_OF_FEW, UNKNOWN, read

Key = tuple[str, str, str]  # territory, axis, word


@dataclass(frozen=True, slots=True)
class Span:
    """At least and at most so many."""

    low: int = 0
    high: int = 0

    def __add__(self, other: "Span") -> "Span":
        return Span(self.low + other.low, self.high + other.high)

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of what is counted in a territory. No `outcome`: any. `children` are surely behind it."""

    outcome: str
    word: str
    span: Span
    children: int = 0


Pieces = Mapping[Key, list[Piece]]


def within(text: str, word: str, span: Span, each: int) -> Span:
    """How many of what is told under a written part are of a word. Few children have at most `each` events."""
    if not text or not word:
        return span if not word else Span(0, span.high)
    main, words = read(text)
    if word not in words:
        return Span()
    if main != word:
        return Span(0, min(span.high, MOST_OF_FEW * each) if main else span.high)
    others = sum(one not in (main, UNKNOWN) for one in words)
    return Span(max(0, span.low - MOST_OF_FEW * each * min(others, 2)), span.high)


def pieces(table: Table, divisions: Divisions, above: Above, each: int) -> Pieces:
    """By territory, axis and word; the whole has neither. `each`: the most events of one child."""
    found: dict[Key, list[Piece]] = defaultdict(list)
    inner = {place: (place, *(one for one in path if one != place)) for place, path in above.items()}
    for cell, told in table.told.items():
        for territory, outside in _shares(table, cell, inner):
            span = Span(0 if outside else int(told.value), int(told.value))
            children = 0 if outside else told.children
            if not cell[2]:
                found[territory, "", ""].append(Piece(cell[1], "", span, children))
                continue
            for word in divisions[cell[2]]:
                inside = within(cell[3], word, span, each)
                sure = children if word == read(cell[3])[0] else 0
                if inside.high:
                    found[territory, cell[2], word].append(Piece(cell[1], word, inside, sure))
    _undivided(found, table, divisions, inner)
    _untold(found, table, divisions, inner, each)
    return found


def _shares(table: Table, cell: Cell, inner: Above) -> Iterator[tuple[str, int]]:
    """Territories in which a cell lies, and how many of its places are not there."""
    places = {place for name in table.behind(cell) for place in table.places(name)}
    count = Counter(territory for place in places for territory in inner[place])
    for territory, many in count.items():
        yield territory, len(places) - many


def _undivided(found: dict[Key, list[Piece]], table: Table, divisions: Divisions, inner: Above) -> None:
    """A block that an axis does not divide may be of any word."""
    divided = {(axis, name, outcome) for (_, outcome, axis), names in table.groups.items() for name in names}
    for cell in table.blocks():
        span = Span(0, int(table.told[cell].value))
        for territory, _ in _shares(table, cell, inner):
            for axis, words in divisions.items():
                if (axis, cell[0], cell[1]) not in divided:
                    for word in words:
                        found[territory, axis, word].append(Piece(cell[1], word, span))


def _untold(found: dict[Key, list[Piece]], table: Table, divisions: Divisions, inner: Above, each: int) -> None:
    """The few who stand in no sum."""
    count = Counter(territory for place in table.left for territory in inner[place])
    for territory, places in count.items():
        most = min(table.slack, MOST_OF_FEW * places) if table.is_first else table.slack
        for axis, words in {"": ("",), **divisions}.items():
            for word in words:
                found[territory, axis, word].append(Piece("", word, Span(0, most * each)))
