"""Rows in which nobody stands alone: at least k share every combination of what might point at a child.

Greedy and the same each time: whichever column, told one rung more coarsely, leaves the fewest rows in small groups is
told so, until what is still in small groups is little enough to be left out. Then each column, in turn, is told as
finely again as that allows.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from zajedno.indicators.logic.extract.ladders import Ladder

FEWEST, LEAST_LEFT_OUT = 5, 20  # children of one group; one row in so many may be left out
Row = Mapping[str, str]
Key = tuple[str, ...]


class TooFew(Exception):
    """There are fewer than k in all."""


@dataclass(frozen=True, slots=True)
class Anonymous:
    """`rungs`: how coarse each column became. `left_out`: rows that were in groups too small even so."""

    rows: list[dict[str, str]]
    rungs: dict[str, int]
    left_out: int
    smallest: int


def anonymous(rows: Sequence[Row], ladders: Sequence[Ladder], k: int = FEWEST) -> Anonymous:
    """`rows` with the columns of `ladders` made coarse. Each row is one child. Raises TooFew."""
    if k < FEWEST or len(rows) < k:
        raise TooFew
    finest = Counter(tuple(row[ladder.key] for ladder in ladders) for row in rows)
    rungs = _coarse_enough(finest, ladders, k, len(rows) // LEAST_LEFT_OUT)
    groups = _groups(finest, ladders, rungs)
    kept = {key for key, many in groups.items() if many >= k}
    told = [coarse for row in rows if _key(coarse := _told(row, ladders, rungs), ladders) in kept]
    if not told:
        raise TooFew
    names = {ladder.key: rungs[at] for at, ladder in enumerate(ladders)}
    return Anonymous(told, names, len(rows) - len(told), min(groups[key] for key in kept))


def _coarse_enough(finest: Mapping[Key, int], ladders: Sequence[Ladder], k: int, spare: int) -> list[int]:
    """The rung of each column; at most `spare` rows are left in small groups, where that can be."""
    rungs = [0] * len(ladders)
    while _small(finest, ladders, rungs, k) > spare:
        steps = [at for at, ladder in enumerate(ladders) if rungs[at] < ladder.top]
        if not steps:
            break
        rungs = _moved(rungs, min(steps, key=lambda at: (_small(finest, ladders, _moved(rungs, at, 1), k), at)), 1)
    for at in range(len(ladders)):
        while rungs[at] and _small(finest, ladders, _moved(rungs, at, -1), k) <= spare:
            rungs = _moved(rungs, at, -1)
    return rungs


def _moved(rungs: Sequence[int], at: int, by: int) -> list[int]:
    return [rung + by * (place == at) for place, rung in enumerate(rungs)]


def _groups(finest: Mapping[Key, int], ladders: Sequence[Ladder], rungs: Sequence[int]) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for key, many in finest.items():
        found[_coarse(key, ladders, rungs)] += many
    return found


def _small(finest: Mapping[Key, int], ladders: Sequence[Ladder], rungs: Sequence[int], k: int) -> int:
    """How many rows stand in groups of fewer than k."""
    return sum(many for many in _groups(finest, ladders, rungs).values() if many < k)


def _coarse(key: Key, ladders: Sequence[Ladder], rungs: Sequence[int]) -> Key:
    return tuple(ladder.rungs[rung](value) for value, ladder, rung in zip(key, ladders, rungs, strict=True))


def _told(row: Row, ladders: Sequence[Ladder], rungs: Sequence[int]) -> dict[str, str]:
    coarse = {ladder.key: ladder.rungs[rung](row[ladder.key]) for ladder, rung in zip(ladders, rungs, strict=True)}
    return {**row, **coarse}


def _key(row: Row, ladders: Sequence[Ladder]) -> Key:
    return tuple(row[ladder.key] for ladder in ladders)


def diversity(rows: Sequence[Row], ladders: Sequence[Ladder], columns: Collection[str]) -> dict[str, int]:
    """Of each column, how many different values the group with the fewest of them has. One: who knows that a child is
    in that group knows its value."""
    values: dict[str, dict[Key, set[str]]] = {column: defaultdict(set) for column in columns}
    for row in rows:
        for column in columns:
            values[column][_key(row, ladders)].add(row[column])
    return {column: min(map(len, groups.values()), default=0) for column, groups in values.items()}
