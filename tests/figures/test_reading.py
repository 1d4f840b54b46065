"""What an edition says of each territory holds the truth, tells of no few, and is the same for none and few."""

from decimal import Decimal
from random import Random

import pytest

from tests.figures.attack import ABOVE, DIVISIONS, LEAVES, OUTCOMES, Leaf, Row, counted, not_following, rows, some
from zajedno.figures.logic.figure import Said
from zajedno.figures.logic.kinds import WITHHELD, Line, edges, line
from zajedno.figures.logic.partition import Counted, Tally, partition
from zajedno.figures.logic.people import known_of, left_out, people
from zajedno.figures.logic.reading import Key, Piece, Span
from zajedno.figures.logic.release import Rules, check, lines, plain_lines

SHARE = Rules("share", OUTCOMES, DIVISIONS, ABOVE)


def told(leaves: dict[Leaf, int], rules: Rules = SHARE) -> dict[Key, Line]:
    return lines(partition(Tally(counted(leaves)), OUTCOMES, DIVISIONS, ABOVE), rules)


def behind(key: Key, outcome: str = "") -> list[Leaf]:
    """Leaves of a territory, of a word and, where it is given, of an outcome."""
    place, by, word = key
    return [
        leaf for leaf in LEAVES
        if place in (leaf[0], *ABOVE[leaf[0]]) and (not by or leaf[2 + (by == "age")] == word)
        and outcome in ("", leaf[1])
    ]  # fmt: skip


@pytest.mark.parametrize("known", [False, True])
def test_what_is_said_holds_the_truth_and_tells_of_no_few(known: bool) -> None:
    random = Random(5)
    exact = between = 0
    for _ in range(60):
        leaves = some(random)
        shown: list[Row] = []
        table = partition(Tally(counted(leaves)), OUTCOMES, DIVISIONS, ABOVE, whole_is_known=known)
        for key, one in lines(table, SHARE).items():
            yes = sum(leaves[leaf] for leaf in behind(key, "yes"))
            whole = sum(leaves[leaf] for leaf in behind(key))
            if one.said == Said.EXACT:
                exact += 1
                assert (one.top, one.bottom) == (yes, whole)
                shown += [frozenset(behind(key, "yes")), frozenset(behind(key, "no")), frozenset(behind(key))]
            elif one.said == Said.BETWEEN:
                between += 1
                assert one.low is not None
                assert one.high is not None
                assert one.low <= Decimal(100 * yes) / whole <= one.high, (key, leaves)
                assert one.bottom in (None, whole)
                shown += [frozenset(behind(key))] if one.bottom else []
        assert not not_following(shown, rows(table)), leaves  # so the attack on tables is one on these, too
    assert min(exact, between) > 100


def test_of_a_known_whole_no_word_is_called_few_that_is_not() -> None:
    """Two of 7-14 and nine of 15-18 left, so that ages are told together; of those who stayed both are many."""
    ages = {"age": ("7-14", "15-18", "unknown")}
    many = {"yes": (2, 9, 6), "no": (300, 250, 7)}
    found = [Counted("a1", outcome, sum(words)) for outcome, words in many.items()]
    found += [
        Counted("a1", outcome, one, by="age", word=word)
        for outcome, words in many.items() for word, one in zip(ages["age"], words, strict=True)
    ]  # fmt: skip
    table = partition(Tally(found), OUTCOMES, ages, ABOVE, whole_is_known=True)
    assert lines(table, Rules("share", OUTCOMES, ages, ABOVE))["a1", "age", "15-18"] == WITHHELD


def test_none_and_few_are_said_alike() -> None:
    leaves = {leaf: 9 if leaf[0] in ("a1", "b1") else 0 for leaf in LEAVES}
    few = leaves | {("a2", "yes", "girl", "7-14"): 3}
    assert told(leaves) == told(few)
    assert told(few)["a2", "", ""] == told(few)["a3", "sex", "girl"] == WITHHELD


