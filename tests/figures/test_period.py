"""A closed period is released once, corrected with a reason, and read by everybody as it was released."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from tests.figures.periods import counts, defined, land, released
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.queries import figures, indicators_released
from zajedno.kernel import clock

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 15)
TABLE = {
    ("80438", "yes"): {"girl": 20, "boy": 30}, ("80438", "no"): {"girl": 8, "boy": 9},
    ("80012", "yes"): {"girl": 5, "boy": 6}, ("80012", "no"): {"girl": 1, "boy": 1},
    ("80276", "yes"): {"girl": 1, "boy": 1},
}  # fmt: skip


@pytest.fixture(autouse=True)
def two_districts() -> Iterator[None]:
    with clock.on(TODAY):
        land()
        defined()
        yield


def one(place: str, by: str = "", word: str = "") -> Figure:
    return next(found for found in figures("K2", [place], ["2025"], [by]) if found.word == word)


def test_a_share_is_told_with_what_it_was_divided_from() -> None:
    released(counts(TABLE))
    found = one("80438")
    assert (found.said, found.value, found.top, found.bottom) == (Said.EXACT, Decimal("74.6"), 50, 67)
    assert (found.edition, found.released_on, found.reported) == ("1", TODAY, None)
    girls = one("80438", "sex", "girl")
    assert (girls.said, girls.top, girls.bottom) == (Said.EXACT, 20, 28)
    assert indicators_released("RS") == {"K2": ["2025"]}


def test_few_of_an_outcome_are_told_by_bounds_and_few_of_a_place_not_at_all() -> None:
    released(counts(TABLE))
    town = one("80012")
    assert (town.said, town.low, town.high, town.bottom) == (Said.BETWEEN, Decimal("69.2"), Decimal(100), 13)
    assert {one(place).said for place in ("80276", "80209")} == {Said.WITHHELD}
    assert one("90000").said == Said.ABSENT
    whole = one("RS")
    assert (whole.said, whole.reported, whole.expected) == (Said.BETWEEN, 17, 20)


def test_three_queries_whatever_is_asked(django_assert_num_queries: object) -> None:
    released(counts(TABLE))
    with django_assert_num_queries(3):  # type: ignore[operator]
        figures("K2", ["80438", "80012", "RS-01", "RS"], ["2025", "2024"], ["", "sex"])
