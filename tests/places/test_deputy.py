"""Deputies: a post held for a colleague for some days; before, after and without it nothing opens."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.places import factories
from tests.places.factories import TODAY
from tests.refusal import refusal
from zajedno.access.actions import audit
from zajedno.access.models import AuditEntry, Message
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.places.actions import post as posts
from zajedno.places.actions.deputy import end_deputy, name_deputy
from zajedno.places.models import Post
from zajedno.places.queries.actor import actor_for
from zajedno.places.queries.deputy import candidates, own, stood_in

pytestmark = pytest.mark.django_db
FIRST, LAST = TODAY + timedelta(days=3), TODAY + timedelta(days=10)


class Office:
    """A school where Ana holds a post with verbs that Vera, who teaches there, has not."""

    def __init__(self) -> None:
        self.school = factories.organisation()
        self.role = factories.role("associate", verbs=["casework.move_case", "places.name_deputy"])
        self.teacher = factories.role("teacher", verbs=[], opens_files=False)
        self.post = factories.post(organisation=self.school, role=self.role)
        self.vera = factories.post(organisation=self.school, role=self.teacher)

    def actor(self, post: Post, day: date = TODAY) -> Actor:
        return actor_for(post.account_id, day)

    def name(self, **fields: Any) -> Post:
        given = {"by": self.actor(self.post), "post": self.post, "account": self.vera.account_id, "since": FIRST,
                 "last": LAST}  # fmt: skip
        return name_deputy(**given | fields)


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_deputy_has_the_verbs_from_the_first_day_to_the_last(office: Office) -> None:
    office.name()
    for day, may in (
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (LAST, True),
        (LAST + timedelta(days=1), False),
    ):
        vera = office.actor(office.vera, day)
        assert vera.may("casework.move_case") is may, day
        assert (office.school.pk in vera.keys) is may, day
        assert office.actor(office.post, day).may("casework.move_case")
    seat = next(office.actor(office.vera, FIRST).seats_for("casework.move_case"))
    assert (seat.stands_for, seat.instead) == (office.post.account_id, {"for": office.post.account_id})
    assert Message.objects.filter(account=office.vera.account_id, key__startswith="deputy-").count() == 1


def test_the_trail_says_for_whom_only_where_ones_own_post_would_not_do(office: Office) -> None:
    office.name(since=TODAY)
    own_verb = factories.role("teacher", verbs=["children.assess"], opens_files=False)
    vera = office.actor(office.vera)
    for verb, said in (("casework.move_case", {"for": office.post.account_id}), (own_verb.verbs[0], {})):
        audit.record(by=vera, verb=verb)
        assert AuditEntry.objects.filter(verb=verb).get().detail == said
    audit.record(by=vera, verb="casework.open_case_file", organisation=vera.reads_for)
    assert AuditEntry.objects.get(verb="casework.open_case_file").detail == {"for": office.post.account_id}


def test_whom_one_may_name_and_when(office: Office) -> None:
    stranger = factories.post(role=office.role)
    assert set(candidates(office.post, office.actor(office.post))) == {office.vera.account_id}
    for wrong, code in (
        ({"account": stranger.account_id}, "colleague"), ({"account": office.post.account_id}, "colleague"),
        ({"since": TODAY - timedelta(days=1)}, "past"), ({"last": FIRST - timedelta(days=1)}, "order"),
        ({"last": FIRST + timedelta(days=367)}, "long"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=code):
            office.name(**wrong)
    with pytest.raises(NotPermitted):
        office.name(by=office.actor(office.vera))
    with pytest.raises(NotFound):
        office.name(by=_same_verb(office))
    Post.objects.filter(pk=office.post.pk).update(until=LAST)
    office.post.refresh_from_db()
    with pytest.raises(Refused, match="ends"):
        office.name()


def _same_verb(office: Office) -> Actor:
    """A colleague with the same post, who names nobody for another's."""
    return office.actor(factories.post(organisation=office.school, role=office.role))


