"""Nothing that is told of a period lets anybody derive a number of fewer than five children."""

from collections.abc import Hashable
from decimal import Decimal
from itertools import product
from random import Random

import pytest

from tests.figures.attack import (
    ABOVE,
    DIVISIONS,
    LEAVES,
    OUTCOMES,
    PLACES,
    Leaf,
    counted,
    fewest,
    found_out,
    of_places,
    rows,
    some,
)  # fmt: skip
from zajedno.figures.logic.correction import correct
from zajedno.figures.logic.partition import Above, Counted, Table, Tally, partition
from zajedno.figures.logic.pools import FEWEST, Told
from zajedno.figures.logic.words import read


def parted(leaves: dict[Leaf, int]) -> Table:
    return partition(Tally(counted(leaves)), OUTCOMES, DIVISIONS, ABOVE)


def wholes(table: Table) -> dict[tuple[str, str], int]:
    return {(cell[0], cell[1]): told.children for cell, told in table.told.items() if not cell[2]}


def of(**places: tuple[int, int]) -> Table:
    """Only (yes, no) of places."""
    found = [
        Counted(place, word, many) for place, both in places.items() for word, many in zip(OUTCOMES, both, strict=True)
    ]
    return partition(Tally(found), OUTCOMES, {}, ABOVE)


def test_the_attack_itself_finds_what_is_told() -> None:
    """Two rows of three leaves: their difference is no set; with the sum of all three each leaf is one."""
    a, b, c = LEAVES[:3]
    children: dict[Hashable, int] = {a: 9, b: 3, c: 8}
    assert fewest([frozenset((a, b)), frozenset((b, c))], children)[0] == 11
    assert fewest([frozenset((a, b)), frozenset((b, c)), frozenset((a, b, c))], children) == (3, [b])


def test_few_are_told_with_what_lies_beside_them() -> None:
    table = of(a1=(9, 7), a2=(20, 1), a3=(3, 1), a4=(2, 0), b1=(6, 5))
    assert wholes(table) == {("a1", "yes"): 9, ("a1", "no"): 7, ("a2", "yes~no"): 21, ("b1", "yes"): 6, ("b1", "no"): 5}
    assert (table.left, table.slack) == (("a3", "a4"), 8)  # six of two places may tell who has how many
    table = of(a1=(9, 7), a2=(3, 1), a3=(3, 0), a4=(0, 0), b1=(6, 5))
    assert table.rests == {"A~": ("a2", "a3", "a4")}
    assert wholes(table)["A~", "yes|no"] == 7


@pytest.mark.parametrize("both", [(8, 0), (4, 4), (5, 3)])
def test_of_eight_nothing_is_said_of_which(both: tuple[int, int]) -> None:
    """Else "fewer than five of each" would say four and four."""
    assert wholes(of(a1=both)) == {("a1", "yes|no"): 8}


@pytest.mark.parametrize("few", [(0, 0), (2, 1), (0, 4)])
def test_none_and_few_look_alike(few: tuple[int, int]) -> None:
    table = of(a1=(9, 7), a2=few, a3=(0, 0), a4=(0, 0), b1=(6, 5))
    assert table == of(a1=(9, 7), a2=(0, 0), a3=(0, 0), a4=(0, 0), b1=(6, 5))
    assert of(a1=(20, few[1])).told.keys() == of(a1=(20, 0)).told.keys()


def test_eight_of_two_places_and_sexes_are_told_apart_nowhere() -> None:
    """In each of two places there are few girls, or they would be told: eight in both would say four in each."""
    leaves = dict.fromkeys(LEAVES, 0)
    for place in ("a1", "a2"):
        leaves |= {(place, "yes", "girl", "7-14"): 4, (place, "yes", "boy", "7-14"): 30}
    assert not parted(leaves).groups


