"""Who subtracts: all that is told as equations, and every set of children whose number they give, exactly.

A leaf is what somebody may know of a child: place, outcome, sex and age. A set can be derived if it is a sum of told
rows with any weights. Rows that share no leaf say nothing of each other, so each component is searched by itself:
in reduced form a 0/1 sum has the weight 0 or 1 at each pivot, and all of those are tried.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from random import Random

import numpy as np

from zajedno.figures.logic.partition import Above, Counted, Table, Tally, partition
from zajedno.figures.logic.pools import FEWEST
from zajedno.figures.logic.words import read

PLACES = ("a1", "a2", "a3", "a4", "b1")
ABOVE = {place: (place[0].upper(), "S") for place in PLACES}
OUTCOMES = ("yes", "no")
DIVISIONS = {"sex": ("girl", "boy"), "age": ("7-14", "15-18")}
Leaf = tuple[str, str, str, str]
Leaves = Mapping[Leaf, int]
LEAVES: list[Leaf] = list(product(PLACES, OUTCOMES, *DIVISIONS.values()))
Row = frozenset[Hashable]
SIZES = ((0, 0, 0, 1, 2), (0, 1, 2, 3, 4, 5, 6), (0, 2, 9, 14), (0, 0, 0, 7, 25))


def some(random: Random) -> dict[Leaf, int]:
    """Invented children: places where there are few, places where there are many, and words that hardly occur."""
    sizes = {place: random.choice(SIZES) for place in PLACES}
    rare = random.choice(("girl", "15-18", "no", "-"))
    return {leaf: random.choice(SIZES[0] if rare in leaf else sizes[leaf[0]]) for leaf in LEAVES}


def counted(leaves: Leaves) -> list[Counted]:
    return [
        Counted(place, outcome, many, by=axis, word=word)
        for (place, outcome, sex, age), many in leaves.items()
        for axis, word in (("", ""), ("sex", sex), ("age", age))
    ]


def rows(table: Table) -> list[Row]:
    """The leaves behind each told number."""
    return [frozenset(_behind(table, cell)) for cell in table.told]


def _behind(table: Table, cell: tuple[str, ...]) -> Iterator[Leaf]:
    places = {place for name in table.behind(cell) for place in table.places(name)}
    words = read(cell[3])[1]
    for leaf in LEAVES:
        if leaf[0] in places and leaf[1] in read(cell[1])[1] and (not cell[2] or leaf[2 + (cell[2] == "age")] in words):
            yield leaf


def derivable(told: Iterable[Row]) -> Iterator[Row]:
    """Every set, of one component each, whose number follows from what is told."""
    for component in _components(list(dict.fromkeys(row for row in told if row))):
        columns = sorted({leaf for row in component for leaf in row}, key=repr)
        reduced = _reduced([[Fraction(leaf in row) for leaf in columns] for row in component])
        basis = np.array([[float(one) for one in row] for row in reduced])
        weights = np.array(list(product((0, 1), repeat=len(basis)))[1:])
        sums = weights @ basis
        for found in sums[(np.abs(sums * (1 - sums)) < 1e-9).all(axis=1)]:
            yield frozenset(leaf for leaf, one in zip(columns, found, strict=True) if one > 0.5)


def _components(told: list[Row]) -> list[list[Row]]:
    found: list[tuple[set[Hashable], list[Row]]] = []
    for row in told:
        touching = [one for one in found if one[0] & row]
        found = [one for one in found if not one[0] & row]
        found.append((set(row).union(*(one[0] for one in touching)), [row, *(r for one in touching for r in one[1])]))
    return [one for _, one in found]


def _reduced(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    """By elimination in exact fractions; rows that say nothing new are gone."""
    done: list[list[Fraction]] = []
    for row in matrix:
        for other in done:
            pivot = next(at for at, one in enumerate(other) if one)
            row = [a - row[pivot] * b for a, b in zip(row, other, strict=True)] if row[pivot] else row
        pivot = next((at for at, one in enumerate(row) if one), -1)
        if pivot < 0:
            continue
        row = [one / row[pivot] for one in row]
        done = [
            [a - other[pivot] * b for a, b in zip(other, row, strict=True)] if other[pivot] else other for other in done
        ]
        done.append(row)
    return done


def not_following(shown: Iterable[Row], told: Iterable[Row]) -> list[Row]:
    """Those of the shown sets that do not follow from what is told."""
    basis = _reduced([[Fraction(leaf in row) for leaf in LEAVES] for row in told])
    pivots = [next(at for at, one in enumerate(row) if one) for row in basis]

    def left(row: Row) -> bool:
        rest = [Fraction(leaf in row) for leaf in LEAVES]
        for pivot, other in zip(pivots, basis, strict=True):
            weight = rest[pivot]
            rest = [a - weight * b for a, b in zip(rest, other, strict=True)] if weight else rest
        return any(rest)

    return [row for row in set(shown) if left(row)]


def fewest(told: Iterable[Row], children: Mapping[Hashable, int]) -> tuple[int, Sequence[Hashable]]:
    """The smallest set that can be derived: how many, and which."""
    found = [(sum(children.get(leaf, 0) for leaf in row), sorted(row, key=repr)) for row in derivable(told)]
    return min(found, default=(10**6, []))


def of_places(many: Iterable[int], above: Above) -> Table:
    """Of children of one outcome, so many in each place."""
    found = [Counted(place, "yes", one) for place, one in zip(above, many, strict=True)]
    return partition(Tally(found), ("yes",), {}, above)


def found_out(
    worlds: Iterable[tuple[int, ...]], published: Callable[[tuple[int, ...]], Hashable], most: Sequence[int]
) -> list[tuple[int, ...]]:
    """Who knows the rules and tries every world: those in which one number is few and no other world of the same
    publication has another. A publication that a world with one of the `most` tried has too may have still more."""
    alike: dict[Hashable, list[tuple[int, ...]]] = defaultdict(list)
    for world in worlds:
        alike[published(world)].append(world)
    return [
        same[0]
        for same in alike.values()
        if not any(one == end for world in same for one, end in zip(world, most, strict=True))
        and any(len(seen := {world[at] for world in same}) == 1 and 0 < min(seen) < FEWEST for at in range(len(most)))
    ]