def test_the_few_of_whom_a_word_is_not_known_are_read_with_another() -> None:
    """Nobody can say that they are no boys; else boys could never be told exactly."""
    sexes = {"sex": ("girl", "boy", "unknown")}
    for unknown in (0, 3):
        many = {"girl": 20, "boy": 30 - unknown, "unknown": unknown}
        found = [Counted("a1", "yes", 50), *(Counted("a1", "yes", n, by="sex", word=word) for word, n in many.items())]
        said = lines(partition(Tally(found), ("yes",), sexes, ABOVE), Rules("count", ("yes",), sexes, ABOVE))
        assert [said["a1", "sex", word].value for word in many] == [20, 30, None]


def test_a_count_says_how_many_may_be_missing() -> None:
    found = [Counted("a1", "yes", 20), Counted("a2", "yes", 2)]
    rules = Rules("count", ("yes",), {}, ABOVE)
    said = lines(partition(Tally(found), ("yes",), {}, ABOVE), rules)
    assert (said["a1", "", ""].value, said["S", "", ""].low, said["S", "", ""].high) == (20, 20, 28)
    above = ABOVE | {one: (one.upper(), "S") for one in "cd"}  # of two districts more than four would tell of both
    rules = Rules("count", ("yes",), {}, above)
    assert lines(partition(Tally(found), ("yes",), {}, above), rules)["S", "", ""].high == 24


def test_a_rate_has_people_or_is_absent() -> None:
    known = {"a1": {"0-6": 400, "7-14": 500, "15-18": 100}, "b1": {"0-6": 50, "7-14": 40, "15-18": 10}}
    above = {one: ABOVE[one] for one in ("a1", "b1")} | {"part": ("b1", "B", "S"), "S": ("S",)}
    below = people(known, above, ("0-6", "7-14", "15-18"))
    assert (("part", "") in below, below["b1", ""]) == (False, 100)
    assert (below["S", ""], below["A", "7-14"], ("S", "0-2") in below) == (1100, 500, False)
    pieces = [Piece("yes", "", Span(25, 25), 25)]
    assert line("rate", pieces, ("yes",), 1000, 1000, 1).value == 25
    assert line("rate", pieces, ("yes",), 1000, None, 1).said == Said.ABSENT


def test_a_rate_counts_those_alone_of_whom_it_is_published_how_many_live_there() -> None:
    """Of b1 one age is published; of the city c nothing, but of one of its two parts; of d's part nothing, but of d."""
    bands = ("0-6", "7-14")
    known = {one: dict.fromkeys(bands, 100) for one in ("a1", "a2", "c1", "d")} | {"b1": {"0-6": 9}}
    above = {one: ABOVE[one] for one in ("a1", "a2", "a3", "b1")} | {
        "c": ("A", "S"), "c1": ("c", "A", "S"), "c2": ("c", "A", "S"), "d": ("S",), "d1": ("d", "S"), "S": ("S",),
    }  # fmt: skip
    kept = known_of(known, above, bands)
    assert sorted(kept) == ["a1", "a2", "c1", "d", "d1"]
    found = people(known, kept, bands)
    assert (found["A", ""], found["S", ""], found["c", ""]) == (600, 800, 200)
    assert not {("d1", ""), ("b1", ""), ("B", "")} & set(found)
    without = left_out(above, kept)
    assert without == {"a1": 0, "a2": 0, "a3": 1, "b1": 1, "c": 1, "c1": 0, "c2": 1, "d": 0, "d1": 0,
                       "A": 2, "B": 1, "S": 3}  # fmt: skip


BANDS = ("0-15", "16-30", "31-60", "61+")


@pytest.mark.parametrize(("many", "kind", "low", "high"), [
    ((9, 12, 6, 5), "median", 16, 30),
    ((2, 12, 6, 5), "median", 0, 30),  # the first band is told with the second
    ((9, 12, 6, 0), "median", 16, 30),
    ((9, 12, 6, 5), "mean", Decimal("21.3"), None),
    ((9, 12, 6, 0), "mean", Decimal(14), None),
])  # fmt: skip
def test_a_middle_is_told_by_its_band(many: tuple[int, ...], kind: str, low: Decimal, high: Decimal | None) -> None:
    found = [Counted("a1", band, count) for band, count in zip(BANDS, many, strict=True)]
    one = lines(partition(Tally(found), BANDS, {}, ABOVE), Rules(kind, BANDS, {}, ABOVE))["a1", "", ""]
    assert (one.said, one.low, one.high) == (Said.BETWEEN, low, high)