def test_places_that_are_known_to_have_nobody_hide_nobody() -> None:
    """Two commissions of a district of five places: eight cases of both would be four and four, as three have none."""
    found = [Counted("a1", "yes", 4), Counted("a2", "yes", 4)]
    assert partition(Tally(found), ("yes",), {}, ABOVE, silent={"a3", "a4", "b1"}).told == {}
    found = [*found, Counted("a3", "yes", 0)]
    assert partition(Tally(found), ("yes",), {}, ABOVE, silent={"a4", "b1"}).rests == {"A~": ("a1", "a2", "a3", "a4")}


def test_nor_do_they_widen_a_bound() -> None:
    """Eleven of three places are told nowhere: at most twelve, whatever there are of places with nobody."""
    found = [Counted("a1", "yes", 4), Counted("a2", "yes", 4), Counted("b1", "yes", 3)]
    table = partition(Tally(found), ("yes",), {}, ABOVE, silent={*ABOVE} - {"a1", "a2", "b1"})
    assert (table.told, table.slack) == ({}, 12)


def test_what_is_told_of_all_but_a_few_of_a_known_whole_is_not_told() -> None:
    """Two girls and three boys have a plan. Another share of all pupils tells that there are 22 girls: so nobody may
    read here that 20 have none."""
    few = {("yes", "girl"): 2, ("yes", "boy"): 3, ("no", "girl"): 20, ("no", "boy"): 19}
    found = [Counted("a1", outcome, many, by="sex", word=word) for (outcome, word), many in few.items()]
    found += [Counted("a1", "yes", 5), Counted("a1", "no", 39)]
    sexes = {"sex": ("girl", "boy")}
    assert partition(Tally(found), OUTCOMES, sexes, ABOVE).groups
    assert not partition(Tally(found), OUTCOMES, sexes, ABOVE, whole_is_known=True).groups


def test_of_a_known_whole_no_outcome_says_of_which_words_it_has_few() -> None:
    """Everybody knows that eight are 0-6: few of them with a plan and few without would be four and four."""
    many = {"yes": (4, 20, 9), "no": (4, 30, 40)}
    words = {"age": ("0-6", "7-14", "15-18")}
    found = [Counted("a1", outcome, sum(ages)) for outcome, ages in many.items()]
    found += [
        Counted("a1", outcome, one, by="age", word=word)
        for outcome, ages in many.items() for word, one in zip(words["age"], ages, strict=True)
    ]  # fmt: skip
    told = partition(Tally(found), OUTCOMES, words, ABOVE, whole_is_known=True).told
    assert {cell[3] for cell in told if cell[2]} == {"0-6|7-14", "15-18"}


def test_of_a_known_whole_both_outcomes_are_divided_alike_or_none() -> None:
    """In a first edition and in the next one."""
    random, divided = Random(5), 0
    for _ in range(150):
        leaves = some(random)
        was = partition(Tally(counted(leaves)), OUTCOMES, DIVISIONS, ABOVE, whole_is_known=True)
        more = {
            leaf: many + came for (leaf, many), came in zip(leaves.items(), two(random, leaves).values(), strict=True)
        }
        now = correct(was, Tally(counted(more)), OUTCOMES, DIVISIONS, ABOVE, "2", whole_is_known=True)
        for table in (was, now):
            for name, _outcome, axis in table.groups:
                words = {
                    key[1]: {frozenset(read(cell[3])[1]) for cell in table.told if cell[:3] == key}
                    for key in table.groups if (key[0], key[2]) == (name, axis)
                }  # fmt: skip
                parts = list(words.values())
                assert all(one == parts[0] for one in parts)
                assert set().union(*(read(outcome)[1] for outcome in words)) == set(OUTCOMES)
                divided += len(words) > 1
    assert divided > 50


def test_a_few_more_change_nothing_and_five_do() -> None:
    was = of(a1=(9, 7), b1=(20, 1))
    for more, now in ((4, was.told), (5, was.told | {("a1", "yes", "", ""): Told(Decimal(14), 14)})):
        found = [
            Counted("a1", "yes", 9 + more),
            Counted("a1", "no", 7),
            Counted("b1", "yes", 20),
            Counted("b1", "no", 4),
        ]
        assert correct(was, Tally(found), OUTCOMES, {}, ABOVE, "2").told == now


