"""A person's way in: invitation, password, second step, sessions."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from zajedno.access.actions.account import VALID_FOR, _hash
from zajedno.access.models import Account, Invitation, Message
from zajedno.kernel import clock

PASSWORD = "tri reči i četvrta"
pytestmark = [pytest.mark.django_db]


@pytest.fixture
def ana() -> Account:
    return Account.objects.create_user("ana@demo.invalid", PASSWORD, name="Ана Петровић")


def _invite(age: timedelta = timedelta()) -> Account:
    account = Account.objects.create_user("new@demo.invalid", None, name="Нова Особа")
    now = clock.now() - age
    Invitation.objects.create(
        account=account, token_hash=_hash("token"), created_on=now, expires_on=now + VALID_FOR
    )  # fmt: skip
    return account


def _enter(client: Client, password: str = PASSWORD, email: str = "ana@demo.invalid") -> int:
    return client.post("/login/", {"login": email, "password": password}).status_code


def test_invited_person_chooses_a_password_and_gets_in(client: Client) -> None:
    _invite()
    assert "Нова Особа" in client.get("/invitation/token/").content.decode()
    weak = client.post("/invitation/token/", {"password": "short", "again": "short"})
    assert "govuk-error-summary" in weak.content.decode()
    differ = client.post("/invitation/token/", {"password": PASSWORD, "again": PASSWORD + "x"})
    assert 'href="#id_again"' in differ.content.decode()
    assert client.post("/invitation/token/", {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert _enter(client, email="new@demo.invalid") == 302


def test_used_old_and_invented_invitations_look_alike(client: Client) -> None:
    _invite(age=VALID_FOR + timedelta(minutes=1))
    old, invented = client.get("/invitation/token/"), client.get("/invitation/invented/")
    assert old.status_code == invented.status_code == 404
    assert old.content == invented.content


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/signup/").status_code == 404
    assert client.get("/account/signup/").status_code == 404


def test_pages_of_the_account_ask_who_it_is(client: Client) -> None:
    for path in ("/account/", "/after-login/", "/account/sessions/", "/account/second-factor/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/login/?next={path}")


def test_reset_tells_nobody_whether_there_is_an_account(client: Client, ana: Account) -> None:
    answers = [client.post("/account/password/reset/", {"email": e}) for e in ("ana@demo.invalid", "x@demo.invalid")]
    assert len({(a.status_code, a.headers["Location"]) for a in answers}) == 1
    letter = Message.objects.get()
    assert letter.account == ana
    assert "Ана" not in letter.subject


def test_link_of_the_letter_leads_to_a_new_password(client: Client, ana: Account) -> None:
    client.post("/account/password/reset/", {"email": ana.email})
    body = Message.objects.get().body
    path = "/account/" + body.split("/account/", 1)[1].split()[0]
    page = client.get(path, follow=True)
    again = page.redirect_chain[-1][0]
    new = "sasvim druga lozinka"
    assert client.post(again, {"password1": new, "password2": new}).status_code == 302
    assert _enter(Client(), PASSWORD) == 200
    assert _enter(Client(), new) == 302
    assert "govuk-error-summary" not in client.get(path, follow=True).content.decode()


def test_guessing_is_slowed_down(client: Client, ana: Account) -> None:
    codes = [_enter(client, "wrong") for _try in range(12)]
    assert _enter(client, PASSWORD) != 302 or 429 in codes


def test_own_name_and_language(client: Client, ana: Account) -> None:
    _enter(client)
    assert client.post("/account/", {"name": "Ана Вуковић", "language": "bs"}).status_code == 302
    ana.refresh_from_db()
    assert (ana.name, ana.language) == ("Ана Вуковић", "bs")
    assert 'lang="bs"' in client.get("/account/").content.decode()[:200]


def test_sessions_elsewhere_can_be_ended_and_only_ones_own(client: Client, ana: Account) -> None:
    other, third, stranger = Client(), Client(), Client()
    for one in (client, other, third):
        _enter(one)
    Account.objects.create_user("besa@demo.invalid", PASSWORD, name="Besa")
    _enter(stranger, email="besa@demo.invalid")
    from allauth.usersessions.models import UserSession

    client.get("/account/sessions/")
    foreign = UserSession.objects.get(user__email="besa@demo.invalid")
    client.post("/account/sessions/", {"end": str(foreign.pk)})
    assert stranger.get("/account/").status_code == 200
    ended = UserSession.objects.get(session_key=other.session.session_key)
    client.post("/account/sessions/", {"end": str(ended.pk)})
    assert other.get("/account/").status_code == 302
    assert third.get("/account/").status_code == 200
    client.post("/account/sessions/")
    assert third.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_second_step_from_setting_up_to_logging_in(client: Client, ana: Account) -> None:
    _enter(client)
    form = client.get("/account/second-factor/on/", follow=True)
    if form.redirect_chain:
        client.post(form.redirect_chain[-1][0], {"password": PASSWORD})
        form = client.get("/account/second-factor/on/")
    assert "data:image/svg+xml" in form.content.decode()
    secret = form.context["form"].secret
    assert client.post("/account/second-factor/on/", {"code": "000000"}).status_code == 200
    assert client.post("/account/second-factor/on/", {"code": _code(secret)}).status_code == 302
    codes = client.get("/account/second-factor/codes/file/").content.decode().split()
    assert len(codes) >= 8
    assert all(code in client.get("/account/second-factor/codes/").content.decode() for code in codes)
    again = Client()
    assert (
        again.post("/login/", {"login": ana.email, "password": PASSWORD})
        .headers["Location"]
        .startswith("/login/second-factor/")
    )
    assert again.get("/account/").status_code == 302
    assert again.post("/login/second-factor/", {"code": codes[0]}).status_code == 302
    assert again.get("/account/").status_code == 200
