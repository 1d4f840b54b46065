"""Grants: those of the actor's institutions, with what they ask for; reports that are due."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.programmes.models import Grant, Promise
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


def due(day: date) -> QuerySet[Promise]:
    """What is to be done within a month of the day, or is late, and is not done."""
    rows = Promise.objects.filter(kept_on=None, due_on__lte=day + SOON)
    return rows.select_related("grant__funder")
