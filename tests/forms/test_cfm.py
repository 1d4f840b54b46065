"""Child Functioning Module: every given row, the mistakes others make, missing answers, skipped questions, ages."""

import csv
from datetime import date
from pathlib import Path

import pytest

from zajedno.forms.logic.scores.answers import Impossible
from zajedno.forms.logic.scores.cfm import AIDED, FILE, MODULES, score
from zajedno.forms.logic.scores.contract import Facts, Finding, Outcome
from zajedno.site.settings import PACKS_DIR

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "child-functioning"
SMALL = {"UCF7": "1", "UCF9": "1", "UCF13": "1"} | {f"UCF{number}": "1" for number in range(14, 20)}
LARGE = (
    {"FCF6": "1", "FCF8": "1", "FCF14": "1", "FCF15": "1"}
    | {f"FCF{number}": "1" for number in range(16, 25)}
    | {"FCF25": "5", "FCF26": "5"}
)
BASE = {"2-4": SMALL, "5-17": LARGE}


def shared(name: str) -> list[dict[str, str]]:
    if not SHARED.is_dir():
        pytest.skip(f"the shared data folder {SHARED} is missing")
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scored(ages: str, missing: str = "wg", *, facts: Facts | None = None, **changed: str) -> Outcome:
    return score(BASE[ages] | changed, facts or Facts(), {"age": ages, "missing": missing})


def found(outcome: Outcome, key: str) -> Finding:
    return next(one for one in outcome.findings if one.key == key)


def both(ages: str, domain: str, **changed: str) -> tuple[int | None, int | None]:
    """What MICS and the Washington Group say of a domain."""
    return tuple(found(scored(ages, missing, **changed), domain).value for missing in ("mics", "wg"))  # type: ignore[return-value]


def row(age: str, **cells: str) -> list[str]:
    return [{"age": age, **cells}.get(column, "") for column in FILE.reads]


def test_every_row_of_the_sample() -> None:
    rows = shared("sample_children.csv")
    done = FILE.rows([[one[column] for column in FILE.reads] for one in rows])
    assert [one.cells for one in done] == [[one[column] for column in FILE.adds] for one in rows]
    assert not any(one.reason for one in done)


def test_every_row_of_the_truth_table() -> None:
    for line in shared("truth_table.csv"):
        ages, domain, changed = line["age_group"], line["domain"], {line["item_changed"]: line["value"]}
        for missing in ("mics", "wg"):
            outcome = scored(ages, missing, **changed)
            said = [found(outcome, key).value for key in (domain, "any")]
            expected = [line[f"{missing}_domain"], line[f"{missing}_any"]]
            assert ["9" if one is None else str(one) for one in said] == expected, line


@pytest.mark.parametrize(("ages", "item", "domain"), [("2-4", "UCF14", "finemotor"), ("5-17", "FCF16", "selfcare")])
def test_some_difficulty_is_not_one_yet(ages: str, item: str, domain: str) -> None:
    assert [both(ages, domain, **{item: value}) for value in "1234"] == [(0, 0), (0, 0), (1, 1), (1, 1)]


@pytest.mark.parametrize(("item", "domain"), [("FCF25", "anxiety"), ("FCF26", "depression")])
def test_only_daily_anxiety_or_sadness_counts(item: str, domain: str) -> None:
    assert [both("5-17", domain, **{item: value}) for value in "12345"] == [(1, 1)] + [(0, 0)] * 4


def test_behaviour_of_the_small_counts_only_where_it_is_a_lot_more() -> None:
    assert [both("2-4", "behaviour", UCF19=value)[0] for value in "12345"] == [0, 0, 0, 0, 1]
    assert [both("5-17", "behaviour", FCF23=value)[0] for value in "1234"] == [0, 0, 1, 1]


@pytest.mark.parametrize(("ages", "items"), [("2-4", ("UCF15", "UCF16")), ("5-17", ("FCF17", "FCF18"))])
def test_communication_is_the_worse_of_two(ages: str, items: tuple[str, str]) -> None:
    first, second = items
    assert both(ages, "communication", **{first: "3"}) == both(ages, "communication", **{second: "3"}) == (1, 1)
    assert both(ages, "communication", **{first: "9", second: "4"}) == (1, 1)  # one difficulty is enough
    assert both(ages, "communication", **{first: "9", second: "2"}) == (0, None)


def test_wearing_glasses_is_no_answer_about_seeing() -> None:
    assert not any(column in FILE.reads for column in ("UCF2", "UCF3", "UCF4", "FCF1", "FCF2", "FCF3"))
    seen = {"UCF7": "", "UCF2": "1", "UCF7A": "2"}
    assert both("2-4", "seeing", **seen) == (0, 0)
    assert both("2-4", "seeing", **(seen | {"UCF7A": "4"})) == (1, 1)
    assert both("5-17", "seeing", FCF6="", FCF1="2", FCF6B="3") == (1, 1)


def test_walking_of_the_small_with_an_aid_counts_in_mics_only() -> None:
    assert both("2-4", "walking", UCF13="", UCF11="2", UCF12="3") == (1, 0)
    assert both("2-4", "walking", UCF13="", UCF11="3", UCF12="1") == (1, 1)
    assert both("2-4", "walking", UCF13="", UCF11="", UCF12="1") == (0, None)