def test_one_deputy_at_a_time_and_a_deputy_names_no_other(office: Office) -> None:
    office.name(since=TODAY)
    third = factories.post(organisation=office.school, role=office.teacher)
    with pytest.raises(Refused, match="deputy"):
        office.name(account=third.account_id)
    office.name(account=third.account_id, since=LAST + timedelta(days=1), last=LAST + timedelta(days=2))
    vera = office.actor(office.vera)
    deputy = Post.objects.get(account=office.vera.account, deputy_for=office.post)
    assert not own(vera).exists()
    with pytest.raises(NotFound):
        name_deputy(by=vera, post=deputy, account=third.account_id, since=FIRST, last=LAST)


def test_who_holds_the_same_role_may_stand_in_for_a_colleague(office: Office) -> None:
    twin = factories.post(organisation=office.school, role=office.role)
    office.name(account=twin.account_id, since=TODAY)
    actor = office.actor(twin)
    assert [seat.stands_for for seat in actor.seats] == [None, office.post.account_id]
    assert actor.seat_of_right("casework.move_case").instead == {}


def test_it_is_over_when_either_ends_it_or_the_post_ends_or_the_account_is_closed(office: Office) -> None:
    deputy = office.name(since=TODAY)
    with pytest.raises(NotFound):
        end_deputy(by=factories.actor(), deputy=deputy)
    end_deputy(by=office.actor(office.vera), deputy=deputy)
    assert not office.actor(office.vera).may("casework.move_case")
    with pytest.raises(Overtaken):
        end_deputy(by=office.actor(office.post), deputy=deputy)
    coming = office.name()
    end_deputy(by=office.actor(office.post), deputy=coming)
    assert not office.actor(office.vera, FIRST).may("casework.move_case")
    office.name()
    posts.end(by=factories.actor("places.end_post_anywhere"), post=office.post, on=TODAY, reason="Одлазак")
    assert not office.actor(office.vera, FIRST).may("casework.move_case")


def test_a_closed_account_has_no_deputy(office: Office) -> None:
    office.name(since=TODAY)
    office.post.account.is_active = False
    office.post.account.save()
    assert not office.actor(office.vera).may("casework.move_case")


def test_constraints(office: Office) -> None:
    deputy = office.name()
    assert refusal(Post.objects.filter(pk=deputy.pk).update, until=None) == "post_deputy_has_an_end"
    same = {"organisation": office.school, "role": office.role, "deputy_for": office.post, "since": LAST}
    assert refusal(factories.post, **same, until=LAST + timedelta(days=9)) == "post_one_deputy_at_a_time"
    assert stood_in([deputy.pk, office.post.pk]) == {deputy.pk: office.post.account.name}


def test_pages_name_and_end_a_deputy(office: Office) -> None:
    client, other = (Client(headers={"accept-language": "en"}) for _each in range(2))
    client.force_login(office.post.account)
    other.force_login(office.vera.account)
    today = clock.today()
    page = f"/work/deputies/{office.post.uuid}/"
    assert page in client.get("/work/deputies/").content.decode()
    sent = {"account": str(office.vera.account_id), "since": str(today), "last": str(today + timedelta(days=6))}
    wrong = client.post(page, sent | {"last": str(today - timedelta(days=1))})
    assert wrong.status_code == 422
    assert "The last day lies before the first." in wrong.content.decode()
    assert client.post(page, sent).status_code == 302
    deputy = Post.objects.get(deputy_for=office.post)
    assert (deputy.until, deputy.seat) == (today + timedelta(days=7), "")
    for browser in (client, other):
        assert office.vera.account.name in browser.get("/work/deputies/").content.decode()
    assert f"in place of {office.post.account.name}" in other.get("/account/").content.decode()
    assert other.get(page).status_code == 404
    end = f"/work/deputies/end/{deputy.uuid}/"
    assert client.get(end).status_code == 200
    assert client.post(end).status_code == 302
    assert "Over" in client.get("/work/deputies/").content.decode()
    assert other.post(end).status_code == 409
