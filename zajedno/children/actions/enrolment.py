"""Where a child goes to school or kindergarten."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.models import Child, Enrolment, Tie
from zajedno.children.queries.child import find_to
from zajedno.children.queries.enrolment import school_year
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


@transaction.atomic
def enrol(
    *, by: Actor, child: Child, organisation: "Organisation", class_name: str = "", since: date | None = None,
    until: date | None = None,
) -> Enrolment:  # fmt: skip
    """The child goes to the institution from `since` (today) until the last day `until`."""
    found = find_to(by, rules.ENROL, child)
    day = since or by.today
    if until is not None and until < day:
        raise Refused(_("An enrolment cannot end before it begins."), "order")
    row = Enrolment(
        child=found, organisation=organisation, school_year=school_year(day),
        class_name=" ".join(class_name.split())[:60], since=day, until=until,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(_("The child is enrolled there at that time already."), "enrolled") from error
    audit.record(by=by, verb=rules.ENROL.key, about=found, detail={"organisation": organisation.pk})
    return row


@transaction.atomic
def leave(*, by: Actor, enrolment: Enrolment, on: date | None = None) -> Enrolment:
    """`on` is the last day there."""
    row = Enrolment.objects.select_for_update(of=("self",)).select_related("child").filter(pk=enrolment.pk).first()
    if row is None:
        raise NotFound(_("There is no such enrolment."), "no_enrolment")
    find_to(by, rules.ENROL, row.child)
    day = on or by.today
    if day < row.since:
        raise Refused(_("An enrolment cannot end before it begins."), "order")
    row.until = day
    row.save(update_fields=["until"])
    # no longer a pupil of the teacher to whom the class is entrusted
    last = max(day, by.today - timedelta(days=1))
    Tie.objects.filter(child=row.child_id, while_at=row.organisation_id, until__gt=last).update(until=last)
    audit.record(by=by, verb="children.leave", about=row.child, detail={"organisation": row.organisation_id})
    return row
