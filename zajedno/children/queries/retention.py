"""What is due to be deleted by the pack's keeping times. It is only listed: a person decides."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from zajedno.children.models import Child, ChildBatch, Tie
from zajedno.children.queries.child import visible_to
from zajedno.kernel.actor import Actor
from zajedno.procedures.queries.definition import retention


@dataclass(frozen=True, slots=True)
class Due:
    """Files and imported registers whose time is over; None where the pack has no rule or keeps for ever."""

    children: QuerySet[Child] | None
    batches: QuerySet[ChildBatch] | None


def due(by: Actor, country: str) -> Due:
    """Children whose last other support ended long enough ago, and old registers, in the actor's organisations.

    Support counts as ended on the last day of the last tie that is not the registration itself; a child with an open
    one is never due. Without any, the day of registration counts.
    """
    rules = {rule.key: rule for rule in retention(country)}
    child, batch = (rules[key].edge(by.today) if key in rules else None for key in ("child", "batch"))
    return Due(_children(by, child) if child else None, _batches(by, batch) if batch else None)


def _children(by: Actor, edge: date) -> QuerySet[Child]:
    support = Tie.objects.filter(child=OuterRef("pk")).exclude(purpose="registration")
    last = Max("ties__until", filter=~Q(ties__purpose="registration"))
    rows = visible_to(by).annotate(support_ended=last).filter(~Exists(support.filter(until=None)))
    never = Q(support_ended=None, created_on__date__lt=edge)
    return rows.filter(never | Q(support_ended__lt=edge)).order_by("support_ended", "pk")


def _batches(by: Actor, edge: date) -> QuerySet[ChildBatch]:
    mine = [key for key in by.keys if key > 0]
    return ChildBatch.objects.filter(organisation__in=mine, added_on__date__lt=edge).order_by("added_on")
