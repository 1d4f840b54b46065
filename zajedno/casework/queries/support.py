"""Support that is planned: what an institution is to say of it, which services have a place, which needs stay unmet."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from zajedno.casework.enums import IN_HAND, MeasureState
from zajedno.casework.models import Measure
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.plan import visible_to
from zajedno.casework.rules import REPORT_FOLLOW_UP
from zajedno.children.enums import Field
from zajedno.children.queries.tie import opening
from zajedno.kernel.actor import Actor
from zajedno.places.queries import service as services

SOON = 7  # days before a review from which it counts as due


def due(by: Actor) -> QuerySet[Measure]:
    """Measures for which an institution of the actor is responsible and of which something must be said now: a review
    is near, the first day has come and nothing was begun, or the last day is over. `named`: may the child's name be
    shown?"""
    here = [seat.organisation for seat in by.seats_for(REPORT_FOLLOW_UP.key) if seat.opens_files]
    waits = (
        Q(review_on__lte=by.today + timedelta(days=SOON))
        | Q(until__lt=by.today)
        | Q(state=MeasureState.PLANNED, since__lte=by.today)
    )
    rows = Measure.objects.filter(
        waits, responsible__in=here, superseded_on=None, state__in=IN_HAND, adopted_on__isnull=False
    )
    named = Exists(opening(by, Field.IDENTITY).filter(child=OuterRef("child")))
    found = visible_to(by, rows).annotate(named=named).select_related("child", "at__territory")
    return found.order_by("review_on", "until", "id")


def due_on(row: Measure) -> date | None:
    """The day by which something had to be said of the measure: the earliest that is known."""
    begins = row.since if row.state == MeasureState.PLANNED else None
    return min((day for day in (row.review_on, row.until, begins) if day), default=None)


def age_of(born: date | None, day: date) -> int | None:
    """Completed years; None when the birth date is not known."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def offered(file: CaseFile) -> list[Any]:
    """Services of the municipality for a child of this age, those with a free place first."""
    age = age_of(file.case.child.birth_date, file.by.today)
    rows = services.offered(file.case.organisation.territory, file.by.today)
    return sorted((row for row in rows if row.is_for(age)), key=lambda row: row.free == 0)


def unmet_lines(by: Actor, organisations: list[int]) -> QuerySet[Measure]:
    """Measures in the plans of these institutions for which there is nothing now."""
    rows = Measure.objects.filter(at__in=organisations, superseded_on=None, state__in=IN_HAND).exclude(unmet="")
    return visible_to(by, rows)


def unmet(by: Actor, organisations: list[int], least: int = 1) -> QuerySet[Measure, Any]:
    """Unmet needs counted: rows {code, place, unmet, children, since}, the most frequent first.

    `place`: the municipality of who planned; `since`: the day of the oldest. To who may not open the cases, only counts
    of at `least` 5 children are shown.
    """
    rows = unmet_lines(by, organisations).order_by().values("code", "unmet", place=F("at__territory"))
    counted = rows.annotate(children=Count("child", distinct=True), since=Min("unmet_on"))
    return counted.filter(children__gte=least).order_by("-children", "code", "unmet")
