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
    """Part of what is counted in a territory. No `outcome`: any. `children` are surely behind it; they are of so many
    `blocks`."""

    outcome: str
    word: str
    span: Span
    children: int = 0
    blocks: int = 1


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
    inner = {place: tuple(dict.fromkeys((place, *path))) for place, path in above.items()}
    for cell, told in table.told.items():
        _, outcome, axis, text = cell
        for territory, span in _shares(table, cell, inner, each):
            children = told.children if span.low == told.value else 0
            if not axis:
                found[territory, "", ""].append(Piece(outcome, "", span, children))
                continue
            for word in divisions[axis]:
                inside = within(text, word, span, each)
                if inside.high:
                    sure = children if word == read(text)[0] else 0
                    found[territory, axis, word].append(Piece(outcome, word, inside, sure, len(table.behind(cell))))
    _undivided(found, table, divisions, inner, each)
    _untold(found, table, divisions, inner, each)
    return found


def _shares(table: Table, cell: Cell, inner: Above, each: int) -> Iterator[tuple[str, Span]]:
    """Territories in which a cell lies, and how much of it may be there: what its blocks have in them, and not more."""
    there: dict[str, Span] = defaultdict(Span)
    whole = 0
    for name in table.behind(cell):
        many = int(table.told[name, cell[1], "", ""].value)
        whole += many
        places = table.places(name)
        count = Counter(territory for place in places for territory in inner[place])
        for territory, inside in count.items():
            there[territory] += _of_rest(table, many, inside, len(places) - inside, each)
    told = int(table.told[cell].value)
    for territory, span in there.items():
        yield territory, Span(max(0, told - (whole - span.low)), min(told, span.high))


def _of_rest(table: Table, many: int, inside: int, outside: int, each: int) -> Span:
    """How many of a block may be in so many of its places: in a first edition each place of a rest has few."""
    if not outside:
        return Span(many, many)
    if not table.is_first:
        return Span(0, many)
    return Span(max(0, many - MOST_OF_FEW * outside * each), min(many, MOST_OF_FEW * inside * each))


def _undivided(found: dict[Key, list[Piece]], table: Table, divisions: Divisions, inner: Above, each: int) -> None:
    """A block that an axis does not divide may be of any word."""
    divided = {(axis, name, outcome) for (_, outcome, axis), names in table.groups.items() for name in names}
    for cell in table.blocks():
        for territory, span in _shares(table, cell, inner, each):
            for axis, words in divisions.items():
                if (axis, cell[0], cell[1]) not in divided:
                    for word in words:
                        found[territory, axis, word].append(Piece(cell[1], word, Span(0, span.high)))


def _untold(found: dict[Key, list[Piece]], table: Table, divisions: Divisions, inner: Above, each: int) -> None:
    """The few who stand in no sum."""
    count = Counter(territory for place in table.left for territory in inner[place])
    for territory, places in count.items():
        most = min(table.slack, MOST_OF_FEW * places) if table.is_first else table.slack
        for axis, words in {"": ("",), **divisions}.items():
            for word in words:
                found[territory, axis, word].append(Piece("", word, Span(0, most * each)))
