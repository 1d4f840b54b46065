"""Bodies at the network's desk: from setting one up to closed minutes, with right and wrong people; public pages."""

import io
import re
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from tests.networks.bodies import Bodies, later
from tests.web.panel_world import English, words
from tests.web.test_network_pages import days
from tests.world import World
from zajedno.access.models import Message
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.networks.models import Attendance, Body, BodyTask, Meeting, Member

pytestmark = pytest.mark.django_db
LIST = "/network/bodies/"


@pytest.fixture
def bodies(world: World) -> Bodies:
    return Bodies(world)


def at(row: Body | Meeting, rest: str = "") -> str:
    return f"/network/{'bodies' if isinstance(row, Body) else 'meetings'}/{row.uuid}/{rest}"


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_from_setting_up_to_closed_minutes(bodies: Bodies, go: English) -> None:
    csaba, ana = go("csaba"), go("ana")
    sent = {
        "title_sr": "Мрежа Суботица", "kind": "network", "territory": str(bodies.keeper.territory_id),
        "quorum": "more_than_half", "language": "sr-latn", "organ": "Скупштина града", "contact": "024 000 000",
        **days("mandate_from", 0), **days("mandate_until", 30),
    }  # fmt: skip
    assert csaba.post(f"{LIST}new/", sent).status_code == 302
    row = Body.objects.get()
    assert "The mandate ends soon" in words(csaba.get(LIST))
    school, health = (str(bodies.world.organisations[one].pk) for one in ("school", "health"))
    for fields in (
        {"organisation": school, "person": "Ана Вуковић", "email": "ANA@demo.invalid", "role": "chair"},
        {"organisation": health, "person": "Besa Krasniqi", "email": "besa@demo.invalid", "role": "member"},
        {"institution": "Полиција", "sector": "justice", "person": "Милан Мунић", "role": "member"},
    ):
        assert csaba.post(at(row, "members/new/"), fields | days("since", 0)).status_code == 302
    assert Member.objects.filter(account__isnull=False).count() == 2
    sent = {"begins": "9:30", "ends": "11", "place": "Градска кућа", **days("day", 0)}
    assert csaba.post(at(row, "meetings/new/"), sent).status_code == 302
    held = Meeting.objects.get()
    assert csaba.post(at(held, "items/new/"), {"title": "План за јесен"}).status_code == 302
    item = held.items.get()
    seats = list(Member.objects.order_by("seat"))
    sent = {f"member_{one.pk}": kind for one, kind in zip(seats, ("there", "there", "excused"), strict=True)}
    assert csaba.post(at(held, "attendance/"), sent | {"guests": "Гост"}).status_code == 302
    votes = {"votes_for": "2", "votes_against": "0", "votes_abstained": "0"}
    sent = {"title": "План за јесен", "discussion": "Дуго смо\nпричали.", "decision": "План се усваја.", **votes}
    assert csaba.post(at(held, f"items/{item.uuid}/"), sent).status_code == 302
    sent = {"text": "Позвати школе", "member": str(seats[0].uuid), **days("due_on", 2)}
    assert csaba.post(at(held, "tasks/new/"), sent).status_code == 302
    sent = {"chaired_by": "Ана Вуковић", "recorded_by": "Csaba Nagy"}
    assert csaba.post(at(held, "close/"), sent).status_code == 302
    page = words(ana.get(at(held)))
    for said in ("There is a quorum", "2 of 3 members", "План се усваја.", "2 for, 0 against", "Позвати школе"):
        assert said in page
    assert "items/new/" not in page
    assert csaba.get(at(held, "attendance/")).status_code == 302
    assert csaba.post(at(held, "items/new/"), {"title": "Још"}).status_code == 409