POINTS = ("-20..-10", "-10..-5", "-5..0", "0..5", "5..10", "10..20")


def test_a_mean_may_be_below_nought() -> None:
    """Few others are told with a main band: up to four below it, and up to four above."""
    many = {"-10..-5": 3, "-5..0": 17, "5..10": 14}
    found = [*(Counted("a1", band, count) for band, count in many.items()), Counted("b1", "0..5", 2)]
    said = lines(partition(Tally(found), POINTS, {}, ABOVE), Rules("mean", POINTS, {}, ABOVE))
    town, whole = said["a1", "", ""], said["S", "", ""]
    # Low: (4 * -20 + 16 * -5) + (4 * 0 + 6 * 5 + 4 * 5); high: (20 * 0) + (4 * 10 + 6 * 10 + 4 * 20); of 34.
    assert (town.low, town.high, town.count) == (Decimal("-3.3"), Decimal("5.3"), 34)
    # Up to four of each district stand in no sum: -110 + 8 * -20 and 180 + 8 * 20, of 42.
    assert (whole.low, whole.high) == (Decimal("-6.5"), Decimal("8.1"))


def test_a_mean_lies_between_what_is_said_whatever_is_not_told() -> None:
    random, told = Random(11), 0
    for _ in range(100):
        many = {(place, band): random.choice((0, 0, 1, 3, 7, 12)) for place in ABOVE for band in POINTS}
        found = [
            Counted(place, band, part, by=axis, word=word)
            for (place, band), count in many.items() for girls in [random.randint(0, count)]
            for axis, word, part in (("", "", count), ("sex", "girl", girls), ("sex", "boy", count - girls))
        ]  # fmt: skip
        sexes = {"sex": ("girl", "boy")}
        said = lines(partition(Tally(found), POINTS, sexes, ABOVE), Rules("mean", POINTS, sexes, ABOVE))
        for (place, by, word), one in said.items():
            if one.low is not None and one.high is not None:
                told += 1
                rows = [
                    row for row in found if (row.by, row.word) == (by, word) and place in (row.place, *ABOVE[row.place])
                ]
                low, high = (
                    sum(edges(row.outcome)[end] or 0 for row in rows for _ in range(row.children)) for end in (0, 1)
                )
                assert one.low * sum(row.children for row in rows) <= low, (place, word, many)
                assert one.high * sum(row.children for row in rows) >= high, (place, word, many)
    assert told > 400


def test_what_is_of_no_person_is_told_as_it_is() -> None:
    found = [Counted("a1", "yes", events=1), Counted("a1", "no", events=0), Counted("b1", "no", events=3)]
    said = plain_lines(found, SHARE)
    assert (said["S", "", ""].value, said["a1", "", ""].value, said["b1", "", ""].value) == (25, 100, 0)
    assert ("a2", "", "") not in said
    money = plain_lines([Counted("a1", "yes", value=Decimal(70))], Rules("money", ("yes",), {}, ABOVE))
    assert money["A", "", ""].value == 70


def test_words_that_do_not_add_up_are_refused() -> None:
    for wrong in ([Counted("a1", "yes", 9)], [Counted("a9", "yes", 9)], [Counted("a1", "yes", 1, by="sex", word="?")]):
        with pytest.raises(ValueError, match=r"add up|no such|no word"):
            check(wrong, SHARE, adds_up=True)


def test_of_work_too_what_is_told_is_rounded_once() -> None:
    """Else a page would say 66.7 and a report 66.67."""
    found = [Counted("a1", "yes", events=2), Counted("a1", "no", events=1)]
    assert plain_lines(found, SHARE)["a1", "", ""].value == Decimal("66.7")
    levels = [Counted("a1", "network", events=4, value=Decimal(9))]
    mean = plain_lines(levels, Rules("mean", ("network",), {}, ABOVE))["a1", "", ""]
    assert (mean.value, mean.top, mean.bottom) == (Decimal("2.3"), 9, 4)
