"""WHO growth of one child from a sheet: why nothing is said, what is refused, corrected age. Examples: the packs'."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.forms.growing import Cells
from zajedno.forms.logic.scores.answers import Impossible
from zajedno.forms.logic.scores.contract import Facts, Finding
from zajedno.forms.logic.scores.growth import score


def finding(answers: Cells, facts: Facts, key: str) -> Finding | None:
    return next((one for one in score(answers, facts, {}).findings if one.key == key), None)


def test_a_sheet_says_why_it_says_nothing() -> None:
    answers = {"weight_kg": "11.1", "lenhei_cm": "85.3", "measured_on": "2026-11-26"}
    girl = Facts("F", date(2024, 12, 26))
    for facts, band in (
        (replace(girl, sex=""), "no-sex"), (replace(girl, born=None), "no-age"),
        (replace(girl, born=date(2020, 1, 1)), "outside-age"), (girl, "usual"),
    ):  # fmt: skip
        assert finding(answers, facts, "zwei").band == band  # type: ignore[union-attr]
    assert finding(answers, replace(girl, born=None), "zwfl").value is not None  # type: ignore[union-attr]
    assert finding(answers, girl, "zhc") is None
    assert score({"weight_kg": "11.1"}, girl, {}).missing == ("lenhei_cm",)
    assert score({}, girl, {}).findings[0] == Finding("growth", None, "", "unknown")


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"weight_kg": "much"}, "weight_kg is not a number"),
        ({"oedema": "perhaps"}, "oedema is none of"),
        ({"measured_on": "2024-12-25"}, "measured_on is before the day of birth"),
        ({"gestation_weeks": "9"}, "gestation_weeks is not from 20 to 44"),
    ],
)
def test_a_sheet_with_an_impossible_answer_is_refused(answers: Cells, why: str) -> None:
    with pytest.raises(Impossible, match=why):
        score({"measured_on": "2026-11-26"} | answers, Facts("F", date(2024, 12, 26)), {})


def test_the_corrected_age_holds_until_two_years_and_begins_at_40_weeks() -> None:
    answers = {"weight_kg": "2.1", "gestation_weeks": "32", "measured_on": "2026-11-26"}
    assert finding(answers, Facts("F", date(2026, 11, 1)), "zwei").band == "outside-age"  # type: ignore[union-attr]
    assert finding(answers, Facts("F", date(2026, 1, 1)), "corrected_age").value == Decimal("9.0")  # type: ignore[union-attr]
    assert finding(answers, Facts("F", date(2024, 11, 25)), "corrected_age") is None
    assert finding(answers | {"gestation_weeks": "37"}, Facts("F", date(2026, 1, 1)), "corrected_age") is None
