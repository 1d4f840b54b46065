"""Posts as they are held, were held and will be."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from zajedno.access.queries.account import roles
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold
from zajedno.places import rules
from zajedno.places.logic.token import token_hash
from zajedno.places.models import Device, Organisation, Post
from zajedno.places.queries.organisation import manageable

if TYPE_CHECKING:
    from zajedno.access.models import Role


def held(today: date) -> QuerySet[Post]:
    """Posts that carry rights on a day: begun and not over, of an active account, in a working organisation; a
    deputy's only while the account it stands in for is active, too."""
    return Post.objects.filter(
        Q(until=None) | Q(until__gt=today),
        Q(organisation__active_from=None) | Q(organisation__active_from__lte=today),
        Q(organisation__active_until=None) | Q(organisation__active_until__gt=today),
        Q(deputy_for=None) | Q(deputy_for__account__is_active=True),
        since__lte=today,
        account__is_active=True,
        role__retired_on=None,
    )


def carrying(verb: str, today: date) -> QuerySet[Post]:
    """Those of them whose role opens files and carries a verb."""
    return held(today).filter(role__opens_files=True, role__verbs__contains=[verb])


def ever_at_work(accounts: Collection[int]) -> set[int]:
    """Those of the accounts that hold or held a post."""
    return set(Post.objects.filter(account__in=accounts).values_list("account", flat=True))


def held_today(account: int, today: date) -> QuerySet[Post]:
    """Posts of one person on a day, with organisation, role and whom a deputy stands in for."""
    rows = held(today).filter(account=account).select_related("organisation", "role", "deputy_for__account")
    return rows.order_by("id")


def held_at(organisation: int, today: date) -> QuerySet[Post]:
    """Posts held in an organisation (its id) on a day, with account and role, in the order they began."""
    return held(today).filter(organisation=organisation).select_related("account", "role").order_by("since", "id")


def colleagues(organisation: Organisation, today: date) -> list[Post]:
    """Posts held in an organisation on a day, with account and for which post a deputy stands in; by name."""
    rows = held(today).filter(organisation=organisation).select_related("account", "deputy_for")
    return sorted(rows, key=lambda post: (fold(post.account.name), post.pk))


def history(organisation: Organisation) -> QuerySet[Post]:
    """All posts of an organisation, the newest first."""
    return (
        Post.objects.filter(organisation=organisation)
        .select_related("account", "role", "ended_by", "deputy_for")
        .order_by("-since", "-id")
    )


def of_account(account: int) -> QuerySet[Post]:
    """All posts a person holds or held, the newest first."""
    rows = Post.objects.filter(account=account).select_related("organisation", "role")
    return rows.order_by("-since", "-id")


def history_of(accounts: Iterable[int]) -> list[Post]:
    """Every post of these people, the newest first, with its role."""
    return list(Post.objects.filter(account__in=accounts).select_related("role").order_by("-since", "-id"))


def by_ids(ids: Iterable[int]) -> QuerySet[Post]:
    """With their institutions, in the order they were made."""
    return Post.objects.filter(pk__in=ids).select_related("organisation", "role", "account").order_by("pk")


def by_uuid(uuid: str) -> Post | None:
    return Post.objects.filter(uuid=uuid).select_related("organisation", "role", "account").first()


def for_token(token: str, today: date) -> Post | None:
    """The post a device acts for, while the device is not revoked and the post is held."""
    device = Device.objects.filter(token_hash=token_hash(token), revoked_on=None).first()
    return held(today).filter(pk=device.post_id).first() if device else None


def appointable(by: Actor, organisation: Organisation) -> "list[Role]":
    """Roles the actor may appoint to in an organisation: all in use, or those that a role of theirs may end."""
    if by.may(rules.APPOINT_ANYWHERE.key):
        return list(roles())
    mine = {seat.role for seat in by.seats_for(rules.APPOINT.key, organisation.pk)}
    named = {key for role in roles().filter(key__in=mine) for key in role.may_end}
    return list(roles().filter(key__in=named))


def managed(by: Actor, uuid: str) -> Post:
    """A post in an institution that the actor administers; NotFound for others as for none."""
    found = Post.objects.filter(uuid=uuid, organisation__in=manageable(by)).select_related(
        "organisation", "role", "account"
    )
    post = found.first()
    if post is None:
        raise NotFound("There is no such post.")
    return post


def supervised(by: Actor) -> set[int]:
    """Accounts whose work the actor sees: who holds, where the actor does, a role that the actor's role supervises."""
    over = dict(roles().filter(key__in={seat.role for seat in by.seats}).values_list("key", "supervises"))
    wanted = [Q(organisation=seat.organisation, role__in=over[seat.role]) for seat in by.seats if over.get(seat.role)]
    if not wanted:
        return set()
    rows = held(by.today).filter(reduce(or_, wanted)).exclude(account=by.account)
    return set(rows.values_list("account", flat=True))
