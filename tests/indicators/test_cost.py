"""What help costs is reckoned exactly, from the price list first, and arrives as figures that tell of no child."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.indicators.plans import YEAR, Plans
from tests.world import World
from zajedno.children.models import Alias
from zajedno.figures.logic.pools import Leaf, Told, with_totals
from zajedno.figures.models import Edition, Value
from zajedno.figures.queries import newest, table
from zajedno.indicators.actions import COST, UNPRICED, release_all, release_cost
from zajedno.indicators.queries import cost_of_need, unpriced
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, STATISTICS, WORKER, acting
from zajedno.programmes.models import Price

pytestmark = pytest.mark.django_db
NEW_YEAR = date(YEAR, 1, 1)


@pytest.fixture
def plans(world: World) -> Plans:
    return Plans(world)


@pytest.fixture(autouse=True)
def in_the_year() -> Iterator[None]:
    with clock.on(date(YEAR, 9, 15)):
        yield


def price(plans: Plans, amount: str, **fields: Any) -> Price:
    values = {
        "code": "transport", "unit": "дан", "currency": "RSD", "payer": "municipality", "source": "Одлука (измишљено)",
        "valid_from": NEW_YEAR, "written_by": 0,
    } | fields  # fmt: skip
    return Price.objects.create(territory_id=plans.place, amount=Decimal(amount), **values)


def cost(plans: Plans, year: int = YEAR, currency: str = "RSD") -> dict[tuple[str, ...], Decimal]:
    with acting(STATISTICS):
        leaves = cost_of_need(plans.place, year).get(currency, [])
    return {cell: one.value for cell, one in with_totals({one.cell: told_as(one) for one in leaves}).items()}


def behind(plans: Plans) -> list[int]:
    with acting(STATISTICS):
        return [len(one.children) for one in cost_of_need(plans.place, YEAR)["RSD"]]


def ids(plans: Plans) -> list[int]:
    return [one.pk for one in plans.children]


def told_as(leaf: Leaf) -> Told:
    return Told(leaf.value, len(leaf.children))


def test_a_plans_own_sum_counts_where_there_is_no_price(plans: Plans) -> None:
    plans.add("transport", 3, cost=Decimal("100.10"))
    assert cost(plans)["transport", "municipality", "gap"] == Decimal("300.30")


def test_the_price_list_comes_first_in_the_unit_of_the_plan(plans: Plans) -> None:
    price(plans, "33.33")
    asked = {"units": Decimal("1"), "times": 3, "cost": Decimal("1000")}
    plans.add("transport", 1, unit="dan", **asked)  # in the other script
    plans.add("transport", 1, first=1, unit="", **asked)
    plans.add("transport", 1, first=2, unit="месец", **asked)  # that price is of a day: the plan's own sum
    assert cost(plans)["", "", ""] == Decimal("99.99") * 2 + 1000


def test_a_services_own_price_comes_before_the_measures(plans: Plans) -> None:
    from tests.casework.plans import service

    one = service(plans.world, capacity=9)
    price(plans, "10")
    price(plans, "7", code="", service=one)
    plans.add("transport", 1, units=Decimal(1), times=10, service=one)
    plans.add("transport", 1, first=1, units=Decimal(1), times=10)
    assert cost(plans)["", "", ""] == 170


def test_the_price_of_its_first_day_in_the_year_holds(plans: Plans) -> None:
    price(plans, "10", valid_until=date(YEAR, 6, 30))
    price(plans, "20", valid_from=date(YEAR, 7, 1))
    plans.add("transport", 1, units=Decimal(1), times=1, since=date(YEAR, 6, 30))
    plans.add("transport", 1, first=1, units=Decimal(1), times=1, since=date(YEAR, 7, 1))
    assert cost(plans)["", "", ""] == 30


def test_two_years_share_a_measure_by_days_and_none_of_it_twice(plans: Plans) -> None:
    plans.add("transport", 1, cost=Decimal("730"), since=date(2025, 7, 3), until=date(2027, 7, 2))
    years = [cost(plans, year)["", "", ""] for year in (2025, 2026, 2027)]
    assert years == [Decimal("182"), Decimal("365"), Decimal("183")]


def test_no_currency_is_turned_into_another(plans: Plans) -> None:
    plans.add("transport", 1, cost=Decimal(10), currency="EUR")
    plans.add("transport", 1, first=1, cost=Decimal(10))
    assert (cost(plans)["", "", ""], cost(plans, currency="EUR")["", "", ""]) == (10, 10)


def test_the_stages_never_overlap_and_the_gap_is_what_is_left(plans: Plans) -> None:
    plans.add("transport", 1, cost=Decimal(1), state="running", adopted_on=NEW_YEAR)
    plans.add("transport", 1, cost=Decimal(2), state="done", state_on=NEW_YEAR, adopted_on=NEW_YEAR)
    plans.add("transport", 1, cost=Decimal(4), adopted_on=NEW_YEAR)
    plans.add("transport", 1, cost=Decimal(8), adopted_on=NEW_YEAR, unmet="no_funds", unmet_on=NEW_YEAR)
    plans.add("transport", 1, cost=Decimal(16), state="unfunded", adopted_on=NEW_YEAR)
    plans.add("transport", 1, cost=Decimal(32))
    plans.add("transport", 1, cost=Decimal(64), superseded_on=NEW_YEAR)
    found = cost(plans)
    assert [found["", "", stage] for stage in ("", "realised", "approved", "gap")] == [63, 3, 4, 56]


def test_a_measure_without_any_price_is_counted_and_not_hidden_in_the_sum(plans: Plans) -> None:
    plans.add("transport", 6)
    with acting(STATISTICS):
        assert unpriced(plans.place, YEAR) == [Leaf(("transport", "gap"), Decimal(6), frozenset(ids(plans)))]
    assert cost(plans) == {}
    release_cost(territory=plans.place, year=YEAR)
    assert Edition.objects.get().indicator == UNPRICED


def told(plans: Plans) -> dict[tuple[str, ...], tuple[Decimal, int]]:
    return {cell: (one.value, one.count) for cell, one in table(newest(COST, [plans.place], str(YEAR))[0]).items()}


def test_what_is_released_holds_no_few(plans: Plans) -> None:
    plans.add("transport", 7, cost=Decimal(100))
    plans.add("day_care", 2, first=7, cost=Decimal(50))
    plans.add("speech_therapy", 9, cost=Decimal(10))
    release_cost(territory=plans.place, year=YEAR)
    found = told(plans)
    assert {cell[0] for cell in found} == {"", "*", "speech_therapy"}  # or the two of day care would be the rest
    assert found["*", "*", "gap"] == (800, 9)
    assert found["speech_therapy", "", ""] == (90, 9)
    assert found["", "", ""] == (890, 18)  # a child with two measures counts in each


def test_five_files_of_four_children_are_few(plans: Plans) -> None:
    plans.add("transport", children=5, cost=100)
    assert behind(plans) == [5]
    Alias.objects.create(child=plans.child(0), same_as=plans.child(1), why="number", state="confirmed")
    assert behind(plans) == [4]


def test_what_is_few_and_dear_is_in_no_sum(plans: Plans) -> None:
    """10,790 in all would say that no more than two have what costs 5,000."""
    plans.add("transport", 7, cost=Decimal(100))
    plans.add("day_care", 2, first=7, cost=Decimal(5000))
    plans.add("speech_therapy", 9, cost=Decimal(10))
    release_cost(territory=plans.place, year=YEAR)
    assert {cell[0] for cell in told(plans)} == {"", "transport", "speech_therapy"}
    assert told(plans)["", "", ""] == (790, 16)


def test_a_cell_that_moved_by_few_keeps_what_it_said(plans: Plans) -> None:
    plans.add("transport", 7, cost=Decimal(100))
    plans.add("speech_therapy", 9, cost=Decimal(10))
    release_cost(territory=plans.place, year=YEAR)
    plans.add("transport", 5, first=7, cost=Decimal(100))
    plans.add("speech_therapy", 1, first=12, cost=Decimal(10))
    with clock.on(date(YEAR, 10, 1)):
        assert release_cost(territory=plans.place, year=YEAR) == 1
    assert told(plans)["transport", "", ""] == (1200, 12)
    assert told(plans)["speech_therapy", "", ""] == (90, 9)
    assert told(plans)["", "", ""] == (1290, 21)


def test_there_is_one_edition_a_quarter_and_none_when_few_came(plans: Plans) -> None:
    plans.add("transport", 7, cost=Decimal(100))
    assert release_cost(territory=plans.place, year=YEAR) == 1
    plans.add("transport", 1, first=7, cost=Decimal(100))
    assert release_cost(territory=plans.place, year=YEAR) == 0
    with clock.on(date(YEAR, 10, 1)):
        assert release_cost(territory=plans.place, year=YEAR) == 0  # one child came: the difference would be theirs
        plans.add("transport", 4, first=8, cost=Decimal(100))
        assert release_cost(territory=plans.place, year=YEAR) == 1
        assert newest(COST, [plans.place], str(YEAR))[0].number == "2026-4"


def test_every_place_with_a_plan_is_released_for_this_year_and_the_next(plans: Plans) -> None:
    plans.add("transport", 7, cost=Decimal(100), until=None)
    assert release_all(today=date(YEAR, 9, 15)) == 3  # and who is known there


WRITES = {
    "changes": "update figures_value set value = 1",
    "adds": "insert into figures_value (uuid, edition_id, cell, value, count) values"
    " (gen_random_uuid(), (select max(id) from figures_edition), '{x}', 1, 5)",
    "deletes": "delete from figures_value",
}


@pytest.mark.parametrize("what", WRITES)
@pytest.mark.parametrize("role", [RUNTIME, WORKER, STATISTICS])
def test_only_statistics_adds_and_nobody_changes(plans: Plans, role: str, what: str) -> None:
    plans.add("transport", 7, cost=Decimal(100))
    release_cost(territory=plans.place, year=YEAR)
    if (role, what) == (STATISTICS, "adds"):
        return
    with pytest.raises(DatabaseError), transaction.atomic(), acting(role), connection.cursor() as cursor:
        cursor.execute(WRITES[what])


def test_the_database_keeps_no_value_of_a_few(plans: Plans) -> None:
    plans.add("transport", 7, cost=Decimal(100))
    release_cost(territory=plans.place, year=YEAR)
    with pytest.raises(DatabaseError, match="value_has_enough_behind_it"), transaction.atomic():
        Value.objects.create(edition=Edition.objects.get(), cell=["x", "", ""], value=1, count=4)


@pytest.mark.parametrize("sql", ["select sealed from casework_measure", "select given_name from children_child",
                                 "select responsible_person from casework_measure"])  # fmt: skip
def test_statistics_reads_nothing_of_a_person(plans: Plans, sql: str) -> None:
    plans.add("transport", 7)
    with pytest.raises(DatabaseError, match="denied"), transaction.atomic(), acting(STATISTICS):
        connection.cursor().execute(sql)