def test_what_became_enough_is_told_in_parts_and_what_fell_below_no_more() -> None:
    was = of(a1=(9, 7), b1=(20, 1))
    found = [Counted("a1", "yes", 9), Counted("a1", "no", 1), Counted("b1", "yes", 21), Counted("b1", "no", 8)]
    now = correct(was, Tally(found), OUTCOMES, {}, ABOVE, "2")
    assert wholes(now) == {("a1", "yes"): 9, ("b1", "yes"): 21, ("b1", "no"): 8}


@pytest.mark.parametrize(("yes", "told"), [
    (20, {"yes|no": 28}), (18, {"yes|no": 26}), (21, {"yes": 21, "no": 8}), (30, {"yes": 30, "no": 8}),
])  # fmt: skip
def test_parts_do_not_tell_how_many_were_few_before(yes: int, told: dict[str, int]) -> None:
    """Of 21, nearly all yes, at least one was no if 20 are yes now and only more came; three, if 18 are."""
    was = of(a1=(17, 4))
    now = correct(was, Tally([Counted("a1", "yes", yes), Counted("a1", "no", 8)]), OUTCOMES, {}, ABOVE, "2")
    assert wholes(now) == {("a1", outcome): many for outcome, many in told.items()}
    later = [Counted("a1", "yes", yes + 90), Counted("a1", "no", 98)]
    last = correct(now, Tally(later), OUTCOMES, {}, ABOVE, "3")
    assert {outcome for _place, outcome in wholes(last)} == set(told)  # else the first edition would be told of then


def test_events_of_few_are_not_told_by_parts_either() -> None:
    was = partition(Tally([Counted("a1", "yes", 17, 30), Counted("a1", "no", 4, 12)]), OUTCOMES, {}, ABOVE)
    found = [Counted("a1", "yes", 21, 38), Counted("a1", "no", 8, 16)]
    assert set(wholes(correct(was, Tally(found), OUTCOMES, {}, ABOVE, "2"))) == {("a1", "yes|no")}


def test_of_bands_told_together_no_main_one_is_named_later() -> None:
    """Of eight in the first two bands four at most were in the first; if four at most are in the second now, four."""
    bands = ("0-2", "3-5", "6-10")
    was = partition(Tally([Counted("a1", band, many) for band, many in zip(bands, (4, 4, 9), strict=True)]), bands, {},
                    ABOVE)  # fmt: skip
    found = [Counted("a1", band, many) for band, many in zip(bands, (9, 4, 9), strict=True)]
    now = correct(was, Tally(found), bands, {}, ABOVE, "2")
    assert wholes(was) == {("a1", "0-2|3-5"): 8, ("a1", "6-10"): 9}
    assert wholes(now) == {("a1", "0-2|3-5"): 13, ("a1", "6-10"): 9}


def test_who_knows_the_rules_finds_no_few_in_two_editions() -> None:
    """Yes and no of a place before, and how many more came."""

    def published(world: tuple[int, ...]) -> Hashable:
        was = of(a1=(world[0], world[1]))
        found = [Counted("a1", "yes", world[0] + world[2]), Counted("a1", "no", world[1] + world[3])]
        return repr((wholes(was), wholes(correct(was, Tally(found), OUTCOMES, {}, ABOVE, "2"))))

    most = (11, 5, 6, 7)
    assert not found_out(product(*(range(one + 1) for one in most)), published, most)


DISTRICTS: list[Above] = [
    {**dict.fromkeys(("a1", "a2", "a3"), ("A", "S")), "b1": ("B", "S")},
    {"a1": ("A", "N", "S"), "a2": ("A", "N", "S"), "b1": ("B", "N", "S"), "c1": ("C", "S")},
]


