"""Grants: those of the actor's institutions, what they ask for, what was spent of them; reports that are due."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.money import Money, total
from zajedno.kernel.refusal import NotFound
from zajedno.programmes.models import Budget, Grant, Promise
from zajedno.programmes.queries.budget import Standing, standing
from zajedno.programmes.rules import KEEP_BUDGET

SOON = timedelta(days=30)  # before a report is due people are warned


def visible_to(by: Actor) -> QuerySet[Grant]:
    rows = Grant.objects.filter(funder__organisation__in=by.organisations_for(KEEP_BUDGET.key))
    return rows.select_related("funder__organisation").prefetch_related("promises")


def find(by: Actor, uuid: UUID) -> Grant:
    """NotFound for a grant of others as for none."""
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def find_promise(grant: Grant, uuid: UUID) -> Promise:
    found = grant.promises.filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def grants_for(by: Actor, budget: Budget) -> QuerySet[Grant]:
    """Those that may pay lines of a budget: of its organisation, in its currency, to be spent in its year."""
    rows = visible_to(by).filter(funder__organisation=budget.organisation_id, currency=budget.currency)
    return rows.filter(agreed_on__year__lte=budget.year, ends_on__year__gte=budget.year)


@dataclass(frozen=True)
class Use:
    """What becomes of a grant: its lines as they stand, in whichever budget; nothing else pays from it."""

    grant: Grant
    lines: list[Standing]

    @property
    def planned(self) -> Money:
        return total((one.revised for one in self.lines), self.grant.currency)

    @property
    def spent(self) -> Money:
        return total((one.executed for one in self.lines), self.grant.currency)

    @property
    def left(self) -> Money:
        return Money(self.grant.amount, self.grant.currency) - self.spent


def use(grant: Grant) -> Use:
    rows = grant.lines.select_related("budget__territory", "figure__edition").prefetch_related("entries")
    return Use(grant, [standing(one) for one in rows.order_by("budget__year", "pk")])


def due(day: date) -> QuerySet[Promise]:
    """What is to be done within a month of the day, or is late, and is not done."""
    rows = Promise.objects.filter(kept_on=None, due_on__lte=day + SOON)
    return rows.select_related("grant__funder")
