"""Support that was decided: is it given?"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zajedno.casework.enums import MeasureState
from zajedno.casework.models import Clock, Measure
from zajedno.casework.queries.deadlines import running
from zajedno.casework.queries.panel import SOON, open_of_commission, report_clocks
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.procedures.queries.definition import of_version

STATES = tuple(MeasureState.values)


@dataclass(frozen=True)
class Standing:
    """Measures of adopted plans in open cases: how many in each state, and how many are past their last day."""

    by_state: dict[str, int]
    overdue: int
    unpaid: int


def measures(by: Actor) -> QuerySet[Measure]:
    """Measures of adopted plans, in the open cases of the actor's commissions."""
    cases = open_of_commission(by).filter(joint_opinion__adopted_on__isnull=False).values("pk")
    return Measure.objects.filter(case__in=cases, superseded_on=None)


def overdue(by: Actor) -> Q:
    """Condition on a measure: its last day is over and it was not carried out."""
    return Q(until__lt=by.today, state__in=(MeasureState.PLANNED, MeasureState.RUNNING))


def standing(by: Actor) -> Standing:
    """One query."""
    sums = measures(by).aggregate(
        **{state: Count("pk", filter=Q(state=state)) for state in STATES},
        overdue=Count("pk", filter=overdue(by)),
        unpaid=Count("pk", filter=Q(needs_funds=True) & ~Q(state=MeasureState.DONE)),
    )
    late, unpaid = sums.pop("overdue"), sums.pop("unpaid")
    return Standing(by_state=sums, overdue=late, unpaid=unpaid)


def listed(by: Actor, state: str = "") -> QuerySet[Measure]:
    """Measures, those past their last day first. `state`: a state, `overdue`, or `funds` (needs extra funds)."""
    rows = measures(by)
    if state in STATES:
        rows = rows.filter(state=state)
    elif state == "overdue":
        rows = rows.filter(overdue(by))
    elif state == "funds":
        rows = rows.filter(Q(needs_funds=True) & ~Q(state=MeasureState.DONE))
    return rows.select_related("case__child", "responsible", "at__territory").order_by(
        "until", "case__received_on", "position", "id"
    )


def find(by: Actor, uuid: UUID) -> Measure:
    """One measure of an adopted plan, or NotFound."""
    row = (
        measures(by)
        .select_related("case", "responsible", "at__territory", "service__organisation", "goal")
        .filter(uuid=uuid)
        .first()
    )
    if row is None:
        raise NotFound("")
    return row


def reports(by: Actor) -> QuerySet[Clock]:
    """Clocks of reports on the support that are past or within 30 days, the nearest first."""
    versions = open_of_commission(by).order_by().values_list("version_id", flat=True).distinct()
    keys = {key for version in versions for key in report_clocks(of_version(version))}
    rows = running(by).filter(key__in=keys, paused_on=None, due_on__lte=by.today + timedelta(days=SOON))
    return rows.select_related("case__child").order_by("due_on", "id")
