"""How well a score ranks: tiny examples reckoned by hand, and open data sets that exercise the machine.

The open sets are of Portuguese and British students (CC BY 4.0), read where they lie and never shipped. They say
nothing of any school of ours.
"""

import csv
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from zajedno.forms.logic.scores.contract import Facts
from zajedno.forms.logic.scores.dropout import score
from zajedno.forms.logic.scores.ranking import auc, brier, by_band, calibration, error_rates
from zajedno.site.settings import PACKS_DIR

RISK = Path(__file__).parents[2].parent / "shared" / "data" / "risk"
FORM = PACKS_DIR / "rs" / "forms" / "dropout-risk.toml"
Row = dict[str, str]
Levels = dict[str, str]


def test_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    assert auc([1, 2, 3, 4], [False, True, False, True]) == 0.75  # of four pairs one is wrong
    assert auc([1, 1, 2], [False, True, True]) == 0.75  # a tie counts half
    assert auc([5, 5, 5, 5], [True, False, True, False]) == 0.5
    assert auc([3, 2, 1], [False, False, True]) == 0
    assert auc([1, 2], [True, True]) is None
    assert auc([], []) is None


def test_brier() -> None:
    assert brier([0.8, 0.3], [True, False]) == pytest.approx(0.065)  # (.04 + .09) / 2
    assert brier([], []) is None


def test_calibration_in_bins_that_keep_equal_scores_together() -> None:
    bins = calibration([0.1, 0.2, 0.2, 0.2, 0.9, 0.9], [False, False, True, False, True, True], bins=3)
    assert [(one.low, one.high, one.observed.of) for one in bins] == [(0.1, 0.2, 4), (0.9, 0.9, 2)]
    assert bins[0].expected == pytest.approx(0.175)
    assert [one.observed.value for one in bins] == [0.25, 1]
    assert [one.observed.of for one in calibration([0.1, 0.2, 0.3, 0.4], [True] * 4, bins=10)] == [1, 1, 1, 1]
    assert calibration([], []) == []


def test_error_rates_of_each_group() -> None:
    """Group a: pointed at 3, of whom 2 left; 1 left unseen; 1 stayed unseen. Group b: nobody left."""
    scores = [80, 70, 60, 20, 10, 90, 10]
    happened = [True, True, False, True, False, False, False]
    a, b = error_rates(scores, happened, ["a"] * 5 + ["b"] * 2, threshold=50)
    assert (a.group, a.count, a.happened) == ("a", 5, 3)
    assert [a.false_alarms.value, a.missed.value, a.precision.value] == pytest.approx([1 / 2, 1 / 3, 2 / 3])
    assert (round(a.precision.low or 0, 4), round(a.precision.high or 0, 4)) == (0.2077, 0.9385)  # Wilson, 2 of 3
    assert (b.missed.value, b.false_alarms.value, b.precision.value) == (None, 0.5, 0)


def test_share_in_each_band() -> None:
    found = by_band(["low", "high", "low", "high"], [False, True, True, True])
    assert {band: share.value for band, share in found.items()} == {"low": 0.5, "high": 1}


def level(value: float, one: float, two: float) -> str:
    """The higher the riskier."""
    return "2" if value >= two else "1" if value >= one else "0"


def student(row: Row) -> Levels:
    """Portuguese secondary schools: y is failing the course at its end; marks of the first period, 0-20."""
    return {
        "attendance": level(float(row["absences"]), 10, 20),
        "attainment": level(-float(row["G1"]), -9, -6),
        "repetition": level(float(row["failures"]), 1, 2),
        "academic_engagement": "2" if row["higher"] == "no" else level(-float(row["studytime"]), -1, 0),
    }


def undergraduate(row: Row) -> Levels:
    """A Portuguese polytechnic: y is dropping out; the first semester only."""
    name = "Curricular units 1st sem ({})".format
    enrolled = float(row[name("enrolled")]) or 1
    return {
        "attendance": "2" if row[name("evaluations")] == "0" else "0",
        "attainment": level(1 - float(row[name("approved")]) / enrolled, 0.01, 0.5),
        "late_enrolment": level(float(row["Age at enrollment"]), 21, 25),
        "hardship": row["Debtor"],
        "school_costs": "0" if row["Tuition fees up to date"] == "1" else "2",
    }


def distance(row: Row) -> Levels:
    """The Open University: y is failing or withdrawing; until the 60th day."""
    unsent = 1 - float(row["n60"]) / (float(row["due60"]) or 1)
    return {
        "attendance": level(unsent, 0.01, 0.5),
        "attainment": level(-float(row["mean60"]), -60, -40),
        "repetition": level(float(row["num_of_prev_attempts"]), 1, 2),
    }


@pytest.mark.parametrize(
    ("name", "read", "group", "least"),
    [
        ("uci_student_mat_G1_train", student, "sex", 0.8),
        ("uci_student_por_G1_train", student, "sex", 0.8),
        ("uci697_sem1_train", undergraduate, "Gender", 0.8),
        ("oulad_day60_train", distance, "disability", 0.7),
    ],
)
def test_the_machine_on_open_data(name: str, read: Callable[[Row], Levels], group: str, least: float) -> None:
    if not RISK.is_dir():
        pytest.skip(f"the shared data folder {RISK} is missing")
    with (RISK / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    options = tomllib.loads(FORM.read_text(encoding="utf-8"))["score_options"] | {"least_answered": 0}
    found = [score(read(row), Facts(), options).findings[0] for row in rows]
    scores = [float(one.value or 0) for one in found]
    happened = [row["y"] == "1" for row in rows]
    assert (auc(scores, happened) or 0) > least
    backwards = auc([-one for one in scores], happened)
    assert backwards == pytest.approx(1 - (auc(scores, happened) or 0))
    shares = by_band([one.band for one in found], happened)
    assert (shares["low"].value or 0) < (shares["moderate"].value or 0) < (shares["high"].value or 0)
    learned = {
        band: share.value or 0 for band, share in by_band([one.band for one in found[::2]], happened[::2]).items()
    }
    said = [learned.get(one.band, 0) for one in found[1::2]]
    assert (brier(said, happened[1::2]) or 1) < (
        brier([sum(happened) / len(happened)] * len(said), happened[1::2]) or 0
    )
    bins = calibration(scores, happened)
    assert sum(one.observed.of for one in bins) == len(rows)
    assert (bins[0].observed.value or 0) < (bins[-1].observed.value or 0)
    groups = error_rates(scores, happened, [row[group] for row in rows], threshold=50)
    assert sum(one.count for one in groups) == len(rows)
    assert all(0 <= (one.missed.low or 0) <= (one.missed.value or 0) <= (one.missed.high or 1) <= 1 for one in groups)
