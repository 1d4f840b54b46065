"""What of an indicator, a country and a period may be told: one partition of what was counted, and divisions of it.

Blocks are of a place and an outcome; none overlaps another and each has at least FEWEST children. A place with few is
told with the other few of what it lies in (district, region, country); who is few even there stands in no sum. A
division of an axis (sex, age …) groups blocks and splits the union of a group by words, each part with FEWEST.

Why nothing smaller can be derived. A leaf is a block and a word on each axis; axes are independent, so in a block every
combination may occur. Each told number adds up leaves with weights that are a constant for a block plus functions of
one coordinate each, and so does whatever is added and subtracted from them. Where such a sum takes only the values 0
and 1 within a block, two coordinates cannot both move it (it would take three values). So there it is constant, or a
function of one axis; and that function is the same in all blocks of the group, since it belongs to the group. Hence
every set whose number can be derived is a union of whole blocks and whole parts: it has FEWEST children or more.

Who knows these rules learns no exact few either: of few told together each may still be none (`_may_be_none`), and
places of which everybody knows that nobody is there (`silent`) hide nobody.
Children decide, and events are told. A child counts as one child at one of its events, however many it has: then sums
never count a child twice, and what has FEWEST here has them in truth.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from zajedno.figures.logic.pools import FEWEST, Cell, Told
from zajedno.figures.logic.words import MOST_OF_FEW, gathered, gathered_by, read, written

REST, GROUP = "~", "*"  # after the code of a territory: its places with few; its blocks that are divided together
WITHIN_A_PLACE = frozenset({"settlement"})  # a place may have no villages: grouped with others it would be found out
Divisions = Mapping[str, Sequence[str]]
Alike = tuple[Cell, ...]  # blocks of a place, of one outcome or of several
Above = Mapping[str, Sequence[str]]  # a place that takes part, and what it lies in: the nearest first, the country last


@dataclass(frozen=True, slots=True)
class Counted:
    """So many children of a place and outcome; with `by`, those of them with a word on an axis. `events` is told where
    a child may have several (None: as many as children); `value` is a sum, of what is of no person."""

    place: str
    outcome: str
    children: int = 0
    events: int | None = None
    by: str = ""
    word: str = ""
    value: Decimal | None = None


@dataclass(slots=True)
class Table:
    """`told` by cell: block or group, outcome, axis, word; the last two are empty for a block."""

    told: dict[Cell, Told] = field(default_factory=dict)
    rests: dict[str, tuple[str, ...]] = field(default_factory=dict)  # rest: its places, those with nobody too
    groups: dict[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)  # (group, outcome, axis): blocks
    left: tuple[str, ...] = ()  # places in no sum
    slack: int = 0  # the most children whom they have together
    is_first: bool = True  # not corrected: of a rest each place has few

    def places(self, name: str) -> tuple[str, ...]:
        return self.rests.get(name, (name,))

    def blocks(self) -> list[Cell]:
        return [cell for cell in self.told if not cell[2]]

    def behind(self, cell: Cell) -> tuple[str, ...]:
        """Names of the blocks that a cell is made of."""
        return self.groups.get((cell[0], cell[1], cell[2]), (cell[0],))


class Tally:
    """What was counted, to be added up."""

    def __init__(self, counted: Iterable[Counted]) -> None:
        self.sums: dict[Cell, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for one in counted:
            children, events = self.sums[one.place, one.outcome, one.by, one.word]
            more = one.children if one.events is None else one.events
            self.sums[one.place, one.outcome, one.by, one.word] = (children + one.children, events + more)

    def of(self, places: Iterable[str], outcome: str, by: str = "", words: Sequence[str] = ("",)) -> Told:
        """`outcome` as it is written in a cell."""
        found = [
            self.sums[place, one, by, word]
            for place in places for one in read(outcome)[1] for word in words
            if (place, one, by, word) in self.sums
        ]  # fmt: skip
        return Told(Decimal(sum(events for _, events in found)), sum(children for children, _ in found))

    def children(self, places: Sequence[str], outcome: str, by: str = "", word: str = "") -> int:
        return self.of(places, outcome, by, (word,)).children


def partition(
    tally: Tally, outcomes: Sequence[str], divisions: Divisions, above: Above, mark: str = "",
    silent: Collection[str] = (), whole_is_known: bool = False,
) -> Table:  # fmt: skip
    """`outcomes` and the words of each division in their order. Every place of `above` takes part, also with nobody.
    `mark` keeps the names of a correction from those of the edition before. `whole_is_known`: from elsewhere, by word
    too (all pupils), so that what is told of one outcome tells of the other.
    """
    table = Table()
    rise = _Rise(above, mark, silent, whole_is_known)
    _base(table, tally, outcomes, rise)
    for axis, words in divisions.items():
        _divide(table, tally, axis, words, rise)
    return table


class _Rise:
    """Territories from the deepest up to the country, and what each lies in."""

    def __init__(self, above: Above, mark: str, silent: Collection[str], whole_is_known: bool) -> None:
        self.mark, self.silent, self.whole_is_known = mark, frozenset(silent), whole_is_known
        self.first = {place: path[0] for place, path in above.items()}
        self.parent = {one: next_ for path in above.values() for one, next_ in pairwise(path)}
        depth = {one: len(path) - at for path in above.values() for at, one in enumerate(path)}
        self.order = sorted(depth, key=lambda one: (-depth[one], one))


class _Risen(NamedTuple):
    """Places with few that rose to a territory together; in how many parts they had come to where they rose from."""

    places: tuple[str, ...]
    parts: int = 1


def _seen(risen: Iterable[_Risen], empty: Collection[str]) -> list[_Risen]:
    """Those in which anybody may be."""
    return [one for one in risen if not set(one.places) <= set(empty)]


def _parts(risen: Iterable[_Risen], empty: Collection[str]) -> int:
    """Of how many parts they are: who rose alone had parts before."""
    seen = _seen(risen, empty)
    return seen[0].parts if len(seen) == 1 else len(seen)


def _base(table: Table, tally: Tally, outcomes: Sequence[str], rise: _Rise) -> None:
    whole = "|".join(outcomes)
    waiting: dict[str, list[_Risen]] = defaultdict(list)
    for place in sorted(rise.first):
        if tally.children((place,), whole) >= FEWEST:
            tell(table, tally, place, (place,), outcomes)
        else:
            waiting[rise.first[place]].append(_Risen((place,)))
    for territory in rise.order:
        risen = waiting.pop(territory, [])
        few = tuple(place for one in risen for place in one.places)
        many = tally.children(few, whole)
        empty = rise.silent | {territory}  # itself: what lies in no place of it
        if many >= FEWEST and _may_be_none(many, len(_seen(risen, empty))):
            name = territory + REST + rise.mark
            table.rests[name] = few
            tell(table, tally, name, few, outcomes)
        elif territory in rise.parent:
            waiting[rise.parent[territory]] += [_Risen(few, _parts(risen, empty))] if few else []
        else:
            parts = (_parts(risen, rise.silent), len({*few} - rise.silent), len(few))
            table.left, table.slack = table.left + few, table.slack + _slack(many, parts)


def _may_be_none(many: int, parts: int) -> bool:
    """Of few told together, could any one be none? Eight in two places would say that there are four in each. Places
    that rose from a district together are one: they rose because there were fewer than five, or too many, so eight of
    them and of another place would be four and four as well."""
    return many <= MOST_OF_FEW * (parts - 1)


def _slack(many: int, parts: Sequence[int]) -> int:
    """The most that may be untold, as it is told: of up to three parts the same, however many there are. `parts`: as
    they rose, else the places in which anybody may be, else all."""
    if many < FEWEST and parts[0] > 3:
        return MOST_OF_FEW
    return MOST_OF_FEW * next((one for one in parts if many <= MOST_OF_FEW * one), parts[-1])


def tell(table: Table, tally: Tally, name: str, places: Sequence[str], outcomes: Sequence[str]) -> None:
    """Blocks of these places, by outcome."""

    def many(outcome: str) -> int:
        return tally.children(places, outcome)

    for part in gathered(outcomes, many):
        outcome = written(part, many)
        table.told[name, outcome, "", ""] = tally.of(places, outcome)


def _divide(table: Table, tally: Tally, axis: str, words: Sequence[str], rise: _Rise) -> None:
    """Each block by itself where it can be; those that cannot, together, the nearest first. Where the whole is known
    the outcomes of a place are divided alike or not at all."""
    waiting: dict[str, list[list[Alike]]] = defaultdict(list)  # by territory: those that rose to it together
    for blocks in _units(table, together=rise.whole_is_known):
        name = blocks[0][0]
        if axis in WITHIN_A_PLACE and name in table.rests:
            continue
        if not _split(table, tally, axis, words, name, [[blocks]]):
            waiting[rise.first.get(name) or name.partition(REST)[0]].append([blocks])
    if axis in WITHIN_A_PLACE:
        return
    for territory in rise.order:
        for risen in _alike(waiting.pop(territory, [])):
            if len(risen) == 1 or not _split(table, tally, axis, words, territory + GROUP + rise.mark, risen):
                waiting[rise.parent.get(territory, "")].append([blocks for units in risen for blocks in units])


def _units(table: Table, *, together: bool) -> list[Alike]:
    found: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    for block in table.blocks():
        found[block[:1] if together else block].append(block)
    return [tuple(blocks) for blocks in found.values()]


def _alike(risen: Iterable[list[Alike]]) -> list[list[list[Alike]]]:
    """Only what has one outcome is divided together: else a word that an outcome cannot have would be found out."""
    found: dict[tuple[str, ...], list[list[Alike]]] = defaultdict(list)
    for units in risen:
        found[tuple(block[1] for block in units[0])].append(units)
    return list(found.values())


def _split(table: Table, tally: Tally, axis: str, words: Sequence[str], name: str, risen: list[list[Alike]]) -> bool:
    """Tell the words of these blocks, the same of each outcome, if there are at least two parts to tell."""
    units = [blocks for together in risen for blocks in together]
    places = tuple(place for blocks in units for place in table.places(blocks[0][0]))
    outcomes = [block[1] for block in units[0]]

    def many(outcome: str, part: Sequence[str]) -> int:
        return sum(tally.children(places, outcome, axis, word) for word in part)

    def each(outcome: str) -> Callable[[str], int]:
        return lambda word: many(outcome, (word,))

    def whole(word: str) -> int:
        return sum(many(outcome, (word,)) for outcome in outcomes)

    parts = gathered_by(words, lambda part: all(many(outcome, part) >= FEWEST for outcome in outcomes))
    sizes = {outcome: sorted(many(outcome, part) for part in parts) for outcome in outcomes}
    if len(parts) < 2 or (len(units) > 1 and not all(_may_be_none(one[-2], len(risen)) for one in sizes.values())):
        return False
    for outcome in outcomes:
        table.groups[name, outcome, axis] = tuple(blocks[0][0] for blocks in units)
        for part in parts:
            table.told[name, outcome, axis, written(part, each(outcome), whole)] = tally.of(places, outcome, axis, part)
    return True
