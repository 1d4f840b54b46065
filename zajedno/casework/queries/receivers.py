"""Who may be brought into a case: institutions at work in which somebody may receive, found by what they offer and
where they are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, QuerySet, Value, When

from zajedno.casework.rules import RECEIVE, REFER, REFER_SERVICE
from zajedno.children.enums import Field
from zajedno.kernel.actor import Actor
from zajedno.places.queries.organisation import organisations, serving_with
from zajedno.places.queries.post import carrying, held
from zajedno.places.queries.territory import by_id

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

# What a service may pass on to another: as the purpose "giving-support" of the packs, never the whole case.
OF_SERVICE = frozenset({Field.IDENTITY, Field.CONTACT, Field.PLAN, Field.REPORTS})


@dataclass(frozen=True)
class Sought:
    """What institutions are narrowed by: `service` as it is called, `territory` by id, words of their names."""

    service: str = ""
    territory: int | None = None
    text: str = ""


ANY = Sought()


def receivers(
    kinds: Collection[str], country: str, today: date, sought: Sought = ANY, near: int | None = None
) -> "QuerySet[Organisation]":
    """Of these kinds (of any, when none is named), those in or serving the territory `near` first. Slice it."""
    territory = by_id(sought.territory) if sought.territory else None
    rows = organisations(text=sought.text, territory=territory, working_on=today)
    rows = rows.filter(territory__country=country, pk__in=carrying(RECEIVE.key, today).values("organisation"))
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if sought.service:
        rows = rows.filter(pk__in=serving_with(sought.service, today))
    first = Case(When(territory=near, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(first, "key", "id") if near else rows


def can_receive(organisation: "Organisation", today: date) -> bool:
    """Is it at work, and may somebody there receive?"""
    return carrying(RECEIVE.key, today).filter(organisation=organisation.pk).exists()


def person_can_receive(account: int, today: date, at: int | None = None) -> bool:
    """Is the account an active one of a person, with a post (there) that may receive? The part opens this one file,
    also to a post that opens no others."""
    posts = held(today).filter(role__verbs__contains=[RECEIVE.key], account=account, account__is_system=False)
    return (posts.filter(organisation=at) if at else posts).exists()


def may_bring_in(by: Actor, fields: Iterable[str]) -> bool:
    """May the actor open these fields to another institution? Who refers from a service alone opens not the whole
    case."""
    return by.may(REFER.key) or (by.may(REFER_SERVICE.key) and OF_SERVICE.issuperset(fields))
