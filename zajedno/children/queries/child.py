"""Finding children. Every read starts from `visible_to`."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from zajedno.children.enums import Field
from zajedno.children.models import Alias, Child, Enrolment, FamilyLink, Guardian, Identifier, Tie
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound


def standing(by: Actor) -> QuerySet[Tie]:
    """Ties that reach the actor today."""
    return Tie.objects.filter(Q(until=None) | Q(until__gte=by.today), key__in=by.keys, since__lte=by.today)


def visible_to(by: Actor) -> QuerySet[Child]:
    """Children tied today to the actor or to one of their organisations."""
    return Child.objects.filter(pk__in=standing(by).values("child"))


def listed(by: Actor) -> QuerySet[Child]:
    """The same in the order of the Serbian alphabet, whichever script the names are in."""
    return visible_to(by).order_by("sort_key", "id")


def find(by: Actor, uuid: UUID) -> Child:
    """The child, or NotFound: the same whether it is foreign or does not exist. Reads the row only, not the file."""
    child = visible_to(by).filter(uuid=uuid).first()
    if child is None:
        raise NotFound("")
    return child


@dataclass(frozen=True)
class ChildFile:
    """A child's file as one asker may read it: each part is empty when no tie of theirs opens it."""

    child: Child
    by: Actor

    @cached_property
    def fields(self) -> frozenset[str]:
        return frozenset(field for fields in standing(self.by).filter(child=self.child).values_list("fields", flat=True)
                         for field in fields)  # fmt: skip

    def opens(self, field: str) -> bool:
        return field in self.fields

    @property
    def guardians(self) -> QuerySet[Guardian]:
        rows = self.child.guardians.filter(ended_on=None).order_by("-represents", "id")
        return rows if self.opens(Field.FAMILY) else rows.none()

    @property
    def identifiers(self) -> QuerySet[Identifier]:
        rows = self.child.identifiers.select_related("issuer").order_by("kind", "id")
        return rows if self.opens(Field.IDENTIFIERS) else rows.none()

    @property
    def enrolments(self) -> QuerySet[Enrolment]:
        rows = self.child.enrolments.select_related("organisation").order_by("-since", "-id")
        return rows if self.opens(Field.ENROLMENT) else rows.none()

    @property
    def ties(self) -> QuerySet[Tie]:
        """Who may see this child, and may have seen: shown to everyone who may."""
        return self.child.ties.select_related("organisation", "account").order_by("until", "-since", "id")

    @property
    def family(self) -> list[tuple[Child | None, str]]:
        """Linked children with the kind of link; a child the asker may not see stays nameless (None)."""
        if not self.opens(Field.FAMILY):
            return []
        links = FamilyLink.objects.filter(Q(first=self.child) | Q(second=self.child))
        pairs = [(one.second_id if one.first_id == self.child.pk else one.first_id, one) for one in links]
        seen = visible_to(self.by).in_bulk([other for other, _link in pairs])
        return [(seen.get(other), link.get_kind_display()) for other, link in pairs]

    @property
    def alerts(self) -> QuerySet[Alias]:
        """Proposals that this is the same child as another record."""
        return Alias.objects.filter(child=self.child).exclude(state=Alias.State.REJECTED).order_by("id")
