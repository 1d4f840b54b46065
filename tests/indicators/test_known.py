"""Who is known is counted once and told by age and place; of few, neither that they are there nor that nobody is."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from tests.indicators.known import born, place, populate, village
from tests.world import World
from zajedno.children.models import Alias, Child
from zajedno.figures.models import Value
from zajedno.figures.queries import newest, table
from zajedno.indicators.actions import KNOWN, REACHED, release_known
from zajedno.indicators.queries import known
from zajedno.kernel import clock
from zajedno.kernel.fence import STATISTICS, acting

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 15)


@pytest.fixture(autouse=True)
def in_the_year() -> Iterator[None]:
    with clock.on(TODAY):
        yield


@pytest.fixture
def town(world: World) -> World:
    return populate(world)


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


def test_so_is_one_with_three_of_which_two_were_compared_with_the_third(town: World) -> None:
    first, second, third = Child.objects.filter(birth_date__year=2022).order_by("pk")
    for older in (first, second):
        Alias.objects.create(child=third, same_as=older, why="number", state="confirmed")
    with acting(STATISTICS):
        assert sum(one.value for one in known(place(town).pk, TODAY)) == 9


def test_from_where_there_are_five_is_told_and_never_how_many(town: World) -> None:
    few, many = village(town, "Мало"), village(town, "Велико")
    for number in range(7):
        born(town, 2012, number, at_school=False, lives=many)
    for number in range(4):
        born(town, 2013, number, at_school=False, lives=few)
    school = town.organisations["school"]
    assert told(town, REACHED) == {("settlement", str(many.pk)): 5, ("school", str(school.pk)): 5}
    assert {one.value for one in Value.objects.filter(edition__indicator=REACHED)} == {5}


def test_a_new_year_tells_of_few_who_came_no_more_than_a_new_quarter(world: World) -> None:
    for number in range(9):
        born(world, 2014, number, at_school=False)
    with clock.on(date(2025, 12, 1)):
        release_known(territory=place(world).pk, today=clock.today())
    born(world, 2014, 9, at_school=False)
    with clock.on(date(2026, 1, 5)):
        assert told(world)["2014", "out"] == 9
    for number in range(10, 14):
        born(world, 2014, number, at_school=False)
    with clock.on(date(2026, 4, 5)):
        assert told(world)["2014", "out"] == 14


@pytest.mark.parametrize("sql", ["select given_name from children_child", "select address from children_child",
                                 "select class_name from children_enrolment"])  # fmt: skip
def test_statistics_reads_no_name(town: World, sql: str) -> None:
    with pytest.raises(DatabaseError, match="denied"), transaction.atomic(), acting(STATISTICS):
        connection.cursor().execute(sql)
