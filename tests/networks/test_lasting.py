"""How lasting a network is, what it learns, what follows from its rounds: who writes, who reads, what never changes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import translation

from tests.networks.bodies import Bodies, later
from tests.networks.world import SELF, Network
from tests.places import factories as places
from zajedno.access.models import AuditEntry
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.networks.actions import step as steps
from zajedno.networks.actions.member import leave
from zajedno.networks.actions.sustainability import assess
from zajedno.networks.actions.training import Held, correct_training, find_effect, log_training
from zajedno.networks.logic.lasting import Known, course, warnings
from zajedno.networks.models import (
    Agreement,
    Member,
    NextStep,
    Round,
    SustainabilityLevel,
    Training,
    TrainingEffect,
)
from zajedno.networks.queries import network as networks
from zajedno.networks.queries import sustainability as queries
from zajedno.networks.queries import training as trainings
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db
HELD = Held("training", "Рано препознавање", date(2026, 3, 4), "Дом здравља", {"health": 4, "education": 12})


def level(network: Network, dimension: str = "budget", value: int = 1, who: str = "csaba", **fields: object) -> object:
    fields = {"evidence": "Одлука о буџету", "holds_on": today()} | fields
    with network.at_work(who) as by:
        return assess(by=by, organisation=network.organisation.pk, dimension=dimension, level=value, **fields)


def log(network: Network, held: Held = HELD, who: str = "csaba") -> Training:
    with network.at_work(who) as by:
        return log_training(by=by, organisation=network.organisation.pk, held=held)


def test_the_newest_day_counts_not_the_last_written(network: Network) -> None:
    level(network, value=2)
    level(network, value=0, holds_on=today() - timedelta(days=30))
    with network.at_work("doctor") as by:
        assert queries.newest(by, network.organisation.pk)["budget"].level == 2
        assert [one.level for one in queries.levels(by, network.organisation.pk)] == [0, 2]
    entry = AuditEntry.objects.filter(verb="networks.assess").last()
    assert entry is not None
    assert entry.detail == {"dimension": "budget", "level": 0}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"dimension": "weather"}, "level"), ({"value": 4}, "level"), ({"evidence": "  "}, "evidence"),
        ({"holds_on": today() + timedelta(days=1)}, "holds_on"),
    ],
)  # fmt: skip
def test_a_level_without_what_shows_it_is_refused(network: Network, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        level(network, **wrong)  # type: ignore[arg-type]
    assert refusal.value.code == code
    with pytest.raises(IntegrityError), transaction.atomic():
        SustainabilityLevel.objects.create(
            organisation=network.organisation, dimension="budget", level=7, evidence="x", holds_on=today(), written_by=1
        )


@pytest.mark.parametrize("who", ["ana", "doctor", "eva", "goran"])
def test_only_who_holds_the_verb_writes(network: Network, who: str) -> None:
    with pytest.raises(NotPermitted):
        level(network, who=who)
    with pytest.raises(NotPermitted):
        log(network, who=who)
    row = log(network)
    with network.at_work(who) as by, pytest.raises(NotPermitted):
        find_effect(by=by, training=row, text="x", found_on=today())
    with network.at_work(who) as by, pytest.raises(NotPermitted):
        correct_training(by=by, training=row, held=HELD)


@pytest.mark.parametrize(
    ("who", "reads"), [("csaba", 1), ("ana", 1), ("doctor", 1), ("far", 0), ("eva", 0), ("dino", 0)]
)
def test_members_read_and_nobody_else(network: Network, who: str, reads: int) -> None:
    level(network)
    row = log(network)
    with network.at_work("csaba") as by:
        find_effect(by=by, training=row, text="Упити стижу раније", found_on=today())
    with network.at_work(who) as by:
        assert networks.visible_to(by).count() == reads
        assert queries.levels(by, network.organisation.pk).count() == reads
        rows = (SustainabilityLevel, Training, TrainingEffect)  # the database alone
        assert [model.objects.count() for model in rows] == [reads] * 3
        if not reads:
            with pytest.raises(NotFound):
                trainings.find(by, row.uuid)
            with pytest.raises(NotFound):
                networks.find(by, network.organisation.uuid)


def refused(network: Network, who: str, act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic(), acting(RUNTIME, network.world.accounts[who].pk):
            act()
    except DatabaseError:
        return True
    return False


def test_the_database_keeps_what_was_written(network: Network) -> None:
    level(network)
    row = log(network)
    one = SustainabilityLevel.objects.get()
    new = {"organisation": network.organisation, "dimension": "budget", "evidence": "x", "holds_on": today()}
    assert refused(network, "doctor", lambda: SustainabilityLevel.objects.create(**new, level=3, written_by=1))
    assert refused(network, "doctor", lambda: TrainingEffect.objects.create(
        training=row, text="x", found_on=today(), written_by=1
    ))  # fmt: skip
    for who in ("csaba", "doctor"):
        assert refused(network, who, lambda: SustainabilityLevel.objects.filter(pk=one.pk).update(level=3))
        assert refused(network, who, lambda: Training.objects.filter(pk=row.pk).delete())
    for model in (SustainabilityLevel, Training, TrainingEffect, NextStep):
        with pytest.raises(DatabaseError), transaction.atomic(), acting(EXCHANGE):
            model.objects.count()


def test_a_training_is_put_right_by_another(network: Network) -> None:
    row = log(network)
    assert row.took_part == {"health": 4, "education": 12}
    with network.at_work("csaba") as by:
        find_effect(by=by, training=row, text="Упити стижу раније", found_on=today())
        right = Held("mentoring", " Рано  препознавање ", HELD.held_on, "Дом здравља", {"health": 3, "justice": 0})
        new = correct_training(by=by, training=row, held=right)
        with pytest.raises(Overtaken):
            correct_training(by=by, training=row, held=right)
    assert (new.topic, new.took_part) == ("Рано препознавање", {"health": 3})
    with network.at_work("doctor") as by:
        (found,) = trainings.trainings(by, network.organisation.pk)
        assert (found, [one.text for one in found.effects.all()]) == (new, ["Упити стижу раније"])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"took_part": {}}, "took_part"), ({"took_part": {"health": 0}}, "took_part"),
        ({"took_part": {"martians": 2}}, "took_part"), ({"took_part": {"health": -2}}, "took_part"),
        ({"topic": " "}, "topic"), ({"led_by": ""}, "topic"), ({"kind": "party"}, "kind"),
        ({"held_on": today() + timedelta(days=1)}, "held_on"),
    ],
)  # fmt: skip
def test_a_training_says_what_who_and_how_many(network: Network, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        log(network, Held(**{**HELD.__dict__, **wrong}))
    assert refusal.value.code == code


def test_what_threatens_a_network() -> None:
    now = date(2026, 9, 1)
    assert warnings(Known(1), [("budget", now)], now) == []
    told = warnings(
        Known(1, coordinator_ends=date(2026, 11, 1), mandate_ends=date(2026, 10, 1), budget_next_year=False),
        [("budget", date(2025, 8, 1)), ("support", date(2025, 9, 2))], now,
    )  # fmt: skip
    assert [(one.key, one.about) for one in told] == [
        ("coordinator", ""),
        ("mandate", ""),
        ("budget", ""),
        ("old", "budget"),
    ]
    assert [one.key for one in warnings(Known(0, mandate_ends=date(2027, 9, 2)), [], now)] == ["no_coordinator"]
    lost = Known(1, has_seat=False, mandate_ends=date(2026, 8, 31), agreements=[
        ("Протокол", date(2027, 9, 1)), ("Споразум", date(2026, 8, 31)), ("Дуго", date(2027, 9, 2)),
    ])  # fmt: skip
    told = warnings(lost, [], now)
    assert [(one.key, one.about) for one in told] == [
        ("seat", ""), ("mandate_over", ""), ("agreement_over", "Споразум"), ("agreement", "Протокол"),
    ]  # fmt: skip
    assert [one.key for one in warnings(Known(0, has_seat=False), [], now)] == ["no_coordinator"]  # said once


def test_what_is_known_comes_from_posts_and_the_institution(network: Network) -> None:
    with network.at_work("csaba"):
        assert queries.known(network.organisation, today()) == Known(1, agreements=[])
    end = today() + timedelta(days=20)
    Post.objects.filter(role="network-coordinator").update(until=end)
    network.organisation.active_until = end
    with network.at_work("csaba"):
        known = queries.known(network.organisation, today())
        assert known == Known(1, coordinator_ends=end, mandate_ends=end - timedelta(days=1), agreements=[])
        assert queries.known(network.organisation, end).coordinators == 0


def test_members_and_the_mandate_are_those_of_the_body(network: Network) -> None:
    bodies, ago = Bodies(network.world), today() - timedelta(days=400)
    row = bodies.set_up(mandate_from=ago, mandate_until=later(30))
    first = bodies.seat(row, "ana", "school", since=ago, role="coordinator")
    bodies.seat(row, "besa", "health")
    bodies.seat(row, since=ago)
    bodies.set_up(kind="working_group", mandate_until=later(1))
    for who in ("csaba", "doctor"):  # the doctor reads the network and sits in no body
        with network.at_work(who):
            known = queries.known(network.organisation, today())
            assert (known.has_seat, known.mandate_ends) == (True, later(30))
            found = {
                one.sector: (one.now, one.before, one.came, one.went) for one in queries.seats(network.organisation.pk)
            }
            assert found == {"education": (1, 1, 0, 0), "health": (1, 0, 1, 0), "justice": (1, 1, 0, 0)}
            assert Member.objects.count() == (3 if who == "csaba" else 0)
    with network.at_work("csaba") as by:
        leave(by=by, member=first, last=later(-1))
    with network.at_work("doctor"):
        assert queries.known(network.organisation, today()).has_seat is False
        assert queries.seats(network.organisation.pk)[0] == queries.Seats("education", 0, 1, 0, 1)
    for who in ("far", "eva"):
        with network.at_work(who):
            assert queries.seats(network.organisation.pk) == []
            assert queries.known(network.organisation, today()).has_seat is None


def test_an_agreement_without_a_later_version_is_told_with_its_last_day(network: Network) -> None:
    about = {"organisation": network.organisation, "territory": network.organisation.territory, "state": "signed",
             "valid_from": today(), "signed_on": today(), "written_by": 1}  # fmt: skip
    Agreement.objects.create(**about, titles={"sr": "Отворен"})
    first = Agreement.objects.create(**about, titles={"sr": "Протокол"}, valid_until=later(10))
    with network.at_work("csaba"), translation.override("sr"):
        assert queries.known(network.organisation, today()).agreements == [("Протокол", later(10))]
    Agreement.objects.create(**about, titles={"sr": "Протокол"}, series=first.series, version=2, valid_until=later(900))
    with network.at_work("csaba"), translation.override("sr"):
        assert queries.known(network.organisation, today()).agreements == [("Протокол", later(900))]


def test_the_course_is_the_mean_of_what_was_looked_at() -> None:
    days = [date(2026, month, 1) for month in (1, 2, 3)]
    rows = [(days[0], "budget", 1), (days[0], "support", 2), (days[1], "budget", 3), (days[2], "capacity", 1)]
    assert course(rows) == [(days[0], 1.5, 2), (days[1], 2.5, 2), (days[2], 2.0, 3)]
    assert course([]) == []


@pytest.fixture
def closed(network: Network) -> Round:
    row = network.open(SELF, "ana", "doctor", "worker")
    for who in ("ana", "doctor", "worker"):
        network.answer(row, who, anchoring="0", budget="3", budget_evidence="Одлука")
    network.close(row)
    return Round.objects.get(pk=row.pk)


def test_steps_follow_from_a_closed_round_and_are_handed_on(network: Network, closed: Round) -> None:
    with network.at_work("csaba") as by:
        steps.propose(by=by, round=closed, item="anchoring", text="=Одлука скупштине", responsible="Градска управа")
        wrong = steps.propose(by=by, round=closed, item="", text="x", due_on=today())
        steps.take_back(by=by, round=closed, step=wrong.uuid)
        with pytest.raises(NotFound):
            steps.take_back(by=by, round=closed, step=wrong.uuid)
        with pytest.raises(NotFound):
            steps.propose(by=by, round=closed, item="weather", text="x")
        with pytest.raises(Refused):
            steps.propose(by=by, round=closed, item="", text=" ")
        with pytest.raises(Refused):
            steps.propose(by=by, round=network.open(SELF), item="", text="x")
    with network.at_work("doctor") as by:  # who was asked takes the list along, and writes none
        lines = steps.export(by=by, round=closed).decode("utf-8-sig").splitlines()
        with pytest.raises(NotPermitted):
            steps.propose(by=by, round=closed, item="", text="x")
    assert len(lines) == 2
    assert lines[1].endswith(";0;'=Одлука скупштине;Градска управа;")
    with network.at_work("clerk") as by, pytest.raises(NotFound):
        steps.export(by=by, round=closed)


def test_steps_are_fenced_as_their_round(network: Network, closed: Round) -> None:
    with network.at_work("csaba") as by:
        steps.propose(by=by, round=closed, item="", text="x")
    with network.at_work("doctor"):
        assert NextStep.objects.count() == 1
        assert NextStep.objects.all().delete()[0] == 0
    with network.at_work("clerk"):
        assert NextStep.objects.count() == 0
    assert refused(network, "csaba", lambda: NextStep.objects.update(text="y"))
    assert refused(network, "doctor", lambda: NextStep.objects.create(round=closed, text="x", written_by=1))


def test_a_network_elsewhere_stays_elsewhere(network: Network) -> None:
    far = places.territory("Бор", "Bor", "70100")
    places.organisation("Мрежа Бор", kind=network.organisation.kind, territory=far, code="w-bor")
    with network.at_work("doctor") as by:
        assert list(networks.visible_to(by)) == [network.organisation]
    with connection.cursor() as cursor, network.at_work("doctor"):
        cursor.execute("select app.reads_networks()")
        assert network.organisation.pk in cursor.fetchone()[0]
