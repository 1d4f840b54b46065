"""Tasks: who may be given one, who sees it, done and undone, told once; and the calendar of all that falls due."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.casework.everyday import SECRET, Everyday
from tests.refusal import refusal
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.casework.actions import daily
from zajedno.casework.actions.task import change_task, give_task, set_done
from zajedno.casework.models import Case, Flag, Task
from zajedno.casework.queries import calendar as due
from zajedno.casework.queries.task import helpers
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, WORKER, acting
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyday(world: World) -> Everyday:
    return Everyday(world)


def at(world: World, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.accounts[who])
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def test_only_people_of_the_cases_parts_may_be_given_one(everyday: Everyday) -> None:
    everyday.hire("vera", "Вера Илић", "class-teacher", "school")  # no verb for it
    ids = {everyday.id(who) for who in ("ana", "maja", "csaba", "goran", "hana", "jelena")}
    assert set(helpers(everyday.file_of("ana"))) == ids
    by, file = everyday.world.actor("ana"), everyday.file_of("ana")
    for who in ("besa", "vera", "dino"):
        with pytest.raises(Refused, match="helper"):
            give_task(by=by, file=file, what="x", to=everyday.id(who), due_on=clock.today())
    for wrong, code in (({"what": " "}, "empty"), ({"due_on": clock.today() - timedelta(days=1)}, "past")):
        with pytest.raises(Refused, match=code):
            give_task(by=by, file=file, **{"what": "x", "to": everyday.id("maja"), "due_on": clock.today()} | wrong)


def test_it_is_done_and_undone_and_the_second_is_told(everyday: Everyday) -> None:
    task, maja = everyday.task("ana", "maja"), everyday.world.actor("maja")
    file = everyday.file_of("maja")
    set_done(by=maja, file=file, task=task, done=True)
    with pytest.raises(Overtaken):
        set_done(by=everyday.world.actor("ana"), file=everyday.file_of("ana"), task=task, done=True)
    task.refresh_from_db()
    assert (task.done_by, task.done_on is not None) == (everyday.id("maja"), True)
    with pytest.raises(Overtaken):
        change_task(by=maja, file=file, task=task, to=everyday.id("ana"), due_on=clock.today())
    set_done(by=maja, file=file, task=task, done=False)
    task.refresh_from_db()
    assert (task.done_by, task.done_on) == (None, None)
    with pytest.raises(NotPermitted):
        set_done(by=everyday.world.actor("csaba"), file=everyday.file_of("csaba"), task=task, done=True)
    assert [one.detail for one in AuditEntry.objects.filter(verb="casework.give_task").order_by("id")][1:] == [
        {"done": 1}, {"done": 0},
    ]  # fmt: skip


def test_pages_give_change_and_do_a_task(everyday: Everyday) -> None:
    here, ana, maja = f"/work/case/{everyday.case.uuid}/tasks/", at(everyday.world, "ana"), at(everyday.world, "maja")
    sent = {"what": SECRET, "to": str(everyday.id("maja")), "due_on": str(clock.today())}
    wrong = ana.post(f"{here}new/", sent | {"due_on": "31.2.2026."})
    assert wrong.status_code == 422
    assert SECRET in text(wrong)
    assert ana.post(f"{here}new/", sent | {"to": str(everyday.id("besa"))}).status_code == 422
    assert ana.post(f"{here}new/", sent).status_code == 302
    task = Task.objects.get()
    assert SECRET.encode() not in bytes(task.sealed)
    assert SECRET in text(maja.get("/work/calendar/?due=today"))
    assert "from: Ана Вуковић" in text(maja.get(here))
    assert "No task of yours" in text(at(everyday.world, "csaba").get(here))
    later = clock.today() + timedelta(days=3)
    change = {"to": str(everyday.id("ana")), "due_on": str(later)}
    assert maja.post(f"{here}{task.uuid}/", change | {"due_on": "2020-01-01"}).status_code == 422
    assert ana.post(f"{here}{task.uuid}/", change).status_code == 302
    assert ana.post(f"{here}{task.uuid}/done/").status_code == 302
    assert "Not done after all" in text(ana.get(f"{here}{task.uuid}/"))
    assert SECRET not in text(ana.get("/work/calendar/?kind=task"))
    assert ana.post(f"{here}{task.uuid}/done/", {"undo": "1"}).status_code == 302
    assert SECRET in text(ana.get("/work/calendar/?kind=task"))
    assert ana.post(f"{here}{task.uuid}/done/", {"undo": "1"}).status_code == 409


def test_a_reminder_and_a_miss_are_told_once_without_a_name(everyday: Everyday) -> None:
    task = everyday.task("ana", "maja", days=5)
    Message.objects.all().delete()
    for days in (3, 4, 4, 5, 6, 6, 9):
        with clock.on(clock.today() + timedelta(days=days)), acting(WORKER):
            daily.run()
    told = sorted(Message.objects.filter(key__startswith="task-").values_list("key", "account__email"))
    assert [(key.split("-")[1], mail.partition("@")[0]) for key, mail in told] == [
        ("near", "maja"), ("overdue", "ana"), ("overdue", "maja"),
    ]  # fmt: skip
    for message in Message.objects.filter(key__startswith="task-"):
        for secret in (SECRET, everyday.child.given_name, everyday.child.family_name, "Маја", "Ана"):
            assert secret not in message.subject + message.body
    task.refresh_from_db()
    assert task.missed_on == clock.today() + timedelta(days=6)


def test_who_left_the_case_and_tasks_that_are_done_are_left_alone(everyday: Everyday) -> None:
    everyday.task("ana", "maja", days=1)
    done = everyday.task("ana", "maja", days=1)
    set_done(by=everyday.world.actor("maja"), file=everyday.file_of("maja"), task=done, done=True)
    Message.objects.all().delete()
    everyday.world.accounts["maja"].is_active = False
    everyday.world.accounts["maja"].save()
    with clock.on(clock.today() + timedelta(days=2)), acting(WORKER):
        made = daily.run()
    assert made.missed == 1
    assert list(Message.objects.filter(key__startswith="task-").values_list("account__email", flat=True)) == [
        "ana@demo.invalid"
    ]


def test_the_database_shows_no_flag_or_task_to_who_takes_no_part(everyday: Everyday) -> None:
    everyday.task("ana", "maja")
    everyday.flag("ana")
    for who, seen in (("ana", 1), ("csaba", 1), ("besa", 0), ("dino", 0)):
        with acting(RUNTIME, everyday.id(who)):
            assert (Task.objects.count(), Flag.objects.count()) == (seen, seen), who


def test_a_case_with_a_flag_or_task_is_not_taken_back_with_its_register(everyday: Everyday) -> None:
    task = everyday.task("ana", "maja")
    assert "moved on" in str(_refused(everyday.case))
    task.delete()
    everyday.flag("ana")
    assert "moved on" in str(_refused(everyday.case))


def _refused(case: Case) -> Exception:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from casework_case where id = %s", [case.pk])
    return caught.value


def test_constraints(everyday: Everyday) -> None:
    task, flag = everyday.task("ana", "maja"), everyday.flag("ana")
    assert refusal(Task.objects.filter(pk=task.pk).update, sealed=None) == "task_says_what"
    assert refusal(Task.objects.filter(pk=task.pk).update, done_on=clock.now()) == "task_done_by_somebody"
    assert refusal(Flag.objects.filter(pk=flag.pk).update, sealed=None) == "flag_has_message"
    assert refusal(Flag.objects.filter(pk=flag.pk).update, removed_by=1) == "flag_removed_by_somebody"


def test_the_calendar_holds_tasks_deadlines_and_flags_by_day(everyday: Everyday) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    everyday.task("maja", "ana", days=-1)
    everyday.flag("maja", due_on=tomorrow)
    everyday.flag("maja")  # without a day
    by = everyday.world.actor("ana")
    found = due.marks(by)
    opinion = everyday.case.clocks.get(key="opinion").due_on
    assert [(one.kind, one.day) for one in found] == [
        ("task", clock.today() - timedelta(days=1)), ("flag", tomorrow), ("deadline", opinion),
    ]  # fmt: skip
    assert {key: len(rows) for key, rows in due.sorted_by_day(found, by.today).items()} == {
        "overdue": 1, "today": 0, "next": 2,
    }  # fmt: skip
    assert [one.mark for one in due.read(by, found)] == found
    Case.objects.filter(pk=everyday.case.pk).update(closed_on=clock.today(), outcome="closed")
    everyday.case.participants.update(is_open=False)
    assert due.marks(by) == []


def test_the_month_shows_which_cases_and_nothing_of_what_was_written(everyday: Everyday) -> None:
    everyday.task("maja", "ana")
    page = text(at(everyday.world, "ana").get(f"/work/calendar/month/?month={clock.today():%Y-%m}"))
    assert "Task:" in page
    assert SECRET not in page
    assert "Њежић" not in page
    assert page.count("<th ") == 7
    narrowed = text(at(everyday.world, "ana").get("/work/calendar/month/?month=2026-12&kind=flag"))
    assert "month=2027-01&amp;kind=flag" in narrowed
    assert "month=2026-11&amp;kind=flag" in narrowed
    assert "Task:" not in narrowed
    for wrong in ("2026-13", "x", "1026-01"):
        assert at(everyday.world, "ana").get(f"/work/calendar/month/?month={wrong}").status_code == 200


def test_the_calendar_file_says_days_and_nothing_else(everyday: Everyday) -> None:
    everyday.task("maja", "ana", days=2)
    everyday.flag("maja", due_on=clock.today())
    answer = at(everyday.world, "ana").get("/work/calendar/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    content = text(answer)
    assert content.count("BEGIN:VEVENT") == 3 - (
        everyday.case.clocks.get().due_on > clock.today() + timedelta(days=366)
    )
    assert f"DTSTART;VALUE=DATE:{clock.today() + timedelta(days=2):%Y%m%d}" in content
    for secret in ("Њежић", "Ђорђе", SECRET, str(everyday.case.uuid), "opinion"):
        assert secret not in content
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", content)
    assert "VEVENT" not in text(at(everyday.world, "dino").get("/work/calendar/calendar.ics"))


def test_what_was_read_in_a_list_stands_in_the_trail(everyday: Everyday) -> None:
    everyday.task("maja", "ana")
    everyday.flag("maja")
    client = at(everyday.world, "ana")
    for page in ("flags", "calendar"):
        client.get(f"/work/{page}/")
        entry = AuditEntry.objects.filter(verb="casework.open_case_file", detail__page=page).get()
        assert (entry.subject, entry.account) == (str(everyday.case.uuid), everyday.id("ana"))


def test_lists_cost_the_same_for_many(everyday: Everyday, django_assert_max_num_queries: Any) -> None:
    client = at(everyday.world, "ana")
    for number in range(6):
        case = everyday.another(f"Савић{number}")
        everyday.task("ana", "ana", case=case)
        everyday.flag("ana", case=case, due_on=date.max)
    for path in ("/work/flags/", "/work/calendar/", "/work/calendar/month/", "/work/"):
        client.get(path)
        with django_assert_max_num_queries(40):
            assert client.get(path).status_code == 200
