"""Classes of a map and marks of an axis have round ends and lose no value."""

import doctest
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zajedno.figures.logic import classes, period, sentence
from zajedno.figures.logic.classes import bounds, breaks, class_of, ticks

VALUES = st.lists(st.integers(0, 10**6), min_size=1, max_size=40)
QUIET = [HealthCheck.too_slow]  # on a busy machine


@settings(max_examples=100, suppress_health_check=QUIET, deadline=None)
@given(VALUES)
def test_every_value_is_in_a_class_and_between_its_ends(tenths: list[int]) -> None:
    values = [Decimal(one) / 10 for one in tenths]
    ends = breaks(values)
    assert ends == sorted(set(ends))
    assert len(ends) < classes.MOST
    told = bounds(values, ends)
    for value in values:
        low, high = told[class_of(value, ends)]
        assert low <= value <= high


@settings(max_examples=100, suppress_health_check=QUIET, deadline=None)
@given(st.integers(1, 10**8))
def test_an_axis_reaches_over_its_highest_value(tenths: int) -> None:
    top = Decimal(tenths) / 10
    marks = ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top
    assert 2 <= len(marks) <= 6


def test_one_value_is_one_class() -> None:
    assert breaks([Decimal(7)] * 5) == []
    assert breaks([Decimal(n) for n in (3, 12, 55, 61, 97)]) == [Decimal(n) for n in (10, 55, 60, 95)]


def test_periods_a_year_apart() -> None:
    for module in (classes, period, sentence):
        assert doctest.testmod(module).failed == 0
    assert period.is_next("2025/26", "2024/25")
    assert not period.is_next("2026", "2024")
