"""The daily round: reminders and misses are told once, whoever's day comes or goes is reckoned anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.casework.test_story import Story
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.casework.actions import daily
from zajedno.casework.actions.case import save_draft
from zajedno.casework.models import Clock, DraftRequest
from zajedno.casework.tasks import daily_round
from zajedno.children.models import Child, Tie
from zajedno.kernel import clock
from zajedno.kernel.fence import WORKER, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(world: World) -> Clock:
    """The clock of the opinion of a case that was just submitted and registered."""
    story = Story(world)
    story.move("ana", "submit")
    story.move("csaba", "register", registry_number="auto")
    return Clock.objects.get(case=story.case, key="opinion")


@contextmanager
def morning(day: date) -> Iterator[None]:
    """The round of a day, as the worker makes it."""
    with clock.on(day), acting(WORKER):
        yield


def told(word: str) -> list[str]:
    """Who was told of reminders ("remind") or misses ("missed")."""
    return sorted(Message.objects.filter(key__startswith=f"{word}-").values_list("account__email", flat=True))


def test_each_reminder_is_sent_once_to_those_responsible(running: Clock) -> None:
    for before, mails in ((30, 0), (21, 2), (20, 2), (7, 4), (1, 6), (0, 6)):
        for _twice in range(2):
            with morning(running.due_on - timedelta(days=before)):
                daily.run()
            assert len(told("remind")) == mails, before
    assert set(told("remind")) == {"csaba@demo.invalid", "goran@demo.invalid"}
    running.refresh_from_db()
    assert (running.reminded, running.missed_on) == ([21, 7, 1], None)


def test_after_days_without_a_round_there_is_one_letter_not_three(running: Clock) -> None:
    with morning(running.due_on - timedelta(days=1)):
        made = daily.run()
    assert (made.reminded, len(told("remind"))) == (1, 2)
    running.refresh_from_db()
    assert running.reminded == [21, 7, 1]


def test_a_missed_deadline_is_marked_and_told_once(running: Clock) -> None:
    for later in (1, 1, 5):
        with morning(running.due_on + timedelta(days=later)):
            daily.run()
    running.refresh_from_db()
    assert running.missed_on == running.due_on + timedelta(days=1)
    assert told("missed") == ["csaba@demo.invalid", "goran@demo.invalid"]
    assert not told("remind")


def test_clocks_that_stand_still_or_stopped_are_left_alone(running: Clock) -> None:
    for field in ("paused_on", "stopped_on"):
        Clock.objects.filter(pk=running.pk).update(paused_on=None, stopped_on=None)
        Clock.objects.filter(pk=running.pk).update(**{field: running.started_on})
        with morning(running.due_on + timedelta(days=3)):
            made = daily.run()
        assert (made.reminded, made.missed) == (0, 0)


def test_letters_say_nothing_of_the_child(running: Clock) -> None:
    with morning(running.due_on - timedelta(days=7)):
        daily.run()
    with morning(running.due_on + timedelta(days=1)):
        daily.run()
    case = running.case
    for message in Message.objects.all():
        for secret in (case.child.given_name, case.child.family_name, case.number, "Ана"):
            assert secret not in message.subject + message.body


def test_who_comes_and_goes_overnight_is_seen_by_the_database(world: World) -> None:
    child, tomorrow = world.child(), clock.today() + timedelta(days=1)
    health = world.organisations["health"]
    Tie.objects.create(
        child=child, organisation=health, purpose="registration", since=tomorrow, until=tomorrow, fields=["identity"]
    )
    seen = []
    for day in (tomorrow - timedelta(days=1), tomorrow, tomorrow + timedelta(days=1)):
        with morning(day):
            daily.run()
        seen.append(health.pk in Child.objects.get(pk=child.pk).acl)
    assert seen == [False, True, False]


def test_a_draft_is_dropped_after_thirty_days(world: World) -> None:
    ana = world.actor("ana")
    draft = save_draft(by=ana, organisation=world.organisations["school"].pk, step="who", content={}, draft=None)
    for age, left in ((29, 1), (31, 0)):
        DraftRequest.objects.filter(pk=draft.pk).update(saved_on=timezone.now() - timedelta(days=age))
        with morning(clock.today()):
            daily.run()
        assert DraftRequest.objects.count() == left


def test_the_job_runs_under_the_workers_role_and_leaves_a_trace(running: Clock) -> None:
    with clock.on(running.due_on + timedelta(days=1)):
        daily_round()
    entry = AuditEntry.objects.get(verb=daily.ROUND)
    assert (entry.account, entry.detail["missed"]) == (None, 1)
