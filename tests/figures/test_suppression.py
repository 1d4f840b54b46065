"""Nothing shown tells of fewer than five children, not by subtraction and not by several subtractions together."""

from collections import defaultdict
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from zajedno.figures.logic.suppression import FEWEST, Cell, determined, lines, withheld

MEMBERS = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("mn"), st.sampled_from("gr")),
    st.sets(st.integers(0, 40), min_size=1, max_size=12), min_size=1, max_size=12,
)  # fmt: skip


def cube(members: dict[Cell, set[int]]) -> dict[Cell, int]:
    """Children of every cell and total; a child that stands in two cells counts once in their total."""
    found: dict[Cell, set[int]] = defaultdict(set)
    for cell, children in members.items():
        for keep in product((True, False), repeat=len(cell)):
            found[tuple(word if stays else "" for word, stays in zip(cell, keep, strict=True))] |= children
    return {cell: len(children) for cell, children in found.items()}


def solved(all_lines: list, hidden: set[Cell]) -> set[Cell]:
    """Independently, in exact fractions: cells that the equations fix."""
    names = sorted(hidden)
    rows = []
    for total, parts in all_lines:
        rows.append([Fraction((name in parts) - (name == total)) for name in names])
    at = 0
    for column in range(len(names)):
        pivot = next((one for one in range(at, len(rows)) if rows[one][column]), None)
        if pivot is None:
            continue
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][column] for value in rows[at]]
        for other in range(len(rows)):
            if other != at and rows[other][column]:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[at], strict=True)]
        at += 1
    return {names[row.index(next(filter(None, row)))] for row in rows if sum(map(bool, row)) == 1}


@settings(max_examples=300, deadline=None)
@given(MEMBERS)
def test_no_few_are_told(members: dict[Cell, set[int]]) -> None:
    counts = cube(members)
    hidden = set(withheld(counts))
    assert {cell for cell, count in counts.items() if count < FEWEST} <= hidden
    all_lines = lines(counts)
    for total, parts in all_lines:
        gone = [cell for cell in parts if cell in hidden]
        if total not in hidden and gone:  # their sum is the total less what is shown
            assert len(set().union(*(members_of(members, cell) for cell in gone))) >= FEWEST, (total, gone)
    assert solved(all_lines, hidden) == set()


def members_of(members: dict[Cell, set[int]], cell: Cell) -> set[int]:
    fits = [who for one, who in members.items() if all(b in ("", a) for a, b in zip(one, cell, strict=True))]
    return set().union(*fits)


@settings(max_examples=200, deadline=None)
@given(MEMBERS, st.randoms(use_true_random=False))
def test_what_the_equations_tell_is_reckoned_exactly(members: dict[Cell, set[int]], chance) -> None:
    counts = cube(members)
    hidden = {cell for cell in counts if chance.random() < 0.4}
    assert determined(lines(counts), hidden) == solved(lines(counts), hidden)


def test_one_small_cell_takes_another_with_it() -> None:
    counts = {("a",): 3, ("b",): 9, ("c",): 20, ("",): 32}
    assert withheld(counts) == {("a",), ("b",)}


def test_two_small_cells_are_not_told_together() -> None:
    """Their sum would be of four children."""
    counts = {("a",): 2, ("b",): 2, ("c",): 20, ("",): 24}
    assert withheld(counts) == {("a",), ("b",), ("c",)}


def test_large_cells_are_shown() -> None:
    assert withheld({("a",): 5, ("b",): 9, ("",): 14}) == frozenset()
