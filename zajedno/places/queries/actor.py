"""Who an account is today."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from zajedno.kernel import scopes as registry
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.verbs import guarded
from zajedno.places.models import Post
from zajedno.places.queries.post import held

if TYPE_CHECKING:
    from zajedno.access.models import Token


def needs_second_factor(account: int, today: date) -> bool:
    """Does any post held today ask for a second factor: since its role says so, or since it leads to what is sealed?"""
    leads = Q(role__opens_files=True) | Q(role__verbs__overlap=guarded())
    return held(today).filter(leads | Q(role__requires_second_factor=True), account=account).exists()


def actor_for(account: int, today: date, purpose: str = "") -> Actor:
    """The actor behind an account: a seat for each post held today in a working organisation. One query."""
    return Actor(account=account, seats=seats_of(held(today).filter(account=account)), today=today, purpose=purpose)


def actor_through(token: "Token", today: date) -> Actor:
    """Who made a program's token, at its one organisation, with what is left of their post there within its scopes."""
    scopes = [registry.known()[key] for key in token.scopes if key in registry.known()]
    verbs = {verb.key for scope in scopes for verb in scope.verbs}
    opens = any(scope.opens_files for scope in scopes)
    posts = held(today).filter(account=token.account_id, organisation=token.organisation)
    seats = (
        replace(seat, verbs=seat.verbs & verbs, opens_files=seat.opens_files and opens) for seat in seats_of(posts)
    )
    return Actor(account=token.account_id, seats=tuple(seats), today=today)


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
