"""Invented children of Subotica, by year of birth and place."""

from datetime import date

from tests.places import factories as places
from tests.world import World
from zajedno.children.models import Child, Enrolment
from zajedno.places.models import Territory


def populate(world: World) -> World:
    """Six who were born in 2014 and two in 2016 are at the school; three of 2022 at none."""
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
