"""What a phone sends and fits no child is held for people; what is no sheet at all stays on the phone."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from tests.web.field_world import AT, HEADERS, JPEG, Field, multipart, sheet
from tests.web.openrosa import checked, one, said
from zajedno.access.models import Message
from zajedno.children.actions import assessment as assessments
from zajedno.children.actions import submission as submissions
from zajedno.children.actions.consent import withdraw
from zajedno.children.logic.field_code import code_of
from zajedno.children.models import Assessment, FieldCode, Submission
from zajedno.kernel import sealed

pytestmark = pytest.mark.django_db

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
