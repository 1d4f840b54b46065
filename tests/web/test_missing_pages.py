"""Who is missing, at the network's desk: as released, with year and source, and the same for none as for a few."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.indicators.known import born, place, populate, village
from tests.programmes.money import Money
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.indicators.actions import release_known
from zajedno.kernel import clock
from zajedno.places.models import Population
from zajedno.web.network.missing import HOME

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 15)


@pytest.fixture(autouse=True)
def in_the_year() -> Iterator[None]:
    with clock.on(TODAY):
        yield


@pytest.fixture
def town(world: World) -> World:
    Money(world)
    return populate(world)


def test_a_village_of_four_looks_like_one_of_nobody(town: World, go: English) -> None:
    """Zero is never told where one to four would not be: who waits would see the first child come."""
    village(town, "Ничије")
    few = village(town, "Мало")
    pages = []
    for number in range(5):
        with clock.on(date(2026, 9 if number < 4 else 10, 16)):
            release_known(territory=place(town).pk, today=clock.today())
            pages.append(words(go("csaba").get(HOME)))
        born(town, 2013, number, at_school=False, lives=few)
    assert all("Ничије" in page or "Ničije" in page for page in pages)
    assert len({page.count("Malo") + page.count("Мало") for page in pages}) == 1


def test_the_page_names_year_and_source_and_says_what_is_not_given(town: World, go: English) -> None:
    assert "No denominator" in words(go("csaba").get(HOME))
    for band, count in (("7-14", 40), ("births", 12)):
        Population.objects.create(territory=place(town), year=2014, band=band, count=count, source="Завод (измишљен)")
    release_known(territory=place(town).pk, today=TODAY)
    page = words(go("csaba").get(HOME))
    for text in ("Завод (измишљен), 2014", "By year of birth", "20.0", "edition 2026-3"):
        assert text in page, text
    for ending in ("csv", "xlsx"):
        answer = go("csaba").get(f"{HOME}missing.{ending}")
        assert answer.status_code == 200
        assert b"2014" in answer.content or ending == "xlsx"
    assert go("csaba").get(f"{HOME}missing.exe").status_code == 404


def test_the_page_asks_no_table_of_children(town: World, go: English) -> None:
    csaba = go("csaba")
    with CaptureQueriesContext(connection) as asked:
        csaba.get(HOME)
    assert not [one["sql"] for one in asked if "children_" in one["sql"] or "casework_" in one["sql"]]
