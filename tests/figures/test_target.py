"""Targets of places: what may be one, whose counts where, who sets it, and that nothing is written over."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.networks.bodies import Bodies
from tests.places import factories as places
from tests.web.figures_world import Released
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.figures import queries
from zajedno.figures.actions.target import Decided, end_target, set_target
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.target import Aim, Fault, Rules, fault, nearest_of, way
from zajedno.figures.models import Target
from zajedno.kernel import clock
from zajedno.kernel.fence import EXCHANGE, RUNTIME, STATISTICS, WORKER, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.places.models import Post, Territory

pytestmark = pytest.mark.django_db
CODE, TODAY = "opinions_in_time", date(2026, 9, 15)
SHARE = Rules("share", 100, "higher", "year")


@pytest.mark.parametrize(
    ("aim", "rules", "expected"),
    [
        (Aim(Decimal(90), "2027"), SHARE, None),
        (Aim(Decimal(101), "2027"), SHARE, Fault.SHARE),
        (Aim(Decimal(-1), "2027"), SHARE, Fault.NEGATIVE),
        (Aim(Decimal(1001), "2027"), Rules("rate", 1000, "lower", "year"), Fault.RATE),
        (Aim(Decimal("2.5"), "2027"), Rules("count", 1, "higher", "year"), Fault.WHOLE),
        (Aim(Decimal(90), "2027/28"), SHARE, Fault.PERIOD),
        (Aim(Decimal(90), "2027"), Rules("share", 100, "higher", "school_year"), Fault.PERIOD),
        (Aim(Decimal(90), "soon"), SHARE, Fault.PERIOD),
        (Aim(Decimal(90), "2025"), SHARE, Fault.OVER),
        (Aim(Decimal(90), "2026"), SHARE, None),
        (Aim(Decimal(90), "2027", "", Decimal(45)), SHARE, Fault.HALF),
        (Aim(Decimal(90), "2027", "", None, "2023"), SHARE, Fault.HALF),
        (Aim(Decimal(90), "2027", "", Decimal(145), "2023"), SHARE, Fault.SHARE),
        (Aim(Decimal(90), "2027", "", Decimal(45), "2027"), SHARE, Fault.LATER),
        (Aim(Decimal(40), "2027", "", Decimal(45), "2023"), SHARE, Fault.AWAY),
        (Aim(Decimal(50), "2027", "", Decimal(45), "2023"), Rules("median", 1, "lower", "year"), Fault.AWAY),
        (Aim(Decimal(40), "2027", "", Decimal(45), "2023"), Rules("share", 100, "neither", "year"), None),
    ],
)
def test_what_can_be_a_target(aim: Aim, rules: Rules, expected: Fault | None) -> None:
    found = fault(aim, rules, TODAY)
    assert (found and found[1]) == expected


def test_the_nearest_place_that_has_one_counts_but_no_sum_of_a_country_is_a_towns() -> None:
    town, region, country = (Aim(Decimal(n), "2027", place) for n, place in ((90, "t"), (80, "r"), (70, "c")))
    path = ["t", "d", "r", "c"]
    assert nearest_of(path, {"t": town, "r": region, "c": country}, kind="share") == town
    assert nearest_of(path, {"r": region, "c": country}, kind="median") == region
    assert nearest_of(path, {"c": country}, kind="rate") == country
    for kind in ("count", "money"):
        assert nearest_of(path, {"c": country}, kind=kind) is None
        assert nearest_of(path, {"t": town, "c": country}, kind=kind) == town
    assert nearest_of(path, {}, kind="share") is None


def test_the_way_is_reckoned_only_from_what_is_told() -> None:
    aim = Aim(Decimal(90), "2027", "t", Decimal(45), "2023")
    told = Figure(CODE, "t", "2025", Said.EXACT, value=Decimal("67.5"))
    assert way(told, aim, "higher") == Decimal("0.5")
    assert way(Figure(CODE, "t", "2025", Said.EXACT, value=Decimal(36)), aim, "higher") == Decimal("-0.2")
    fewer = Aim(Decimal(30), "2027", "t", Decimal(60), "2023")
    assert way(Figure(CODE, "t", "2025", Said.EXACT, value=Decimal(40)), fewer, "lower").quantize(Decimal("0.01")) == (
        Decimal("0.67")
    )  # fmt: skip
    for other in (
        Figure(CODE, "t", "2025", Said.BETWEEN, low=Decimal(60), high=Decimal(100)),
        Figure(CODE, "t", "2025", Said.WITHHELD),
        Figure(CODE, "t", "2025", Said.ABSENT),
        Figure(CODE, "t", "2025", Said.EXACT, value=Decimal(50), is_small=True),
        Figure(CODE, "t", "2023", Said.EXACT, value=Decimal(50)),
    ):
        assert way(other, aim, "higher") is None
    assert way(told, aim, "neither") is None
    assert way(told, Aim(Decimal(90), "2027", "t"), "higher") is None


@pytest.fixture
def town(world: World) -> Territory:
    """Csaba coordinates the network of it; an indicator is defined."""
    keeper = Bodies(world).keeper
    Released().define(CODE, target=None)
    return keeper.territory


def decided(**fields: Any) -> Decided:
    values = {"value": Decimal(90), "until": str(clock.today().year + 1), "source": "План мреже, стр. 4"} | fields
    return Decided(**values)


def admin(world: World) -> None:
    """Makes Jelena an administrator of the platform."""
    Post.objects.create(account=world.accounts["jelena"], organisation=world.organisations["ministry"],
                        role_id="platform-administrator", since=date(2020, 1, 1))  # fmt: skip


def put(world: World, place: Territory, who: str = "csaba", code: str = CODE, **fields: Any) -> Target:
    with acting(RUNTIME, world.accounts[who].pk):
        return set_target(by=world.actor(who), territory=place, indicator=code, decided=decided(**fields))


def test_another_target_ends_the_one_before_and_both_stay(world: World, town: Territory) -> None:
    first = put(world, town)
    second = put(world, town, value=Decimal(95))
    first.refresh_from_db()
    assert (first.ended_on, first.ended_by, first.ended_why) == (clock.today(), world.accounts["csaba"].pk, "")
    assert queries.in_force(town.pk, CODE) == second
    assert list(queries.targets([town.pk])) == [second, first]
    entry = AuditEntry.objects.filter(verb="figures.set_target").latest("moment")
    assert entry.detail == {"indicator": CODE, "place": town.code, "set": "95", "until": second.until}
    with acting(RUNTIME, world.accounts["csaba"].pk):
        with pytest.raises(Refused):
            end_target(by=world.actor("csaba"), target=first, why="Нови план")
        with pytest.raises(Refused):
            end_target(by=world.actor("csaba"), target=second, why=" ")
        end_target(by=world.actor("csaba"), target=second, why="Нови план")
    assert queries.in_force(town.pk, CODE) is None


def test_only_who_coordinates_there_or_administers_sets_it(world: World, town: Territory) -> None:
    country, elsewhere = Territory.objects.get(code="RS"), places.territory("Ада", "Ada", code="80012")
    for who in ("ana", "goran", "eva", "dino"):
        assert not queries.may_set(world.actor(who), town)
        with pytest.raises(NotPermitted):
            put(world, town, who)
    for place in (country, elsewhere):
        with pytest.raises(NotPermitted):
            put(world, place)
    admin(world)
    for place in (town, country, elsewhere):
        assert put(world, place, "jelena").territory == place
    for wrong in ({"source": " "}, {"link": "javascript:alert(1)"}, {"value": Decimal(101)}, {"until": "2020"}):
        with pytest.raises(Refused):
            put(world, town, **wrong)
    with pytest.raises(NotFound):
        put(world, town, code="unknown")


def test_a_place_without_one_has_that_of_what_it_lies_in(world: World, town: Territory) -> None:
    admin(world)
    country, asked = Territory.objects.get(code="RS"), {CODE: ("share", None), "of_file": ("count", Decimal(3))}
    assert queries.aims(asked, [town.code]) == {}
    assert queries.aims(asked, ["RS"]) == {("RS", "of_file"): Aim(Decimal(3))}
    Territory.objects.filter(pk=town.pk).update(parent=country)
    put(world, country, "jelena", value=Decimal(70))
    assert queries.aims(asked, [town.code])[town.code, CODE].place == "RS"
    put(world, town)
    found = queries.aims(asked, [town.code, "RS"])
    assert {place: found[place, CODE].value for place in (town.code, "RS")} == {town.code: 90, "RS": 70}


def test_the_wall_holds_one_in_force_and_rows_that_stay(world: World, town: Territory) -> None:
    csaba, ana = (world.accounts[who].pk for who in ("csaba", "ana"))
    row = put(world, town, baseline=Decimal(45), since="2023")
    values = {one.attname: getattr(row, one.attname) for one in Target._meta.fields if one.name not in ("id", "uuid")}

    def refused(role: str, account: int | None, act: Any, error: type[Exception] = DatabaseError) -> None:
        with acting(role, account), pytest.raises(error), transaction.atomic():
            act()

    another = values | {"indicator": "other"}
    refused(RUNTIME, csaba, lambda: Target.objects.create(**values), IntegrityError)
    for wrong in ({"value": -1}, {"until": "soon"}, {"baseline": None}, {"since": ""}, {"source": ""},
                  {"ended_on": clock.today()}):  # fmt: skip
        refused(RUNTIME, csaba, lambda wrong=wrong: Target.objects.create(**another | wrong), IntegrityError)
    refused(RUNTIME, ana, lambda: Target.objects.create(**another | {"set_by": ana}))
    refused(RUNTIME, csaba, lambda: Target.objects.create(**another | {"set_by": ana}))
    for role in (WORKER, EXCHANGE, STATISTICS):
        refused(role, csaba, lambda: Target.objects.create(**another))
    refused(RUNTIME, csaba, lambda: Target.objects.filter(pk=row.pk).update(value=1))
    refused(RUNTIME, csaba, lambda: Target.objects.filter(pk=row.pk).delete())
    refused(EXCHANGE, None, lambda: Target.objects.filter(pk=row.pk).values_list("set_by").get())
    with acting(RUNTIME, ana):
        assert not Target.objects.filter(pk=row.pk).update(ended_on=clock.today(), ended_by=ana)
    with acting(EXCHANGE):
        assert queries.in_force(town.pk, CODE) == row
    with acting(RUNTIME, csaba):
        end_target(by=world.actor("csaba"), target=row, why="Грешка")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update figures_target set ended_on = null, ended_by = null, ended_why = ''")
