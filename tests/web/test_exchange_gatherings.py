"""Pages of gatherings: what the public reads, registering by links, the organisers' desk from draft to letters."""

from datetime import UTC
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from tests.exchange.gathering_world import AHEAD, Gatherings
from tests.world import World
from zajedno.access.models import Message
from zajedno.exchange.models import Agreed, Gathering, Letter, Programme, Proposal, Registration, Session, Speaker
from zajedno.kernel import clock
from zajedno.kernel.clock import today

pytestmark = pytest.mark.django_db
ALL, DESK = "/exchange/gatherings/", "/exchange/gathering-desk/"
FORM = {"name": "Гост", "email": "gost@demo.invalid", "institution": "Школа", "needs": "Рампа"}


@pytest.fixture
def gatherings(world: World) -> Gatherings:
    cache.clear()
    return Gatherings(world)


@pytest.fixture
def anybody() -> Client:
    return Client(headers={"accept-language": "en"})


def as_(gatherings: Gatherings, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(gatherings.world.accounts[who])
    return client


def text(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def day(name: str, value: Any) -> dict[str, str]:
    return {f"{name}_day": str(value.day), f"{name}_month": str(value.month), f"{name}_year": str(value.year)}


def test_the_public_reads_the_release_only(gatherings: Gatherings, anybody: Client) -> None:
    g, at = gatherings, f"{ALL}{gatherings.gathering.slug}/"
    g.place(g.at(9), g.at(10), "Гласна Особа", "Тиха", title="<b>Прва</b>")
    assert "not released yet" in text(anybody.get(at))
    g.release()
    g.place(g.at(11), g.at(12), title="Нацрт")
    page = anybody.get(at).content.decode()
    assert "Гласна Особа" in page
    assert "Тиха" not in page
    assert "Нацрт" not in page
    assert "<b>Прва</b>" not in page
    assert "video.invalid" not in page
    assert "Exchange of practice" in text(anybody.get(ALL))
    Gathering.objects.update(state="draft")
    gone, never = anybody.get(at), anybody.get(f"{ALL}nema/")
    assert (gone.status_code, gone.content) == (404, never.content)
    assert "Exchange of practice" not in text(anybody.get(ALL))


def test_files_for_calendars(gatherings: Gatherings, anybody: Client) -> None:
    g, at = gatherings, f"{ALL}{gatherings.gathering.slug}/"
    one = g.place(g.at(9), g.at(10, 30), title="Посете, други део")
    g.place(g.at(11), g.at(12), title="Панел")
    g.release()
    whole = anybody.get(f"{at}calendar.ics")
    assert whole["Content-Type"] == "text/calendar; charset=utf-8"
    assert whole.content.decode().count("BEGIN:VEVENT") == 2
    single = anybody.get(f"{at}sessions/{one.uuid}.ics").content.decode()
    assert "SUMMARY:Посете\\, други део\r\n" in single
    assert f"DTSTART:{one.begins.astimezone(UTC):%Y%m%dT%H%M%SZ}" in single
    assert single.count("BEGIN:VEVENT") == 1
    assert anybody.get(f"{at}sessions/{g.propose().uuid}.ics").status_code == 404


def test_a_stranger_registers_by_the_link_and_cancels(gatherings: Gatherings, anybody: Client) -> None:
    at = f"{ALL}{gatherings.gathering.slug}/"
    answer = anybody.post(f"{at}register/", FORM)
    assert (answer.status_code, answer["Location"]) == (302, f"{at}register/sent/")
    row = Registration.objects.get()
    link = f"{at}registration/{row.uuid}/{gatherings.token(row)}/"
    for _look in range(2):  # looking changes nothing
        page = text(anybody.get(link))
        assert "Confirm that you come" in page
        assert "video.invalid" not in page
    assert anybody.post(link, {"answer": "confirm"})["Location"] == link
    assert "video.invalid" in text(anybody.get(link))
    assert anybody.post(f"{at}register/", FORM)["Location"] == answer["Location"]  # no difference is told
    assert anybody.get(f"{at}registration/{row.uuid}/x/").status_code == 404
    anybody.post(link, {"answer": "cancel"})
    page = text(anybody.get(link))
    assert "You cancelled" in page
    assert "video.invalid" not in page
    assert Registration.objects.get().needs is None


@pytest.mark.parametrize("fields", [{"name": ""}, {"email": "x"}, {"needs": "реч " * 10_000}, {"name": "x" * 201}])
def test_what_does_not_fit_comes_back(gatherings: Gatherings, anybody: Client, fields: dict[str, str]) -> None:
    answer = anybody.post(f"{ALL}{gatherings.gathering.slug}/register/", FORM | fields)
    assert answer.status_code == 422
    assert not Registration.objects.exists()


def test_one_address_cannot_send_without_end(gatherings: Gatherings, anybody: Client) -> None:
    answers = [anybody.post(f"{ALL}{gatherings.gathering.slug}/register/", {}).status_code for _turn in range(41)]
    assert (set(answers[:40]), answers[40]) == ({422}, 429)


def test_with_an_account_the_place_is_there_at_once(gatherings: Gatherings) -> None:
    dino, at = as_(gatherings, "dino"), f"{ALL}{gatherings.gathering.slug}/register/"
    answer = dino.post(at, {"needs": ""})
    assert "Confirmed" in text(dino.get(answer["Location"]))
    assert dino.get(at)["Location"] == answer["Location"]
    Gathering.objects.update(state="closed")
    assert "Registration is closed." in text(as_(gatherings, "besa").get(at))


def test_propose_and_decide(gatherings: Gatherings, anybody: Client) -> None:
    g, at = gatherings, f"{ALL}{gatherings.gathering.slug}/propose/"
    assert anybody.get(at).status_code == 302
    dino, said = as_(g, "dino"), {"track": "t1", "title": "Посете", "abstract": "Како.", "language": "bs"}
    assert dino.post(at, said | {"track": "t2"}).status_code == 422
    assert dino.post(at, said).status_code == 302
    row = Proposal.objects.get()
    one = f"{DESK}{g.gathering.slug}/proposals/{row.uuid}/"
    edita = as_(g, "edita")
    assert "Посете" in text(edita.get(f"{DESK}{g.gathering.slug}/call/"))
    assert edita.post(one, {"accept": "no", "reason": ""}).status_code == 422
    assert edita.post(one, {"accept": "no", "reason": "Већ има."}).status_code == 302
    assert "Већ има." in text(dino.get(at))
    own = g.propose("edita")
    page = text(edita.get(f"{DESK}{g.gathering.slug}/proposals/{own.uuid}/"))
    assert "somebody else decides" in page
    assert "Keep the decision" not in page
    assert dino.post(f"{at}{g.propose().uuid}/withdraw/").status_code == 302
    assert edita.get(f"{at}{row.uuid}/withdraw/").status_code == 200


def test_a_late_code_is_shown_once(gatherings: Gatherings) -> None:
    g, edita = gatherings, as_(gatherings, "edita")
    at = f"{DESK}{g.gathering.slug}/call/t1/"
    answer = edita.post(at, {"code": "yes"}, follow=True)
    code = text(answer).split("The code is ")[1].split(".")[0]
    assert code not in text(edita.get(at))
    last = g.track.deadline
    assert edita.post(at, day("deadline", last)).status_code == 302
    with clock.on(today() + AHEAD):
        dino = as_(g, "dino")
        said = {"track": "t1", "title": "Посете", "abstract": "Како.", "language": "bs"}
        at = f"{ALL}{g.gathering.slug}/propose/"
        assert dino.post(at, said).status_code == 422
        assert dino.post(at, said | {"code": code}).status_code == 302


def test_from_a_draft_to_a_release(gatherings: Gatherings, anybody: Client) -> None:
    edita, first = as_(gatherings, "edita"), today() + AHEAD
    sent = {"title_en": "Second", "place": "Тутин", "languages": ["sr"], "capacity": "20"}
    sent |= day("begins_on", first) | day("ends_on", first)
    assert edita.post(f"{DESK}new/", sent | {"capacity": "0"}).status_code == 422
    at = edita.post(f"{DESK}new/", sent)["Location"]
    assert "Second" in text(edita.get(DESK))
    assert edita.post(f"{at}programme/rooms/", {"name": "Сала"}).status_code == 302
    assert edita.post(f"{at}programme/rooms/", {"name": "Сала"}).status_code == 422
    room = str(Gathering.objects.get(slug=at.split("/")[-2]).rooms.get().pk)
    slot = {"kind": "panel", "title": "Панел", "room": room, "day": first.isoformat(), "begins": "9", "ends": "10:30"}
    assert edita.post(f"{at}programme/new/", slot).status_code == 302
    assert edita.post(f"{at}programme/new/", slot | {"title": "Други", "begins": "10"}).status_code == 302
    assert edita.post(f"{at}programme/new/", slot | {"ends": "25"}).status_code == 422
    page = text(edita.get(f"{at}programme/"))
    assert "Room Сала is taken twice" in page
    one = Session.objects.get(title="Други")
    change = f"{at}programme/{one.uuid}/"
    assert 'value="10:30"' in text(edita.get(f"{change}change/"))
    assert edita.post(f"{change}change/", slot | {"title": "Други", "begins": "11", "ends": "12"}).status_code == 302
    assert edita.post(change, {"name": "Ана Л.", "consents": "on"}).status_code == 302
    assert edita.post(f"{change}link/", {"title": "x", "link": "javascript:x", "licence": "CC"}).status_code == 422
    paper = {"title": "Слајдови", "link": "https://demo.invalid/x", "licence": "CC BY 4.0"}
    assert edita.post(f"{change}link/", paper).status_code == 302
    assert "is taken twice" not in text(edita.get(f"{at}programme/"))
    assert edita.post(f"{at}programme/release/", {"name": "1.0"}).status_code == 302
    assert edita.post(f"{at}programme/release/", {"name": "1.0"}).status_code == 422
    assert edita.post(f"{at}state/held/").status_code == 404
    assert edita.post(f"{at}state/open/").status_code == 302
    public = f"{ALL}{at.split('/')[-2]}/"
    page = text(anybody.get(public))
    assert all(word in page for word in ("Панел", "Ана Л.", "Слајдови", "CC BY 4.0"))
    assert edita.post(f"{at}programme/speakers/{Speaker.objects.get().pk}/").status_code == 302
    assert "Ана Л." not in text(anybody.get(public))
    assert edita.post(f"{change}remove/").status_code == 302
    assert "Taken out: Други" in text(edita.get(f"{at}programme/"))
    assert "Други" in text(anybody.get(public))
    assert Programme.objects.count() == 1


def test_registrations_badges_and_who_came(gatherings: Gatherings) -> None:
    g, edita = gatherings, as_(gatherings, "edita")
    rows = [g.come("prva", needs="Рампа"), g.come("druga"), g.come("treca")]
    at = f"{DESK}{g.gathering.slug}/"
    page = text(edita.get(f"{at}people/"))
    assert "Рампа" in page
    assert "On the waiting list" in page
    assert edita.get(f"{at}people/badges.pdf").content.startswith(b"%PDF")
    assert edita.post(f"{at}people/{rows[0].uuid}/cancel/").status_code == 302
    assert "On the waiting list" not in text(edita.get(f"{at}people/"))
    assert edita.post(f"{at}people/came/", {"came": [str(rows[1].uuid)]}).status_code == 422
    with clock.on(today() + AHEAD):
        edita = as_(g, "edita")
        assert edita.post(f"{at}people/came/", {"came": [str(rows[1].uuid)]}).status_code == 302
    assert Registration.objects.get(attended=True) == rows[1]


def test_more_places_let_in_who_waits(gatherings: Gatherings) -> None:
    g, edita = gatherings, as_(gatherings, "edita")
    for who in "abc":
        g.come(who)
    row = g.gathering
    sent = {"title_sr": "Размена", "place": row.place, "languages": ["sr"], "capacity": "3"}
    sent |= day("begins_on", row.begins_on) | day("ends_on", row.ends_on)
    assert edita.post(f"{DESK}{row.slug}/edit/", sent | {"capacity": "1"}).status_code == 422
    assert edita.post(f"{DESK}{row.slug}/edit/", sent).status_code == 302
    assert not Registration.objects.filter(state="waiting").exists()


def test_letters_wait_for_a_person(gatherings: Gatherings) -> None:
    g, edita = gatherings, as_(gatherings, "edita")
    g.come("prva")
    at, told = (
        f"{DESK}{g.gathering.slug}/letters/",
        {"audience": "confirmed", "subject": "Пут", "body": "{name}: {link}"},
    )
    answer = edita.post(f"{at}new/", told | {"body": "{lozinka}"})
    assert answer.status_code == 422
    assert "{lozinka}" in text(answer)
    look = edita.post(f"{at}new/", told)["Location"]
    assert "1 person" in text(edita.get(look))
    assert "Waits to be sent" in text(edita.get(at))
    assert edita.post(look).status_code == 302
    assert edita.post(look)["Location"] == f"{at}{Letter.objects.get().uuid}/"  # sent already: only read
    assert Message.objects.filter(key__startswith="letter-").count() == 1
    row = Letter.objects.get()
    assert edita.post(f"{at}{row.uuid}/", told | {"subject": "Друго"}).status_code == 200
    assert Letter.objects.get().subject == "Пут"


def test_who_visits_whom(gatherings: Gatherings) -> None:
    g, edita = gatherings, as_(gatherings, "edita")
    at, told = (
        f"{DESK}{g.gathering.slug}/visits/",
        {"guest": "Удружење Тутин", "host": "Dom zdravlja Subotica", "what": "x"},
    )
    assert edita.post(at, told | {"host": "Нигде"}).status_code == 422
    assert edita.post(at, told | {"host": "Удружење Тутин"}).status_code == 422
    assert edita.post(at, told | day("due_on", today() + AHEAD)).status_code == 302
    assert Agreed.objects.get().due_on == today() + AHEAD


def test_others_open_nothing_of_the_desk(gatherings: Gatherings, anybody: Client) -> None:
    g, uuid = gatherings, gatherings.propose().uuid
    at = f"{DESK}{g.gathering.slug}/"
    pages = ("", "edit/", "state/closed/", "visits/", "call/", "call/t1/", f"proposals/{uuid}/", "programme/",
             "programme/rooms/", "programme/release/", "programme/new/", "people/", "people/came/",
             "people/badges.pdf", "letters/", "letters/new/")  # fmt: skip
    for page in pages:
        assert as_(g, "edita").get(at + page).status_code == 200, page
        assert as_(g, "strana").get(at + page).status_code == 404, page
        assert as_(g, "dino").get(at + page).status_code == 403, page
        assert anybody.get(at + page).status_code == 302, page


def test_the_page_does_not_ask_more_for_more(
    gatherings: Gatherings, anybody: Client, django_assert_max_num_queries: Any
) -> None:
    g = gatherings
    for hour in range(8, 18):
        g.place(g.at(hour), g.at(hour, 50), "Ана", f"Особа {hour}")
    g.release()
    with django_assert_max_num_queries(14):
        anybody.get(f"{ALL}{g.gathering.slug}/")
