"""The price list of the places that somebody plans for, and rates of exchange."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.money import Money
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.territory import of_organisation
from zajedno.programmes.models import Price, Rate
from zajedno.programmes.rules import KEEP_BUDGET, KEEP_PRICES

if TYPE_CHECKING:
    from zajedno.places.models import Territory


def places(by: Actor) -> "list[Territory]":
    """Where the actor keeps prices or a budget: what their institutions sit in or serve."""
    found = {one for verb in (KEEP_PRICES, KEEP_BUDGET) for one in by.organisations_for(verb.key)}
    return of_organisation(found)


def visible_to(by: Actor) -> QuerySet[Price]:
    rows = Price.objects.filter(territory__in=places(by)).select_related("service", "territory")
    return rows.order_by("territory", "code", "service", "-valid_from")


def find(by: Actor, uuid: UUID) -> Price:
    """NotFound for a price of another place as for none."""
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def on(by: Actor, day: date) -> QuerySet[Price]:
    """Prices that hold on a day or begin later."""
    return visible_to(by).filter(Q(valid_until=None) | Q(valid_until__gte=day))


def rates(by: Actor) -> QuerySet[Rate]:
    return Rate.objects.filter(territory__in=places(by)).select_related("territory")


def find_rate(by: Actor, uuid: UUID) -> Rate:
    found = rates(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def in_other_money(amount: Money, rate: Rate) -> Money:
    """By a rate that somebody chose; refused for another currency than the rate's. The rate stands beside the sum."""
    if amount.currency != rate.currency:
        raise ValueError(f"the rate is of {rate.currency}")
    return Money(amount.amount * Decimal(rate.rate), rate.into)
