"""Rows of registers of children: each becomes one child with warnings, or is refused with reasons."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from zajedno.children.logic.columns import CHILD_COLUMNS
from zajedno.children.logic.names import proper, read_name
from zajedno.children.logic.register import Entry, digest_text, from_json, to_json
from zajedno.children.logic.rows import ChildRow, likeness_keys, read_child_row, same_child
from zajedno.kernel.spreadsheets import RefusedRow, all_sayings, match_columns, read_table

TODAY = date(2026, 11, 24)
REGISTER = Path(__file__).parents[3] / "shared" / "data" / "people" / "dev_register"
VALID = "2702012783304"  # of dev_register: born 27. 2. 2012, a boy


def row(**changes: Any) -> dict[str, Any]:
    return {"given_name": "Ана", "family_name": "Петровић", "birth_date": "5.6.2015.", **changes}


def child(**changes: Any) -> ChildRow:
    found = read_child_row(row(**changes), TODAY, 7)
    assert isinstance(found, ChildRow), found
    return found


def codes(found: ChildRow | RefusedRow) -> set[str]:
    return {problem.code for problem in (found.warnings if isinstance(found, ChildRow) else found.problems)}


@pytest.mark.parametrize(("name", "rows"), [("csr", 882), ("health", 1336), ("school", 1238)])
def test_every_row_of_the_registers_is_read_or_refused_with_a_reason(name: str, rows: int) -> None:
    if not REGISTER.is_dir():
        pytest.skip("../shared/data/people is not here")
    table = read_table(REGISTER / f"{name}.csv")
    columns = match_columns(table.header, CHILD_COLUMNS).columns
    assert set(columns) == {
        *list(CHILD_COLUMNS)[:3],
        "sex",
        "birth_date",
        "national_number",
        "parent",
        "municipality",
        "address",
    }
    counts: Counter[str] = Counter()
    for line in table.rows():
        found = read_child_row({key: line.values[at] for key, at in columns.items()}, TODAY, line.number)
        counts["ready" if isinstance(found, ChildRow) else "refused"] += 1
        if isinstance(found, RefusedRow):
            assert found.reason()
            assert "nothing_to_know_by" in codes(found)
        else:
            assert found.given_name
            assert found.birth_date <= TODAY
    assert counts["ready"] + counts["refused"] == rows
    assert counts["refused"] < rows / 50


def test_dates_of_the_three_registers_mean_the_same_day() -> None:
    for written in (
        "27/02/2012",
        "27.02.2012.",
        "2012-02-27",
        40966.0,
        datetime(2012, 2, 27, 9, tzinfo=UTC),
        date(2012, 2, 27),
    ):
        assert child(birth_date=written).birth_date == date(2012, 2, 27)


@pytest.mark.parametrize(
    "written", [VALID, float(VALID), int(VALID), f" {VALID} ", "2702012 783304", f"{VALID}.0", f"'{VALID}"]
)
def test_a_national_number_is_read_as_offices_store_it(written: Any) -> None:
    found = child(national_number=written, birth_date="27.2.2012.")
    assert found.national_number == VALID
    assert found.sex == "M"
    assert not found.warnings


def test_a_lost_leading_zero_comes_back() -> None:
    number = "0209016746041"
    assert child(national_number=float(number), birth_date="2/9/2016").national_number == number
    assert child(national_number="209016746041", birth_date="2/9/2016").national_number == number


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2702012783305", "number_bad_checksum"),
        ("3202012783304", "number_bad_date"),
        ("27020127833", "number_bad_length"),
        ("27O2012783304", "number_bad_format"),
        (2.7e12, "number_rounded"),
        ("2.70201E+12", "number_rounded"),
        ("0000000000000", "number_bad_date"),
    ],
)
def test_a_wrong_number_is_left_out_with_a_warning_and_keeps_the_row(written: Any, code: str) -> None:
    found = child(national_number=written)
    assert found.national_number == ""
    assert codes(found) == {code}


@pytest.mark.parametrize("nothing", ["", "-", "/", None, "нема", "nepoznato", "—"])
def test_nothing_in_the_number_is_no_warning(nothing: Any) -> None:
    assert not child(national_number=nothing).warnings


def test_the_birth_date_comes_from_the_number_when_it_is_missing_or_unreadable() -> None:
    missing, month = (
        child(national_number=VALID, birth_date="-"),
        child(national_number=VALID, birth_date="фебруар 2012"),
    )
    assert missing.birth_date == month.birth_date == date(2012, 2, 27)
    assert codes(missing) == {"birth_from_number"}
    assert codes(month) == {"birth_date_not_read"}


def test_contradictions_are_warnings_and_the_written_date_stays() -> None:
    found = child(national_number=VALID, sex="Ж")
    assert codes(found) == {"number_and_birth_differ", "number_and_sex_differ"}
    assert found.birth_date == date(2015, 6, 5)
    assert found.sex == "F"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("јун 2015", "day_missing"),
        ("2015", "day_missing"),
        ("31.02.2015.", "date_impossible"),
        ("1.1.2031.", "date_future"),
        ("5.6.1815.", "date_too_old"),
        ("лети", "date_unreadable"),
        ("", "nothing_to_know_by"),
    ],
)
def test_without_a_birth_day_and_number_a_row_is_refused_and_says_why(written: str, code: str) -> None:
    found = read_child_row(row(birth_date=written), TODAY, 7)
    assert isinstance(found, RefusedRow)
    assert found.number == 7
    assert codes(found) == {code}
    assert found.reason(str.upper) == all_sayings()[code].upper()


@pytest.mark.parametrize(
    ("given", "family", "code"),
    [
        ("", "Петровић", "given_name_missing"),
        ("Ана", "???", "family_name_missing"),
        ("NN", "Петровић", "given_name_missing"),
    ],
)
def test_without_a_name_a_row_is_refused(given: str, family: str, code: str) -> None:
    assert code in codes(read_child_row(row(given_name=given, family_name=family), TODAY))


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("M", "M"),
        ("м", "M"),
        ("Ж", "F"),
        ("ž", "F"),
        ("f", "F"),
        ("muški", "M"),
        ("женско", "F"),
        ("lány", "F"),
        ("", ""),
        ("?", ""),
    ],
)
def test_sex_in_words_of_every_language(written: str, sex: str) -> None:
    found = child(sex=written)
    assert found.sex == sex
    assert not found.warnings


@pytest.mark.parametrize(
    ("written", "settlement", "warned"),
    [
        ("Градско", "urban", set()),
        ("ostala", "rural", set()),
        ("falu", "rural", set()),
        ("", "", set()),
        ("Палић", "", {"settlement_unreadable"}),
    ],
)
def test_a_settlement_in_words_of_registers(written: str, settlement: str, warned: set[str]) -> None:
    found = child(settlement=written)
    assert (found.settlement, codes(found)) == (settlement, warned)
    assert match_columns(["Име", "Тип насеља"], CHILD_COLUMNS).columns["settlement"] == 1


def test_a_register_that_says_no_settlement_says_the_same_as_before_there_was_one() -> None:
    assert "settlement" not in digest_text(Entry(2, child()))
    told = Entry(2, child(settlement="selo"))
    assert from_json(to_json(told)).child.settlement == "rural"


@pytest.mark.parametrize(
    ("given", "family", "full", "first", "expected"),
    [
        ("Јован", "Петровић (Милан)", "", False, ("Јован", "Петровић", "Милан")),
        ("", "", "Petrović (Milan) Jovan", False, ("Jovan", "Petrović", "Milan")),
        ("", "", "Петровић Јован", True, ("Јован", "Петровић", "")),
        ("", "", "Јован Петровић", True, ("Јован", "Петровић", "")),
        ("", "", "Петровић Јован", False, ("Јован", "Петровић", "")),
        ("", "", "Jovan Petrović", False, ("Jovan", "Petrović", "")),
        ("", "", "Petrović, Ana Marija", False, ("Ana Marija", "Petrović", "")),
        ("", "", "Ana Marija Petrović", False, ("Ana Marija", "Petrović", "")),
        ("  ЉУБИЦА ", "ЊЕГОШ-ЏАКИЋ", "", False, ("Љубица", "Његош-Џакић", "")),
        ("Ðorđe  'Đole'", "de  Wit", "", False, ("Ðorđe 'Đole'", "de Wit", "")),
        ("Csaba", "Szűcs", "", False, ("Csaba", "Szűcs", "")),
    ],
)
def test_names_find_their_parts(
    given: str, family: str, full: str, first: bool, expected: tuple[str, str, str]
) -> None:
    name = read_name(given, family, full, family_first=first)
    assert (name.given, name.family, name.parent) == expected


def test_names_keep_their_script_and_doubts_are_said() -> None:
    assert proper("O'NEILL DŽENETA ЉУБА ab") == "O'Neill Dženeta Љуба ab"
    swapped = read_name("Марковић", "Ана", "")
    assert (swapped.given, [problem.code for problem in swapped.problems]) == ("Марковић", ["names_swapped"])
    assert [problem.code for problem in read_name("", "", "Ана Марија Петровић").problems] == ["name_order"]
    assert read_name("", "", "Ана Петровић").problems == ()


def test_a_note_under_the_table_is_refused_as_such() -> None:
    raw = dict.fromkeys(("given_name", "birth_date", "sex", "address")) | {"given_name": "Укупно: 120"}
    assert codes(read_child_row(raw, TODAY)) == {"looks_like_note"}


def test_same_number_or_same_name_and_birth_date_is_proposed() -> None:
    one = child(national_number=VALID, birth_date="27.2.2012.")
    other_name = child(national_number=VALID, birth_date="27.2.2012.", given_name="Милан")
    other_script = child(given_name="Petrovic", family_name="ANA", birth_date="27.2.2012.")
    other_day = child(birth_date="28.2.2012.")
    assert same_child(one, other_name) == "number"
    assert same_child(one, other_script) == "name"
    assert same_child(one, one) == "number"
    assert same_child(one, other_day) == ""
    assert likeness_keys(other_day) & likeness_keys(one) == set()


def test_problems_hold_no_value_of_the_row() -> None:
    found = child(national_number="2702012783305", given_name="МАРКОВИЋ", family_name="Ана7")
    assert len(found.warnings) == 4
    for problem in found.warnings:
        assert "270201" not in repr(problem)
        assert "МАРК" not in repr(problem).upper()
        assert problem.sentence()
