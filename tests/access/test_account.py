"""Accounts by invitation: a link that lives once and seven days; closing; the second factor of roles."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.places import factories
from zajedno.access.actions import account as accounts
from zajedno.access.models import Account, AuditEntry, Invitation, Message
from zajedno.access.queries import account as queries
from zajedno.kernel import clock
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused

pytestmark = pytest.mark.django_db
SITE = "https://primer.invalid"
GOOD = "tri reči i četvrta"
NEW = {"email": "Zorica@Demo.invalid ", "name": " Зорица Љубичић ", "language": "hu", "site": SITE}


def invite(**changes: str) -> tuple[Account, str]:
    """The account and the token in its letter."""
    account = accounts.invite(by=factories.actor("access.invite"), **NEW | changes)
    body = Message.objects.filter(account=account).latest("id").body
    return account, body.rpartition("/invitation/")[2].strip("/\n ")


def test_only_who_may_invite_does() -> None:
    with pytest.raises(NotPermitted):
        accounts.invite(by=factories.actor("access.close_account"), **NEW)
    assert not Account.objects.filter(email__icontains="zorica").exists()


def test_an_invitation_makes_an_account_without_a_password() -> None:
    account, token = invite()
    assert (account.email, account.name, account.language) == ("zorica@demo.invalid", "Зорица Љубичић", "hu")
    assert not account.has_usable_password()
    letter = Message.objects.get(account=account)
    assert f"{SITE}/invitation/{token}/" in letter.body
    assert "Зорица" not in letter.subject + letter.body
    assert token.encode() not in bytes(Invitation.objects.get().token_hash)
    assert AuditEntry.objects.filter(verb="access.invite", subject=str(account.uuid)).count() == 1


def test_a_link_is_good_once() -> None:
    account, token = invite()
    accounts.accept(token=token, password=GOOD)
    account.refresh_from_db()
    assert account.check_password(GOOD)
    with pytest.raises(NotFound):
        accounts.accept(token=token, password="another one of four words")


def test_accepting_one_link_uses_up_the_others() -> None:
    _account, first = invite()
    _account, second = invite()
    assert first != second
    accounts.accept(token=second, password=GOOD)
    with pytest.raises(NotFound):
        accounts.invited(first)


def test_a_link_is_good_for_seven_days() -> None:
    _account, token = invite()
    with clock.on(clock.today() + timedelta(days=6)):
        assert accounts.invited(token)
    with clock.on(clock.today() + timedelta(days=8)), pytest.raises(NotFound):
        accounts.accept(token=token, password=GOOD)


@pytest.mark.parametrize("password", ["kratka", "zorica@demo.invalid", "123456789012345", "password1234"])
def test_a_weak_password_is_refused_and_the_link_stays_good(password: str) -> None:
    account, token = invite()
    with pytest.raises(ValidationError):
        accounts.accept(token=token, password=password)
    account.refresh_from_db()
    assert not account.has_usable_password()
    assert accounts.invited(token)


def test_a_closed_account_is_neither_invited_nor_let_in() -> None:
    account, token = invite()
    accounts.set_active(by=factories.actor("access.close_account"), account=account, active=False)
    with pytest.raises(NotFound):
        accounts.accept(token=token, password=GOOD)
    with pytest.raises(Refused, match="closed"):
        invite()


def test_a_working_account_gets_no_second_invitation() -> None:
    account, token = invite()
    accounts.accept(token=token, password=GOOD)
    before = Message.objects.count()
    again = accounts.invite(by=factories.actor("access.invite"), **NEW | {"name": "Neko drugi"})
    assert (again.pk, again.name, Message.objects.count()) == (account.pk, account.name, before)


def test_the_system_is_not_invited_and_never_logs_in() -> None:
    Account.objects.create_user("import@demo.invalid", None, name="Увоз", is_system=True, is_active=False)
    with pytest.raises(Refused):
        invite(email="import@demo.invalid")
    assert list(queries.search("увоз")) == []


def test_closing_ends_a_session_at_the_next_click() -> None:
    account = factories.account()
    client = Client()
    client.force_login(account)
    assert client.get("/account/").status_code == 200
    accounts.set_active(by=factories.actor("access.close_account"), account=account, active=False)
    assert client.get("/account/").status_code == 302


def test_nobody_closes_their_own_account() -> None:
    account = factories.account()
    with pytest.raises(Refused, match="refused"):
        accounts.set_active(
            by=factories.actor("access.close_account", account_id=account.pk), account=account, active=False
        )
    with pytest.raises(NotPermitted):
        accounts.set_active(by=factories.actor(), account=account, active=False)


def test_people_are_found_in_either_script_and_by_address() -> None:
    ana = factories.account("ana.vukovic@demo.invalid", name="Ана Вуковић")
    csaba = factories.account("csaba@demo.invalid", name="Csaba Nagy")
    for text in ("vukovic", "ВУКОВИЋ ана", "Vuković", "ana.vuk"):
        assert list(queries.search(text)) == [ana], text
    assert list(queries.search("csaba")) == [csaba]


def test_invitations_that_wait_are_the_newest_of_each_person() -> None:
    invite()
    account, token = invite()
    other, other_token = invite(email="drugi@demo.invalid")
    assert [one.account for one in queries.waiting_invitations()] == [other, account]
    accounts.accept(token=other_token, password=GOOD)
    assert [one.account for one in queries.waiting_invitations()] == [account]
    assert queries.invitations(account).count() == 2
    assert token


def test_a_role_that_needs_a_second_factor_reaches_no_desk_without_it(settings: Any) -> None:
    role = factories.role("administrator", verbs=["access.invite"], requires_second_factor=True)
    account = factories.post(role=role).account
    client = Client()
    client.force_login(account)
    settings.REQUIRE_SECOND_FACTOR = True
    response = client.get("/manage/")
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))
    settings.REQUIRE_SECOND_FACTOR = False
    assert client.get("/manage/").status_code == 200
    settings.REQUIRE_SECOND_FACTOR = True
    free = factories.post(role=factories.role("free", verbs=["access.invite"], opens_files=False)).account
    client.force_login(free)
    assert client.get("/manage/").status_code == 200
