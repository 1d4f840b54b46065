"""Municipalities that were invited, and whether that can still be taken back."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from zajedno.access.queries.account import by_ids
from zajedno.forms.queries import office
from zajedno.forms.queries.office import About
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks.models import Arrival
from zajedno.places.queries import post as posts
from zajedno.places.rules import CREATE_ORGANISATION

if TYPE_CHECKING:
    from zajedno.access.models import Account
    from zajedno.forms.models import Form
    from zajedno.places.models import Organisation, Post


def visible_to(by: Actor) -> QuerySet[Arrival]:
    """All of them, the newest first, to who enters institutions; to others none."""
    rows = Arrival.objects.select_related("territory", "territory__country")
    return rows if by.may(CREATE_ORGANISATION.key) else rows.none()


def find(by: Actor, uuid: UUID) -> Arrival:
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def administrator(row: Arrival) -> "Account":
    return by_ids([row.account])[row.account]


def held(row: Arrival) -> "QuerySet[Post]":
    """The posts of its first administrator."""
    return posts.by_ids(row.posts)


def bodies(row: Arrival) -> "list[Organisation]":
    return [post.organisation for post in held(row)]


def has_come(row: Arrival) -> bool:
    """Did the invited person choose a password, or have one before?"""
    return bool(administrator(row).has_usable_password())


def may_take_back(row: Arrival, today: date) -> bool:
    """While nobody has come, and nobody else holds a post in what it made."""
    if row.taken_back_on is not None or has_come(row):
        return False
    return all(post.pk in row.posts for body in row.made for post in posts.held_at(body, today))


def packed(country: str) -> "list[Form]":
    """Forms of the packs that a network or institution fills in about itself, for a country."""
    found = [version.form for version in office.valid()]
    return [one for one in found if one.owner is None and one.about != About.CHILD and one.country in ("", country)]
