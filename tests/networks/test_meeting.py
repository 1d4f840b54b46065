"""Meetings: called, invited to once, attended, closed; then the database keeps them. Tasks come back until done."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings

from tests.networks.bodies import Bodies, later
from tests.refusal import change, refusal
from tests.world import World
from zajedno.access.actions import outbox
from zajedno.access.models import Message
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.fence import WORKER, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.networks.actions import agenda, body_warning, meeting, member
from zajedno.networks.models import AgendaItem, Attendance, Body, BodyTask, Meeting, Member
from zajedno.networks.queries import body as bodies_of
from zajedno.networks.queries import meeting as queries

pytestmark = pytest.mark.django_db
GONE = "this meeting is not written any more"


@pytest.fixture
def bodies(world: World) -> Bodies:
    return Bodies(world)


@pytest.fixture
def row(bodies: Bodies) -> Body:
    return bodies.seated()


def members(row: Body) -> list[Member]:
    return list(bodies_of.members(row, today()))


def test_members_read_what_others_do_not_find(bodies: Bodies, row: Body) -> None:
    held = bodies.meet(row)
    for who in ("csaba", "ana", "besa"):
        with bodies.at_work(who) as by:
            assert queries.find(by, held.uuid) == held
            assert queries.items(held).count() == 1
    for who in ("goran", "dino"):
        with bodies.at_work(who) as by:
            with pytest.raises(NotFound):
                queries.find(by, held.uuid)
            assert not Meeting.objects.exists()
            assert not AgendaItem.objects.exists()
    with bodies.at_work("ana") as by:
        for act in (
            lambda: meeting.cancel(by=by, meeting=held),
            lambda: agenda.put(by=by, meeting=held, title="Моја тачка"),
            lambda: meeting.note_attendance(by=by, meeting=held, there={}),
        ):
            with pytest.raises(NotPermitted):
                act()
        assert Meeting.objects.filter(pk=held.pk).update(place="Код мене") == 0


def test_an_invitation_goes_out_once_for_a_time_with_its_calendar(bodies: Bodies, row: Body) -> None:
    bodies.seat(row, email="gost@demo.invalid", sector="health", institution="Завод")
    held = bodies.meet(row, 5)
    with bodies.at_work("csaba") as by:
        counts = [meeting.invite(by=by, meeting=held, calendar="BEGIN:VCALENDAR") for _turn in range(2)]
        plan = meeting.Plan(held.begins + timedelta(hours=1), held.ends + timedelta(hours=1), "Библиотека")
        meeting.move(by=by, meeting=held, plan=plan)
        counts += [meeting.invite(by=by, meeting=held, calendar="BEGIN:VCALENDAR")]
    assert counts == [3, 0, 3]
    letters = Message.objects.filter(key__startswith="meeting-")
    assert {one.account.name if one.account else one.address for one in letters} == {
        "Ана Вуковић", "Besa Krasniqi", "gost@demo.invalid",
    }  # fmt: skip
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        while outbox.send_next():
            pass
    assert {one.attachments[0][:2] for one in mail.outbox} == {("meeting.ics", "BEGIN:VCALENDAR")}
    assert set(letters.values_list("calendar", "body")) == {("", "")}


def test_who_is_sent_elsewhere_is_written_to_again(bodies: Bodies, row: Body) -> None:
    """Another place at the same time, and back to the first one: each is another invitation."""
    held = bodies.meet(row, 5)
    first = meeting.Plan(held.begins, held.ends, held.place)
    with bodies.at_work("csaba") as by:
        counts = [meeting.invite(by=by, meeting=held, calendar="")]
        for plan in (meeting.Plan(held.begins, held.ends, "Библиотека"), first):
            meeting.move(by=by, meeting=held, plan=plan)
            counts += [meeting.invite(by=by, meeting=held, calendar="") for _turn in range(2)]
    bodies.seat(row, institution="Завод", sector="health", email="gost@demo.invalid")
    with bodies.at_work("csaba") as by:
        counts += [meeting.invite(by=by, meeting=held, calendar="")]
    assert counts == [2, 2, 0, 2, 0, 1]


def test_who_was_invited_is_told_that_it_is_cancelled(bodies: Bodies, row: Body) -> None:
    """A deputy without an account, too; of a meeting to which nobody was invited, nobody hears."""
    bodies.seat(row, institution="Завод", sector="health", deputy="Гост", deputy_email="gost@demo.invalid")
    told, untold = bodies.meet(row, 5), bodies.meet(row, 6)
    with bodies.at_work("csaba") as by:
        assert meeting.invite(by=by, meeting=told, calendar="") == 3
        for one in (told, untold):
            meeting.cancel(by=by, meeting=one, calendar="STATUS:CANCELLED")
    letters = Message.objects.filter(calendar="STATUS:CANCELLED")
    assert {one.account.name if one.account else one.address for one in letters} == {
        "Ана Вуковић", "Besa Krasniqi", "gost@demo.invalid",
    }  # fmt: skip
    assert all(str(told.uuid) in one.key for one in letters)


def test_who_has_left_is_not_reminded_of_a_task(bodies: Bodies, row: Body) -> None:
    held, ana = bodies.meet(row), members(row)[0]
    with bodies.at_work("csaba") as by:
        agenda.give(by=by, meeting=held, member=ana, text="Позвати школе", due_on=later(3))
        member.leave(by=by, member=ana, last=later(1))
    with clock.on(later(4)), acting(WORKER):
        assert body_warning.warn() == 0


def test_nobody_is_invited_to_an_empty_or_past_meeting(bodies: Bodies, row: Body) -> None:
    held, past = bodies.meet(row, 5), bodies.meet(row, -5)
    AgendaItem.objects.filter(meeting=held).delete()
    with bodies.at_work("csaba") as by:
        for one, code in ((held, "agenda"), (past, "past")):
            with pytest.raises(Refused, match=code):
                meeting.invite(by=by, meeting=one, calendar="")


def test_who_came_decides_whether_there_is_a_quorum(bodies: Bodies, row: Body) -> None:
    held = bodies.meet(row)
    ana, besa, policeman = members(row)
    bodies.came(held, ana)
    assert (queries.quorum(held).there, queries.quorum(held).needed, queries.quorum(held).is_met) == (1, 2, False)
    with bodies.at_work("csaba") as by, pytest.raises(Refused, match="deputy"):
        meeting.note_attendance(by=by, meeting=held, there={besa.pk: "deputy"})
    bodies.came(held, ana, policeman)
    assert queries.quorum(held).is_met
    assert queries.sectors(held) == [("education", 1, 1), ("health", 1, 0), ("justice", 1, 1)]
    assert set(Attendance.objects.values_list("name", "presence")) == {
        ("Ана Вуковић", "there"), ("Besa Krasniqi", "away"), ("Милан Мунић", "there"),
    }  # fmt: skip
    with bodies.at_work("csaba") as by, pytest.raises(Refused, match="early"):
        meeting.note_attendance(by=by, meeting=bodies.meet(row, 3), there={})


def test_closed_minutes_stay_as_they_are(bodies: Bodies, row: Body) -> None:
    held = bodies.meet(row)
    with bodies.at_work("csaba") as by, pytest.raises(Refused, match="attendance"):
        meeting.close(by=by, meeting=held, chaired_by="А", recorded_by="Б")
    bodies.came(held, *members(row)[:2])
    item = held.items.get()
    with bodies.at_work("csaba") as by:
        with pytest.raises(Refused, match="names"):
            meeting.close(by=by, meeting=held, chaired_by=" ", recorded_by="Б")
        agenda.write(by=by, item=item, said=agenda.Said("План", "Причали смо.", "План је усвојен.", (2, 0, 0)))
    held = bodies.close(held)
    bodies.seat(row, institution="Завод", sector="health")
    assert (held.state, held.needed, held.seats, queries.quorum(held).is_met) == ("closed", 2, 3, True)
    with bodies.at_work("csaba") as by, pytest.raises(Overtaken):
        agenda.write(by=by, item=item, said=agenda.Said("Друго"))
    assert refusal(change, held, place="Другде") == GONE
    assert refusal(change, item, decision="Није усвојен.") == GONE
    assert refusal(Attendance.objects.filter(meeting=held).delete) == GONE
    assert refusal(AgendaItem.objects.create, meeting=held, position=2, title="Још нешто") == GONE


def test_closed_minutes_know_who_was_there_whoever_sits_later(bodies: Bodies, row: Body) -> None:
    """A seat that is put right backwards changes no minutes."""
    with clock.on(later(30)):
        held = bodies.meet(row)
        bodies.came(held, *members(row))
        held = bodies.close(held)
        with bodies.at_work("csaba") as by:
            member.leave(by=by, member=members(row)[0], last=later(-20))
        bodies.seat(row, institution="Завод", sector="health", since=later(-10))
        assert [one.seat for one in queries.invited(held)] == [1, 2, 3]
        assert queries.sectors(held) == [("education", 1, 1), ("health", 1, 1), ("justice", 1, 1)]


def test_minutes_are_closed_over_those_who_sat_there_then(bodies: Bodies, row: Body) -> None:
    """Whose seat was written down after the attendance has to be noted too: else the quorum is of others."""
    held = bodies.meet(row)
    bodies.came(held, *members(row))
    bodies.seat(row, institution="Завод", sector="health")
    with bodies.at_work("csaba") as by, pytest.raises(Refused, match="attendance"):
        meeting.close(by=by, meeting=held, chaired_by="А", recorded_by="Б")
    bodies.came(held, *members(row))
    assert bodies.close(held).seats == 4


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (agenda.Said(" "), "title"),
        (agenda.Said("План", votes=(1, 0, 0)), "decision"),
        (agenda.Said("План", decision="Да.", votes=(3, 1, 0)), "votes"),
    ],
)
def test_an_item_that_does_not_hold_together_is_refused(
    bodies: Bodies, row: Body, said: agenda.Said, code: str
) -> None:
    held = bodies.meet(row)
    with bodies.at_work("csaba") as by, pytest.raises(Refused, match=code):
        agenda.write(by=by, item=held.items.get(), said=said)


def test_a_task_is_told_once_is_late_once_and_done_by_who_has_it(bodies: Bodies, row: Body) -> None:
    held = bodies.meet(row)
    ana, besa, _policeman = members(row)
    with bodies.at_work("csaba") as by:
        for due, code in ((later(-1), "due"), (later(3), "text")):
            with pytest.raises(Refused, match=code):
                agenda.give(by=by, meeting=held, member=ana, text="Позвати школе" if code == "due" else "", due_on=due)
        task = agenda.give(by=by, meeting=held, member=ana, text="Позвати школе", due_on=later(3))
    letter = Message.objects.get(key=f"body-task-{task.uuid}")
    assert (letter.account, "школе" in letter.body) == (bodies.world.accounts["ana"], False)
    with bodies.at_work("besa") as by:
        assert not queries.own_tasks(by).exists()
        with pytest.raises(NotPermitted):
            agenda.finish(by=by, task=task, outcome="")
        assert BodyTask.objects.filter(pk=task.pk).update(done_on=today()) == 0
    with clock.on(later(4)):
        with acting(WORKER):
            assert [body_warning.warn(), body_warning.warn()] == [1, 0]
        with bodies.at_work("ana") as by:
            assert list(queries.own_tasks(by)) == [task]
            assert task.is_late(by.today)
            agenda.finish(by=by, task=task, outcome="Дошле су три.")
            assert not queries.own_tasks(by).exists()
            with pytest.raises(Overtaken):
                agenda.finish(by=by, task=task, outcome="Опет.")
    assert refusal(change, task, due_on=later(90)) == "a task stays as it was given"
    assert besa.sits(today())


def test_a_cancelled_meeting_is_written_no_more(bodies: Bodies, row: Body) -> None:
    held = bodies.meet(row, 5)
    with bodies.at_work("csaba") as by:
        agenda.give(by=by, meeting=held, member=members(row)[0], text="Припремити", due_on=later(2))
        meeting.cancel(by=by, meeting=held)
        with pytest.raises(Overtaken):
            meeting.invite(by=by, meeting=held, calendar="")
    with bodies.at_work("ana") as by:
        assert not queries.own_tasks(by).exists()
        assert not queries.next_of(by).exists()
    assert refusal(change, held, state="planned") == GONE


def test_constraints_of_a_meeting(bodies: Bodies, row: Body) -> None:
    held = bodies.meet(row)
    assert refusal(change, held, ends=held.begins) == "meeting_ends_later"
    assert refusal(change, held, closed_on=today()) == "meeting_closed_on_a_day"
    assert refusal(change, held.items.get(), votes_for=1) == "agenda_votes_on_a_decision"
    again = {"meeting": held, "member": members(row)[0], "presence": "there"}
    Attendance.objects.create(**again)
    assert refusal(Attendance.objects.create, **again) == "attendance_once"
