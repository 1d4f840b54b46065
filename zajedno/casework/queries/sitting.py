"""Reads of sittings."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zajedno.casework.enums import SittingState
from zajedno.casework.models import AgendaItem, Case, Sitting
from zajedno.casework.queries.case import visible_to as cases_visible_to
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import ZONE
from zajedno.kernel.refusal import NotFound
from zajedno.procedures.queries.definition import of_version


def visible_to(by: Actor) -> QuerySet[Sitting]:
    """Sittings of the commissions where the actor holds a post, and those the actor is invited to."""
    organisations = [seat.organisation for seat in by.seats if seat.opens_files]
    return Sitting.objects.filter(
        Q(organisation__in=organisations) | Q(pk__in=Sitting.objects.filter(attendees__account=by.account).values("pk"))
    ).annotate(cases=Count("agenda", distinct=True))


def upcoming(by: Actor, days: int = 120) -> QuerySet[Sitting]:
    """Planned and recent sittings, soonest first: from a fortnight ago."""
    first = by.today - timedelta(days=14)
    return (
        visible_to(by)
        .exclude(state=SittingState.CANCELLED)
        .filter(begins__date__gte=first, begins__date__lte=by.today + timedelta(days=days))
        .select_related("organisation")
        .order_by("begins")
    )


def next_ones(by: Actor) -> QuerySet[Sitting]:
    """Planned sittings from today on, the next first."""
    rows = visible_to(by).filter(state=SittingState.PLANNED, begins__gte=local(by.today, 0))
    return rows.select_related("organisation").order_by("begins")


def planned(by: Actor, organisation: int) -> QuerySet[Sitting]:
    """Sittings a case can be put on."""
    return (
        visible_to(by)
        .filter(organisation=organisation, state=SittingState.PLANNED, begins__date__gte=by.today)
        .order_by("begins")
    )


def find(by: Actor, uuid: UUID) -> Sitting:
    sitting = visible_to(by).select_related("organisation").filter(uuid=uuid).first()
    if sitting is None:
        raise NotFound("")
    return sitting


def agenda(by: Actor, sitting: Sitting) -> QuerySet[AgendaItem]:
    """The cases on it that the actor may see."""
    return (
        sitting.agenda.filter(case__in=cases_visible_to(by))
        .select_related("case__child__data_key", "case__organisation")
        .order_by("position", "id")
    )


def holding_move(case: Case) -> str:
    """The move that records the sitting as held, out of the step where the case is; "" when it is not waiting."""
    rules = of_version(case.version_id).moves
    return next((rule.key for rule in rules if "quorum" in rule.needs and case.step in rule.from_steps), "")


def waits_for_sitting(case: Case) -> bool:
    return bool(holding_move(case))


def local(begins_on: date, hour: int, minute: int = 0) -> datetime:
    """A moment in the region's time."""
    return datetime(begins_on.year, begins_on.month, begins_on.day, hour, minute, tzinfo=ZONE)
