"""The network's desk with many rows, several institutions and unusual words: no page asks more, none falls over."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.networks.bodies import Bodies
from tests.places import factories as places
from tests.programmes.money import Money
from tests.programmes.planning import Planning
from tests.web.panel_world import English
from tests.web.test_network_pages import days
from tests.world import World
from zajedno.kernel.clock import today
from zajedno.networks.models import Member
from zajedno.places.models import Organisation, Post
from zajedno.programmes.models import Budget, Grant

pytestmark = pytest.mark.django_db


def queries(page: Any, address: str) -> int:
    page.get(address)  # what is asked once and remembered
    with CaptureQueriesContext(connection) as asked:
        assert page.get(address).status_code == 200
    return len(asked)


def test_a_list_of_plans_asks_no_more_for_more_plans(world: World, go: English) -> None:
    planning, csaba = Planning(world), go("csaba")
    planning.adopted()
    before = queries(csaba, "/network/plans/")
    for number in range(6):
        planning.plan(title=f"План {number}")
    assert queries(csaba, "/network/plans/") == before


def test_a_list_of_bodies_asks_no_more_for_more_bodies(world: World, go: English) -> None:
    bodies, csaba = Bodies(world), go("csaba")
    bodies.seated()
    before = queries(csaba, "/network/bodies/")
    for number in range(6):
        bodies.set_up(titles={"sr": f"Радна група {number}"})
    assert queries(csaba, "/network/bodies/") == before


def network(world: World, number: int) -> Organisation:
    """Another network of Subotica that Csaba coordinates."""
    kind = places.kind("inclusion_network", "intersectoral")
    made = places.organisation(f"Мрежа {number}", kind=kind, code=f"w-network-{number}")
    Post.objects.create(
        account=world.accounts["csaba"], organisation=made, role_id="network-coordinator", since=date(2020, 1, 1)
    )
    return made


def test_a_list_of_networks_asks_no_more_for_more_networks(world: World, go: English) -> None:
    Bodies(world)
    network(world, 0)
    csaba = go("csaba")
    before = queries(csaba, "/network/lasting/")
    for number in range(1, 6):
        network(world, number)
    assert queries(csaba, "/network/lasting/") == before


def test_who_works_for_two_networks_says_whose_budget_and_grant_it_is(world: World, go: English) -> None:
    here, other = Money(world), network(world, 1)
    csaba = go("csaba")
    place, year = str(here.place.pk), today().year
    sent = {"territory": place, "year": str(year), "currency": "RSD"}
    assert csaba.post("/network/money/budgets/new/", sent).status_code == 422
    assert csaba.post("/network/money/budgets/new/", sent | {"organisation": str(other.pk)}).status_code == 302
    assert Budget.objects.get().organisation == other
    sent = {"funder": "Donator", "title": "Pratioci", "amount": "5000", "currency": "EUR", **days("agreed_on", 0),
            **days("ends_on", 200), "organisation": str(other.pk)}  # fmt: skip
    assert csaba.post("/network/money/grants/new/", sent).status_code == 302
    assert Grant.objects.get().funder.organisation == other


def test_a_year_in_signs_that_only_look_like_digits_is_none(world: World, go: English) -> None:
    Money(world)
    assert go("csaba").get("/network/money/", {"year": "²²²²"}).status_code == 200


def test_a_price_that_fits_into_no_column_is_said_on_the_form(world: World, go: English) -> None:
    here = Money(world)
    sent = {"territory": str(here.place.pk), "code": "transport", "unit": "dan", "amount": "99.999.999.999",
            "currency": "RSD", "payer": "municipality", "source": "Odluka", **days("valid_from", 0)}  # fmt: skip
    assert go("csaba").post("/network/money/prices/new/", sent).status_code == 422


def test_the_last_day_of_all_is_a_seat_without_an_end(world: World) -> None:
    bodies = Bodies(world)
    row = bodies.set_up()
    bodies.seat(row, "ana", "school", until=date.max)
    assert Member.objects.get().until is None


def test_planned_once_though_two_enter_it(world: World) -> None:
    """The line is held while the plan is entered: who comes second is told so, and breaks on no constraint."""
    here = Money(world)
    line = here.line(here.budget())
    with CaptureQueriesContext(connection) as asked:
        here.enter(line, "plan", "100")
    assert [one["sql"] for one in asked if "programmes_budgetline" in one["sql"] and "FOR UPDATE" in one["sql"]]
    assert line.entries.get().amount == Decimal(100)
