"""Who is known is counted once and told by age and place; of few, neither that they are there nor that nobody is."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from tests.places import factories as places
from tests.programmes.money import Money
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.children.models import Alias, Child, Enrolment
from zajedno.figures.models import Value
from zajedno.figures.queries import newest, table
from zajedno.indicators.actions import KNOWN, REACHED, release_known
from zajedno.indicators.queries import known
from zajedno.kernel import clock
from zajedno.kernel.fence import STATISTICS, acting
from zajedno.places.models import Population, Territory
from zajedno.web.network.missing import HOME

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 15)


@pytest.fixture(autouse=True)
def in_the_year() -> Iterator[None]:
    with clock.on(TODAY):
        yield


@pytest.fixture
def town(world: World) -> World:
    """Six who were born in 2014 and two in 2016 are at the school; three of 2022 at none."""
    Money(world)
    for year, many in ((2014, 6), (2016, 2), (2022, 3)):
        for number in range(many):
            born(world, year, number, at_school=year < 2020)
    return world


def born(world: World, year: int, number: int, at_school: bool, lives: Territory | None = None) -> Child:
    school = world.organisations["school"]
    child = Child.objects.create(
        given_name="Дете", family_name=f"Број{year}{number}", birth_date=date(year, 5, 4), registered_by=school,
        residence=lives,
    )  # fmt: skip
    if at_school:
        Enrolment.objects.create(child=child, organisation=school, school_year=2026, since=date(2026, 9, 1))
    return child


def place(world: World) -> Territory:
    return world.organisations["school"].territory


def village(world: World, name: str) -> Territory:
    return places.territory(name, name, code=name, parent=place(world), kind="settlement", is_unit=False)


def told(world: World, indicator: str = KNOWN) -> dict[tuple[str, ...], int | None]:
    release_known(territory=place(world).pk, today=clock.today())
    found = newest(indicator, [place(world).pk], "2026")
    return {cell: one.count for cell, one in table(found[0]).items()} if found else {}


def test_few_are_told_with_the_few_of_other_ages_or_not_at_all(town: World) -> None:
    assert told(town) == dict.fromkeys(product(("7-14", ""), ("in", "")), 8)  # of the three nothing at all


def test_a_child_with_two_files_is_one(town: World) -> None:
    first, second = Child.objects.filter(birth_date__year=2014)[:2]
    Alias.objects.create(child=first, same_as=second, why="number", state="confirmed")
    with acting(STATISTICS):
        assert sum(one.value for one in known(place(town).pk, TODAY)) == 10


def test_from_where_there_are_five_is_told_and_never_how_many(town: World) -> None:
    few, many = village(town, "Мало"), village(town, "Велико")
    for number in range(7):
        born(town, 2012, number, at_school=False, lives=many)
    for number in range(4):
        born(town, 2013, number, at_school=False, lives=few)
    school = town.organisations["school"]
    assert told(town, REACHED) == {("settlement", str(many.pk)): 5, ("school", str(school.pk)): 5}
    assert {one.value for one in Value.objects.filter(edition__indicator=REACHED)} == {5}


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
    from django.test.utils import CaptureQueriesContext

    csaba = go("csaba")
    with CaptureQueriesContext(connection) as asked:
        csaba.get(HOME)
    assert not [one["sql"] for one in asked if "children_" in one["sql"] or "casework_" in one["sql"]]


@pytest.mark.parametrize("sql", ["select given_name from children_child", "select address from children_child",
                                 "select class_name from children_enrolment"])  # fmt: skip
def test_statistics_reads_no_name(town: World, sql: str) -> None:
    with pytest.raises(DatabaseError, match="denied"), transaction.atomic(), acting(STATISTICS):
        connection.cursor().execute(sql)
