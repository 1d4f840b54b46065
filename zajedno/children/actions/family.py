"""Brothers, sisters and children of one household are linked by who sees both files."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.enums import FamilyKind
from zajedno.children.models import Child, FamilyLink
from zajedno.children.queries.child import find, find_to
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused


@transaction.atomic
def link(*, by: Actor, child: Child, other: Child, kind: str) -> FamilyLink:
    """Link two children, or say anew how they are linked (FamilyKind). A pair is written once, in either order."""
    first, second = _pair(by, child, other)
    if kind not in FamilyKind.values:
        raise Refused(_("Say how the children belong together."), "kind")
    row, _new = FamilyLink.objects.update_or_create(first=first, second=second, defaults={"kind": kind})
    audit.record(by=by, verb=rules.LINK_FAMILY.key, about=child, detail={"with": str(other.uuid), "kind": kind})
    return row


@transaction.atomic
def unlink(*, by: Actor, child: Child, other: Child) -> None:
    first, second = _pair(by, child, other)
    gone, _by_table = FamilyLink.objects.filter(Q(first=first, second=second)).delete()
    if not gone:
        raise NotFound(_("These children are not linked."), "no_link")
    audit.record(by=by, verb="children.unlink_family", about=child, detail={"with": str(other.uuid)})


def _pair(by: Actor, child: Child, other: Child) -> tuple[Child, Child]:
    """Both, found again for this actor, the smaller key first."""
    one, two = find_to(by, rules.LINK_FAMILY, child), find(by, other.uuid)
    if one.pk == two.pk:
        raise Refused(_("A child cannot be linked with itself."), "self")
    return (one, two) if one.pk < two.pk else (two, one)
