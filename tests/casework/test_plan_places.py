"""Places in services: the last one is given once, whoever asks. What nobody can give is an unmet need, and counted."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.casework.plans import Planned, days, service
from tests.world import World, make_world
from zajedno.casework.actions.daily import run
from zajedno.casework.actions.plan import revise_measure, write_measure
from zajedno.casework.actions.support import match_service, record_unmet, release_service, report_measure
from zajedno.casework.models import Measure
from zajedno.casework.queries.support import offered, unmet, unmet_lines
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, WORKER, acting
from zajedno.kernel.refusal import NotPermitted, Refused
from zajedno.places.actions.service import change_service
from zajedno.places.models import Service


def taken(row: Service) -> int:
    row.refresh_from_db()
    return row.taken


def give(story: Planned, to: Service, row: Measure | None = None, who: str = "csaba") -> Measure:
    row = row or story.line()
    with story.as_(who):
        match_service(by=story.world.actor(who), file=story.file(who), row=row, service=to)
    return row


def lacks(story: Planned, why: str, code: str = "speech_therapy") -> None:
    with story.as_("csaba"):
        by = story.world.actor("csaba")
        record_unmet(by=by, file=story.file("csaba"), row=story.line(code), why=why, text="Питали смо у граду.")


@pytest.fixture
def first(world: World) -> Planned:
    story = Planned(world, world.child())
    story.plan()
    return story


@pytest.fixture
def other(first: Planned) -> Planned:
    """Another child with the same need."""
    story = Planned(first.world, first.world.child("Маја", "Савић"))
    story.plan()
    return story


@pytest.mark.django_db
def test_a_place_is_taken_and_given_back(first: Planned) -> None:
    therapist = service(first.world)
    row = give(first, therapist)
    assert (taken(therapist), therapist.free) == (1, 0)
    with first.as_("csaba"):
        release_service(by=first.world.actor("csaba"), file=first.file("csaba"), row=row)
    assert (taken(therapist), therapist.free) == (0, 1)
    assert [one.kind for one in row.entries.order_by("id")] == ["matched", "released"]


@pytest.mark.django_db
def test_the_last_place_is_given_once(first: Planned, other: Planned) -> None:
    therapist = service(first.world)
    give(first, therapist)
    with pytest.raises(Refused) as refusal:
        give(other, therapist)
    assert refusal.value.code == "no_place"
    assert (other.line().service, taken(therapist)) == (None, 1)
    lacks(other, "no_place")
    first.adopt()
    report_measure(by=first.world.actor("csaba"), row=first.line(), state="done")  # ends, so that it is free again
    assert taken(therapist) == 0
    row = give(other, therapist)
    assert (row.unmet, row.unmet_on, taken(therapist)) == ("", None, 1)
    with pytest.raises(Refused, match="no_place"):
        report_measure(by=first.world.actor("csaba"), row=first.line(), state="running")


@pytest.mark.django_db
def test_the_database_itself_does_not_overbook(first: Planned, other: Planned) -> None:
    therapist = service(first.world)
    Measure.objects.filter(pk=first.line().pk).update(service=therapist)
    with pytest.raises(IntegrityError, match="service_not_overbooked"), transaction.atomic():
        Measure.objects.filter(pk=other.line().pk).update(service=therapist)
    with pytest.raises(IntegrityError, match="service_not_overbooked"), transaction.atomic():
        Service.objects.filter(pk=therapist.pk).update(capacity=0)
    first.line().delete()
    assert taken(therapist) == 0


@pytest.mark.django_db
def test_a_new_version_keeps_the_place_and_an_end_without_adoption_frees_it(first: Planned, other: Planned) -> None:
    therapist = service(first.world)
    give(first, therapist)
    first.adopt()
    with first.as_("csaba"):
        by, file = first.world.actor("csaba"), first.file("csaba")
        after = revise_measure(
            by=by, file=file, values={"frequency": "једном"}, goal="", row=first.line(), reason="Ново."
        )
    assert (after.service, taken(therapist)) == (therapist, 1)
    second = service(first.world)
    give(other, second)
    other.move("csaba", "withdraw", reason="Породица одустаје.")
    assert taken(second) == 0


@pytest.mark.django_db
def test_a_measure_whose_last_day_is_over_holds_no_place(first: Planned, other: Planned) -> None:
    """Nobody said that it ended: the place is free on the day after, for who asks and in the list."""
    therapist, last = service(first.world), days(10)
    Measure.objects.filter(pk=first.line().pk).update(since=days(0), until=last)
    give(first, therapist)
    with clock.on(last), pytest.raises(Refused, match="no_place"):
        give(other, therapist)
    with clock.on(last + timedelta(days=1)):
        with acting(WORKER):
            run()
        assert taken(therapist) == 0
        give(other, therapist)
        assert taken(therapist) == 1
        with pytest.raises(Refused, match="no_place"), first.as_("csaba"):  # to go on, it asks for a place again
            write_measure(
                by=first.world.actor("csaba"), file=first.file("csaba"), values={"until": days(90)}, goal="x",
                row=first.line(),
            )  # fmt: skip


@pytest.mark.django_db
def test_the_institution_cannot_promise_fewer_places_than_are_taken(first: Planned) -> None:
    therapist = service(first.world, capacity=2)
    give(first, therapist)
    admin = make_admin(first.world)
    with pytest.raises(Refused, match="invalid"):
        change_service(by=admin, service=therapist, capacity=0)
    assert change_service(by=admin, service=therapist, capacity=1).taken == 1


def make_admin(world: World) -> Any:
    from zajedno.kernel.actor import Actor, Seat

    verbs = frozenset({"places.change_service"})
    health = world.organisations["health"].pk
    return Actor(world.accounts["besa"].pk, (Seat(1, health, "x", verbs, False),), world.actor("besa").today)


@pytest.mark.django_db
def test_services_are_offered_for_the_age_and_the_day(first: Planned) -> None:
    """The child is ten or so."""
    here, full = service(first.world, capacity=None), service(first.world, capacity=0)
    for fields in ({"age_until": 3}, {"active_until": days(0)}, {"active_from": days(1)}):
        elsewhere = service(first.world, **fields)
        with pytest.raises(Refused, match="not_offered"):
            give(first, elsewhere)
    assert offered(first.file("csaba")) == [here, full]
    give(first, here)
    assert here.free is None


@pytest.mark.django_db
def test_only_who_plans_gives_places(first: Planned) -> None:
    with pytest.raises(NotPermitted):
        give(first, service(first.world), who="ana")
    with pytest.raises(Refused, match="unknown"):
        lacks(first, "raining")


@pytest.mark.django_db
def test_unmet_needs_are_counted_by_measure_place_and_reason(first: Planned, other: Planned) -> None:
    commission = [first.world.organisations["commission"].pk]
    other.plan({"code": "transport", "legal_group": "realised", "frequency": "дневно"})
    for story in (first, other):
        lacks(story, "no_service")
    lacks(other, "no_funds", "transport")
    csaba = first.world.actor("csaba")
    place = first.world.organisations["commission"].territory_id
    with first.as_("csaba"):
        found = [(one["code"], one["place"], one["unmet"], one["children"]) for one in unmet(csaba, commission)]
    assert found == [("speech_therapy", place, "no_service", 2), ("transport", place, "no_funds", 1)]
    assert not unmet(csaba, commission, least=5).exists()
    assert unmet_lines(csaba, commission).count() == 3
    with first.as_("besa"):  # no tie of hers opens a plan
        assert not unmet(first.world.actor("besa"), commission).exists()
    give(first, service(first.world))
    assert unmet_lines(csaba, commission).count() == 2


@pytest.fixture
def committed(transactional_db: None) -> list[Planned]:
    world = make_world()
    stories = [Planned(world, world.child()), Planned(world, world.child("Маја", "Савић"))]
    for story in stories:
        story.plan()
    return stories


def test_two_who_give_the_last_place_at_the_same_moment(committed: list[Planned]) -> None:
    """One child has it, the other is told; nobody is overbooked."""
    therapist, told, start = service(committed[0].world), list[str](), Barrier(2)

    def run(story: Planned) -> None:
        by = story.world.actor("csaba")
        try:
            with acting(RUNTIME, by.account):
                file, row = story.file("csaba"), story.line()
                start.wait(20)
                match_service(by=by, file=file, row=row, service=therapist)
            told.append("given")
        except Refused as refusal:
            told.append(refusal.code)
        except Exception as error:
            told.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(story,), daemon=True) for story in committed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == ["given", "no_place"]
    assert taken(therapist) == 1
    assert Measure.objects.filter(service=therapist).count() == 1


def test_two_who_plan_the_same_at_the_same_moment(committed: list[Planned]) -> None:
    """Two procedures of one child: one line is written, the other planner is led to it."""
    world, child = committed[0].world, committed[0].child
    both, told, start = [committed[0], Planned(world, child, "early-support")], list[str](), Barrier(2)

    def run(story: Planned) -> None:
        try:
            start.wait(20)
            story.plan({"code": "transport", "legal_group": "realised"})
            told.append("written")
        except Refused as refusal:
            told.append(refusal.code)
        except Exception as error:
            told.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(story,), daemon=True) for story in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == ["planned_already", "written"]
    assert Measure.objects.filter(code="transport").count() == 1
