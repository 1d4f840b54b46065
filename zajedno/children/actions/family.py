"""Brothers, sisters, households; and where a child goes to school."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children.enums import FamilyKind
from zajedno.children.models import Child, Enrolment, FamilyLink
from zajedno.children.rules import ENROL, LINK_FAMILY
from zajedno.kernel.actor import Actor
from zajedno.kernel.calendars import school_year
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


@transaction.atomic
def link_family(*, by: Actor, child: Child, other: Child, kind: str) -> FamilyLink:
    """Link two children the actor has found; a second link of the pair replaces the first."""
    ask(by, LINK_FAMILY)
    if kind not in FamilyKind.values:
        raise Refused(_("Choose how the children are related."), "kind")
    if child.pk == other.pk:
        raise Refused(_("A child cannot be linked to itself."), "self")
    first, second = sorted((child, other), key=lambda one: one.pk)
    link, _new = FamilyLink.objects.update_or_create(first=first, second=second, defaults={"kind": kind})
    audit.record(by=by, verb=LINK_FAMILY.key, about=child, detail={"with": str(other.uuid)})
    return link


@transaction.atomic
def unlink_family(*, by: Actor, child: Child, other: Child) -> None:
    ask(by, LINK_FAMILY)
    first, second = sorted((child.pk, other.pk))
    FamilyLink.objects.filter(first=first, second=second).delete()
    audit.record(by=by, verb=LINK_FAMILY.key, about=child, detail={"without": str(other.uuid)})


@transaction.atomic
def enrol(*, by: Actor, child: Child, organisation: "Organisation", since: date, class_name: str = "") -> Enrolment:
    """From a day on the child goes to an institution; an earlier enrolment elsewhere ends the day before."""
    ask(by, ENROL)
    for row in child.enrolments.filter(until=None, since__lt=since):
        row.until = date.fromordinal(since.toordinal() - 1)
        row.save(update_fields=["until"])
    try:
        with transaction.atomic():
            row = Enrolment.objects.create(
                child=child, organisation=organisation, class_name=class_name.strip(), since=since,
                school_year=school_year(since)[0].year,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("The child is already enrolled there at that time."), "twice") from None
    audit.record(by=by, verb=ENROL.key, about=child)
    return row
