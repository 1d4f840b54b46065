"""WHO growth from 5 to 19 years: norms cell by cell, WHO's own survey, another program, each limit, bad cells."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from pygrowup import Observation

from tests.forms.test_growth import said
from zajedno.forms.logic.scores.growth_file import SCHOOL
from zajedno.forms.logic.scores.norms import norm
from zajedno.forms.logic.scores.who_2007 import INDICES, Pupils, school_growth

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "growth"
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the shared data folder {SHARED} is missing")
PUPIL = {"sex_1m_2f": "1", "age_months": "110.5", "weight_kg": "28.4", "height_cm": "133.5", "oedema": "n"}
COLUMNS = (*SCHOOL.reads, *SCHOOL.may_read)
Cells = dict[str, str]


def scored(**cells: str) -> tuple[Cells, str]:
    (said,) = SCHOOL.rows([[(PUPIL | cells)[name] for name in COLUMNS]])
    return dict(zip(SCHOOL.adds, said.cells, strict=True)), said.reason


@needs_data
@pytest.mark.parametrize("table", ["hfa", "wfa", "bfa"])
def test_norms_are_those_of_who_cell_by_cell(table: str) -> None:
    with (SHARED / "lms_5_19" / f"{table}who2007.txt").open(encoding="utf-8", newline="") as file:
        theirs = np.array([[float(cell) for cell in row[:5]] for row in list(csv.reader(file, delimiter="\t"))[1:]])
    ours = norm("who-growth-5-19", table)
    for sex in (1, 2):
        lines = theirs[theirs[:, 0] == sex]
        assert (lines[0, 1], lines[-1, 1]) == (ours.start, ours.end)
        assert np.array_equal(lines[:, 2:].T, ours.lms[:, (sex - 1) * len(lines) : sex * len(lines)])


@needs_data
def test_every_child_of_whos_survey() -> None:
    with (SHARED / "expected" / "survey_who2007_z_expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    given = {"sex_1m_2f": "sex", "age_months": "agemons", "weight_kg": "weight", "height_cm": "height"}
    done = SCHOOL.rows([[row[given.get(name, name)] for name in COLUMNS] for row in rows])
    assert len(done) == 933
    for row, one in zip(rows, done, strict=True):
        assert one.reason == ""
        for name, cell in zip(SCHOOL.adds, one.cells, strict=True):
            assert (cell == "") == (row[name] == ""), (row["id"], name)
            assert not cell or float(cell) == pytest.approx(float(row[name]), abs=0.0001), (row["id"], name)


def test_pygrowup_says_the_same_of_whole_months() -> None:
    count, rng = 1500, np.random.default_rng(20261126)
    sex, month = rng.integers(1, 3, count).astype(np.int8), rng.integers(62, 229, count).astype(np.float64)
    height, bmi = (
        np.array([norm("who-growth-5-19", table).curve(int(one), np.array([at]), far)[0] for one, at, far in drawn])
        for table in ("hfa", "bfa")
        for drawn in [list(zip(sex, month, np.clip(rng.normal(0, 1.6, count), -4, 4), strict=True))]
    )
    height = np.minimum(np.round(height, 1), 200)  # pygrowup2's most
    weight = np.round(bmi * (height / 100) ** 2, 1)
    found = school_growth(Pupils(sex, month, weight, height, np.zeros(count, bool)))
    for row in range(count):
        theirs = Observation(("male", "female")[sex[row] - 1], age_in_days=round(month[row] * 365 / 12))  # it rounds
        expected = {
            "hfa": float(theirs.lhfa(height[row], auto_adjust=False)),
            "bfa": said(theirs.bmifa, found.cbmi[row]),
            "wfa": said(theirs.wfa, weight[row]),
        }
        for key, z in expected.items():
            assert found.z[key][row] == pytest.approx(z, abs=0.01, nan_ok=True), (row, key)


@pytest.mark.parametrize("age", [60.0, 75.25, 119.9, 120.99])
def test_between_two_months_the_norm_runs_straight(age: float) -> None:
    there = norm("who-growth-5-19", "wfa")
    low = int(age) - 60  # boys come first
    power, median, spread = there.lms[:, low] + (age % 1) * (there.lms[:, low + 1] - there.lms[:, low])
    z = ((24.0 / median) ** power - 1) / (power * spread)
    assert abs(z) < 3
    assert float(scored(age_months=str(age), weight_kg="24")[0]["zwfa"]) == pytest.approx(z, abs=0.0051)


@pytest.mark.parametrize(
    ("age", "with_z", "reason"),
    [
        ("59.99", set(), "under 60 months: for who-growth"),
        ("60", {"zhfa", "zwfa", "zbfa"}, ""),
        ("120.99", {"zhfa", "zwfa", "zbfa"}, ""),
        ("121", {"zhfa", "zbfa"}, ""),
        ("228", {"zhfa", "zbfa"}, ""),
        ("228.99", {"zhfa", "zbfa"}, ""),
        ("229", set(), "older than 228 months"),
        ("", set(), "age_months is empty"),
        ("-60", set(), "age_months is negative"),
        ("nine years", set(), "age_months is not a number"),
        ("110,5", {"zhfa", "zwfa", "zbfa"}, ""),
    ],
)
def test_ages_with_a_norm(age: str, with_z: set[str], reason: str) -> None:
    cells, why = scored(age_months=age)
    assert {name for name, cell in cells.items() if cell and name[0] == "z"} == with_z
    assert {f"z{name[1:]}" for name, cell in cells.items() if cell and name[0] == "f"} == with_z
    assert why == reason


def test_oedema_leaves_only_height() -> None:
    cells, reason = scored(oedema="Y")
    assert (cells["zwfa"], cells["zbfa"], reason) == ("", "", "")
    assert cells["zhfa"] == scored()[0]["zhfa"] != ""


def test_flags_and_bad_cells() -> None:
    assert {key: (index.low, index.high) for key, index in INDICES.items()} == {
        "hfa": (-6, 6), "wfa": (-6, 5), "bfa": (-5, 5),
    }  # fmt: skip
    cells, reason = scored(height_cm="1.335")
    assert (cells["fhfa"], cells["fbfa"], cells["fwfa"], reason) == ("1", "1", "0", "")
    cells, reason = scored(weight_kg="28 kg", sex_1m_2f="x")
    assert not any(cells.values())
    assert reason == "sex_1m_2f is none of 1, 2, m, f; weight_kg is not a number"
    assert not math.isnan(float(scored(weight_kg="28,4")[0]["zwfa"]))
