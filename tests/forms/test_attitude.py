"""Weighted shares with their intervals, waves side by side. Worked by hand or taken from the methods' own papers."""

from decimal import Decimal
from typing import Any

import pytest

from zajedno.forms.logic.scores.answers import Impossible
from zajedno.forms.logic.scores.attitude import compare, score
from zajedno.forms.logic.scores.shares import counted, difference, effective, raked, weighted

OPTIONS: dict[str, Any] = {"items": ["same_class", "neighbour"], "agree_from": 4, "least": 2}


def people(count: int, **answers: str) -> list[dict[str, str]]:
    return [dict(answers) for _one in range(count)]


def test_wilsons_interval() -> None:
    share = counted(8, 10)
    assert (share.value, round(share.low or 0, 4), round(share.high or 0, 4)) == (0.8, 0.4902, 0.9433)
    assert counted(0, 10).low == 0
    assert round(counted(0, 10).high or 0, 4) == 0.2775
    assert counted(0, 0).value is None


def test_newcombes_interval_of_a_difference() -> None:
    """His own examples: 56/70 and 48/80; 9/10 and 3/10; 10/10 and 0/20."""
    for after, before, expected in [
        ((56, 70), (48, 80), (0.2, 0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.6, 0.1705, 0.8090)),
        ((10, 10), (0, 20), (1.0, 0.6791, 1.0)),
    ]:
        found = difference(counted(*before), counted(*after))
        assert tuple(round(one or 0, 4) for one in (found.value, found.low, found.high)) == expected


def test_effective_number_and_weighted_share() -> None:
    assert effective([1, 1, 2]) == pytest.approx(16 / 6)
    assert effective([3] * 7) == pytest.approx(7)
    share = weighted([True, False, False], [2, 1, 1])
    assert (share.value, share.of) == (0.5, pytest.approx(16 / 6))
    assert weighted([], []).value is None


def test_weights_bring_the_sheets_to_the_population() -> None:
    sheets = [{"sex": "f"}, {"sex": "f"}, {"sex": "f"}, {"sex": "m"}]
    assert raked(sheets, {"sex": {"f": 0.5, "m": 0.5}}) == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    assert raked(sheets, {}) == [1, 1, 1, 1]
    both = [*people(6, sex="f", home="town"), *people(2, sex="f", home="village"), *people(1, sex="m", home="town"),
            *people(3, sex="m", home="village")]  # fmt: skip
    weights = raked(both, {"sex": {"f": 0.5, "m": 0.5}, "home": {"town": 0.6, "village": 0.4}})
    assert sum(weights) == pytest.approx(12)
    assert sum(w for w, one in zip(weights, both, strict=True) if one["sex"] == "m") == pytest.approx(6)
    assert sum(w for w, one in zip(weights, both, strict=True) if one["home"] == "town") == pytest.approx(7.2)


def test_who_did_not_say_keeps_their_weight_and_answers_that_nobody_gave_are_left_out() -> None:
    sheets = [{"sex": "f"}, {"sex": "m"}, {"sex": "m"}, {}]
    weights = raked(sheets, {"sex": {"f": 0.5, "m": 0.4, "x": 0.1}})
    assert weights[3] == pytest.approx(1)
    assert weights[0] / (weights[1] + weights[2]) == pytest.approx(5 / 4)


def test_shares_and_means_of_items_and_of_all() -> None:
    sheets = [
        {"same_class": "5", "neighbour": "5"},
        {"same_class": "4", "neighbour": "2"},
        {"same_class": "1", "neighbour": "9"},
        {"same_class": "", "neighbour": "4"},
    ]
    outcome = score(sheets, OPTIONS)
    same = outcome.of("agree", "same_class")
    assert (same.value, same.count) == (Decimal("66.67"), 3)
    assert outcome.of("mean", "same_class").value == Decimal("3.33")
    assert outcome.of("mean").value == Decimal("3.25")  # of their own means 5, 3, 1, 4
    assert outcome.of("agree").value == Decimal("50.00")
    assert outcome.effective == 4


def test_weighted_shares_move_with_the_margins() -> None:
    sheets = [*people(3, sex="f", same_class="5"), *people(1, sex="m", same_class="1")]
    plain, even = score(sheets, OPTIONS), score(sheets, OPTIONS | {"margins": {"sex": {"f": 0.5, "m": 0.5}}})
    assert plain.of("agree", "same_class").value == Decimal("75.00")
    assert even.of("agree", "same_class").value == Decimal("50.00")
    assert even.effective == Decimal("3.00")  # 16 / (3 · 4/9 + 4)


def test_waves_in_percentage_points() -> None:
    before = [*people(48, same_class="4"), *people(32, same_class="2")]
    after = [*people(56, same_class="5"), *people(14, same_class="1")]
    change = compare(before, after, OPTIONS).of("change", "same_class")
    assert (change.value, change.low, change.high) == (Decimal("20.00"), Decimal("5.24"), Decimal("33.39"))
    assert change.flagged
    assert not compare(before, before, OPTIONS).of("change", "same_class").flagged
    assert compare(before, after, OPTIONS).of("change", "neighbour").value is None


def test_few_sheets_or_answers_show_nothing() -> None:
    sheets = [*people(4, same_class="5", neighbour="5"), *people(1, neighbour="5")]
    outcome = score(sheets, OPTIONS | {"least": 5})
    assert [outcome.of("agree", one).value for one in ("neighbour", "same_class")] == [Decimal(100), None]
    assert (outcome.of("agree", "same_class").low, outcome.of("mean", "same_class").value) == (None, None)
    assert score(people(4, same_class="5"), OPTIONS | {"least": 5}).figures == ()
    assert compare(people(9, same_class="5"), people(4, same_class="5"), OPTIONS | {"least": 5}).figures == ()


def test_an_answer_that_is_none() -> None:
    with pytest.raises(Impossible, match="same_class"):
        score(people(2, same_class="6"), OPTIONS)
