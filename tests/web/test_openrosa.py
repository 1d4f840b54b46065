"""Phones at the OpenRosa addresses: recorded requests of ODK Collect, and what others try there."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from hashlib import md5
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import signing
from django.core.cache import cache
from django.http import HttpResponse
from lxml import etree

from tests.web.field_world import AT, FORM, HEADERS, JPEG, Field, Phone, multipart, nonce_of, sheet, visit
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.children.actions import assessment as assessments
from zajedno.children.actions import submission as submissions
from zajedno.children.actions.consent import withdraw
from zajedno.children.logic.field_code import code_of
from zajedno.children.models import Assessment, FieldCode, Submission, SubmissionFile
from zajedno.kernel import clock, sealed
from zajedno.kernel.clock import today
from zajedno.places.actions import device as devices
from zajedno.places.actions import post as posts
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db
LIST, SUBMIT = f"{AT}formList", f"{AT}submission?deviceID=collect%3AsrHxu3GgVqYXVqZk"
NS = {"l": "http://openrosa.org/xforms/xformsList", "r": "http://openrosa.org/http/response"}


@pytest.fixture(autouse=True)
def no_failures_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def field(world: World) -> Field:
    return Field(world)


def said(response: HttpResponse) -> str:
    return etree.fromstring(response.content).findtext("r:message", namespaces=NS) or ""


def checked(response: HttpResponse, status: int) -> HttpResponse:
    """Every answer is OpenRosa's, whatever it says, and leaves nothing behind."""
    assert response.status_code == status, response.content[:300]
    assert response["X-OpenRosa-Version"] == "1.0"
    assert int(response["X-OpenRosa-Accept-Content-Length"]) >= 10_000_000
    assert response["Date"].endswith(" GMT")
    assert not response.cookies
    assert "Location" not in response
    assert response["Cache-Control"] == "no-store"
    return response


def one() -> Submission:
    return Submission.objects.get()


# Logging in


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("path", [LIST, SUBMIT, f"{AT}forms/visit/1/form.xml", f"{AT}forms/visit/1/manifest"])
def test_without_a_token_both_challenges_and_nothing_else(field: Field, method: str, path: str) -> None:
    response = field.phone.client.generic(method, path.partition("?")[0], **HEADERS)
    if method == "POST" and "submission" not in path:
        assert response.status_code == 405
        return
    checked(response, 401)
    told = response["WWW-Authenticate"]
    assert told.startswith('Digest realm="Zajedno", domain=')
    assert 'qop="auth"' in told
    assert ', Basic realm="Zajedno"' in told
    assert "stale" not in told
    assert "visit" not in response.content.decode()


def test_collect_over_http_answers_the_challenge_by_digest(field: Field) -> None:
    """GET of the list, HEAD and POST to the submission: one challenge, then the counter goes up."""
    phone = field.phone
    phone.nonce = nonce_of(checked(phone.client.generic("GET", LIST, **HEADERS), 401))
    checked(phone.ask("GET", LIST, HTTP_AUTHORIZATION=phone.digest("GET", LIST)), 200)
    response = checked(phone.ask("HEAD", SUBMIT, HTTP_AUTHORIZATION=phone.digest("HEAD", SUBMIT)), 204)
    assert not response.content
    checked(phone.send(sheet(field.code), HTTP_AUTHORIZATION=phone.digest("POST", SUBMIT)), 201)
    assert (phone.count, one().held) == (3, "")


def test_collect_over_https_logs_in_by_basic(field: Field) -> None:
    checked(field.phone.ask("GET", LIST), 200)
    checked(field.phone.ask("HEAD", f"{AT}submission/"), 204)


def test_an_old_challenge_is_renewed_without_asking_the_person(field: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = field.phone
    phone.nonce = nonce_of(phone.client.generic("GET", LIST, **HEADERS))
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 3700)
    response = checked(phone.ask("GET", LIST, HTTP_AUTHORIZATION=phone.digest("GET", LIST)), 401)
    assert "stale=true" in response["WWW-Authenticate"]
    phone.nonce = nonce_of(response)
    checked(phone.ask("GET", LIST, HTTP_AUTHORIZATION=phone.digest("GET", LIST)), 200)


