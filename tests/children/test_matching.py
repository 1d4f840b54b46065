"""One child in several registers: what is found, what is never merged, and how it is said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, permutations

import pytest

from benchmarks.people import PEOPLE, Pairs, given, harden, of_one_home, quality, true_pairs
from zajedno.children.logic.matching import Entry, Kind, Pair, compare, explain, find_pairs
from zajedno.children.logic.matching.entry import TOO_MANY_NUMBERS
from zajedno.children.logic.matching.fields import FIELDS
from zajedno.children.logic.matching.groups import groups
from zajedno.children.logic.matching.learn import Known, learn
from zajedno.children.logic.matching.pairs import shipped
from zajedno.children.logic.matching.words import _SENTENCES
from zajedno.kernel.national_numbers import read_jmbg
from zajedno.kernel.spreadsheets import all_sayings

needs_data = pytest.mark.skipif(not PEOPLE.is_dir(), reason=f"the shared data folder {PEOPLE} is missing")


def number(start: str) -> str:
    """Well formed; that it was issued is not known to us."""
    return next(start + digit for digit in "0123456789" if read_jmbg(start + digit).valid)


MILAN = Entry(
    "s1", "Milan", "Đorđević", "M", date(2014, 3, 5), number("050301471001"), "Jelena", "Subotica", "Njegoševa 12"
)  # fmt: skip
SISTER = replace(
    MILAN, key="x1", given_name="Teodora", sex="F", birth_date=date(2016, 9, 1), number=number("010901671501")
)
TWIN = replace(MILAN, key="x2", given_name="Stefan", number=number("050301471002"))


def links(entries: Sequence[Entry]) -> set[frozenset[str]]:
    return {frozenset((pair.left, pair.right)) for pair in find_pairs(entries) if pair.link}


def levels(left: Entry, right: Entry) -> dict[str, str]:
    return dict(compare(left, right).levels)


@pytest.mark.parametrize(
    ("changed", "field", "level"),
    [
        ({"given_name": "Милан", "family_name": "Ђорђевић", "parent": "Јелена"}, "given_name", "same"),
        ({"municipality": "Град Суботица", "number": ""}, "municipality", "same"),
        ({"family_name": "Dordevic"}, "family_name", "same"),
        ({"family_name": "Gyorgyevity", "number": ""}, "family_name", "same"),
        ({"family_name": "Gjorgjeviq", "number": ""}, "family_name", "same"),
        ({"given_name": "MILAN", "family_name": "ĐORĐEVIĆ (Petar)"}, "family_name", "same"),
        ({"family_name": "Đorđević-Savić"}, "family_name", "part"),
        ({"family_name": "Savić"}, "family_name", "differs"),
        ({"given_name": "Đorđević", "family_name": "Milan"}, "given_name", "swapped"),
        ({"given_name": "Миланн", "number": ""}, "given_name", "sounds_same"),
        ({"given_name": "Mian"}, "given_name", "nearly_short"),
        ({"birth_date": date(2014, 5, 3)}, "birth_date", "day_and_month_swapped"),
        ({"birth_date": date(2014, 1, 1)}, "birth_date", "only_year_known"),
        ({"birth_date": date(2015, 3, 5)}, "birth_date", "year_off"),
        ({"birth_date": None, "number": ""}, "birth_date", "unsaid"),
        ({"number": MILAN.number.replace("471001", "471901")}, "number", "nearly"),
        ({"number": MILAN.number[1:]}, "number", "same"),
        ({"number": "9999999999999"}, "number", "unsaid"),
        ({"municipality": "Opština Tutin", "address": "Školska 3"}, "municipality", "differs"),
        ({"address": "ul. Његошева бр. 12"}, "address", "same"),
        ({"sex": "", "parent": "", "municipality": "", "address": ""}, "parent", "unsaid"),
    ],
)  # fmt: skip
def test_what_offices_do_to_a_name_does_not_hide_a_child(changed: dict[str, object], field: str, level: str) -> None:
    other = replace(MILAN, key="h1", **changed)  # type: ignore[arg-type]
    assert levels(MILAN, other)[field] == level
    assert links([MILAN, other, SISTER, TWIN]) == {frozenset(("s1", "h1"))}


@pytest.mark.parametrize("sibling", [SISTER, TWIN], ids=["sister", "twin"])
def test_a_number_typed_into_a_siblings_row_merges_nobody(sibling: Entry) -> None:
    lent = replace(sibling, key="x9", number=MILAN.number)
    assert links([MILAN, lent]) == set()
    own = [replace(MILAN, key="h1"), sibling, replace(sibling, key="x3")]
    found = links([MILAN, lent, *own])
    assert found == {frozenset(("s1", "h1")), *map(frozenset, combinations((sibling.key, "x3", "x9"), 2))}


@pytest.mark.parametrize(("one", "other"), [("Marina", "Malina"), ("Mara", "Tara"), ("Petar", "Petko")])
def test_twins_with_alike_names_and_numbers_of_their_own_stay_two(one: str, other: str) -> None:
    first, second = replace(MILAN, given_name=one), replace(TWIN, given_name=other)
    assert links([first, second]) == set()


def test_chance_likeness_is_no_child() -> None:
    namesake = Entry("n1", "Milan", "Đorđević", "M", date(2011, 11, 20), "", "Sanja", "Niš", "Cara Lazara 3")
    assert links([MILAN, namesake]) == set()


def test_two_rows_of_one_institution_are_found_too() -> None:
    assert links([MILAN, replace(MILAN, key="s2")]) == {frozenset(("s1", "s2"))}


def test_an_entry_of_nothing_but_a_name_is_compared_and_not_proposed() -> None:
    bare = Entry("b1", "Milan", "Đorđević")
    assert links([MILAN, bare]) == set()
    assert find_pairs([]) == find_pairs([MILAN]) == []
    assert find_pairs([Entry("a", "", ""), Entry("b", "", "")]) == []


def test_one_key_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="one key"):
        find_pairs([MILAN, SISTER, MILAN])


def test_the_order_of_entries_changes_nothing() -> None:
    entries = [MILAN, replace(MILAN, key="h1", number=""), SISTER, TWIN, replace(TWIN, key="h2", birth_date=None)]
    assert [as_set(pair) for pair in find_pairs(entries)] == [as_set(pair) for pair in find_pairs(entries[::-1])]


def as_set(pair: Pair) -> tuple[frozenset[str], float, bool]:
    return frozenset((pair.left, pair.right)), round(pair.probability, 6), pair.link


def test_a_number_in_dozens_of_entries_ties_nobody() -> None:
    same = {"number": number("010100000001"), "birth_date": date(2000, 1, 1)}
    parts = ["".join(letters) for letters in permutations(("ba", "ve", "go", "du", "zi"), 3)]
    crowd = [Entry(name, name, parts[place - 7], **same) for place, name in enumerate(parts)]
    assert len(crowd) > TOO_MANY_NUMBERS
    assert links(crowd) == set()


def test_what_ties_a_group_is_added_up() -> None:
    assert groups([(0, 1, 9.0), (2, 3, 9.0), (1, 2, 4.0), (0, 3, -9.0)]) == [[0, 1], [2, 3]]
    assert groups([(0, 1, 5.0), (1, 2, 5.0), (0, 2, -2.0)]) == [[0, 1, 2]]
    assert groups([(0, 1, 5.0), (1, 2, 1.0)]) == [[0, 1]]  # 0 and 2 were never brought together: that speaks against
    assert groups([(0, 1, -1.0)]) == []


def test_a_pair_is_said_in_words_without_anything_of_the_child() -> None:
    pair = compare(MILAN, replace(MILAN, key="h1", given_name="Милан", birth_date=date(2014, 5, 3), number=""))
    said = {one.field: one for one in explain(pair)}
    assert list(said) == list(FIELDS)
    assert said["given_name"].kind is Kind.AGREES
    assert said["birth_date"].kind is Kind.NEARLY
    assert said["birth_date"].words.sentence() == "Day and month of birth stand in each other's place."
    assert said["number"].kind is Kind.UNSAID
    assert "Milan" not in " ".join(one.words.sentence() for one in said.values())


def test_every_level_has_a_weight_and_a_sentence() -> None:
    for field, conditions in FIELDS.items():
        assert set(conditions) - {"unsaid"} == set(shipped()[field])
        assert set(conditions) == set(_SENTENCES[field])
        assert {f"match_{field}_{level}" for level in conditions} <= set(all_sayings())


def test_weights_are_learned_from_truth() -> None:
    people = [
        replace(MILAN, key=f"{copy}{number}", given_name=name, number="", birth_date=date(2014, 1 + number, 7))
        for copy in "ab"
        for number, name in enumerate(("Milan", "Stefan", "Ognjen", "Uroš", "Luka"))
    ]
    weights = learn([Known(people, [entry.key[1] for entry in people], ["one"] * len(people))])
    assert weights["given_name"]["same"] > 0 > weights["given_name"]["differs"]
    assert set(weights) == {"prior", *FIELDS}


@needs_data
def test_the_given_register() -> None:
    rows = given()
    truth, said = true_pairs(rows), proposed([row.entry for row in rows])
    precision, recall, _f1 = quality(truth, said)
    assert precision >= 0.99
    assert recall >= 0.99
    assert of_one_home(rows, said - truth) == 0


@needs_data
def test_the_same_register_made_harder() -> None:
    """With faults drawn anew (the weights have seen this register's families, not these faults)."""
    rows = harden(given(), 77, 0.6)
    truth, said = true_pairs(rows), proposed([row.entry for row in rows])
    precision, _recall, f1 = quality(truth, said)
    assert f1 >= 0.965
    assert precision >= 0.99
    assert of_one_home(rows, said - truth) <= len(said) / 200


@needs_data
def test_foreign_people_without_our_names_and_numbers() -> None:
    """FEBRL's first set: Australian adults, one true double each for 500 of them; other columns, other faults."""
    with (PEOPLE / "febrl" / "dataset1.csv").open(encoding="utf-8") as file:
        rows = [dict(zip(HEADER, (cell.strip() for cell in line.split(",")), strict=True)) for line in list(file)[1:]]
    entries = [
        Entry(
            row["id"], row["given"], row["family"], "", day(row["born"]), row["number"], "", row["suburb"],
            f"{row['street']} {row['house']}",
        )
        for row in rows
    ]  # fmt: skip
    originals = {row["id"] for row in rows if "org" in row["id"]}
    truth = {(one.replace("org", "dup-0"), one) for one in originals}
    assert quality(truth, proposed(entries))[2] >= 0.9


HEADER = ("id", "given", "family", "house", "street", "street2", "suburb", "post", "state", "born", "number")


def day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def proposed(entries: Sequence[Entry]) -> Pairs:
    return {(min(pair), max(pair)) for pair in map(tuple, links(entries))}
