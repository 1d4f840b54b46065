"""Share satisfied and mean, in all and of each question. Worked by hand."""

from decimal import Decimal
from typing import Any

from zajedno.forms.logic.scores.satisfaction import score

OPTIONS: dict[str, Any] = {"items": ["respect", "speed"], "satisfied_from": 4, "flag_below": 50, "least": 3}
SHEETS = [
    {"respect": "5", "speed": "2"},
    {"respect": "4", "speed": "4"},
    {"respect": "5", "speed": "9"},
    {"respect": "3", "speed": "1"},
]


def test_of_each_question_and_of_all() -> None:
    outcome = score(SHEETS, OPTIONS)
    respect, speed = outcome.of("satisfied", "respect"), outcome.of("satisfied", "speed")
    assert (respect.value, respect.count, respect.flagged) == (Decimal("75.00"), 4, False)
    assert (speed.value, speed.count, speed.flagged) == (Decimal("33.33"), 3, True)  # one of three who could say
    assert outcome.of("mean", "speed").value == Decimal("2.33")
    assert outcome.of("satisfied").value == Decimal("50.00")  # own means 3.5, 4, 5, 2
    assert outcome.of("mean").value == Decimal("3.63")  # 14.5 / 4 = 3.625, half up
    assert respect.low is not None
    assert respect.low < 75 < (respect.high or 0)


def test_few_sheets_show_nothing() -> None:
    outcome = score(SHEETS[:2], OPTIONS)
    assert (outcome.figures, outcome.sheets) == ((), 2)
