"""Roles follow the packs: loaded, changed, retired and taken up again; never deleted."""

from typing import Any

import pytest

from tests.places import factories
from zajedno.access.actions.role import load_roles
from zajedno.access.models import AuditEntry, Role
from zajedno.access.queries.account import roles
from zajedno.kernel.clock import today
from zajedno.places.queries.actor import actor_for

pytestmark = pytest.mark.django_db


def row(key: str = "clerk", **changes: Any) -> dict[str, Any]:
    return {"key": key, "labels": {"en": key}, "verbs": ["room.write"]} | changes


def test_loading_twice_changes_nothing_and_writes_one_entry() -> None:
    assert load_roles([row(), row("head", supervises=["clerk"], may_end=["clerk"])]) == 2
    assert load_roles([row("head", supervises=["clerk"], may_end=["clerk"]), row()]) == 0
    assert AuditEntry.objects.filter(verb="access.load_roles").count() == 1
    head = Role.objects.get(key="head")
    assert (head.supervises, head.may_end, head.opens_files) == (["clerk"], ["clerk"], False)


def test_a_verb_that_is_taken_away_is_gone_at_the_next_click() -> None:
    load_roles([row()])
    post = factories.post(role=Role.objects.get(key="clerk"))
    assert actor_for(post.account_id, today()).may("room.write")
    assert load_roles([row(verbs=[])]) == 1
    assert not actor_for(post.account_id, today()).may("room.write")


def test_a_role_no_longer_named_is_retired_and_carries_nothing() -> None:
    load_roles([row(), row("head")])
    post = factories.post(role=Role.objects.get(key="clerk"))
    assert load_roles([row("head")]) == 1
    assert Role.objects.get(key="clerk").retired_on == today()
    assert [role.key for role in roles()] == ["head"]
    assert actor_for(post.account_id, today()).seats == ()
    assert load_roles([row("head")]) == 0
    assert load_roles([row(), row("head")]) == 1
    assert actor_for(post.account_id, today()).seats


def test_who_loaded_stands_in_the_trail() -> None:
    by = factories.actor("packs.load")
    load_roles([row()], by=by)
    assert AuditEntry.objects.get(verb="access.load_roles").account == by.account
