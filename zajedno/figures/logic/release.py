"""From what was counted to what an edition says: its rules, its table, and a line for every territory and word."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from zajedno.figures.logic.figure import Said
from zajedno.figures.logic.kinds import ABSENT, Line, line, near
from zajedno.figures.logic.partition import Above, Counted, Divisions, Table
from zajedno.figures.logic.reading import Key, pieces

MANY_EVENTS = 10  # of one child, in bounds; twice as many as long as that is too few


@dataclass(frozen=True, slots=True)
class Rules:
    """How an indicator is read. `above`: who takes part. `each`: the most events of a child. Of a rate: `people` by
    territory and age band, and of which `year`; `without`: by territory, how many places are left out."""

    kind: str
    outcomes: Sequence[str]
    divisions: Divisions
    above: Above
    per: int = 100
    each: int = 1
    people: Mapping[tuple[str, str], int] = field(default_factory=dict)
    year: int | None = None
    without: Mapping[str, int] = field(default_factory=dict)

    @property
    def territories(self) -> set[str]:
        return {one for place, path in self.above.items() for one in (place, *path)} | set(self.without)


def outcomes_of(kind: str, bands: Sequence[str], counted: Iterable[Counted]) -> tuple[str, ...]:
    """In their order: the bands of a median or mean, the two sides of a share, the one word of what is only counted."""
    if kind in ("median", "mean") and bands:
        return tuple(bands)
    if kind == "share":
        return ("yes", "no")
    return tuple(sorted({one.outcome for one in counted})) or ("yes",)


def most_events(counted: Iterable[Counted]) -> int:
    """How many events one child may have, for bounds: one, where children are what is counted."""
    found = [one for one in counted if one.events is not None]
    if not found:
        return 1
    bound, most = MANY_EVENTS, max(-(-(one.events or 0) // max(one.children, 1)) for one in found)
    while bound < most:
        bound *= 2
    return bound


def check(counted: Iterable[Counted], rules: Rules, *, adds_up: bool) -> None:
    """Only known words; and those of an axis add up to the whole, where each child has one."""
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(("", *rules.divisions), 0))
    for one in counted:
        if one.place not in rules.above or one.outcome not in rules.outcomes:
            raise ValueError(f"{one.place} {one.outcome}: no such place or outcome")
        if one.by and one.word not in rules.divisions.get(one.by, ()):
            raise ValueError(f"{one.by} has no word {one.word!r}")
        sums[one.place, one.outcome][one.by] += one.children
    for (place, outcome), by_axis in sums.items() if adds_up else ():
        if len(set(by_axis.values())) > 1:
            raise ValueError(f"{place} {outcome}: the words of an axis do not add up to the whole: {by_axis}")


def lines(table: Table, rules: Rules) -> dict[Key, Line]:
    """For every territory in which a place takes part: the whole, and each word of each axis."""
    found = pieces(table, rules.divisions, rules.above, rules.each)
    words = [("", ""), *((axis, word) for axis, all_ in rules.divisions.items() for word in all_)]
    return {
        (one, by, word): line(rules.kind, found.get((one, by, word), []), rules.outcomes, rules.per,
                              _bottom(rules, one, by, word), rules.each)
        for one in rules.territories for by, word in words
    }  # fmt: skip


def _bottom(rules: Rules, territory: str, by: str, word: str) -> int | None:
    """People are known by age alone, and in bands that are published."""
    return rules.people.get((territory, word)) if by in ("", "age") else None


def plain_lines(counted: Iterable[Counted], rules: Rules) -> dict[Key, Line]:
    """Of what is of no person: added up as it is. A territory of which nothing was counted has no line."""
    sums: dict[Key, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    for one in counted:
        events = one.children if one.events is None else one.events
        for territory in dict.fromkeys((one.place, *rules.above[one.place])):
            found = sums[territory, one.by, one.word]
            found[0] += events if one.outcome == rules.outcomes[0] else 0
            found[1] += events
            found[2] += one.value or 0
    return {key: _plain(rules, key, *found) for key, found in sums.items()}


def _plain(rules: Rules, key: Key, first: Decimal, whole: Decimal, value: Decimal) -> Line:
    if rules.kind in ("count", "money"):
        return Line(Said.EXACT, whole if rules.kind == "count" else value)
    if rules.kind == "median":
        return ABSENT  # of work nobody is in the middle
    if rules.kind == "mean":
        return Line(Said.EXACT, near(value / whole), top=value, bottom=whole) if whole else ABSENT
    if rules.kind == "rate":
        first, whole = whole, Decimal(_bottom(rules, *key) or 0)
    return Line(Said.EXACT, near(first * rules.per / whole), top=first, bottom=whole) if whole else ABSENT