WRONG: dict[str, Callable[[Phone], str]] = {
    "token": lambda phone: Phone(phone.device, "another").basic,
    "digest of another token": lambda phone: Phone(phone.device, "another", nonce=phone.nonce).digest("GET", LIST),
    "name": lambda phone: phone.digest("GET", LIST, username="nobody23"),
    "realm": lambda phone: phone.digest("GET", LIST, realm="Another"),
    "nonce of one's own": lambda phone: phone.digest("GET", LIST, nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"),
    "other address": lambda phone: phone.digest("GET", f"{AT}forms/visit/1/form.xml"),
    "other method": lambda phone: phone.digest("POST", LIST),
    "half a header": lambda phone: 'Digest username="', "nothing said": lambda phone: "Digest",
    "no base64": lambda phone: "Basic ***", "other scheme": lambda phone: f"Bearer {phone.token}",
    "token alone": lambda phone: "Basic OmFiYw==", "empty field": lambda phone: 'Digest username=, realm=""',
    "letters": lambda phone: "Basic 0JHQtdGB0LA6eA==",
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_answer_is_told_no_more_than_none(field: Field, what: str) -> None:
    field.phone.nonce = nonce_of(field.phone.client.generic("GET", LIST, **HEADERS))
    response = checked(field.phone.ask("GET", LIST, HTTP_AUTHORIZATION=WRONG[what](field.phone)), 401)
    assert "stale" not in response["WWW-Authenticate"]


def stopped(field: Field) -> None:
    devices.revoke(by=field.world.actor("besa"), device=field.phone.device)


def ended(field: Field) -> None:
    posts.end(
        by=field.world.actor("besa"), post=Post.objects.get(pk=field.phone.device.post_id), on=today(), reason="Крај"
    )


def closed(field: Field) -> None:
    field.world.accounts["besa"].is_active = False
    field.world.accounts["besa"].save()


@pytest.mark.parametrize("end", [stopped, ended, closed])
def test_a_stopped_phone_is_a_stranger_at_once(field: Field, end: Callable[[Field], None]) -> None:
    phone = field.phone
    phone.nonce = nonce_of(phone.client.generic("GET", LIST, **HEADERS))
    stranger = phone.ask("GET", LIST, HTTP_AUTHORIZATION=WRONG["token"](phone))
    end(field)
    for response in (
        phone.ask("GET", LIST), phone.send(sheet(field.code)),
        phone.ask("GET", LIST, HTTP_AUTHORIZATION=phone.digest("GET", LIST)),
    ):  # fmt: skip
        assert checked(response, 401).content == stranger.content
    assert not Submission.objects.exists()


def test_a_session_opens_nothing_here_and_none_is_made(field: Field) -> None:
    field.phone.client.force_login(field.world.accounts["besa"])
    checked(field.phone.client.get(LIST), 401)
    checked(field.phone.ask("GET", LIST), 200)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_guesses_is_slowed_down(field: Field, method: str) -> None:
    address = LIST if method == "GET" else SUBMIT
    for _time in range(10):
        checked(field.phone.ask(method, address, HTTP_AUTHORIZATION=WRONG["token"](field.phone)), 401)
    late = field.phone.ask(method, address, HTTP_AUTHORIZATION=WRONG["token"](field.phone))
    assert checked(late, 429)["Retry-After"]
    checked(field.phone.ask(method, address), 429)  # also the right one: else each guess would be answered
    checked(field.new_phone().ask("GET", LIST), 200)  # another phone behind the same address goes on


def test_challenges_are_no_failures(field: Field) -> None:
    for _time in range(80):
        field.phone.client.generic("GET", LIST, **HEADERS)
    checked(field.phone.ask("GET", LIST), 200)


# Forms


def listed(phone: Phone, query: str = "", **extra: Any) -> list[dict[str, str]]:
    root = etree.fromstring(checked(phone.ask("GET", f"{LIST}{query}", **extra), 200).content)
    assert root.tag == f"{{{NS['l']}}}xforms"
    return [{etree.QName(child).localname: child.text for child in form} for form in root]


def test_the_list_names_what_is_in_use_here(field: Field) -> None:
    form = listed(field.phone)[0]
    served = checked(field.phone.ask("GET", form["downloadUrl"].partition("testserver")[2]), 200)
    assert served["Content-Type"] == "text/xml; charset=utf-8"
    assert form["hash"] == f"md5:{md5(served.content).hexdigest()}"
    assert (form["formID"], form["version"], form["name"]) == (FORM, "1", "Кућна посета")
    assert "descriptionText" not in form
    assert listed(field.phone, HTTP_ACCEPT_LANGUAGE="en")[0]["name"] == "Home visit"
    assert listed(field.phone, "?verbose=true")[0]["descriptionText"] == "Own example"
    assert listed(field.phone, "?formID=other") == []
    manifest = checked(field.phone.ask("GET", form["manifestUrl"].partition("testserver")[2]), 200)
    assert manifest.content.endswith(b'<manifest xmlns="http://openrosa.org/xforms/xformsManifest"/>')


def test_the_served_form_asks_for_the_code_in_its_languages(field: Field) -> None:
    xml = field.phone.ask("GET", f"{AT}forms/visit/1/form.xml").content.decode()
    assert "number(.) mod 97 = 1" in xml
    root = etree.fromstring(xml.encode())
    languages = root.xpath("//*[local-name()='translation']")
    assert len(languages) == 3
    for language in languages:
        assert language.xpath("*[@id='/data/child_code:label']/*/text()")


def test_only_the_newest_version_and_only_of_the_own_institution(field: Field) -> None:
    visit(2)
    assert [form["version"] for form in listed(field.phone)] == ["2"]
    elsewhere = field.new_phone("ana")
    assert listed(elsewhere) == []
    for path in ("forms/visit/2/form.xml", "forms/visit/2/manifest", "forms/nothing/1/form.xml"):
        checked(elsewhere.ask("GET", AT + path), 404)


def test_a_post_that_opens_no_files_keeps_none(field: Field) -> None:
    checked(field.new_phone("dino").ask("GET", LIST), 403)


# Submissions


def test_a_sheet_with_a_picture_reaches_its_child_once_however_often_it_is_sent(field: Field) -> None:
    day = today() - timedelta(days=3)
    xml = sheet(field.code, day=day.isoformat(), home="1757840000000.jpg", note="Мирно")
    for _time in range(3):
        checked(field.phone.send(xml, ("1757840000000.jpg", "image/jpeg", JPEG)), 201)
    row = one()
    sheet_ = Assessment.objects.get()
    key = field.child.data_key.open()
    assert (row.held, row.content, row.assessment) == ("", None, sheet_)
    assert (sheet_.child, sheet_.holds_on, sheet_.retired) == (field.child, day, False)
    assert sheet_.filled_by == field.world.accounts["besa"].pk
    assert sheet_.open(key)["answers"] == {
        "sleeps": "yes", "siblings": "2", "note": "Мирно", "home": "1757840000000.jpg"
    }  # fmt: skip
    picture = SubmissionFile.objects.get()
    assert (picture.name, picture.media_type, picture.size) == ("1757840000000.jpg", "image/jpeg", len(JPEG))
    assert JPEG not in bytes(picture.content)
    assert sealed.unseal(picture.content, picture.bound_to(), key) == JPEG  # under the child's own key
    assert AuditEntry.objects.filter(verb="children.receive_submission").count() == 1


def test_its_picture_is_opened_from_the_childs_file(field: Field) -> None:
    field.phone.send(sheet(field.code), ("a.jpg", "image/jpeg", JPEG))
    row, client = Assessment.objects.get(), field.phone.client
    client.force_login(field.world.accounts["besa"])
    here = f"/work/child/{field.child.uuid}/assessments/{row.uuid}/"
    found = f"{here}pictures/{SubmissionFile.objects.get().uuid}/"
    assert f'href="{found}"' in client.get(here).content.decode()
    picture = client.get(found)
    assert (picture.content, picture["Content-Type"]) == (JPEG, "image/jpeg")
    assert picture["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(verb="children.read_field_file").count() == 1
    client.force_login(field.world.accounts["ana"])
    assert client.get(found).status_code == 404


def test_a_sheet_in_parts_is_taken_in_with_the_first_and_gets_all_its_pictures(field: Field) -> None:
    xml = sheet(field.code)
    names = ["a.jpg", "b.jpg", "c.jpg"]
    for at, name in enumerate(names):
        checked(field.phone.send(xml, (name, "image/jpeg", JPEG), more=at < 2), 201)
    checked(field.phone.send(xml, ("b.jpg", "image/jpeg", JPEG + b"other"), more=True), 201)
    assert sorted(one().files.values_list("name", flat=True)) == names
    assert Assessment.objects.count() == 1


def test_as_many_pictures_as_collect_sends_at_once(field: Field) -> None:
    pictures = [(f"{number}.jpg", "image/jpeg", JPEG) for number in range(101)]
    checked(field.phone.send(sheet(field.code), *pictures), 201)
    assert one().files.count() == 101


def test_what_is_no_picture_is_not_kept_and_the_phone_is_told(field: Field) -> None:
    response = field.phone.send(
        sheet(field.code), ("a.jpg", "image/jpeg", b"<script>alert(1)</script>"), ("b.jpg", "image/jpeg", JPEG),
        HTTP_ACCEPT_LANGUAGE="en",
    )  # fmt: skip
    assert "1 file was not kept" in said(checked(response, 201))
    assert [row.name for row in one().files.all()] == ["b.jpg"]


def test_a_retired_version_is_taken_in_and_marked(field: Field) -> None:
    visit(2)
    checked(field.phone.send(sheet(field.code, version="1")), 201)
    assert Assessment.objects.get().retired
    assert Assessment.objects.get().version == field.version


@pytest.mark.parametrize("day", ["", "2099-01-01", "1970-01-01", "yesterday"])
def test_a_phone_with_a_wrong_clock_fills_in_today(field: Field, day: str) -> None:
    xml = sheet(field.code, day=day or "x")
    checked(field.phone.send(xml), 201)
    assert Assessment.objects.get().holds_on == today()


HELD: dict[str, tuple[str, Callable[[Field], str]]] = {
    "unknown form": ("form", lambda field: sheet(field.code, form="nothing")),
    "unknown version": ("form", lambda field: sheet(field.code, version="9")),
    "odd version": ("form", lambda field: sheet(field.code, version="९" * 30)),
    "no code": ("code", lambda field: sheet("")),
    "mistyped code": ("code", lambda field: sheet(f"{field.code[:-1]}{(int(field.code[-1]) + 1) % 10}")),
    "nobody's code": ("code", lambda field: sheet(next(
        code for code in map(code_of, range(9)) if not FieldCode.objects.filter(code=code).exists()
    ))),
    "code of another phone": ("code", lambda field: sheet(
        field.put_on_list(field.tied("Мина", "Савић"), field.new_phone())
    )),
    "missing answer": ("answers", lambda field: sheet(field.code, sleeps="")),
    "answer out of bounds": ("answers", lambda field: sheet(field.code, siblings="99")),
    "no such choice": ("answers", lambda field: sheet(field.code, sleeps="maybe")),
    "a question of no form": ("answers", lambda field: sheet(field.code, weight="7")),
    "other root": ("answers", lambda field: sheet(field.code).replace("<data ", "<d ").replace("/data>", "/d>")),
}  # fmt: skip


@pytest.mark.parametrize("what", HELD)
def test_what_does_not_fit_is_held_and_somebody_is_told(field: Field, what: str) -> None:
    reason, make = HELD[what]
    xml = make(field)
    checked(field.phone.send(xml, ("a.jpg", "image/jpeg", JPEG)), 201)
    row = one()
    assert (row.held, row.assessment, row.organisation) == (reason, None, field.here)
    assert sealed.unseal(row.content, row.bound_to()) == xml.encode()
    assert row.files.count() == 1
    assert not Assessment.objects.exists()
    letter = Message.objects.get(key__startswith="held-")
    assert letter.account == field.world.accounts["besa"]
    assert not any(word in letter.subject + letter.body for word in ("Ђорђе", "Њежић", field.code, "visit"))
    checked(field.phone.send(xml), 201)
    checked(field.phone.send(make(field)), 201)
    assert Message.objects.filter(key__startswith="held-").count() == 1  # one letter a day


def test_without_consent_it_is_held(field: Field) -> None:
    with_consent = field.child.consents.get()
    withdraw(by=field.world.actor("besa"), consent=with_consent)
    checked(field.phone.send(sheet(field.code)), 201)
    assert one().held == "consent"


def test_a_child_no_longer_tied_is_not_given_anything(field: Field) -> None:
    field.untie(field.child)
    checked(field.phone.send(sheet(field.code)), 201)
    assert one().held == "tie"
    assert not Assessment.objects.exists()


def test_the_phone_is_told_the_same_whatever_became_of_it(field: Field) -> None:
    """Whose child a code is, and whether there is a consent, is nothing for a telephone."""
    told = {field.phone.send(make(field)).content for _reason, make in HELD.values()}
    told.add(field.phone.send(sheet(field.code)).content)
    assert len(told) == 1


def test_a_child_of_another_institution_is_held_and_reveals_nothing(field: Field) -> None:
    ana = field.new_phone("ana")
    other = field.tied("Мина", "Савић", at="school")
    code = field.put_on_list(other, ana, "ana")
    assert field.phone.send(sheet(code)).content == field.phone.send(sheet("0000000")).content
    assert set(Submission.objects.values_list("held", flat=True)) == {"code"}
    assert set(Submission.objects.values_list("organisation", flat=True)) == {field.here}


def test_a_score_that_breaks_loses_no_sheet(field: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(assessments, "sealed_content", broken)
    checked(field.phone.send(sheet(field.code)), 201)
    assert one().held == "answers"
    monkeypatch.undo()
    submissions.give(by=field.world.actor("besa"), submission=one(), child=field.child)
    assert (one().held, Assessment.objects.count()) == ("", 1)


def test_html_in_answers_stays_text(field: Field) -> None:
    attack = "&lt;script&gt;alert(1)&lt;/script&gt;"
    checked(field.phone.send(sheet("", note=attack)), 201)
    client = field.phone.client
    client.force_login(field.world.accounts["besa"])
    page = client.get(f"/work/field/held/{one().uuid}/").content.decode()
    assert "<script>alert" not in page
    assert attack in page


NOT_TAKEN: dict[str, tuple[bytes, int]] = {
    "no xml": (b"\x89PNG not a sheet", 400),
    "log-in page of a network": (b"<!doctype html><html><body>Free WLAN</body></html>", 400),
    "wrong root": (b"<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", 400),
    "bomb": (b"<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><data id='visit'>&b;</data>", 400),
    "file": (b"<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><data id='visit'>&e;</data>", 400),
    "empty": (b"", 400),
    "cut off": (sheet("1").encode()[:-9], 400),
    "large": (b"<data id='visit'><note>" + b"a" * (2 * 1024 * 1024) + b"</note></data>", 413),
}


@pytest.mark.parametrize("what", NOT_TAKEN)
def test_what_is_no_sheet_stays_on_the_phone(field: Field, what: str) -> None:
    content, status = NOT_TAKEN[what]
    assert said(checked(field.phone.send(content), status))
    assert not Submission.objects.exists()


def test_a_body_that_is_too_large_is_not_read(field: Field) -> None:
    response = field.phone.send(sheet(field.code), CONTENT_LENGTH=str(64 * 1024 * 1024))
    checked(response, 413)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(("size", "status"), [(100, 201), (22 * 1024 * 1024, 413)])
def test_a_body_in_chunks_has_no_length_and_arrives_all_the_same(field: Field, size: int, status: int) -> None:
    """As the web server hands it on: a stream to be read, and no word of how long it is."""
    body = multipart(sheet(field.code).encode(), ("a.jpg", "image/jpeg", JPEG + b"a" * size))
    chunks: dict[str, Any] = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": "", "wsgi.input": BytesIO(body)}
    checked(field.phone.send("", **chunks), status)
    assert Submission.objects.count() == (status == 201)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<data/>", "text/xml"), (b"", "multipart/form-data"), (b"--x\r\nno end", "multipart/form-data; boundary=x"),
        (b"\x00" * 100, "multipart/form-data; boundary=\xff"), (b"a=b", "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-Disposition: form-data; name=\"xml_submission_file\"; filename=\"a\"\r\n"
         b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n", "multipart/form-data; boundary=x"),
    ],
)  # fmt: skip
def test_other_bodies_are_refused_in_words(field: Field, body: bytes, kind: str) -> None:
    response = field.phone.client.generic(
        "POST", f"{AT}submission", body, kind, HTTP_AUTHORIZATION=field.phone.basic, **HEADERS
    )
    assert said(checked(response, 400))


def test_a_file_name_cannot_leave_its_place(field: Field) -> None:
    name = "../../etc/\x01passwd;x.jpg"
    checked(field.phone.send(sheet(field.code), (name, "image/jpeg", JPEG)), 201)
    assert one().files.get().name == "passwdx.jpg"


def test_a_sheet_is_stored_under_its_own_id(field: Field) -> None:
    instance = str(uuid4())
    field.phone.send(sheet(field.code, instance))
    assert one().instance == Assessment.objects.get().instance == UUID(instance)


def test_what_another_institution_has_already_is_not_stored_again(field: Field) -> None:
    instance = str(uuid4())
    field.phone.send(sheet(field.code, instance))
    checked(field.new_phone("ana").send(sheet("1", instance), ("a.jpg", "image/jpeg", JPEG)), 201)
    assert one().organisation == field.here
    assert not one().files.exists()


def test_a_sheet_about_a_day_holds_for_it(field: Field) -> None:
    with clock.on(today() + timedelta(days=30)):
        field.phone.send(sheet(field.code, day=(today() - timedelta(days=20)).isoformat()))
    assert Assessment.objects.get().holds_on > today() - timedelta(days=20)


def test_a_repeat_comes_in_as_a_list(field: Field) -> None:
    xml = sheet(field.code).replace(
        "<meta>", "<visits><on_day>2026-01-02</on_day></visits><visits><on_day>2026-01-05</on_day></visits><meta>"
    )
    field.phone.send(xml)
    kept = Assessment.objects.get().open(field.child.data_key.open())["answers"]
    assert [one["on_day"] for one in kept["visits"]] == ["2026-01-02", "2026-01-05"]


def test_nothing_is_redirected_to_a_page(field: Field) -> None:
    for path in ("", "formlist", "forms/visit/1/", "submission/x"):
        response = field.phone.ask("GET", AT + path)
        assert response.status_code == 404
        assert "Location" not in response


def test_dates_of_children_are_never_in_what_leaves(field: Field) -> None:
    left = field.phone.ask("GET", LIST).content + field.phone.ask("GET", f"{AT}forms/visit/1/form.xml").content
    for sign in ("Ђорђе", "Њежић", field.code, date(2023, 5, 4).isoformat()):
        assert sign not in left.decode()