def test_walking_of_the_large_with_an_aid_never_counts() -> None:
    assert not {"FCF12", "FCF13"} & set(FILE.reads)
    assert both("5-17", "walking", FCF14="", FCF15="", FCF10="2", FCF11="2", FCF12="4", FCF13="4") == (0, 0)


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ({"FCF10": "1", "FCF11": "3"}, (1, 0)),  # without the aid 100 m are no matter: 500 m are not looked at
        ({"FCF10": "2", "FCF11": "3"}, (1, 1)),
        ({"FCF10": "2", "FCF11": "9"}, (0, None)),
        ({"FCF10": "3"}, (1, 1)),
        ({"FCF10": "9"}, (0, None)),
        ({"FCF14": "1", "FCF15": "3"}, (1, 1)),
        ({"FCF14": "2", "FCF15": "9"}, (0, None)),
        ({"FCF14": "9", "FCF15": "1"}, (0, None)),
        ({"FCF14": "4"}, (1, 1)),
        ({"FCF10": "9", "FCF14": "1", "FCF15": "2"}, (0, 0)),
        ({"FCF10": "2", "FCF11": "", "FCF14": "3"}, (1, 1)),
        ({}, (0, None)),
    ],
)
def test_walking_of_the_large(answered: dict[str, str], expected: tuple[int, int | None]) -> None:
    nothing = dict.fromkeys(("FCF10", "FCF11", "FCF14", "FCF15"), "")
    assert both("5-17", "walking", **(nothing | answered)) == expected


@pytest.mark.parametrize("gap", ["", "7", "8", "9", "9.0", "NA"])
def test_the_two_treatments_of_a_missing_answer(gap: str) -> None:
    mics, wg = scored("2-4", "mics", UCF17=gap), scored("2-4", "wg", UCF17=gap)
    assert [found(mics, key).value for key in ("learning", "any")] == [0, 0]
    assert [found(wg, key).value for key in ("learning", "any")] == [None, None]
    assert found(wg, "learning").band == "unknown"
    assert mics.missing == wg.missing == ("UCF17",)  # said in both
    assert found(scored("2-4", "wg", UCF17=gap, UCF7="3"), "any").value == 1  # another domain settles it


def test_missing_names_the_question_as_it_was_asked() -> None:
    assert scored("2-4", UCF7="", UCF2="1").missing == ("UCF7A",)
    assert scored("2-4", UCF7="", UCF2="2").missing == ("UCF7B",)
    assert scored("2-4", UCF13="", UCF4="1").missing == ("UCF11",)
    assert scored("5-17", FCF14="", FCF15="", FCF3="1", FCF10="2").missing == ("FCF11",)
    assert scored("5-17", FCF14="4", FCF15="").missing == ()  # skipped, not missing


@pytest.mark.parametrize(
    ("born", "ages", "doubtful"),
    [
        (date(2021, 6, 2), "5-17", True),  # five tomorrow
        (date(2021, 6, 1), "5-17", False),
        (date(2021, 6, 1), "2-4", True),
        (date(2024, 6, 1), "2-4", False),
        (date(2024, 6, 2), "2-4", True),
        (date(2008, 6, 2), "5-17", False),
        (date(2008, 6, 1), "5-17", True),  # eighteen today
    ],
)
def test_a_child_of_another_age_makes_it_doubtful(born: date, ages: str, doubtful: bool) -> None:
    assert scored(ages, facts=Facts("F", born, date(2026, 6, 1))).findings[0].doubtful is doubtful


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (row("1", **SMALL), "age is not from 2 to 17"),
        (row("18", **LARGE), "age is not from 2 to 17"),
        (row("", **SMALL), "age is empty"),
        (row("three", **SMALL), "age is not a number"),
        (row("1e999", **SMALL), "age is not a number"),
        (row("3", **(SMALL | {"UCF7": "5"})), "UCF7 is none of 1, 2, 3, 4"),
        (row("3", **(SMALL | {"UCF7": "some"})), "UCF7 is none of 1, 2, 3, 4"),
        (row("3", **LARGE), "none of the questions for this age is answered"),
    ],
)
def test_a_bad_row_says_why_and_stops_nothing(cells: list[str], reason: str) -> None:
    bad, good = FILE.rows([cells, row("4", **SMALL)])
    assert (bad.reason, set(bad.cells)) == (reason, {""})
    assert (good.reason, list(good.cells)) == ("", ["", "0", "", "", "0"])


def test_who_answered_nothing_that_can_be_used_is_said_as_published() -> None:
    [said] = FILE.rows([row("3", **dict.fromkeys(SMALL, "9"))])
    domains = "seeing|hearing|walking|finemotor|communication|learning|playing|behaviour"
    assert (list(said.cells), said.reason) == (["", "0", "", domains, "9"], "")


def test_ages_at_the_border_and_cells_as_spreadsheets_write_them() -> None:
    ages = [FILE.rows([row(age, **(SMALL | LARGE | {"UCF18": "3.0", "FCF20": " 4 "}))])[0].cells[0] for age in
            ("2", "4", "4.9", "5", "5.0", "17")]  # fmt: skip
    assert ages == ["playing"] * 3 + ["remembering"] * 3


def test_answers_outside_the_list_are_refused_on_a_sheet_too() -> None:
    with pytest.raises(Impossible, match="UCF19"):
        scored("2-4", UCF19="6")


def test_the_packs_table_of_codes_knows_every_question_that_counts() -> None:
    with (PACKS_DIR / "common" / "forms" / "cfm-codes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for ages, domains in MODULES.items():
        known = {row["mics"]: row["domain"] for row in rows if row["age"] == ages and row["domain"]}
        counts = {item: one.key for one in domains for asked in one.items for item in AIDED.get(asked, (0, asked))[1:]}
        assert known == counts
        numbers = [row["washington_group"] for row in rows if row["age"] == ages]
        assert numbers == [f"CF{number}" for number in range(1, len(numbers) + 1)]
    shifted = {row["washington_group"]: row["mics"] for row in rows if row["age"] == "5-17"}
    assert (shifted["CF12"], shifted["CF14"], shifted["CF23"]) == ("FCF14", "FCF16", "FCF25")
