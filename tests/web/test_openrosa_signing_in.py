"""Who a phone is at the OpenRosa addresses: Digest and Basic as ODK Collect sends them, and what others try there."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.core import signing

from tests.web.field_world import AT, FORM, HEADERS, Field, Phone, nonce_of, sheet
from tests.web.openrosa import LIST, SUBMIT, checked, listed, one
from zajedno.children.models import Submission
from zajedno.kernel.clock import today
from zajedno.places.actions import device as devices
from zajedno.places.actions import post as posts
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db


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
    assert [form["formID"] for form in listed(field.phone)] == [FORM]
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
    of_the_page = Session.objects.get()
    assert FORM not in checked(field.phone.client.get(LIST), 401).content.decode()
    checked(field.phone.ask("GET", LIST), 200)
    assert list(Session.objects.all()) == [of_the_page]


def test_a_post_that_opens_no_files_keeps_none(field: Field) -> None:
    phone = field.new_phone("dino")
    checked(phone.ask("GET", LIST), 403)
    checked(phone.send(sheet(field.code)), 403)
    assert not Submission.objects.exists()


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
    assert [form["formID"] for form in listed(field.phone)] == [FORM]
