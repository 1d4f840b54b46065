"""Nothing released tells of fewer than five children: not by subtraction, not by a known price, not by two editions."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from zajedno.figures.logic.pools import FEWEST, TOGETHER, Cell, Leaf, Told, apart, pools, together, with_totals

MANY = 1000
LEVELS = (apart, together(1), together(0, 1), together(0, 1, 2))
PRICES = {"a": 1, "b": 100, "c": 5000, "d": 40}  # of a child for a year: known to everybody
CELLS = st.tuples(st.sampled_from("abcd"), st.sampled_from("mn"), st.sampled_from("gr"))
MEMBERS = st.dictionaries(CELLS, st.frozensets(st.integers(0, 40), min_size=1, max_size=14), max_size=12)
EDITIONS = st.lists(MEMBERS, min_size=2, max_size=5)
Members = Mapping[Cell, frozenset[int]]


def leaves(members: Members) -> list[Leaf]:
    return [Leaf(cell, Decimal(PRICES[cell[0]] * len(who)), who) for cell, who in sorted(members.items())]


def home(cell: Cell, found: Iterable[Cell]) -> Cell | None:
    """The pool in which a cell, or a finer pool, stands: the first that its levels name."""
    return next((level(cell) for level in LEVELS if level(cell) in found), None)


def inside(pool: Cell, members: Members, found: Iterable[Cell]) -> Members:
    return {cell: who for cell, who in members.items() if home(cell, found) == pool}


def counted(pool: Cell, told: Told, mine: Members) -> Members:
    """Of the cells of a pool those that are in its sum: the dearest may be in none."""
    kept = dict(sorted(mine.items(), key=lambda one: (PRICES[one[0][0]], one[0])))
    while sum(PRICES[cell[0]] * len(who) for cell, who in kept.items()) != told.value:
        kept.popitem()
    assert len(frozenset().union(*kept.values())) == told.children, pool
    return kept


def most(unknowns: list[Cell], equations: list[tuple[dict[Cell, int], Fraction]], which: Cell) -> Fraction | None:
    """The most that an unknown from 0 up may be while all equations hold, by the simplex method in exact fractions;
    None: without end."""
    rows = [[Fraction(terms.get(one, 0)) for one in unknowns] + [right] for terms, right in equations]
    count, width = len(rows), len(unknowns)
    rows = [[*row[:-1], *(Fraction(at == number) for number in range(count)), row[-1]]
            for at, row in enumerate(rows)]  # fmt: skip
    base = list(range(width, width + count))
    first = [Fraction(0)] * width + [Fraction(-1)] * count
    assert simplex(rows, base, first, width + count) == 0  # the truth itself is a solution
    goal = [Fraction(one == which) for one in unknowns] + [Fraction(0)] * count
    for at, column in enumerate(base):  # helpers that are left stand at 0: they leave, or say nothing
        if column >= width:
            to = next((one for one in range(width) if rows[at][one]), None)
            if to is not None:
                pivot(rows, base, at, to)
    return simplex(rows, base, goal, width)


def simplex(rows: list[list[Fraction]], base: list[int], goal: list[Fraction], columns: int) -> Fraction | None:
    while True:
        gains = (one for one in range(columns) if one not in base
                 and goal[one] > sum(goal[base[at]] * row[one] for at, row in enumerate(rows)))  # fmt: skip
        enters = next(gains, None)  # the first of them, and the first to leave: it never goes in circles
        if enters is None:
            return sum((goal[base[at]] * row[-1] for at, row in enumerate(rows)), Fraction(0))
        ratios = [(row[-1] / row[enters], base[at], at) for at, row in enumerate(rows) if row[enters] > 0]
        if not ratios:
            return None
        pivot(rows, base, min(ratios)[2], enters)


def pivot(rows: list[list[Fraction]], base: list[int], at: int, column: int) -> None:
    rows[at] = [value / rows[at][column] for value in rows[at]]
    for other, row in enumerate(rows):
        if other != at and row[column]:
            rows[other] = [a - row[column] * b for a, b in zip(row, rows[at], strict=True)]
    base[at] = column


def test_the_attack_itself_finds_what_is_told() -> None:
    """Two equations that leave one of three cells no more than 4: else the stories below would prove nothing."""
    a, b, c = ("a", "m", "g"), ("b", "m", "g"), ("c", "m", "g")
    equations = [({a: 1, b: 1}, Fraction(4)), ({b: 1, c: 1}, Fraction(9))]
    assert [most([a, b, c], equations, one) for one in (a, b, c)] == [4, 4, 9]
    assert most([a, b, c], equations[1:], a) is None


@settings(max_examples=MANY, deadline=None)
@given(MEMBERS)
def test_every_pool_holds_five_and_sums_are_of_whole_pools(members: Members) -> None:
    found = pools(leaves(members), LEVELS, {})
    for cell, told in found.items():
        assert told.children >= FEWEST
        kept = counted(cell, told, inside(cell, members, found))
        assert all(told.value >= FEWEST * PRICES[one[0]] for one in kept)
    for cell, told in with_totals(found).items():
        parts = [found[one] for one in found if lies(one, cell)]
        assert told == Told(sum((one.value for one in parts), Decimal(0)), sum(one.children for one in parts))


@settings(max_examples=MANY // 4, deadline=None)
@given(MEMBERS)
def test_no_system_of_equations_narrows_a_cell_to_a_few(members: Members) -> None:
    """All that is shown, as sums at prices that everybody knows, solved for each cell with few children in any sum. Who
    attacks is told even which cells are in which sum."""
    found = pools(leaves(members), LEVELS, {})
    among = {pool: counted(pool, told, inside(pool, members, found)) for pool, told in found.items()}
    unknowns = [cell for kept in among.values() for cell in kept]
    equations = [
        ({one: PRICES[one[0]] for pool in among if lies(pool, cell) for one in among[pool]}, Fraction(told.value))
        for cell, told in with_totals(found).items()
    ]
    for cell in unknowns:
        if len(members[cell]) < FEWEST:
            bound = most(unknowns, equations, cell)
            assert bound is None or bound >= FEWEST, (cell, found)


def lies(pool: Cell, total: Cell) -> bool:
    return all(b in ("", a) for a, b in zip(pool, total, strict=True))


@settings(max_examples=MANY, deadline=None)
@given(EDITIONS)
def test_two_editions_tell_no_few_by_any_difference(editions: list[Members]) -> None:
    """What two editions have in common are sums of earlier pools: each stands as it was, or at least five came or went
    and the step would pay for five of each part."""
    earlier: dict[Cell, Told] = {}
    for members in editions:
        found = pools(leaves(members), LEVELS, earlier)
        assert all(told.children >= FEWEST for told in found.values())
        for cell, was in earlier.items():
            parts = {one: told for one, told in found.items() if home(one, earlier) == cell}
            mine = inside(cell, members, earlier)
            if parts == {cell: was}:
                continue
            assert abs(len(frozenset().union(*mine.values())) - was.children) >= FEWEST
            if parts:
                whole = Told(sum(one.value for one in parts.values()), 0)
                now = [one for one in mine if PRICES[one[0]] * FEWEST <= whole.value]
                kept = [one for one in now if any(lies_in(one, part) for part in parts)]
                step = abs(whole.value - was.value)
                assert kept
                assert step >= FEWEST * min(PRICES[one[0]] for one in kept)
        earlier = found


def lies_in(cell: Cell, pool: Cell) -> bool:
    return all(b in (a, TOGETHER) for a, b in zip(cell, pool, strict=True))


@settings(max_examples=MANY // 4, deadline=None)
@given(MEMBERS)
def test_fewer_than_five_who_come_or_leave_change_nothing(members: Members) -> None:
    found = pools(leaves(members), LEVELS, {})
    for pool, told in found.items():
        kept = counted(pool, told, inside(pool, members, found))
        if len(kept) < len(inside(pool, members, found)):
            continue  # who was too dear to be told may be told when more of them come
        cell = next(iter(kept))
        for who in (members[cell] | {96, 97, 98, 99}, frozenset(list(members[cell])[4:])):
            now = {one: some for one, some in {**members, cell: who}.items() if some}
            after = pools(leaves(now), LEVELS, found)
            assert after.get(pool) == told


def test_few_are_told_with_the_few_beside_them() -> None:
    sizes = {("a", "m", "g"): 3, ("b", "n", "g"): 4, ("d", "m", "r"): 9}
    found = pools(plain(sizes), LEVELS, {})
    assert found == {(TOGETHER, TOGETHER, "g"): Told(Decimal(7), 4), ("d", "m", "r"): Told(Decimal(9), 9)} or found == {
        (TOGETHER, TOGETHER, TOGETHER): Told(Decimal(16), 9)
    }  # fmt: skip


def plain(sizes: Mapping[Cell, int]) -> list[Leaf]:
    return [Leaf(cell, Decimal(many), frozenset(range(many))) for cell, many in sizes.items()]


def test_the_few_who_are_left_take_in_the_smallest_beside_them() -> None:
    found = pools(plain({("a", "m", "g"): 2, ("b", "m", "g"): 6, ("d", "m", "g"): 20}), LEVELS, {})
    assert set(found) == {(TOGETHER, TOGETHER, "g"), ("d", "m", "g")}
    assert with_totals(found)["", "", ""].value == 28


def test_the_few_and_dear_stand_in_no_sum() -> None:
    """403 would say at once that four have what costs 100."""
    members = {("a", "m", "g"): frozenset(range(3)), ("b", "m", "g"): frozenset(range(3, 7)),
               ("a", "n", "g"): frozenset(range(9))}  # fmt: skip
    found = with_totals(pools(leaves(members), LEVELS, {}))
    assert found["", "", ""] == Told(Decimal(12), 9)


def test_large_cells_are_told_apart() -> None:
    sizes = {("a", "m", "g"): 5, ("b", "m", "g"): 9}
    assert set(pools(plain(sizes), LEVELS, {})) == set(sizes)
