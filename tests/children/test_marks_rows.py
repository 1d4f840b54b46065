"""Sheets of marks and absences: found beneath their titles, read in either script, refused with reasons."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.children.marks_sheets import CLASS, TITLES, TOTAL, book, csv, with_groups, workbook
from zajedno.children.logic.half_year import Class, class_told, half_told, read_class, year_told
from zajedno.children.logic.marks import Unreadable, mean_of, read_lessons, read_mark, read_mean
from zajedno.children.logic.marks_columns import expected, match_marks
from zajedno.children.logic.marks_rows import (
    MarksRow,
    digest_text,
    from_json,
    name_words,
    read_marks,
    read_marks_row,
    to_json,
)
from zajedno.kernel.spreadsheets import RefusedRow, all_sayings, read_table

TODAY = date(2026, 11, 24)
WORDS = {
    "недовољан (1)": 1, "nedovoljan": 1, "довољан": 2, "dobar 3": 3, "врло добар": 4, "vrlodobar (4)": 4,
    "одличан 5": 5, "ODLIČAN": 5, "5": 5, 5.0: 5, 2: 2, " 3 ": 3, "elégtelen": 1, "jó": 4,
}  # fmt: skip


def rows(content: bytes, half_year: int = 1, **changed: int) -> list[MarksRow | RefusedRow]:
    table = read_table(content, expected())
    columns = {**match_marks(table, half_year), **changed}
    return list(read_marks(table, columns, half_year, TODAY, (*table.titles, table.sheet)))


def told(found: MarksRow | RefusedRow) -> dict[str, Any]:
    assert isinstance(found, MarksRow), found
    return dict(found.told)


def codes(found: MarksRow | RefusedRow) -> list[str]:
    return [one.code for one in (found.warnings if isinstance(found, MarksRow) else found.problems)]


def row(marks: tuple[Any, ...] = (), **cells: Any) -> MarksRow | RefusedRow:
    return read_marks_row({"full_name": "Ана Ђурић", **cells}, marks, TODAY, 7)


def test_a_sheet_beneath_its_titles_with_a_total_at_its_end() -> None:
    content = workbook(*CLASS, TOTAL)
    table = read_table(content, expected())
    assert table.titles == TITLES
    assert (year_told(table.titles), half_told(table.titles)) == (2025, 1)
    ana, besa, djordje, total = rows(content)
    assert told(ana) == {
        "lessons": 612, "excused": 12, "unexcused": 3, "mean_mark": Decimal("4.56"), "negative_marks": 0,
    }  # fmt: skip
    assert told(besa) == {
        "lessons": 612, "excused": 24, "unexcused": 17, "after_notice": 16, "mean_mark": Decimal("3.12"),
        "negative_marks": 1,
    }  # fmt: skip
    assert told(djordje)["mean_mark"] == 4
    assert "negative_marks" not in told(djordje)
    assert codes(total) == ["looks_like_note"]
    assert isinstance(ana, MarksRow)
    assert isinstance(djordje, MarksRow)
    assert ana.words == name_words("Ana Đurić")
    assert (ana.numbers, djordje.numbers) == ({"national": "2702012783304"}, {"national": "0405016825018"})
    assert ana.school_class == djordje.school_class == Class(5, "2")


def test_a_header_of_two_rows_and_marks_in_words() -> None:
    content = with_groups(
        ("Ана Ђурић", "ABCD1234EFGH5678", 12, 3, 15, "одличан (5)", "врло добар", 5),
        ("Besa Gashi", None, None, 4, 20, "nedovoljan (1)", 2.0, 4),
        ("Ђорђе Његован", None, 5, 5, 11, None, "неоцењен", 5),
        ("Љубица Њежић", None, None, None, None, None, None, 5),
    )
    ana, besa, djordje, ljubica = rows(content)
    assert told(ana) == {"excused": 12, "unexcused": 3, "mean_mark": Decimal("4.50"), "negative_marks": 0}
    assert told(besa) == {"unexcused": 4, "excused": 16, "mean_mark": Decimal("1.50"), "negative_marks": 1}
    assert told(djordje) == {"excused": 5, "unexcused": 5}
    assert codes(djordje) == ["absences_do_not_add_up"]
    assert codes(ljubica) == ["nothing_told"]
    assert isinstance(ana, MarksRow)
    assert (ana.numbers, ana.school_class) == ({"education": "ABCD1234EFGH5678"}, Class(5, "2"))


def test_latin_in_an_old_encoding() -> None:
    content = csv(
        "Osnovna škola Primer;;;;", "II polugodište, školska 2025/2026;;;;", "",
        "prezime;ime;odeljenje;izost. opravdani;izost. neopravdani", "Đurić;Ana;5-2;12;3", "Šećerović;Đorđe;5-3;0;",
        ";;;;", "svega;;;12;3", encoding="cp1250",
    )  # fmt: skip
    table = read_table(content, expected())
    assert (year_told(table.titles), half_told(table.titles)) == (2025, 2)
    ana, djordje, total = rows(content, 2)
    assert told(ana) == {"excused": 12, "unexcused": 3}
    assert told(djordje) == {"excused": 0}
    assert codes(total) == ["looks_like_note"]
    assert isinstance(djordje, MarksRow)
    assert (djordje.words, djordje.school_class) == (name_words("Ђорђе Шећеровић"), Class(5, "3"))


def test_both_half_years_side_by_side() -> None:
    def fill(page: Any) -> None:
        page.merge_range(0, 1, 0, 2, "Прво полугодиште")
        page.merge_range(0, 3, 0, 4, "Друго полугодиште")
        for at, line in enumerate(((None, *("Неоправдани", "Математика") * 2), ("Ана Ђурић", 1, 5, 9, 2)), 1):
            for column, value in enumerate(line):
                if value is not None:
                    page.write(at, column, value)
        page.write(0, 0, "Ученик")

    for half, unexcused, mark in ((1, 1, 5), (2, 9, 2)):
        assert told(rows(book(fill), half)[0]) == {
            "unexcused": unexcused, "mean_mark": mark, "negative_marks": 0,
        }  # fmt: skip


def test_what_counts_from_1_to_5_and_is_no_subject_is_no_mark() -> None:
    header = "р.бр.;ученик;разред;одељење;пол;одличних;владање;верска настава;српски;математика;опомене;неопр."
    lines = ("1;Ана Ђурић;5;2;2;3;5;5;4;5;1;0", "2;Besa Gashi;5;2;1;2;5;4;3;1;2;4")
    table = read_table(csv(header, *lines), expected())
    columns = match_marks(table, 1)
    assert (table.header[columns["mark_first"]], table.header[columns["mark_last"]]) == ("српски", "математика")
    ana, besa = rows(csv(header, *lines))
    assert told(ana) == {"unexcused": 0, "mean_mark": Decimal("4.50"), "negative_marks": 0}
    assert told(besa) == {"unexcused": 4, "mean_mark": 2, "negative_marks": 1}
    assert isinstance(ana, MarksRow)
    assert ana.school_class == Class(5, "2")


def test_a_row_for_each_mark_is_no_sheet_of_pupils() -> None:
    table = read_table(csv("ученик;предмет;оцена", "Ана Ђурић;српски;5", "Ана Ђурић;математика;1"), expected())
    assert set(match_marks(table, 1)) == {"full_name"}


def test_a_person_says_which_columns_are_marks() -> None:
    content = csv("ученик;А;Б;В", "Ана Ђурић;5;4;1", "Besa Gashi;3;3;2")
    assert told(rows(content)[0])["negative_marks"] == 1
    assert told(rows(content, mark_last=2)[0]) == {"mean_mark": Decimal("4.50"), "negative_marks": 0}


@pytest.mark.parametrize(("written", "mark"), WORDS.items())
def test_a_mark_is_read_as_schools_write_it(written: Any, mark: int) -> None:
    assert read_mark(written) == mark


@pytest.mark.parametrize("written", [None, "", "-", "неоцењен", "oslobođen", "н"])
def test_no_mark(written: Any) -> None:
    assert read_mark(written) is None


@pytest.mark.parametrize("written", ["6", 7.0, "4,5", 4.5, "одличан (4)", "добар и по", "1 2", date(2026, 5, 4)])
def test_what_is_no_mark_is_not_guessed(written: Any) -> None:
    with pytest.raises(Unreadable, match="mark_unreadable"):
        read_mark(written)
    assert codes(row((written, 5))) == ["mark_unreadable"]


def test_means_and_counts() -> None:
    assert [read_mean(one) for one in ("4,56", 4.555, "3.2 добар", "одличан", 0, None)] == [
        Decimal("4.56"), Decimal("4.56"), Decimal("3.20"), None, None, None,
    ]  # fmt: skip
    assert [read_lessons(one) for one in (12, 12.0, "12", "12 часова", "12h", "12,0", "0", "-", None)] == [
        12, 12, 12, 12, 12, 12, 0, None, None,
    ]  # fmt: skip
    assert mean_of([4, 5, 5, 4, 4, 5, 5, 5]) == Decimal("4.63")
    assert mean_of([]) is None


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"excused": "дванаест"}, "count_unreadable"),
        ({"excused": -1}, "count_unreadable"),
        ({"unexcused": 1.5}, "count_unreadable"),
        ({"unexcused": 2702012783304.0}, "count_too_large"),
        ({"mean_mark": 5.01}, "mean_unreadable"),
        ({"mean_mark": "4,5 и 4,6"}, "mean_unreadable"),
        ({"negative_marks": 41}, "negatives_unreadable"),
        ({"unexcused": 5, "after_notice": 6}, "after_notice_more"),
        ({"lessons": 10, "excused": 5, "unexcused": 6}, "absences_more"),
        ({"lessons": None}, "nothing_told"),
        ({"full_name": None, "excused": 5}, "nobody_named"),
        ({"full_name": "Свега:", "excused": 5}, "looks_like_note"),
        ({"full_name": None, "excused": None}, "looks_like_note"),
    ],
)
def test_what_is_refused_says_why(cells: dict[str, Any], code: str) -> None:
    found = row(**cells)
    assert isinstance(found, RefusedRow)
    assert codes(found) == [code]
    assert all_sayings()[code]


def test_the_higher_of_nothing_is_nothing() -> None:
    assert told(row(after_notice=3)) == {"after_notice": 3}
    assert told(row(absences=9, excused=4)) == {"excused": 4, "unexcused": 5}
    assert codes(row(absences=9, excused=10)) == ["absences_do_not_add_up"]


def test_a_wrong_number_does_not_cost_the_row() -> None:
    for cells, code in (
        ({"national_number": 2702012783305.0}, "number_bad_checksum"),
        ({"education_number": "ABC"}, "education_number_bad"),
        ({"education_number": 1234567890123450.0}, "education_number_bad"),
    ):
        found = row(excused=1, **cells)
        assert codes(found) == [code]
        assert isinstance(found, MarksRow)
        assert found.numbers == {}


@pytest.mark.parametrize(
    "written", ["5/2", "V-2", "5-2", "V2", "5. 2", "пети 2", "петог-2", "05/02", "Одељење V/2", "52", "в-2"]
)
def test_one_class_is_written_in_many_ways(written: str) -> None:
    assert read_class(written) == Class(5, "2")


def test_classes() -> None:
    assert [read_class(one) for one in ("VIIIа", "I-12", "Лептирићи", "", "/")] == [
        Class(8, "a"), Class(1, "12"), Class(0, "leptirici"), None, None,
    ]  # fmt: skip
    assert [class_told([one]) for one in ("5. разред, одељење 2", "списак ученика V-2 разреда", "школска 2025/26")] == [
        Class(5, "2"), Class(5, "2"), None,
    ]  # fmt: skip
    assert Class(5, "2").fits(Class(5, ""))
    assert not Class(5, "2").fits(Class(5, "3"))
    assert Class(5, "2").later(-1) == Class(4, "2")


@pytest.mark.parametrize(
    ("written", "half"),
    [
        ("на крају првог полугодишта", 1), ("I полугодиште", 1), ("1. polugodište", 1), ("Полугодиште: I", 1),
        ("Полугодиште: прво Одељење: V-2", 1), ("друго полугодиште првог разреда", 2), ("II pol.", 2), ("II. félév", 2),
    ],
)  # fmt: skip
def test_a_half_year_is_named_in_many_ways(written: str, half: int) -> None:
    assert half_told(["5/2", written]) == half


@pytest.mark.parametrize("written", ["тромесечје 2025/26", "крај школске године", "прво и друго полугодиште", ""])
def test_a_half_year_is_not_guessed(written: str) -> None:
    assert half_told([written]) is None


@pytest.mark.parametrize("written", ["2025-31", "1.9.2025-31.1.2026", "2025", "број 612-25/26"])
def test_a_year_is_not_guessed(written: str) -> None:
    assert year_told([written]) is None


def test_what_waits_is_kept_as_it_was() -> None:
    found = row((5, 4), unexcused=3, birth_date="27.2.2012.", **{"class": "5/2", "national_number": "2702012783304"})
    assert isinstance(found, MarksRow)
    assert from_json(to_json(found)) == found
    turned = row((5, 4), **{"national_number": 2702012783304.0, "class": "V-2", "birth_date": date(2012, 2, 27)},
                 unexcused="3", full_name="ĐURIĆ ANA")  # fmt: skip
    assert isinstance(turned, MarksRow)
    assert digest_text(turned) == digest_text(found)