def test_minutes_are_printed_in_the_language_of_the_body(bodies: Bodies, go: English) -> None:
    row = bodies.seated()
    held = bodies.meet(row)
    assert "Draft" not in text_of(go("ana").get(at(held, "minutes.pdf")).content)
    bodies.came(held, *Member.objects.order_by("seat")[:2])
    bodies.close(held)
    said = {
        "sr": ("Записник са састанка бр. 1", "Кворум: присутно 2 од 3 чланова", "Образовање"),
        "sr-latn": ("Zapisnik sa sastanka br. 1", "Kvorum: prisutno 2 od 3 članova", "Obrazovanje"),
        "bs": ("Zapisnik sa sastanka br. 1", "Tijelo može odlučivati", "Obrazovanje"),
        "hu": ("Az ülés jegyzőkönyve", "A testület határozatképes", "Oktatás"),
    }
    for language, (title, quorum, sector) in said.items():
        Body.objects.update(language=language)
        answer = go("ana").get(at(held, "minutes.pdf"))
        found = text_of(answer.content)
        assert title in found, language
        assert quorum in found, language
        assert sector in found, language
        word = docx.Document(io.BytesIO(go("ana").get(at(held, "minutes.docx")).content))
        paragraphs = "\n".join(one.text for one in word.paragraphs)
        assert title in paragraphs, language
        assert "Ана Вуковић" in paragraphs
        assert answer.content == go("besa").get(at(held, "minutes.pdf")).content


def test_an_invitation_brings_a_calendar_file(bodies: Bodies, go: English) -> None:
    held = bodies.meet(bodies.seated(), 7)
    page = go("csaba").post(at(held, "invite/"), follow=True)
    assert "2 letters are on their way." in words(page)
    letter = Message.objects.filter(key__startswith="meeting-").first()
    assert letter
    for said in ("BEGIN:VCALENDAR", f"UID:{held.uuid}@zajedno", "CLASS:PRIVATE", "LOCATION:Градска кућа"):
        assert said in letter.calendar
    mine = go("ana").get(at(held, "calendar.ics")).content.decode()
    assert re.sub("DTSTAMP:.*", "", mine) == re.sub("DTSTAMP:.*", "", letter.calendar)


def test_a_member_sees_tasks_that_are_late_and_does_them(bodies: Bodies, go: English) -> None:
    row = bodies.seated()
    held = bodies.meet(row)
    sent = {"text": "Позвати школе", "member": str(Member.objects.get(seat=1).uuid), **days("due_on", 1)}
    go("csaba").post(at(held, "tasks/new/"), sent)
    task = BodyTask.objects.get()
    duty = f"/network/duties/{task.uuid}/"
    with clock.on(later(3)):
        page = words(go("ana").get(LIST))
        assert "2 days overdue" in page
        assert duty in page
        assert duty not in words(go("besa").get(at(row)))
        assert go("besa").get(duty).status_code == 404
        assert go("ana").post(duty, {"outcome": "Дошле су три."}).status_code == 302
        assert "overdue" not in words(go("ana").get(LIST))
        assert "Дошле су три." in words(go("besa").get(at(held)))


def test_a_task_given_by_mistake_is_taken_back_while_the_minutes_are_written(bodies: Bodies, go: English) -> None:
    row = bodies.seated()
    held = bodies.meet(row)
    sent = {"text": "Позвати школе", "member": str(Member.objects.get(seat=1).uuid), **days("due_on", 1)}
    go("csaba").post(at(held, "tasks/new/"), sent)
    duty = f"/network/duties/{BodyTask.objects.get().uuid}/"
    assert f"{duty}back/" in words(go("csaba").get(duty))
    assert f"{duty}back/" not in words(go("ana").get(duty))
    assert go("ana").post(f"{duty}back/").status_code == 403
    assert go("csaba").post(f"{duty}back/").status_code == 302
    assert not BodyTask.objects.exists()


def test_who_does_not_sit_in_it_finds_nothing(bodies: Bodies, go: English) -> None:
    row = bodies.set_up()
    bodies.seat(row, "ana", "school")
    held = bodies.meet(row)
    for who, status in (("besa", 404), ("dino", 403)):
        for where in (at(row), at(row, "members/new/"), at(held), at(held, "minutes.pdf"), at(held, "close/")):
            assert go(who).get(where).status_code == status, (who, where)
            assert go(who).post(where).status_code in (403, 404, 405), (who, where)
    for where in (at(row, "change/"), at(row, "members/new/"), at(held, "close/")):
        assert go("ana").get(where).status_code == 302
        assert go("ana").post(where, {"reason": "Х"}).status_code in (403, 422)
    assert go("ana").post(at(held, "cancel/")).status_code == 403


def test_somebody_without_a_post_in_a_network_reads_the_body_they_sit_in(bodies: Bodies, go: English) -> None:
    row = bodies.set_up()
    assert go("eva").get(LIST).status_code == 403
    bodies.seat(row, "eva", "ministry")
    assert go("eva").get(at(row)).status_code == 200
    assert go("eva").get(f"{LIST}new/").status_code == 403


