"""Who reads what of a plan, of what an institution is reminded, and in whose money it is reckoned."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.casework.plans import SECRET, SPEECH, Planned, days, service
from tests.casework.test_plan import goal_of
from tests.places import factories
from tests.world import World
from zajedno.casework.actions.plan import count_here
from zajedno.casework.actions.support import report_measure
from zajedno.casework.models import Goal, Measure, PlanEntry
from zajedno.casework.queries import plan as plans
from zajedno.casework.queries.support import due
from zajedno.children.models import Tie
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(world: World) -> Planned:
    return Planned(world, world.child())


def test_the_school_learns_of_a_health_measure_and_not_its_words(first: Planned) -> None:
    first.plan()
    first.carry_out()  # the school gives another measure of this plan
    ana = first.world.actor("ana")
    with first.as_("ana"):
        file = first.file("ana")
        found = plans.plan_of(ana, first.child, file.fields, "RS")
    rows = {row.code: row for row in found.measures}
    assert set(rows) == {"speech_therapy", "individualised_teaching"}
    assert found.reader.name(rows["speech_therapy"]) == "Speech therapy"
    assert (found.reader.words(rows["speech_therapy"]), found.reader.reads(rows["speech_therapy"])) == ("", False)
    assert found.reader.words(rows["individualised_teaching"]) == "Чита са разумевањем."
    besa = plans.plan_of(first.world.actor("besa"), first.child, file.fields, "RS")
    assert besa.reader.words(next(row for row in besa.measures if row.code == "speech_therapy")) == SECRET


def test_the_database_counts_a_measure_in_cases_of_its_own_child_alone(first: Planned) -> None:
    row, other = first.plan(), Planned(first.world, first.world.child("Маја", "Савић"))
    with pytest.raises(IntegrityError), transaction.atomic():
        row.also.add(other.case)


def test_a_tie_with_the_plan_opens_it_across_procedures_and_no_other_does(first: Planned) -> None:
    row = first.plan()
    besa = first.world.actor("besa")
    tie = {"child": first.child, "organisation": first.world.organisations["health"], "purpose": "giving-support",
           "since": clock.today()}  # fmt: skip
    partly = Tie.objects.create(fields=["identity", "reports"], **tie)
    with first.as_("besa"):
        assert not Measure.objects.exists()
        assert not plans.visible_to(besa, Measure.objects.all()).exists()
        with pytest.raises(NotFound):
            plans.find(besa, first.child, row.uuid)
    partly.fields = ["identity", "plan"]
    partly.save()
    with first.as_("besa"):  # she takes part in no case of the child
        assert plans.find(besa, first.child, row.uuid) == row
        assert [one.text for one in plans.plan_of(besa, first.child, ["plan"], "RS").measures] == [SECRET]
    with clock.on(clock.today() + timedelta(days=1)):
        Tie.objects.filter(pk=partly.pk).update(until=clock.today() - timedelta(days=1))
        with first.as_("besa"):
            assert not Measure.objects.exists()


def test_what_a_case_apart_plans_stays_in_it(first: Planned) -> None:
    """A procedure that opens what tells of violence: by its ties, not by its name."""
    apart = Planned(
        first.world, first.child, "protection",
        opening={"by": ["initiator"], "submits": "submit", "while_in": ["draft"],
                 "tie": [{"part": "initiator", "fields": ["identity", "violence"], "until": ["end"]}]},
    )  # fmt: skip
    row, open_one = apart.plan(), first.plan(different="Друга сврха.")
    assert (row.apart, open_one.apart) == (True, False)
    health = first.world.organisations["health"]
    Tie.objects.create(child=first.child, organisation=health, purpose="giving-support", since=clock.today(),
                       fields=["identity", "plan", "health"])  # fmt: skip
    with first.as_("besa"):
        assert list(Measure.objects.all()) == [open_one]
        assert list(plans.visible_to(first.world.actor("besa"), Measure.objects.all())) == [open_one]
    with pytest.raises(NotFound):
        count_here(by=first.world.actor("csaba"), file=first.file("csaba"), row=row)


@pytest.mark.parametrize("who", ["dino", "eva", "besa"])
def test_who_has_no_tie_finds_no_line(first: Planned, who: str) -> None:
    row, _goal = first.plan(), goal_of(first)
    with acting(RUNTIME, first.world.accounts[who].pk):
        for table in (Measure, Goal, PlanEntry, Measure.also.through):
            assert not table.objects.exists()
    with pytest.raises(NotFound):
        plans.find(first.world.actor(who), first.child, row.uuid)


def test_without_consent_nobody_plans(first: Planned) -> None:
    first.move("csaba", "withdraw_consent")
    with pytest.raises(Refused, match="no_consent"):
        first.plan()


# ---------------------------------------------------------------- my work


def test_my_work_names_what_my_institution_must_say_something_of(first: Planned) -> None:
    first.plan({**SPEECH, "review_on": days(20)})
    first.carry_out()
    row, besa = first.line(), first.world.actor("besa")
    assert not due(besa).exists()
    with clock.on(days(14)):
        assert list(due(first.world.actor("besa", days(14)))) == [row]
        assert not due(first.world.actor("dino", days(14))).exists()
    Measure.objects.filter(pk=row.pk).update(review_on=None, since=days(0))
    assert list(due(besa)) == [row]  # it should have begun
    report_measure(by=besa, row=row, state="running")
    assert not due(besa).exists()
    Measure.objects.filter(pk=row.pk).update(since=days(-9), until=days(-1))
    assert list(due(besa)) == [row]
    report_measure(by=besa, row=row, state="done")
    assert not due(besa).exists()


def test_a_place_of_another_country_reckons_in_its_own_money(first: Planned) -> None:
    factories.country().__class__.objects.filter(code="RS").update(currency="BAM")
    first.case.refresh_from_db()
    row = first.plan({**SPEECH, "unit_price": Decimal("20"), "times": 3})
    assert (row.cost, row.currency) == (Decimal("60.00"), "BAM")


def test_a_service_is_for_an_age(first: Planned) -> None:
    assert service(first.world, age_from=3, age_until=6).is_for(6)
    assert not service(first.world, age_from=3, age_until=6).is_for(7)
    assert service(first.world, age_from=3).is_for(None)
