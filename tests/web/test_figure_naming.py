"""Numbers in words as pages say them, without a database."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from tests.figures.made import figure
from zajedno.figures.logic.target import Aim
from zajedno.web.shared.figures import bars, naming, trend
from zajedno.web.shared.figures.sentences import said
from zajedno.web.shared.figures.told import Told

VIOLENCE = Told("v1", "Violence", kind="share", unit="per 1000", per=1000, better="lower", target=Aim(Decimal(20)))


def test_a_share_of_a_thousand_is_no_share_of_a_hundred() -> None:
    """60 of 1,000 are neither 60 per cent nor three in five."""
    with override("en"):
        told = figure(60, unit="per 1000", top=Decimal(6), bottom=Decimal(100))
        assert naming.value(told) == "60 per 1000"
        assert said(VIOLENCE, told, None) == ["Violence: 60 per 1000.", "The target of 20 per 1000 is not met."]
        assert naming.alone(VIOLENCE.unit) == "per 1000"
        assert naming.value(figure(60)) == "60\u00a0%"
        assert naming.value(figure("1.5", unit="points")) == "1.5 points"


@pytest.mark.parametrize(("unit", "text"), [("BAM", "100 to 499\u00a0KM"), ("", "100 to 499")])
def test_money_of_a_child_is_said_in_a_currency(unit: str, text: str) -> None:
    with override("en"):
        assert naming.value(figure(low=100, high=499, unit=unit)) == text


def test_what_became_less_is_drawn_below_nought() -> None:
    """The change of attitudes may be a loss: it stood outside its drawing."""
    attitudes = Told("c1", "Attitudes", kind="mean", unit="points")
    lost, won = figure(-4, period="2023"), figure(6, period="2024")
    with override("en"):
        line = trend._drawn(attitudes, [lost, won], "t", "s")
        beside = bars._drawn("k", attitudes, [("a", lost), ("b", won)], "t", "s")
    dots = [one.attributes for one in line.marks if one.name == "circle"]
    assert beside is not None
    assert all(0 < one["cy"] < line.height for one in dots)
    wide = [one.attributes["width"] for one in beside.marks if one.name == "rect"]
    assert len(wide) == 2
    assert min(wide) > 0


def test_a_long_range_is_not_cut_off_at_the_edge() -> None:
    wide = figure(low="2.9", high="97.3")
    with override("en"):
        drawn = bars._drawn("k", Told("k2", "Opinions"), [("Not known", wide)], "t", "s")
    assert drawn is not None
    said = next(one for one in drawn.marks if "97.3" in str(one.text))
    assert (said.attributes["x"], said.attributes["text-anchor"]) == (drawn.width - 4, "end")
