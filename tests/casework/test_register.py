"""Registers of requests as commissions keep them: what is meant is what is read, and what is not read is said."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.messy import HEADINGS, TODAY, messy_csv, messy_workbook, requests
from zajedno.casework.logic.register import RegisterRow, match_register, read_register, read_register_row
from zajedno.casework.logic.register_words import Words, load_words
from zajedno.kernel.spreadsheets import RefusedRow, Table, match_columns, read_table

PACK = Path(__file__).parents[2] / "packs" / "rs"
WORDS = load_words(PACK)
EXPECTED = [name for names in WORDS.columns.values() for name in names]


def read(content: bytes) -> tuple[Table, list[RegisterRow | RefusedRow]]:
    table = read_table(content, EXPECTED)
    return table, list(read_register(table, WORDS, TODAY))


def request(**changes: Any) -> RegisterRow:
    found = read_register_row(raw(**changes), WORDS, TODAY, 3)
    assert isinstance(found, RegisterRow), found
    return found


def raw(**changes: Any) -> dict[str, Any]:
    base = {"number": "ИРК-1/2026", "received": "1.9.2026.", "full_name": "Ана Петровић", "birth_date": "5.6.2015."}
    return {**base, **changes}


def codes(found: RegisterRow | RefusedRow) -> set[str]:
    return {problem.code for problem in (found.warnings if isinstance(found, RegisterRow) else found.problems)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_messy_workbook_is_read_as_it_was_meant(seed: int) -> None:
    meant = {one.number: one for one in requests(700, seed)}
    table, found = read(messy_workbook(list(meant.values()), seed))
    assert table.sheet == "Регистар 2026"
    assert table.header_row == 5
    assert match_register(table, WORDS).unmatched == ()
    counts = Counter("ready" if isinstance(one, RegisterRow) else "refused" for one in found)
    assert counts == {"ready": 700, "refused": 1}
    assert codes(found[-1]) == {"looks_like_note"}
    for one in found[:-1]:
        assert isinstance(one, RegisterRow)
        wanted = meant[one.number]
        assert (one.received, one.sitting, one.opinion) == (wanted.received, wanted.sitting, wanted.opinion)
        assert (one.step, one.initiator, one.child.birth_date) == (wanted.status, wanted.initiator, wanted.person.born)
        assert len(one.measures) == len(wanted.measures)
        assert one.child.national_number in ("", wanted.person.national_number)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1250", "iso8859-2", "cp1251", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_csv_of_any_office_gives_the_same_rows(encoding: str, separator: str) -> None:
    meant = requests(60)
    _table, found = read(messy_csv(meant, encoding, separator))
    assert len(found) == 60
    for one, wanted in zip(found, meant, strict=True):
        assert isinstance(one, RegisterRow)
        assert one.number.endswith(wanted.number[3:])
        assert (one.received, one.step, one.opinion) == (wanted.received, wanted.status, wanted.opinion)
        assert len(one.measures) == len(wanted.measures)


def test_reading_twice_gives_the_same() -> None:
    content = messy_workbook(requests(50))
    assert read(content)[1] == read(content)[1]


def test_each_step_measure_and_column_of_the_words_exists_in_the_pack() -> None:
    procedure = tomllib.loads((PACK / "procedures" / "additional-support.toml").read_text(encoding="utf-8"))
    measures = tomllib.loads((PACK / "measures.toml").read_text(encoding="utf-8"))["measure"]
    assert {step["key"] for step in procedure["step"]} >= WORDS.steps
    assert {measure["key"] for measure in measures} >= set(WORDS.measures.values())
    assert set(WORDS.initiators.values()) == {"parent", "institution"}


def test_each_word_of_the_pack_means_what_its_section_says() -> None:
    register = tomllib.loads((PACK / "register.toml").read_text(encoding="utf-8"))
    for section, find in (("statuses", WORDS.step), ("initiators", WORDS.initiator)):
        for key, texts in register[section].items():
            assert {text: find(text) for text in texts} == dict.fromkeys(texts, key)
    for key, texts in register["measures"].items():
        assert {text: [one.key for one in WORDS.planned(text)] for text in texts} == {text: [key] for text in texts}


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("U toku", "open"),
        ("МИШЉЕЊЕ ДОНЕТО 5.6.2026.", "adopted"),
        ("враћен на допуну документације", "returned"),
        ("misljenje uruceno roditelju", "delivered"),
        ("заказана седница за 3.12.", "sitting"),
        ("обуст.", "withdrawn"),
        ("мишљење није донето", ""),
        ("није дата сагласност родитеља", "refused_consent"),
        ("квргаво", ""),
    ],
)
def test_statuses_in_many_wordings(text: str, step: str) -> None:
    assert WORDS.step(text) == step


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (["Р.бр.", "Дел. број", "Датум пријема захтева", "Презиме и име", "Датум рођења детета", "ЈМБГ", "Подносилац"],
         ["row", "number", "received", "full_name_family_first", "birth_date", "national_number", "initiator"]),
        (["JMBG", "prezime", "ime", "dat. rodj.", "mjere podrške", "mišljenje", "datum sjednice"],
         ["national_number", "family_name", "given_name", "birth_date", "measures", "opinion_date", "sitting"]),
        (["Case number", "Received", "Child", "Date of birth", "Guardian", "Address", "School", "Stage"],
         ["number", "received", "full_name", "birth_date", "parent", "address", "institution", "status"]),
        (["ügyszám", "beérkezés dátuma", "vezetéknév", "keresztnév", "született", "szülő", "iskola"],
         ["number", "received", "family_name", "given_name", "birth_date", "parent", "institution"]),
        (["numri i lëndës", "data e pranimit", "emri dhe mbiemri", "datëlindja", "prindi", "shkolla", "gjendja"],
         ["number", "received", "full_name", "birth_date", "parent", "institution", "status"]),
        (["Дете / презиме", "Дете / име", "Дете / датум рођења", "Родитељ / име и презиме", "број"],
         ["family_name", "given_name", "birth_date", "parent", "number"]),
    ],
)  # fmt: skip
def test_headings_of_every_language_in_any_order(header: list[str], fields: list[str]) -> None:
    for names, wanted in ((header, fields), (header[::-1], fields[::-1])):
        found = match_columns(names, WORDS.columns)
        assert [field for field, _at in sorted(found.columns.items(), key=lambda item: item[1])] == wanted
        assert found.unmatched == ()


def test_the_messy_headings_are_all_known() -> None:
    assert len(match_columns(list(HEADINGS.values()), WORDS.columns).columns) == len(HEADINGS)


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({}, "completeness"),
        ({"status": "у току", "sitting": "1.12.2026."}, "sitting"),
        ({"status": "у раду", "sitting": "1.10.2026."}, "deciding"),
        ({"status": "", "opinion_date": "1.11.2026."}, "adopted"),
    ],
)
def test_without_a_status_the_dates_tell(changes: dict[str, str], step: str) -> None:
    found = request(**changes)
    assert found.step == step
    assert not found.warnings


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"opinion_date": "1.8.2026.", "status": "донето"}, "opinion_before_request"),
        ({"sitting": "1.8.2026."}, "sitting_before_request"),
        ({"sitting": "1.10.2026.", "opinion_date": "30.9.2026."}, "opinion_before_sitting"),
        ({"sitting": "1.10.2027.", "status": "одустао"}, "sitting_future_but_ended"),
        ({"received": "1.1.2015."}, "request_before_birth"),
        ({"status": "уручено"}, "opinion_date_missing"),
        ({"status": "допуна", "opinion_date": "1.10.2026."}, "status_and_opinion_differ"),
        ({"status": "квргаво"}, "status_unknown"),
        ({"initiator": "квргаво"}, "initiator_unknown"),
        ({"number": ""}, "number_missing"),
        ({"number": date(2026, 12, 1)}, "number_was_date"),
        ({"measures": "логопед"}, "measures_without_opinion"),
        ({"received": "септембар 2026"}, "day_missing"),
        ({"opinion_date": "1.1.2031."}, "date_future"),
    ],
)
def test_contradictions_are_warnings_in_plain_sentences(changes: dict[str, Any], code: str) -> None:
    found = request(**changes)
    assert codes(found) == {code}
    assert all(problem.sentence().endswith(".") for problem in found.warnings)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"received": None}, "received_missing"),
        ({"received": "1.1.2031."}, "date_future"),
        ({"full_name": "Ана"}, "family_name_missing"),
        ({"birth_date": "јун 2015"}, "day_missing"),
        ({"received": None, "birth_date": None, "full_name": None}, "looks_like_note"),
    ],
)
def test_what_cannot_be_a_case_is_refused(changes: dict[str, Any], code: str) -> None:
    found = read_register_row(raw(**changes), WORDS, TODAY, 3)
    assert isinstance(found, RefusedRow)
    assert code in codes(found)
    assert found.reason()


def test_a_number_used_twice_is_refused_the_second_time() -> None:
    lines = "број;примљено;дете;рођен\nИРК-1;1.9.2026.;Ана Ђукић;5.6.2015.\nirk 1;1.9.2026.;Мила Ђукић;5.6.2016.\n"
    found = read(lines.encode())[1]
    assert isinstance(found[0], RegisterRow)
    assert codes(found[1]) == {"number_twice"}


def test_measures_are_parted_and_coded_or_kept_as_written() -> None:
    words: Words = WORDS
    text = "1. лични пратилац; • Логопедски третман\n- разговор са разредом, ПРЕВОЗ"
    assert [(one.text, one.key) for one in words.planned(text)] == [
        ("лични пратилац", "personal_companion"),
        ("Логопедски третман", "speech_therapy"),
        ("разговор са разредом", ""),
        ("ПРЕВОЗ", "transport"),
    ]
    whole = "Прилагођени уџбеници и материјали (Брајево писмо, ДЕЈЗИ, увећана штампа)"
    assert [one.key for one in words.planned(whole)] == ["adapted_materials"]
    assert words.planned(" ;\n- ") == ()


def test_numbers_and_initiators_stay_as_written() -> None:
    found = request(number=17.0, initiator="ОШ „Пример”")
    assert (found.number, found.initiator, found.initiator_name) == ("17", "institution", "ОШ „Пример”")
