"""Posts: held once at a time, by whom they may be given and ended, and what an actor is made of."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from tests.places import factories
from tests.places.factories import TODAY
from tests.refusal import refusal
from zajedno.kernel import fence
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused
from zajedno.places.actions import device as devices
from zajedno.places.actions import organisation as organisations
from zajedno.places.actions import post as posts
from zajedno.places.models import Device, Post
from zajedno.places.queries import actor as actors
from zajedno.places.queries import post as held_posts

pytestmark = pytest.mark.django_db


def test_a_role_is_held_once_at_a_time():
    first = factories.post(since=date(2026, 1, 1), until=date(2026, 6, 1))
    same = {"account": first.account, "organisation": first.organisation, "role": first.role}
    assert refusal(factories.post, **same, since=date(2026, 5, 31)) == "post_held_once"
    factories.post(**same, since=date(2026, 6, 1))
    assert refusal(factories.post, **same, since=date(2027, 1, 1)) == "post_held_once"
    factories.post(**same | {"role": factories.role("member")}, since=date(2026, 6, 1))


def test_a_post_cannot_end_before_it_begins():
    backwards = {"since": date(2026, 2, 1), "until": date(2026, 1, 31)}
    assert refusal(factories.post, **backwards) == "post_ends_after_it_begins"


def test_who_ended_it_needs_the_day():
    assert refusal(factories.post, ended_by=factories.account()) == "post_ended_has_a_day"


def test_nobody_stands_in_for_themselves():
    post = factories.post()
    itself = {"deputy_for": post.pk, "until": TODAY}
    assert refusal(Post.objects.filter(pk=post.pk).update, **itself) == "post_not_its_own_deputy"


def test_a_device_is_not_revoked_before_it_is_issued():
    post = factories.post()
    row = Device(post=post, label="Телефон", token_hash=b"x" * 32, issued_by=post.account)
    row.issued_on, row.revoked_on = Now(), Now() - timedelta(days=1)
    assert refusal(row.save) == "device_revoked_after_issue"


def test_the_actor_has_a_seat_for_each_post_held_today_in_one_query():
    ana = factories.account()
    school = factories.organisation()
    psychologist = factories.role(verbs=["children.open"])
    factories.post(account=ana, organisation=school, role=psychologist)
    factories.post(account=ana, role=factories.role("over"), until=TODAY)
    factories.post(account=ana, role=factories.role("coming"), since=TODAY + timedelta(days=1))
    factories.post(account=ana, role=factories.role("retired", retired_on=TODAY))
    factories.post(account=ana, role=factories.role("shut"), organisation=factories.organisation(active_until=TODAY))
    factories.post(account=factories.account(), organisation=school, role=psychologist)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        actor = actors.actor_for(ana.pk, TODAY)
    assert len(queries) == 1
    assert [(s.organisation, s.role, s.verbs) for s in actor.seats] == [
        (school.pk, psychologist.key, frozenset({"children.open"}))
    ]
    assert actor.keys == [-ana.pk, school.pk]


def test_a_second_factor_is_needed_while_such_a_post_is_held():
    post = factories.post(role=factories.role("president", requires_second_factor=True, opens_files=False))
    assert actors.needs_second_factor(post.account_id, TODAY)
    clerk = factories.post(role=factories.role("clerk", opens_files=False))
    assert not actors.needs_second_factor(clerk.account_id, TODAY)
    Post.objects.filter(pk=post.pk).update(until=TODAY)
    assert not actors.needs_second_factor(post.account_id, TODAY)


@pytest.mark.parametrize("role", [{"opens_files": True}, {"verbs": ["casework.receive"]}])
def test_who_comes_to_what_is_sealed_needs_one_whatever_the_role_says(role):
    post = factories.post(role=factories.role("teacher", **{"opens_files": False} | role))
    assert actors.needs_second_factor(post.account_id, TODAY)


def test_public_pages_may_read_posts_and_write_nothing():
    post = factories.post()
    with fence.acting(fence.EXCHANGE):
        assert actors.actor_for(post.account_id, TODAY).seats
        for forbidden in (Post.objects.filter(pk=post.pk).delete, Device.objects.count):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                forbidden()


def test_a_closed_account_has_no_seat():
    post = factories.post(account=factories.account(is_active=False))
    assert actors.actor_for(post.account_id, TODAY).seats == ()


def test_ending_a_post_ends_access_the_same_day():
    post = factories.post()
    assert actors.actor_for(post.account_id, TODAY).seats
    chief = factories.actor("places.end_post_anywhere")
    posts.end(by=chief, post=post, on=TODAY, reason="Одлазак")
    assert actors.actor_for(post.account_id, TODAY).seats == ()
    post.refresh_from_db()
    assert (post.until, post.ended_by_id, post.reason) == (TODAY, chief.account, "Одлазак")
    with pytest.raises(Overtaken):
        posts.end(by=chief, post=post, on=TODAY, reason="Опет")


def test_a_post_that_began_today_can_end_today():
    post = factories.post(since=TODAY)
    posts.end(by=factories.actor("places.end_post_anywhere"), post=post, on=TODAY, reason="Грешка")
    assert actors.actor_for(post.account_id, TODAY).seats == ()


def test_only_who_may_end_that_role_in_that_place():
    factories.role("head", may_end=["school-psychologist"])
    factories.role("clerk")
    post = factories.post()
    school = post.organisation
    end = {"post": post, "on": TODAY, "reason": "Разлог"}
    for by in (
        factories.actor(at=school, as_role="head"),
        factories.actor("places.end_post", at=school, as_role="clerk"),
        factories.actor("places.end_post", at=factories.organisation(), as_role="head"),
    ):
        assert not posts.may_end(by, post)
        with pytest.raises(NotPermitted):
            posts.end(by=by, **end)
    head = factories.actor("places.end_post", at=school, as_role="head")
    assert posts.may_end(head, post)
    assert posts.end(by=head, **end).until == TODAY


def test_everybody_may_lay_down_their_own_post():
    post = factories.post()
    by = actors.actor_for(post.account_id, TODAY)
    with pytest.raises(Refused):
        posts.end(by=by, post=post, on=TODAY, reason=" ")
    assert posts.end(by=by, post=post, on=TODAY, reason="Пензија").ended_by_id == post.account_id


def test_appointing_within_ones_own_house_only_to_roles_one_may_end():
    factories.role("head", may_end=["school-psychologist"])
    factories.role("ministry")
    school, ana = factories.organisation(), factories.account()
    factories.role()
    head = factories.actor("places.appoint", at=school, as_role="head")
    new = {"account": ana, "since": TODAY}
    post = posts.appoint(by=head, organisation=school, role="school-psychologist", seat="education", **new)
    assert list(held_posts.held_at(school.pk, TODAY).values_list("seat", flat=True)) == ["education"]
    assert post.appointed_by_id == head.account
    with pytest.raises(NotPermitted):
        posts.appoint(by=head, organisation=school, role="ministry", **new)
    with pytest.raises(NotPermitted):
        posts.appoint(by=head, organisation=factories.organisation(), role="school-psychologist", **new)
    anywhere = factories.actor("places.appoint_anywhere")
    assert posts.appoint(by=anywhere, organisation=factories.organisation(), role="ministry", **new).pk
    with pytest.raises(Refused) as again:
        posts.appoint(by=anywhere, organisation=school, role="school-psychologist", **new)
    assert again.value.code == "held"


@pytest.mark.parametrize("change", [{"until": TODAY}, {"role": "unknown"}])
def test_an_appointment_that_makes_no_sense_is_refused(change):
    factories.role()
    asked = {"organisation": factories.organisation(), "role": "school-psychologist", "since": TODAY} | change
    with pytest.raises(Refused):
        posts.appoint(by=factories.actor("places.appoint_anywhere"), account=factories.account(), **asked)


def test_no_post_in_a_closed_institution_and_no_deputy_from_elsewhere():
    by = factories.actor("places.appoint_anywhere", "places.close_organisation")
    school, stranger = factories.organisation(), factories.post()
    new = {"by": by, "account": factories.account(), "organisation": school, "role": stranger.role_id, "since": TODAY}
    with pytest.raises(Refused, match="deputy"):
        posts.appoint(**new, deputy_for=stranger)
    organisations.close_organisation(by=by, organisation=school, on=TODAY)
    new["organisation"].refresh_from_db()
    with pytest.raises(Refused, match="closed"):
        posts.appoint(**new)


def test_a_device_acts_for_a_post_until_either_ends():
    post = factories.post()
    besa = actors.actor_for(post.account_id, TODAY)
    device, token = devices.issue(by=besa, post=post, label=" Телефон  1 ")
    assert bytes(device.token_hash) != token.encode()
    assert device.label == "Телефон 1"
    assert held_posts.for_token(token, TODAY) == post
    assert held_posts.for_token(token + "x", TODAY) is None
    with pytest.raises(NotPermitted):
        devices.revoke(by=factories.actor("places.revoke_device", at=factories.organisation()), device=device)
    devices.revoke(by=factories.actor("places.revoke_device", at=post.organisation), device=device)
    assert held_posts.for_token(token, TODAY) is None
    second = devices.issue(by=besa, post=post, label="Телефон 2")[1]
    posts.end(by=besa, post=post, on=TODAY, reason="Крај")
    assert held_posts.for_token(second, TODAY) is None


def test_nobody_issues_a_device_for_a_strangers_post():
    with pytest.raises(NotPermitted):
        devices.issue(by=factories.actor(), post=factories.post(), label="Телефон")


def test_colleagues_and_history():
    now = factories.post()
    before = factories.post(organisation=now.organisation, since=date(2020, 1, 1), until=date(2021, 1, 1))
    assert list(held_posts.colleagues(now.organisation, TODAY)) == [now]
    assert list(held_posts.history(now.organisation)) == [now, before]
    assert list(held_posts.of_account(before.account_id)) == [before]
    assert list(held_posts.held_today(now.account_id, TODAY)) == [now]
    assert held_posts.by_uuid(str(now.uuid)) == now
