"""`zajedno import marks FILE`: counts like the other registers, a half-year where no title tells it."""

import argparse
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.children.marks_sheets import CLASS, NUMBERS, TOTAL, csv, workbook
from tests.children.test_marks import pupil
from tests.world import World
from zajedno.children.models import Attendance
from zajedno.kernel import clock
from zajedno.site.command import imports
from zajedno.site.trouble import Trouble

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.on(date(2026, 2, 10)):
        yield


@pytest.fixture
def sheet(world: World, tmp_path: Path) -> Path:
    pupil(world, national=NUMBERS["Ана"])
    pupil(world, "Ђорђе Њежић", national=NUMBERS["Ђорђе"])
    path = tmp_path / "5-2.xlsx"
    path.write_bytes(workbook(*CLASS, TOTAL))
    return path


def run(*words: str) -> None:
    parser = argparse.ArgumentParser()
    imports.arguments(parser)
    imports.run(parser.parse_args([*words, "--organisation", "w-school", "--as", "ana@demo.invalid"]))


def counts(capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    return {name: int(count) for name, count in (line.split(": ") for line in capsys.readouterr().out.splitlines())}


def test_a_sheet_comes_in_and_twice_is_once(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = {"read": 4, "created": 2, "unchanged": 0, "possible_duplicate": 0, "refused": 2}
    errors = sheet.with_name("errors.xlsx")
    run("marks", str(sheet), "--dry-run", "--errors", str(errors))
    assert counts(capsys) == expected
    assert [row[0] for row in load_workbook(BytesIO(errors.read_bytes())).active.iter_rows(2, values_only=True)] == [
        9,
        13,
    ]
    assert not Attendance.objects.exists()
    run("marks", str(sheet))
    assert counts(capsys) == expected
    run("marks", str(sheet))
    assert counts(capsys) == {**expected, "created": 0, "unchanged": 2}


def test_the_half_year_can_be_said(sheet: Path) -> None:
    plain = sheet.with_name("marks.csv")
    plain.write_bytes(csv("ученик;одељење;неопр.", "Ана Ђурић;4/2;3"))
    with pytest.raises(Trouble, match="does not tell its school year"):
        run("marks", str(plain))
    with pytest.raises(Trouble, match="of marks only"):
        run("children", str(plain), "--half", "1")
    run("marks", str(plain), "--year", "2024", "--half", "2")
    assert [(row.school_year, row.half_year) for row in Attendance.objects.all()] == [(2024, 2)]
