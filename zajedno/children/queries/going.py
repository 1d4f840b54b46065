"""Where children go, of many at once: files with name and enrolment, enrolments still going on, who keeps a file."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from zajedno.children.enums import Field
from zajedno.children.models import Alias, Child, Enrolment, Tie
from zajedno.children.queries.tie import living, opening
from zajedno.kernel.actor import Actor


def with_enrolment(by: Actor) -> QuerySet[Child]:
    """Children whose name and whose enrolments ties of the actor open, by the alphabet; erased files are left out."""
    open_ones = [opening(by, field).values("child") for field in (Field.IDENTITY, Field.ENROLMENT)]
    rows = Child.objects.filter(pk__in=open_ones[0], data_key__wrapped__isnull=False).filter(pk__in=open_ones[1])
    return rows.only("uuid", "given_name", "family_name", "birth_date").order_by("sort_key", "pk")


def not_over(children: Sequence[int], day: date) -> QuerySet[Enrolment]:
    """Enrolments of these children that are not over, also those that are still to begin, the first first."""
    rows = Enrolment.objects.filter(Q(until=None) | Q(until__gte=day), child__in=children)
    return rows.order_by("since", "id")


def keeping(by: Actor, children: Sequence[int]) -> QuerySet[Tie]:
    """Ties of the actor's institutions to these children."""
    return living(by).filter(child__in=children, organisation__isnull=False).order_by("id")


def together(rows: Sequence[Child]) -> list[list[Child]]:
    """Files that a person confirmed to be of one child stand in one list. One query."""
    group = {row.pk: [row] for row in rows}
    same = Alias.objects.filter(state=Alias.State.CONFIRMED, child__in=list(group), same_as__in=list(group))
    for first, second in same.order_by("id").values_list("child", "same_as"):
        if group[first] is not group[second]:
            group[first] += group[second]
            group |= dict.fromkeys((row.pk for row in group[second]), group[first])
    return list({id(files): files for files in group.values()}.values())