def test_forms_come_back_filled(bodies: Bodies, go: English) -> None:
    row = bodies.set_up()
    sent = {"person": "Милан Мунић", "role": "member", **days("since", 0)}
    page = go("csaba").post(at(row, "members/new/"), sent)
    assert page.status_code == 422
    assert "Choose the institution, or write its name." in words(page)
    assert "Милан Мунић" in words(page)
    page = go("csaba").post(at(row, "meetings/new/"), {"begins": "11", "ends": "9", "place": "Х", **days("day", 1)})
    assert (page.status_code, "The meeting ends before it begins." in words(page)) == (422, True)
    held = bodies.meet(row)
    page = go("csaba").post(at(held, f"items/{held.items.get().uuid}/"), {"title": "План", "votes_for": "1"})
    assert (page.status_code, "Give all three numbers of votes, or none." in words(page)) == (422, True)


def test_seats_change_hands_on_the_page(bodies: Bodies, go: English) -> None:
    row = bodies.set_up()
    ana = bodies.seat(row, "ana", "school", since=later(-5))
    seat = at(row, f"members/{ana.uuid}/")
    sent = {"deputy": "Јелена Марић", "deputy_email": "jelena@demo.invalid"}
    assert go("csaba").post(seat, sent).status_code == 302
    ana.refresh_from_db()
    assert (ana.deputy, ana.deputy_account) == ("Јелена Марић", None)  # she works elsewhere
    sent = {"institution": "ОШ Друга", "sector": "education", "person": "Нова", "role": "member", **days("since", 0)}
    assert go("csaba").post(f"{seat}after/", sent).status_code == 302
    new = Member.objects.get(person="Нова")
    assert (new.seat, new.sits(today())) == (ana.seat, True)
    assert "Sat in it before" in words(go("csaba").get(at(row)))
    assert go("csaba").post(at(row, f"members/{new.uuid}/leave/"), days("last", 0)).status_code == 302
    assert go("ana").get(at(row)).status_code == 404


def test_the_act_is_kept_and_read(bodies: Bodies, go: English) -> None:
    row = bodies.seated()
    paper = SimpleUploadedFile("odluka.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    assert go("csaba").post(at(row, "act/keep/"), {"file": paper}).status_code == 302
    assert go("ana").get(at(row, "act/")).content.startswith(b"%PDF")
    assert go("goran").get(at(row, "act/")).status_code == 403


def test_a_body_that_waits_is_taken_up(bodies: Bodies, go: English) -> None:
    row = bodies.set_up()
    Body.objects.update(organisation=None, source="Извор")
    assert "A body of your municipality waits" in words(go("csaba").get(LIST))
    assert go("ana").get(at(row)).status_code == 404
    assert go("csaba").post(at(row, "take/")).status_code == 302
    row.refresh_from_db()
    assert row.organisation == bodies.keeper
    assert go("csaba").post(at(row, "take/")).status_code == 409


def test_the_public_page_says_who_and_how_and_no_person(bodies: Bodies) -> None:
    row = bodies.seated()
    bodies.meet(row)
    stranger = Client(headers={"accept-language": "en"})
    assert f"/networks/{row.slug}/" in words(stranger.get("/networks/"))
    page = words(stranger.get(f"/networks/{row.slug}/"))
    for said in ("OŠ „Primer”", "Полицијска станица", "mreza@demo.invalid", "Network for inclusive education"):
        assert said in page
    for hidden in ("Ана", "Вуковић", "Милан", "План за јесен", "csaba"):
        assert hidden not in page
    assert stranger.get("/networks/nobody/").status_code == 404
    Body.objects.update(ended_on=date(2020, 1, 1), ended_reason="Крај.")
    assert stranger.get(f"/networks/{row.slug}/").status_code == 404


def test_nobody_marks_attendance_before_the_day(bodies: Bodies, go: English) -> None:
    row = bodies.seated()
    held = bodies.meet(row, 4)
    sent = {f"member_{one.pk}": "there" for one in Member.objects.all()}
    page = go("csaba").post(at(held, "attendance/"), sent)
    assert (page.status_code, Attendance.objects.count()) == (422, 0)
