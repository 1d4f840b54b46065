"""National numbers: the shared rows, the order of verdicts, and codes of the register."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zajedno.kernel.national_numbers import (
    Verdict,
    pad_jmbg,
    read_jmbg,
    read_job,
    read_municipality_code,
    read_pib,
)

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def shared(name: str) -> list[dict[str, str]]:
    if not SHARED.is_dir():
        pytest.skip(f"the shared data folder {SHARED} is missing")
    with (SHARED / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_the_shared_file() -> None:
    for row in shared("text/jmbg_dev.csv"):
        read = read_jmbg(row["jmbg"])
        dob = read.dob.isoformat() if read.dob else ""
        said = [read.verdict.value, dob, read.sex, read.region, read.country]
        expected = [row[name] for name in ("verdict", "dob", "sex", "region", "country")]
        expected[0] = expected[0].removesuffix("_or_normalise")  # full-width digits are no digits of a register
        assert said == expected


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("", "bad_length"),
        ("12A", "bad_format"),
        ("0101006-500006", "bad_format"),
        ("３202006500008", "bad_format"),
        ("320200650000", "bad_length"),
        ("3202006500000", "bad_date"),
        ("0101106500006", "bad_checksum"),
        ("0101006500007", "bad_checksum"),
        ("01 01 006\u00a050 000 6\n", "valid"),
    ],
)
def test_faults_are_named_in_one_order(text: str, verdict: str) -> None:
    assert read_jmbg(text).verdict == verdict
    assert read_jmbg(text).valid == (verdict == "valid")


def test_nobody_is_born_tomorrow() -> None:
    number, born = "0101006500006", date(2006, 1, 1)
    assert read_jmbg(number, today=born).dob == born
    assert read_jmbg(number, today=date(2005, 12, 31)).verdict is Verdict.BAD_DATE


@given(st.text("0123456789", min_size=12, max_size=12))
def test_at_most_one_last_digit_fits(start: str) -> None:
    fitting = [digit for digit in "0123456789" if read_jmbg(start + digit).valid]
    assert len(fitting) == (0 if read_jmbg(start + "0").verdict is Verdict.BAD_DATE else 1)


def test_a_spreadsheet_gets_its_zero_back_only_when_the_number_then_fits() -> None:
    whole = "0101006500006"
    for damaged in ("101006500006", "101006500006.0", "1.01006500006E+11", " 101006500006,00 ", whole):
        assert pad_jmbg(damaged) == whole
    for other in ("101006500007", "1.01E+11", "Jovan", "", "12345"):
        assert pad_jmbg(other) == other
    assert read_jmbg("101006500006").verdict is Verdict.BAD_LENGTH


def test_every_municipality_of_the_register_and_no_other_last_digit() -> None:
    codes = [row["rzs_code"] for row in shared("places/rs_municipalities.csv")]
    assert len(codes) == 198
    for code in codes:
        fitting = [code[:4] + digit for digit in "0123456789" if read_municipality_code(code[:4] + digit)]
        assert fitting == [code]
    assert read_municipality_code("7002") is None
    assert read_municipality_code("７００２５") is None


def test_job_is_sixteen_letters_and_digits() -> None:
    assert read_job(" 0a1b2c3d 4e5f6g7h ") == "0A1B2C3D4E5F6G7H"
    assert read_job("0A1B2C3D4E5F6G7") is None
    assert read_job("0A1B2C3D4E5F6G7Ш") is None


@pytest.mark.parametrize("number", ["100000008", "123456788", "101 134 702", "200000005"])
def test_pib_fits_by_its_last_digit_alone(number: str) -> None:
    digits = number.replace(" ", "")
    assert read_pib(number) == digits
    assert [digits[:8] + last for last in "0123456789" if read_pib(digits[:8] + last)] == [digits]
    assert read_pib(digits[:8]) is None
