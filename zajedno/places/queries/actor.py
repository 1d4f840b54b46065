"""Who an account is today."""

from datetime import date

from django.db.models import F, Q, QuerySet

from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.verbs import guarded
from zajedno.places.models import Post
from zajedno.places.queries.post import held


def needs_second_factor(account: int, today: date) -> bool:
    """Does any post held today ask for a second factor: since its role says so, or since it leads to what is sealed?"""
    leads = Q(role__opens_files=True) | Q(role__verbs__overlap=guarded())
    return held(today).filter(leads | Q(role__requires_second_factor=True), account=account).exists()


def actor_for(account: int, today: date, purpose: str = "") -> Actor:
    """The actor behind an account: a seat for each post held today in a working organisation. One query."""
    return Actor(account=account, seats=seats_of(held(today).filter(account=account)), today=today, purpose=purpose)


def seats_of(posts: QuerySet[Post]) -> tuple[Seat, ...]:
    """A seat for each of these posts, one's own before those held as a deputy. One query."""
    rows = posts.values_list(
        "id", "organisation_id", "role_id", "role__verbs", "role__opens_files", "deputy_for__account_id"
    )
    return tuple(
        Seat(
            post=post,
            organisation=organisation,
            role=role,
            verbs=frozenset(verbs),
            opens_files=opens,
            stands_for=holder,
        )
        for post, organisation, role, verbs, opens, holder in rows.order_by(F("deputy_for").asc(nulls_first=True), "id")
    )
