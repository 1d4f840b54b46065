"""Running clocks of a commission, with the rule behind each."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from zajedno.casework.models import Clock
from zajedno.casework.queries.panel import open_of_commission
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.definition import DeadlineRule
from zajedno.procedures.queries.definition import of_version

GROUPS = ("late", "week", "month", "later", "paused")


@dataclass(frozen=True)
class Counts:
    late: int
    week: int
    month: int
    later: int
    paused: int


def running(by: Actor) -> QuerySet[Clock]:
    """Clocks that were not stopped, of the open cases of the actor's commissions."""
    return Clock.objects.filter(case__in=open_of_commission(by).values("pk"), stopped_on=None)


def in_group(by: Actor, group: str) -> Q:
    """Condition on a running clock: `late` is past its day, `week` within 7 days, `month` within 30, `later` after."""
    week, month = by.today + timedelta(days=7), by.today + timedelta(days=30)
    going = Q(paused_on=None)
    return {
        "late": going & Q(due_on__lt=by.today),
        "week": going & Q(due_on__range=(by.today, week)),
        "month": going & Q(due_on__range=(week + timedelta(days=1), month)),
        "later": going & Q(due_on__gt=month),
        "paused": Q(paused_on__isnull=False),
    }[group]


def counts(by: Actor) -> Counts:
    """How many clocks are in each group. One query."""
    sums = running(by).aggregate(**{group: Count("pk", filter=in_group(by, group)) for group in GROUPS})
    return Counts(**sums)


def listed(by: Actor, group: str) -> QuerySet[Clock]:
    """The clocks of a group, the nearest last day first."""
    return running(by).filter(in_group(by, group)).select_related("case__child").order_by("due_on", "id")


def days(by: Actor, most: int = 60) -> list[tuple[date, str, int]]:
    """(last day, key of the rule, version) of the nearest clocks, for a drawing."""
    rows = running(by).filter(paused_on=None).order_by("due_on", "id")
    return list(rows.values_list("due_on", "key", "case__version_id")[:most])


def rule_of(clock: Clock) -> DeadlineRule | None:
    return of_version(clock.case.version_id).deadline.get(clock.key)
