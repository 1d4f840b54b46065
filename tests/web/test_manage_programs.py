"""Tokens at the administrators' desk: made and shown once, listed, taken back, and by nobody else."""

import re

import pytest
from django.test import Client

from tests.places import factories
from zajedno.access.actions import token as tokens
from zajedno.access.models import Token
from zajedno.kernel.clock import today
from zajedno.places.models import Post
from zajedno.places.queries.actor import actor_for

pytestmark = pytest.mark.django_db
HOME = "/manage/programs/"
KEEPER = ["access.issue_token", "access.revoke_token", "places.change_service", "access.read_audit"]
LATER = today().replace(day=1, month=1, year=today().year + 1)
SENT = {"label": "Регистар", "scopes": ["services:write"], "expires_on_day": "1", "expires_on_month": "1",
        "expires_on_year": str(LATER.year)}  # fmt: skip


def logged_in(post: Post) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(post.account)
    return client


@pytest.fixture
def keeper() -> Post:
    return factories.post(role=factories.role(verbs=KEEPER))


def test_a_token_is_shown_once_and_works(keeper: Post):
    client = logged_in(keeper)
    made = client.post(HOME, SENT)
    word = re.search(r"zaj_[a-z2-9]{8}_[a-z2-9]{40}", made.content.decode())
    assert made.status_code == 200
    assert word
    assert made.headers["Cache-Control"] == "no-store"
    row = Token.objects.get()
    assert (row.scopes, row.expires_on, row.organisation) == (["services:write"], LATER, keeper.organisation_id)
    for path in (HOME, f"{HOME}{row.uuid}/"):
        page = client.get(path).content.decode()
        assert "Регистар" in page
        assert word[0] not in page
    assert Client().get("/api/1/own/services", headers={"Authorization": f"Bearer {word[0]}"}).status_code == 403


def test_a_form_that_is_not_right_comes_back_filled(keeper: Post):
    answer = logged_in(keeper).post(HOME, {**SENT, "scopes": [], "expires_on_year": "2031"})
    assert answer.status_code == 422
    assert "Регистар" in answer.content.decode()
    assert not Token.objects.exists()
    late = logged_in(keeper).post(HOME, {**SENT, "expires_on_year": "2031"})
    assert "within a year" in late.content.decode()


def test_it_is_taken_back(keeper: Post):
    row, _word = tokens.issue(
        by=actor_for(keeper.account_id, today()), organisation=keeper.organisation_id, label="Регистар",
        scopes=["services:read"], expires_on=LATER,
    )  # fmt: skip
    client = logged_in(keeper)
    assert "Take the token back" in client.get(f"{HOME}{row.uuid}/").content.decode()
    assert client.post(f"{HOME}{row.uuid}/").status_code == 302
    row.refresh_from_db()
    assert row.revoked_on is not None
    assert client.post(f"{HOME}{row.uuid}/").status_code == 409
    stranger = factories.post(role=keeper.role)
    assert logged_in(stranger).get(f"{HOME}{row.uuid}/").status_code == 404


def test_it_is_no_page_of_who_may_not(keeper: Post):
    other = factories.post(role=factories.role("plain", verbs=["places.change_service"]))
    assert logged_in(other).get(HOME).status_code == 403
    assert logged_in(other).post(HOME, SENT).status_code == 403
    assert Client().get(HOME).status_code == 302
