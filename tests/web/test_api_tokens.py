"""The door for programs: who is let in by a token, and how the others are told."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tests.places import factories
from zajedno.access.actions import token as tokens
from zajedno.access.models import Token
from zajedno.access.rules import AUDIT_OUT
from zajedno.kernel.clock import today
from zajedno.places.models import Post
from zajedno.places.queries.actor import actor_for
from zajedno.places.rules import SERVICES_IN
from zajedno.web.api import tokens as door

pytestmark = pytest.mark.django_db
KEEPER = ["access.issue_token", "access.revoke_token", "places.change_service", "access.read_audit"]


def let_in(*scopes: str) -> tuple[Post, str]:
    """A post that keeps services, and a token that its holder gave to a program."""
    post = factories.post(role=factories.role(verbs=KEEPER))
    _row, word = tokens.issue(
        by=actor_for(post.account_id, today()), organisation=post.organisation_id, label="Регистар",
        scopes=scopes or ("services:write",), expires_on=today() + timedelta(days=30),
    )  # fmt: skip
    return post, word


def knock(header: str = "", scope: Any = SERVICES_IN) -> HttpResponse:
    @door.token_required(scope)
    def view(request: Any, client: door.Client) -> HttpResponse:
        return HttpResponse(f"{client.by.account}", status=200)

    headers = {"authorization": header} if header else {}
    return view(RequestFactory(headers=headers).get("/api/1/own/services"))


def test_a_token_opens_its_scope_and_its_day_is_kept():
    post, word = let_in()
    assert knock(f"Bearer {word}").content == str(post.account_id).encode()
    assert Token.objects.get().last_used_on == today()


def test_strangers_are_all_told_the_same():
    post, word = let_in()
    for header in ("", "Basic YTpi", "Bearer"):
        refused = knock(header)
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Zajedno"')
    post.until = today()
    post.save()
    told = {
        (one.status_code, one.content) for one in (knock(f"Bearer {word}"), knock("Bearer zaj_x"), knock("Bearer é"))
    }
    assert len(told) == 1
    assert told.pop()[0] == 401


def test_another_scope_is_named():
    _post, word = let_in()
    refused = knock(f"Bearer {word}", AUDIT_OUT)
    assert refused.status_code == 403
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert b'"scope": "audit:read"' in refused.content


def test_who_knocks_too_often_waits(monkeypatch: pytest.MonkeyPatch):
    _post, word = let_in()
    monkeypatch.setattr(door, "REQUESTS", 1)
    monkeypatch.setattr(door, "FAILURES", 2)
    assert [knock(f"Bearer {word}").status_code for _time in range(2)] == [200, 429]
    assert [knock("Bearer zaj_x").status_code for _time in range(3)] == [401, 401, 429]
