"""What of a table may be told: pools of at least FEWEST children that never overlap, and sums of whole pools.

A leaf is a cell with a word for each axis. Few children are told together with others: each level tells fewer words
apart than the one before ("*" is the word for "not told apart"), and what is few on the last level is in no sum at all.
So whatever is subtracted from whatever, what is left is a sum of whole pools. No sum says how many stand in a part of
one: it covers at least FEWEST children at the price of each part; a part too dear for that is not in it.

From edition to edition a pool keeps what it said until at least FEWEST children came or went, and the step in its sum
would pay for FEWEST of each part; only then is it told anew, by itself or in parts that add up to it. So editions
subtracted from each other tell of no few either.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

FEWEST = 5
TOGETHER = "*"
Cell = tuple[str, ...]
Level = Callable[[Cell], Cell]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sum, and whose it is. Children are numbers here, and nothing of them leaves this module but how many."""

    cell: Cell
    value: Decimal
    children: frozenset[int]

    @property
    def each(self) -> Decimal:
        return self.value / len(self.children)


@dataclass(frozen=True, slots=True)
class Told:
    """A value and the children behind it. In a sum of pools a child counts once in each."""

    value: Decimal
    children: int


def apart(cell: Cell) -> Cell:
    """The first level: every word is told."""
    return cell


def together(*axes: int) -> Level:
    """The level on which words of these axes are not told apart."""
    return lambda cell: tuple(TOGETHER if axis in axes else word for axis, word in enumerate(cell))


def pools(leaves: Iterable[Leaf], levels: Sequence[Level], earlier: Mapping[Cell, Told]) -> dict[Cell, Told]:
    """The next edition's pools, after the last one's."""
    inside: dict[Cell, list[Leaf]] = {cell: [] for cell in earlier}
    new: list[Leaf] = []
    for leaf in leaves:
        home = next((cell for level in levels if (cell := level(leaf.cell)) in earlier), None)
        (new if home is None else inside[home]).append(leaf)
    found = {cell: _told(members) for cell, members in _pooled(new, levels)[0].items()}
    for cell, members in inside.items():
        found |= _next(cell, earlier[cell], members, levels)
    return found


def with_totals(found: Mapping[Cell, Told]) -> dict[Cell, Told]:
    """The pools and every sum of them; "" stands for all words of an axis."""
    values: dict[Cell, Decimal] = defaultdict(Decimal)
    behind: dict[Cell, int] = defaultdict(int)
    for cell, told in found.items():
        for kept in product((True, False), repeat=len(cell)):
            total = tuple(word if stays else "" for word, stays in zip(cell, kept, strict=True))
            values[total] += told.value
            behind[total] += told.children
    return {cell: Told(values[cell], behind[cell]) for cell in values}


def _next(cell: Cell, was: Told, members: list[Leaf], levels: Sequence[Level]) -> dict[Cell, Told]:
    """What stands for an earlier pool now: the same, it anew, its parts, or nothing."""
    kept = _enough(members)
    if _near(was, members) or (kept and (_near(was, kept) or not _covers(abs(_told(kept).value - was.value), kept))):
        return {cell: was}
    if not kept:
        return {}
    own = next(at for at, level in enumerate(levels) if level(kept[0].cell) == cell)
    parts, left = _pooled(kept, levels[: own + 1])
    return {cell: _told(kept)} if left else {one: _told(of) for one, of in parts.items()}


def _near(was: Told, now: list[Leaf]) -> bool:
    return abs(len(_children(now)) - was.children) < FEWEST


def _covers(value: Decimal, leaves: list[Leaf]) -> bool:
    """Would a sum pay for FEWEST children of each of these?"""
    return all(value * len(leaf.children) >= FEWEST * leaf.value for leaf in leaves)


def _pooled(leaves: list[Leaf], levels: Sequence[Level]) -> tuple[dict[Cell, list[Leaf]], list[Leaf]]:
    """Pools from the finest level on, and what is in none: few, or too dear, even on the last. A cell stands in the
    pool that the first of its levels names, and in no other."""
    found: dict[Cell, list[Leaf]] = {}
    for level in levels:
        groups: dict[Cell, list[Leaf]] = defaultdict(list)
        for leaf in leaves:
            groups[level(leaf.cell)].append(leaf)
        leaves = []
        for cell, members in groups.items():
            kept = _whole(cell, members, found, levels[: levels.index(level) + 1])
            if not kept and level is levels[-1]:
                kept = _enough(members)
            if kept:
                found[cell] = kept
            leaves += _others(members, kept)
    return found, leaves


def _whole(cell: Cell, few: list[Leaf], found: dict[Cell, list[Leaf]], levels: Sequence[Level]) -> list[Leaf]:
    """All of these, where they may be told; else with the smallest finer pool that makes it so, which they take in."""
    if len(_enough(few)) == len(few):
        return few
    beside = [one for one in found if levels[-1](one) == cell and not any(level(one) in found for level in levels
                                                                          if level(one) != one)]  # fmt: skip
    for one in sorted(beside, key=lambda one: (len(_children(found[one])), one)):
        whole = [*few, *found[one]]
        if len(_enough(whole)) == len(whole):
            del found[one]
            return whole
    return []


def _others(leaves: list[Leaf], those: list[Leaf]) -> list[Leaf]:
    gone = {leaf.cell for leaf in those}
    return [leaf for leaf in leaves if leaf.cell not in gone]


def _enough(members: list[Leaf]) -> list[Leaf]:
    """Those that may be told together: their sum would pay for FEWEST children of the dearest among them."""
    kept = sorted(members, key=lambda leaf: (leaf.each, leaf.cell))
    while kept and not _covers(_told(kept).value, kept[-1:]):
        kept.pop()
    return kept if len(_children(kept)) >= FEWEST else []


def _children(leaves: list[Leaf]) -> frozenset[int]:
    return frozenset().union(*(leaf.children for leaf in leaves))


def _told(leaves: list[Leaf]) -> Told:
    return Told(sum((leaf.value for leaf in leaves), Decimal(0)), len(_children(leaves)))
