"""Proposals that two files are of the same child."""

from dataclasses import dataclass

from django.db.models import Q

from zajedno.children.models import Alias, Child
from zajedno.children.queries.child import visible_to
from zajedno.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Proposal:
    """`other` is None when the second file is kept elsewhere: then nothing of it is told."""

    alias: Alias
    other: Child | None


def proposals(by: Actor, child: Child) -> list[Proposal]:
    """Proposals about a child that the actor has found, undecided ones first."""
    rows = list(Alias.objects.filter(Q(child=child) | Q(same_as=child)).order_by("decided_on", "id"))
    others = {row.pk: row.same_as_id if row.child_id == child.pk else row.child_id for row in rows}
    seen = {row.pk: row for row in visible_to(by).filter(pk__in=others.values())}
    return [Proposal(row, seen.get(others[row.pk])) for row in rows]


def confirmed(by: Actor, child: Child) -> list[Child]:
    """Files that a person confirmed to be of the same child and that the actor may see."""
    return [row.other for row in proposals(by, child) if row.other and row.alias.state == Alias.State.CONFIRMED]
