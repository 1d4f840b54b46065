"""Nothing of a child in a log, a letter by mail, an address that something leads to, or an error page."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.stories.town import GUARDIAN, NAMED, NUMBER, SECRET, Town
from zajedno.access.models import Message
from zajedno.access.tasks import send_outbox
from zajedno.casework.models import Case, Clock
from zajedno.casework.tasks import daily_round
from zajedno.children.models import Child, Identifier
from zajedno.kernel import clock
from zajedno.kernel.fence import acting
from zajedno.web.panel import decide, register
from zajedno.web.shared.logs import Nameless
from zajedno.web.work import case, child, search

pytestmark = [pytest.mark.django_db, pytest.mark.pages]  # follows every address there is


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What an installation would write into its log."""
    written = StringIO()
    ours = [one for one in logging.getLogger().handlers if any(isinstance(kept, Nameless) for kept in one.filters)]
    assert ours
    for handler in ours:
        monkeypatch.setattr(handler, "stream", written)
    return written


def said(log: StringIO) -> str:
    """The log, with the letters that Django writes as codes."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), log.getvalue())


def as_owner(act: Callable[..., object], **values: object) -> None:
    """To its owner PostgreSQL tells the whole row that it refuses; behind row-level security it does not."""
    with acting("none"):
        act(**values)


def cause(error: Exception) -> None:
    raise ValueError(f"{NAMED}, 4. 5. 2016, {NUMBER}") from error


ERRORS: dict[str, Callable[[Town], object]] = {
    "value": lambda town: cause(KeyError(NAMED)),
    "key": lambda town: {}[NAMED],
    "attribute": lambda town: town.Ђурђица,
    "check": lambda town: as_owner(Child.objects.filter(pk=town.child.pk).update, given_name=""),
    "unique": lambda town: as_owner(Case.objects.filter(pk=town.later.case.pk).update, number=town.case.number),
    "too-long": lambda town: Case.objects.filter(pk=town.case.pk).update(number=NAMED * 9),
    "missing": lambda town: Child.objects.get(given_name="Ђурђица", family_name="Друга"),
}
PLACES: dict[str, tuple[Any, str, str, str]] = {
    "case": (case, "outline", "get", "/work/case/{case/uuid}/"),
    "child": (child, "contact_rows", "get", "/work/child/{child/uuid}/"),
    "search": (search, "results", "post", "/work/search/"),
    "opinion": (decide, "show", "get", "/panel/case/{case/uuid}/decide/"),
    "register": (
        register,
        "said",
        "get",
        "/panel/register/{panel/register/uuid}/row/{panel/register/row/number}/",
    ),
}


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("place", PLACES)
def test_what_breaks_names_nobody(
    town: Town, log: StringIO, monkeypatch: pytest.MonkeyPatch, settings: Any, place: str, error: str
) -> None:
    """Neither to the person nor in the log, nor in the mail of an installation that has its errors sent."""
    settings.ADMINS = [("Администратор", "admin@demo.invalid")]
    module, helper, method, address = PLACES[place]
    monkeypatch.setattr(module, helper, lambda *_given, **_named: ERRORS[error](town))
    response = town.visit("csaba", method, town.at(address), **({"text": "Ђурђица"} if method == "post" else {}))
    assert response.status_code == 500
    assert "in <lambda>" in log.getvalue()
    letters = [f"{one.subject} {one.body} {one.alternatives}" for one in mail.outbox]
    assert letters
    for told in (response.content.decode(), str(response.headers), said(log), *letters):
        assert town.traces(told) == set()


def paper(name: str, content: bytes) -> dict[str, Any]:
    return {"kind": "medical", "file": SimpleUploadedFile(name, content)}


BAD: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "nul": ("/work/search/", lambda: {"text": "Ђурђица\x00Џиновић", "born": "2016-05-04"}),
    "no-day": ("/work/search/", lambda: {"text": "Ђурђица", "born": "4.5.2016. у подне", "number": NUMBER * 9}),
    "no-id": ("/work/request/", lambda: {"child": NAMED}),
    "child": ("/work/child/{child/uuid}/change/", lambda: {"given_name": "Ђурђица" * 99, "birth_date": "јуче"}),
    "guardian": ("/work/child/{child/uuid}/guardian/", lambda: {"name": GUARDIAN * 99, "kind": GUARDIAN, "email": "@"}),
    "draft": ("/work/request/{request/uuid}/child/", lambda: {"given_name": "Ђурђица", "number": NUMBER[:-1]}),
    "note": ("/work/case/{case/uuid}/note/", lambda: {"text": SECRET, "kind": "Ђурђица", "happened_on": "2099-01-01"}),
    "file": ("/work/case/{case/uuid}/papers/", lambda: paper(f"{NAMED}.exe", b"MZ\x00\x00")),
    "move": ("/work/case/{case/uuid}/move/withdraw/", lambda: {"seen": "Ђурђица", "reason": SECRET}),
    "number": ("/work/", lambda: {"number": "ИРК-001/2026" * 50}),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_not_repeated_in_the_log(town: Town, log: StringIO, what: str) -> None:
    address, sent = BAD[what]
    response = town.client("ana").post(town.at(address), sent())
    assert 400 <= response.status_code < 500
    assert town.traces(said(log)) == set()


@pytest.mark.parametrize(
    "address", ["/work/search/?text=Ђурђица+Џиновић", "/work/child/?n=0405016825018", "/work/Ђурђица/"]
)
def test_what_somebody_typed_into_the_address_is_not_in_the_log(town: Town, log: StringIO, address: str) -> None:
    town.client("ana").get(address)
    assert town.traces(said(log)) == set()


def test_mail_says_where_to_look_and_never_of_whom(town: Town, log: StringIO) -> None:
    """After both procedures, their ends, a missed deadline and the round of that day; in the outbox and as sent."""
    town.later.move("ana", "report_follow_up", report="Дете напредује.")
    town.later.move("csaba", "close", reason="Подршка је завршена.")
    last = Clock.objects.filter(stopped_on=None).latest("due_on").due_on
    for before in (7, -1):
        with clock.on(last - timedelta(days=before)):
            daily_round()
    written = [f"{one.key} {one.subject} {one.body}" for one in Message.objects.all()]
    assert len(written) > 20
    assert {"remind", "missed"} <= {text.split("-")[0] for text in written}
    send_outbox()
    sent = [f"{one.subject} {one.body} {one.to} {one.extra_headers}" for one in mail.outbox]
    assert len(sent) >= len(written)
    for text in (*written, *sent, said(log)):
        assert town.traces(text) == set()


def test_whatever_is_sent_leads_to_an_address_without_a_name(town: Town) -> None:
    client, draft = town.client("ana"), f"/work/request/{town.ids['request/uuid']}/"
    named = {"given_name": "Ђурђица", "family_name": "Џиновић", "birth_date": "2016-05-04", "number": NUMBER}
    sent = {
        f"{draft}child/": named,
        f"{draft}same/": {"use": str(town.child.uuid)},
        f"{draft}family/": {"first_kind": "mother", "first_name": GUARDIAN, "later": "1"},
        "/work/": {"number": town.case.number},
        "/work/request/": {"child": str(town.child.uuid)},
        town.at("/work/child/{child/uuid}/change/"): named | {"sex": "F", "address": "Јасенова 77"},
        town.at("/work/child/{child/uuid}/guardian/"): {"kind": "mother", "name": GUARDIAN, "represents": "on"},
        town.at("/work/case/{case/uuid}/note/"): {"kind": "note", "happened_on": str(clock.today()), "text": SECRET},
    }
    for address, data in sent.items():
        response = client.post(address, data)
        assert response.status_code == 302, address
        told = response["Location"] + " ".join(morsel.value for morsel in response.cookies.values())
        assert town.traces(told) == set(), address


def test_a_row_that_is_printed_names_nobody(town: Town) -> None:
    for label in ("children", "casework"):
        for model in apps.get_app_config(label).get_models():
            printed = [f"{row} {row!r}" for row in model.objects.all()]
            assert printed, model
            assert town.traces(" ".join(printed)) == set(), model
    assert Identifier.objects.get().value == NUMBER
