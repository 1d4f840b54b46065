"""Parents, brothers and sisters, without showing a file that is not the actor's to see."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from zajedno.children.enums import FamilyKind
from zajedno.children.models import Child, FamilyLink, Guardian
from zajedno.children.queries.child import visible_to
from zajedno.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Relative:
    """A linked child whom the actor may see."""

    kind: FamilyKind
    child: Child


def relatives(by: Actor, child: Child) -> list[Relative]:
    """Linked children visible to the actor, never the child itself; a link to a foreign file is as if it were not."""
    links = FamilyLink.objects.filter(Q(first=child) | Q(second=child)).order_by("id")
    kinds = {link.second_id if link.first_id == child.pk else link.first_id: FamilyKind(link.kind) for link in links}
    rows = visible_to(by).filter(pk__in=kinds).order_by("birth_date", "pk")
    return [Relative(kinds[row.pk], row) for row in rows]


def guardians(child: Child) -> QuerySet[Guardian]:
    """Parents, guardians and persons of trust of today; who represents the child by law stands first."""
    return Guardian.objects.filter(child=child, ended_on=None).order_by("-represents", "id")
