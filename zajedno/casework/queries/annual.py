"""What a commission reports for a year."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q

from zajedno.casework.models import Clock
from zajedno.casework.queries.panel import of_commission
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import of_version


@dataclass(frozen=True)
class Annual:
    """Counts of cases in one year.

    `received`: requests received in it. `decided`: opinions adopted in it, of which `in_time` and `late` by the clock
    of the opinion; the rest came in from an older register without a clock. `still_open`: received in it, neither
    decided nor closed.
    """

    year: int
    received: int
    decided: int
    in_time: int
    late: int
    still_open: int

    @property
    def without_clock(self) -> int:
        return self.decided - self.in_time - self.late


def decision_clocks(definition: Definition) -> set[str]:
    """Deadlines that adopting the joint opinion stops."""
    adopting = {rule.key for rule in definition.moves if "joint_opinion" in rule.needs}
    return {rule.key for rule in definition.deadlines if not adopting.isdisjoint(rule.stop)}


def figures(by: Actor, year: int) -> Annual:
    """The year of the actor's commissions. Two queries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = of_commission(by).filter(
        Q(received_on__range=(first, last)) | Q(joint_opinion__adopted_on__range=(first, last))
    )
    versions = rows.order_by().values_list("version_id", flat=True).distinct()
    keys = {key for version in versions for key in decision_clocks(of_version(version))}
    kept = Clock.objects.filter(case=OuterRef("pk"), key__in=keys, stopped_on=OuterRef("joint_opinion__adopted_on"))
    received = Q(received_on__range=(first, last))
    decided = Q(joint_opinion__adopted_on__range=(first, last))
    rows = rows.annotate(
        timely=Exists(kept.filter(stopped_on__lte=F("due_on"))), tardy=Exists(kept.filter(stopped_on__gt=F("due_on")))
    )
    sums = rows.order_by().aggregate(
        received=Count("pk", filter=received),
        decided=Count("pk", filter=decided),
        in_time=Count("pk", filter=decided & Q(timely=True, tardy=False)),
        late=Count("pk", filter=decided & Q(tardy=True)),
        still_open=Count("pk", filter=received & Q(closed_on=None, joint_opinion__adopted_on=None)),
    )
    return Annual(year=year, **sums)


def years(by: Actor) -> list[int]:
    """Years in which requests were received, the newest first; the present one is always among them."""
    days = of_commission(by).order_by().dates("received_on", "year")
    return sorted({by.today.year, *(day.year for day in days)}, reverse=True)
