"""Tokens of programs: what is kept of them, who makes and revokes them, and when they open nothing."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from tests.places import factories
from zajedno.access.actions import token as tokens
from zajedno.access.logic.token import prefix_of
from zajedno.access.models import AuditEntry, Token
from zajedno.access.queries import token as queries
from zajedno.kernel import fence
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.places.models import Post
from zajedno.places.queries.actor import actor_for, actor_through

pytestmark = pytest.mark.django_db
TODAY = factories.TODAY
LATER = TODAY + timedelta(days=90)
KEEPER = ["access.issue_token", "access.revoke_token", "places.change_service", "access.read_audit"]


def keeper(*verbs: str) -> tuple[Post, Actor]:
    post = factories.post(role=factories.role(verbs=list(verbs or KEEPER)))
    return post, actor_for(post.account_id, TODAY)


def issue(by: Actor, organisation: int, *scopes: str) -> tuple[Token, str]:
    return tokens.issue(
        by=by, organisation=organisation, label="Регистар", scopes=scopes or ("services:write",), expires_on=LATER
    )


def test_only_the_hash_is_kept_and_the_making_is_written_down():
    post, by = keeper()
    row, word = issue(by, post.organisation_id)
    assert prefix_of(word) == row.prefix
    assert word.encode() not in bytes(row.token_hash)
    entry = AuditEntry.objects.get(verb="access.issue_token")
    assert (entry.subject, entry.organisation, entry.detail) == (
        str(row.uuid), post.organisation_id, {"scopes": ["services:write"]})  # fmt: skip
    assert queries.living(word, TODAY) == row
    assert queries.living(word[:-1] + ("a" if word[-1] != "a" else "b"), TODAY) is None
    assert queries.living("zaj_x", TODAY) is None


def test_nobody_hands_out_what_their_post_does_not_carry():
    post, by = keeper("access.issue_token", "places.change_service")
    with pytest.raises(NotPermitted):
        issue(by, post.organisation_id, "audit:read")
    with pytest.raises(Refused, match="scopes"):
        issue(by, post.organisation_id, "everything:write")
    with pytest.raises(NotPermitted):
        issue(by, factories.organisation().pk)
    for wrong in (TODAY, TODAY + timedelta(days=367)):
        with pytest.raises(Refused, match="expires"):
            tokens.issue(
                by=by, organisation=post.organisation_id, label="x", scopes=["services:write"], expires_on=wrong
            )
    assert {one.key for one in queries.offered(by)[post.organisation_id]} >= {"services:read", "services:write"}


def test_a_program_has_no_more_than_its_scope_and_no_longer_than_the_post():
    post, by = keeper()
    factories.post(account=post.account, role=post.role)
    row, _word = issue(by, post.organisation_id)
    through = actor_through(row, TODAY)
    assert [(seat.organisation, seat.verbs) for seat in through.seats] == [
        (post.organisation_id, frozenset({"places.change_service"}))]  # fmt: skip
    assert not any(seat.opens_files for seat in through.seats)
    post.until = TODAY
    post.save()
    assert actor_through(row, TODAY).seats == ()


def test_it_ends_on_its_day_when_revoked_and_with_the_account():
    post, by = keeper()
    row, word = issue(by, post.organisation_id)
    assert queries.living(word, LATER - timedelta(days=1))
    assert queries.living(word, LATER) is None
    tokens.use(token=row, today=TODAY)
    row.refresh_from_db()
    assert row.last_used_on == TODAY
    tokens.revoke(by=by, token=row)
    assert queries.living(word, TODAY) is None
    with pytest.raises(Overtaken):
        tokens.revoke(by=by, token=row)


def test_others_tokens_are_found_only_by_who_may_take_them_back():
    post, by = keeper()
    row, _word = issue(by, post.organisation_id)
    colleague = factories.post(organisation=post.organisation, role=post.role)
    plain = factories.post(organisation=post.organisation, role=factories.role("plain", verbs=["access.issue_token"]))
    assert queries.find(actor_for(colleague.account_id, TODAY), str(row.uuid)) == row
    for stranger in (plain.account_id, keeper()[0].account_id):
        with pytest.raises(NotFound):
            queries.find(actor_for(stranger, TODAY), str(row.uuid))


def test_the_table_holds_what_it_promises():
    post, by = keeper()
    row, _word = issue(by, post.organisation_id)
    for wrong in ({"scopes": []}, {"revoked_on": row.issued_on - timedelta(seconds=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Token.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.parametrize("role", [fence.EXCHANGE, fence.RUNTIME, fence.WORKER])
def test_no_role_gives_a_token_more(role: str):
    post, by = keeper()
    row, _word = issue(by, post.organisation_id)
    for change in ({"scopes": ["audit:read"]}, {"expires_on": date(2099, 1, 1)}, {"account": factories.account()}):
        with pytest.raises(ProgrammingError), fence.acting(role):
            Token.objects.filter(pk=row.pk).update(**change)
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege(%s, 'access_token', 'delete')", [role])
        assert cursor.fetchone() == (False,)