@pytest.mark.parametrize("above", DISTRICTS)
def test_who_knows_the_rules_finds_no_few_places(above: Above) -> None:
    """Three of a district rose since they are fewer than five, so eight of them and another one are four and four."""

    def published(many: tuple[int, ...]) -> Hashable:
        table = of_places(many, above)
        return repr((table.told, table.rests, table.left, table.slack))

    assert not found_out(product(range(7), repeat=4), published, (99,) * 4)
    assert of_places((4, 0, 0, 4), above).told == {}
    country = above | {"S": ("S",)}  # what lies in no place of it; another one is told by itself
    assert set(of_places((4, 0, 0, 6, 4), country).told) == {([*above][3], "yes", "", "")}


def test_places_that_rose_from_several_districts_are_told_together() -> None:
    above = {"a1": ("A", "S"), "a2": ("A", "S"), **{one: (one.upper(), "S") for one in "bcd"}}
    assert [wholes(of_places(many, above)) for many in ((4, 0, 4, 4, 0), (4, 4, 4, 4, 0))] == [{("S~", "yes"): 12}, {}]


def test_blocks_that_rose_together_are_one_part_when_they_are_divided() -> None:
    """Eight girls of four places: three of a district had fewer than five together, so the fourth would have four."""
    above = DISTRICTS[0]
    girls = {"a1": 2, "a2": 2, "a3": 0, "b1": 4}
    found = [
        Counted(place, "yes", many, by=by, word=word)
        for place, girl in girls.items()
        for by, word, many in (("", "", girl + 20), ("sex", "girl", girl), ("sex", "boy", 20))
    ]
    sexes = {"sex": ("girl", "boy")}
    assert not partition(Tally(found), ("yes",), sexes, above).groups
    assert partition(Tally(found), ("yes",), sexes, dict.fromkeys(above, ("S",))).groups


def test_a_child_with_many_events_is_one_child() -> None:
    found = [Counted("a1", "yes", 4, events=40), Counted("b1", "yes", 6, events=9)]
    table = partition(Tally(found), ("yes",), {}, ABOVE)
    assert table.told == {("b1", "yes", "", ""): Told(Decimal(9), 6)}


def test_thousands_of_tables_tell_of_no_few() -> None:
    random = Random(7)
    for _ in range(4000):
        leaves = some(random)
        table = parted(leaves)
        assert all(told.children >= FEWEST for told in table.told.values())
        assert fewest(rows(table), dict(leaves))[0] >= FEWEST, (leaves, table)


def two(random: Random, leaves: dict[Leaf, int]) -> dict[Leaf, int]:
    """How many came later: to one place many, to others a few or nobody."""
    much = random.choice(PLACES)
    return {leaf: random.choice((0, 3, 8) if leaf[0] == much else (0, 0, 0, 0, 1, 2)) for leaf in leaves}


def test_two_editions_tell_of_no_few() -> None:
    """Only more came, or only some went: then each edition is of those who were in both and those who were in one."""
    random = Random(11)
    anew = 0
    for number in range(1500):
        fewer = some(random)
        more = {
            leaf: many + came for (leaf, many), came in zip(fewer.items(), two(random, fewer).values(), strict=True)
        }
        first, second = (fewer, more) if number % 2 else (more, fewer)
        was = parted(first)
        now = correct(was, Tally(counted(second)), OUTCOMES, DIVISIONS, ABOVE, "2")
        anew += now.told != was.told
        children: dict[Hashable, int] = {("both", leaf): fewer[leaf] for leaf in LEAVES}
        children |= {("one", leaf): more[leaf] - fewer[leaf] for leaf in LEAVES}
        earlier, later = (("both",), ("both", "one")) if number % 2 else (("both", "one"), ("both",))
        told = [frozenset((when, leaf) for leaf in row for when in earlier) for row in rows(was)]
        told += [
            frozenset((when, leaf) for leaf in row for when in later)
            for row, cell in zip(rows(now), now.told, strict=True)
            if now.told[cell] != was.told.get(cell)
        ]
        assert fewest(told, children)[0] >= FEWEST, (first, second)
    assert anew > 250
