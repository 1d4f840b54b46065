"""A closed period is released once from the work itself; a correction says why; nobody is named on the way."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tests.casework.plans import Planned
from tests.places import factories
from tests.world import World, load_forms
from zajedno.access.models import Account, AuditEntry
from zajedno.casework.models import Case, Clock, Measure, Move, PlanEntry
from zajedno.children.models import Assessment, Child, DataKey
from zajedno.children.queries.functioning import difficulties
from zajedno.children.queries.risk import indices
from zajedno.figures.logic.figure import Said
from zajedno.figures.queries import figures
from zajedno.forms.models import Version as FormVersion
from zajedno.indicators.actions import correct, load_indicators, notice, release_closed
from zajedno.indicators.logic.definition import load
from zajedno.indicators.logic.facts import FACTS
from zajedno.indicators.logic.span import named
from zajedno.indicators.queries.behind import behind
from zajedno.indicators.queries.period import as_told, complete, counted, lay_out
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME, STATISTICS, WORKER, acting
from zajedno.kernel.refusal import NotPermitted, Refused
from zajedno.places.queries.actor import actor_for
from zajedno.procedures.models import Version

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 30)
INDICATORS = load(settings.PACKS_DIR)


@pytest.fixture(autouse=True)
def in_january() -> Iterator[None]:
    with clock.on(TODAY):
        yield


def opinions(world: World, in_time: int, late: int) -> None:
    """Of as many children of Subotica, adopted in 2025."""
    at, version = world.organisations["commission"], Version.objects.get(definition__key="additional-support")
    for number in range(in_time + late):
        child = Child.objects.create(
            given_name="Дете", family_name="Број", birth_date=date(2016, 5, 4), registered_by=at, sex="FM"[number % 2]
        )
        case = Case.objects.create(
            child=child, organisation=at, version=version, step="adopted", opened_on=date(2025, 3, 1),
            received_on=date(2025, 3, 1), initiator="parent",
        )  # fmt: skip
        day = date(2025, 5, 1 if number < in_time else 20)
        Move.objects.create(
            case=case, position=1, move="adopt_opinion", from_step="deciding", to_step="adopted", account=1,
            happened_on=day,
        )  # fmt: skip
        Clock.objects.create(
            case=case, key="opinion", started_on=date(2025, 3, 1), due_on=date(2025, 5, 10), stopped_on=day
        )


def administrator(world: World) -> Actor:
    account = Account.objects.create_user("root@demo.invalid", None, name="Администратор")
    factories.Post.objects.create(
        account=account, organisation=world.organisations["ministry"], role_id="platform-administrator",
        since=date(2020, 1, 1),
    )  # fmt: skip
    return actor_for(account.pk, TODAY)


def place(world: World) -> str:
    return str(world.organisations["commission"].territory.code)


def test_it_is_released_once_and_corrected_with_a_reason(world: World) -> None:
    load_indicators(list(INDICATORS.values()))
    opinions(world, in_time=6, late=6)
    assert release_closed(today=date(2026, 1, 29), only={"k2"}) == 0  # it waits for what comes late
    assert release_closed(today=TODAY, only={"k2"}) == 1
    (found,) = figures("k2", [place(world)], ["2025"])
    assert (found.said, found.value, found.top, found.bottom) == (Said.EXACT, 50, 6, 12)
    assert (found.reported, found.expected) == (1, 1)
    assert release_closed(today=TODAY, only={"k2"}) == 0
    with pytest.raises(NotPermitted):
        correct(by=world.actor("csaba"), indicator="k2", country="RS", period="2025", reason="Касни подаци")
    about: dict[str, Any] = {"by": administrator(world), "indicator": "k2", "country": "RS", "period": "2025"}
    with pytest.raises(Refused, match="no_reason"):
        correct(**about, reason=" ")
    opinions(world, in_time=6, late=0)
    assert correct(**about, reason="Касни подаци").reason == "Касни подаци"
    (found,) = figures("k2", [place(world)], ["2025"])
    assert (found.top, found.bottom, found.edition) == (12, 18, "2")
    assert AuditEntry.objects.filter(verb="indicators.correct").count() == 1


def test_what_comes_after_an_edition_is_noticed(world: World) -> None:
    load_indicators(list(INDICATORS.values()))
    opinions(world, in_time=6, late=6)
    release_closed(today=TODAY, only={"k2"})
    assert notice(today=TODAY) == 0
    opinions(world, in_time=4, late=0)
    assert notice(today=TODAY) == 0  # few
    opinions(world, in_time=0, late=5)
    assert notice(today=date(2028, 1, 1)) == 0  # too long ago
    assert notice(today=TODAY) == 1
    assert notice(today=TODAY) == 0  # it is known
    correct(by=administrator(world), indicator="k2", country="RS", period="2025", reason="Касни подаци")
    assert notice(today=TODAY) == 0  # the new edition has them


def test_all_are_counted_on_the_real_tables_by_the_statistics_role(world: World) -> None:
    """Every column is there and may be read."""
    with acting(STATISTICS):
        lay_out(as_told({"prepared_functioning": [(1, TODAY, "yes")], "prepared_risk": [(1, TODAY, 2500)]}))
        for code in FACTS:
            what = INDICATORS[code]
            assert counted(what, named("2025/26" if what.period == "school_year" else "2025"), "RS") == [], code
        for what in {one.room: one for one in INDICATORS.values()}.values():
            assert not complete(what, named("2025"), "RS").reported


@pytest.mark.parametrize(
    "column",
    ["children_child.family_name", "casework_move.sealed", "casework_planentry.sealed", "casework_case.number",
     "networks_member.person", "programmes_activity.text", "children_assessment.sealed", "casework_flag.sealed"],
)  # fmt: skip
def test_a_name_and_a_word_of_anybody_stay_out_of_reach(column: str) -> None:
    table, name = column.split(".")
    with pytest.raises(DatabaseError, match="denied"), transaction.atomic(), acting(STATISTICS):
        connection.cursor().execute(f"select {name} from {table}")


def test_of_the_history_of_plans_only_states_are_seen(world: World) -> None:
    plan = Planned(world, world.child())
    line = Measure.objects.create(
        child=plan.case.child, case=plan.case, at=plan.case.organisation, code="transport", legal_group="realised"
    )
    for kind in ("state", "effect"):
        PlanEntry.objects.create(
            child=plan.case.child, at=plan.case.organisation, case=plan.case, measure=line, kind=kind, value="running",
            happened_on=TODAY,
        )  # fmt: skip
    with acting(STATISTICS), connection.cursor() as cursor:
        cursor.execute("select kind from casework_planentry")
        assert cursor.fetchall() == [("state",)]


def test_behind_a_figure_stand_only_the_cases_that_one_may_open(world: World) -> None:
    opinions(world, in_time=1, late=1)  # nobody's
    case = Planned(world, world.child()).case
    Move.objects.create(
        case=case, position=case.moves_made + 1, move="adopt_opinion", from_step="deciding", to_step="adopted",
        account=1, happened_on=date(2025, 5, 1),
    )  # fmt: skip
    Clock.objects.filter(case=case, key="opinion").update(
        started_on=date(2025, 3, 1), due_on=date(2025, 5, 10), stopped_on=date(2025, 5, 1)
    )
    for who, seen in (("csaba", [(case.uuid, "in_time")]), ("dino", []), ("eva", [])):
        by = world.actor(who)
        with acting(RUNTIME, by.account):
            assert behind(by, "k2", "2025") == seen, who
            assert behind(by, "d1", "2025/26") == []


def sheet(child: Child, form: str, day: date, finding: str, value: str | int | None, **fields: Any) -> Assessment:
    """In a school, of one finding."""
    made = Assessment(
        child=child, organisation=child.registered_by, part="education", holds_on=day,
        version=FormVersion.objects.get(form__key=form), **fields,
    )  # fmt: skip
    made.seal({"findings": [{"key": "other", "value": "99"}, {"key": finding, "value": value}]}, child.data_key.open())
    made.save()
    return made


def erased(child: Child) -> None:
    DataKey.objects.filter(child=child).update(wrapped=None, destroyed_on=clock.now())


def test_a_difficulty_is_what_the_last_assessment_found(world: World) -> None:
    load_forms("cfm-5-17")
    child = world.child()
    for day, value in ((date(2025, 1, 1), 0), (date(2025, 2, 1), 1), (date(2025, 3, 1), None)):
        sheet(child, "cfm-5-17", day, "any", value)
    with acting(WORKER):
        assert list(difficulties()) == [(child.pk, date(2025, 1, 1), "no"), (child.pk, date(2025, 2, 1), "yes")]
    erased(child)
    with acting(WORKER):
        assert list(difficulties()) == []


def test_of_the_index_of_risk_the_first_and_the_last_of_a_school_year_go_on(
    world: World, django_assert_num_queries: Any
) -> None:
    """What was put right does not stand; what could not be said says nothing."""
    load_forms("dropout-risk", "cfm-5-17")
    child, other = world.child(), world.child("Друго")
    for day, value in (
        (date(2025, 11, 3), "77.7"), (date(2025, 9, 20), "40.0"), (date(2026, 1, 9), "33.3"),
        (date(2026, 1, 9), "28.9"), (date(2026, 1, 10), None), (date(2025, 8, 31), "10.0"), (date(2025, 8, 30), "5.0"),
    ):  # fmt: skip
        sheet(child, "dropout-risk", day, "index", value)
    wrong = sheet(other, "dropout-risk", date(2025, 10, 1), "index", "90.0")
    sheet(other, "dropout-risk", date(2025, 10, 2), "index", "9.0", corrects=wrong, reason="Погрешно дете")
    sheet(other, "cfm-5-17", date(2025, 10, 5), "index", "50.0")
    told = [(date(2025, 8, 31), 1000), (date(2025, 9, 20), 4000), (date(2026, 1, 9), 2890)]
    with acting(WORKER), django_assert_num_queries(3):
        assert list(indices(date(2025, 8, 31))) == [
            *((child.pk, *one) for one in told),
            (other.pk, date(2025, 10, 2), 900),
        ]
    erased(child)
    with acting(WORKER):
        assert [row[0] for row in indices(date(2025, 9, 1))] == [other.pk]
