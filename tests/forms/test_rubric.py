"""Self-evaluation: means of people, consensus over them, spread, evidence. Worked by hand."""

from decimal import Decimal
from typing import Any

import pytest

from zajedno.forms.logic.scores.answers import Impossible
from zajedno.forms.logic.scores.group import Figure
from zajedno.forms.logic.scores.rubric import score

OPTIONS: dict[str, Any] = {
    "dimensions": {"law": ["law"], "people": ["staff", "members"]},
    "evidence": "_evidence",
    "bands": {"weak": 0, "developing": 1, "established": 2},
    "flag_below": "developing",
}
SHEETS = [
    {"voice": "own", "law": "2", "law_evidence": "Decision of 2024", "staff": "0", "members": "1"},
    {"voice": "own", "law": "1", "staff": "1", "members": "2", "members_evidence": " "},
    {"voice": "own", "law": "3", "staff": "9", "members": ""},
]
AGREED = {"voice": "consensus", "staff": "0", "members": "3"}


def level(sheets: list[dict[str, str]], *about: str) -> Figure:
    return score(sheets, OPTIONS).of("level", *about)


def test_means_of_people_items_and_dimensions() -> None:
    law = level(SHEETS, "law")
    assert (law.value, law.count, law.low, law.high) == (Decimal(2), 3, Decimal(1), Decimal(3))
    assert law.spread == Decimal("0.82")  # of 2, 1, 3: √(2/3)
    assert level(SHEETS, "staff").value == Decimal("0.50")
    people = level(SHEETS, "people")
    assert people.value == Decimal(1)  # (0.5 + 1.5) / 2
    assert (people.count, people.spread) == (2, Decimal("0.50"))  # their own means are 0.5 and 1.5
    assert level(SHEETS).value == Decimal("1.50")  # dimensions weigh alike, whatever their number of items


def test_what_was_agreed_wins_item_by_item() -> None:
    sheets = [AGREED, *SHEETS]
    assert [level(sheets, one).value for one in ("staff", "members", "law")] == [0, 3, 2]
    assert level(sheets, "members").spread == Decimal("0.50")  # people still differed
    assert level(sheets, "people").value == Decimal("1.50")
    assert score(sheets, OPTIONS).sheets == 3
    assert level([*sheets, AGREED | {"staff": "2"}], "staff").value == 2  # the last one


def test_a_level_without_evidence_is_doubtful_and_a_weak_one_asks_for_attention() -> None:
    sheets = [AGREED, *SHEETS]
    assert not level(sheets, "law").doubtful
    assert level(sheets, "members").doubtful  # 3, and blanks are no evidence
    assert level(sheets, "people").doubtful
    assert not level(sheets, "staff").doubtful  # nothing to show for 0
    assert (level(sheets, "staff").band, level(sheets, "staff").flagged) == ("weak", True)
    assert (level(sheets, "law").band, level(sheets, "law").flagged) == ("established", False)


def test_of_nobody_nothing_is_said() -> None:
    outcome = score([], OPTIONS)
    assert {figure.value for figure in outcome.figures} == {None}
    assert not any(figure.flagged or figure.doubtful for figure in outcome.figures)


def test_a_level_that_is_none() -> None:
    with pytest.raises(Impossible, match="law is none of 0, 1, 2, 3"):
        score([{"law": "4"}], OPTIONS)
