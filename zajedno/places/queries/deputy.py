"""Who stands in for whom."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places import rules
from zajedno.places.models import Post
from zajedno.places.queries.post import held

if TYPE_CHECKING:
    from zajedno.access.models import Account


def own(by: Actor) -> QuerySet[Post]:
    """Posts for which the actor may name a deputy: held today, their own, with the verb."""
    seats = [seat.post for seat in by.seats if rules.NAME_DEPUTY.key in seat.verbs and not seat.stands_for]
    return Post.objects.filter(pk__in=seats).select_related("organisation", "role", "account").order_by("pk")


def own_post(by: Actor, uuid: str) -> Post:
    """One of them; NotFound for others as for none."""
    post = own(by).filter(uuid=uuid).first()
    if post is None:
        raise NotFound("There is no such post.")
    return post


def deputies(by: Actor) -> QuerySet[Post]:
    """Deputies of the actor's posts, and those whom the actor stands in for; what is over comes last."""
    rows = Post.objects.filter(Q(deputy_for__account=by.account) | Q(account=by.account, deputy_for__isnull=False))
    return rows.select_related("account", "organisation", "role", "deputy_for__account").order_by("-until", "-pk")


def deputy(by: Actor, uuid: str) -> Post:
    """A deputy that has to do with the actor; NotFound for others as for none."""
    post = deputies(by).filter(uuid=uuid).first()
    if post is None:
        raise NotFound("There is no such post.")
    return post


def candidates(post: Post, by: Actor) -> "dict[int, Account]":
    """Colleagues who may stand in for a post, in the order of names: who holds a post of their own there today."""
    rows = held(by.today).filter(organisation=post.organisation_id, deputy_for=None).exclude(account=post.account_id)
    return {row.account_id: row.account for row in rows.select_related("account").order_by("account__name", "pk")}


def stood_in(posts: Iterable[int]) -> dict[int, str]:
    """Of these posts (by id) those held as a deputy: for whom, by name."""
    rows = Post.objects.filter(pk__in=list(posts), deputy_for__isnull=False)
    return dict(rows.values_list("pk", "deputy_for__account__name"))
