"""What is said of a figure: the nearest simple fraction, the year before, and nothing where nothing follows."""

from decimal import Decimal

import pytest

from tests.figures.made import figure
from zajedno.figures.logic.figure import Said
from zajedno.figures.logic.sentence import Change, Claim, Part, nearest, sentence


@pytest.mark.parametrize(
    ("value", "part"),
    [
        (0, Part.HARDLY_ANY), ("4.9", Part.HARDLY_ANY), (8, Part.TENTH), (18, Part.FIFTH), (26, Part.QUARTER),
        (34, Part.THIRD), (41, Part.TWO_FIFTHS), (52, Part.HALF), (59, Part.THREE_FIFTHS), (67, Part.TWO_THIRDS),
        (74, Part.THREE_QUARTERS), (81, Part.FOUR_FIFTHS), (92, Part.NINE_TENTHS), ("95.1", Part.NEARLY_ALL),
    ],
)  # fmt: skip
def test_a_share_is_the_nearest_fraction(value: float | str, part: Part) -> None:
    assert nearest(Decimal(str(value)) / 100) == part


def test_no_fraction_is_further_than_a_twentieth() -> None:
    for number in range(1001):
        part = nearest(Decimal(number) / 1000)
        assert part in Part
    assert nearest(Decimal("0.05")) == Part.TENTH
    assert nearest(Decimal("0.95")) == Part.NINE_TENTHS


def test_two_in_three_and_a_year_ago_one_in_two() -> None:
    told = sentence(figure(66), figure(51, period="2024"), is_share=True)
    assert (told.claim, told.part, told.before_part, told.change) == (Claim.PART, Part.TWO_THIRDS, Part.HALF, "more")


def test_a_step_of_less_than_three_in_a_hundred_is_no_change() -> None:
    assert sentence(figure(66), figure("68.9"), is_share=True).change == Change.SAME
    assert sentence(figure(66), figure(69), is_share=True).change == Change.LESS
    assert sentence(figure(100, unit="d"), figure(104, unit="d"), is_share=False).change == Change.SAME
    assert sentence(figure(90, unit="d"), figure(104, unit="d"), is_share=False).change == Change.LESS


@pytest.mark.parametrize(
    ("now", "claim"),
    [
        (figure(said=Said.WITHHELD), Claim.WITHHELD),
        (figure(), Claim.ABSENT),
        (figure(40, is_small=True), Claim.FEW),
        (figure(low=80, high=100), Claim.RANGE),
        (figure(low=96, high=100, is_small=True), Claim.RANGE),
    ],
)
def test_nothing_follows_from_what_is_hidden_wide_or_small(now: object, claim: Claim) -> None:
    told = sentence(now, figure(50), is_share=True)
    assert (told.claim, told.part, told.change, told.before) == (claim, None, Change.UNKNOWN, None)
    assert not told.is_firm


def test_a_narrow_range_is_a_fraction() -> None:
    assert sentence(figure(low=96, high=100), None, is_share=True).part == Part.NEARLY_ALL


def test_the_year_before_is_left_out_where_it_was_reckoned_otherwise() -> None:
    for before in (figure(50, method=2), figure(50, is_small=True), figure(said=Said.WITHHELD), figure()):
        told = sentence(figure(66), before, is_share=True)
        assert (told.part, told.before, told.change) == (Part.TWO_THIRDS, None, Change.UNKNOWN)
