"""A whole class at once: entrusting its children to a teacher, and one form filled in for every pupil."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.actions.filling import Filling, needs_consent, new_sheet, part_of, sealed_content
from zajedno.children.enums import Field
from zajedno.children.models import Assessment, Child, Tie
from zajedno.children.queries.assessment import newest_of
from zajedno.children.queries.consent import all_in_force
from zajedno.children.queries.enrolment import school_year
from zajedno.children.queries.school_class import in_class
from zajedno.forms.queries.form import Loaded
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.post import held_at

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

EDUCATION = "education"  # key of a purpose in the packs
TEACHERS_FIELDS = (Field.IDENTITY, Field.ENROLMENT, Field.EDUCATION)


@dataclass(frozen=True, slots=True)
class PupilReport:
    """What became of a pupil's row: `saved`, `unchanged`, or refused with `why` (a sentence)."""

    child: Child
    verdict: str
    why: str = ""


@transaction.atomic
def entrust(*, by: Actor, organisation: int, class_name: str, teacher: int) -> int:
    """Open the files of a class's children to its teacher (an account) until the school year ends; how many.

    The teacher must hold a post in the school. Ties that another teacher of the class had are over.
    """
    seat = ask(by, rules.ENTRUST, organisation)
    if not held_at(organisation, by.today).filter(account=teacher).exists():
        raise NotFound(_("This person holds no post in the school."), "no_post")
    children = list(in_class(by, organisation, class_name))
    if not children:
        raise Refused(_("Nobody is enrolled in this class."), "empty_class")
    pupils = [child.pk for child in children]
    mine = Tie.objects.filter(child__in=pupils, purpose=EDUCATION, account__isnull=False, until__gte=by.today)
    mine = mine.filter(reason=_mark(organisation))
    mine.exclude(account=teacher).update(until=by.today - timedelta(days=1))
    there = set(mine.filter(account=teacher).values_list("child", flat=True))
    fresh = [child for child in children if child.pk not in there]
    Tie.objects.bulk_create(
        Tie(child=child, account_id=teacher, purpose=EDUCATION, fields=sorted(TEACHERS_FIELDS), since=by.today,
            until=date(school_year(by.today) + 1, 8, 31), written_by=by.account, reason=_mark(organisation))
        for child in fresh
    )  # fmt: skip
    detail = {"class": True, "ties": len(fresh)}
    about = Child.objects.filter(pk__in=[child.pk for child in fresh])
    audit.record_each(by=by, verb=rules.ENTRUST.key, about=about, organisation=seat.organisation, detail=detail)
    return len(fresh)


def _mark(organisation: int) -> str:
    """Tells the ties of a class from others a person may have to the same child."""
    return f"class teacher at {organisation}"


@transaction.atomic
def take_in_class(
    *, by: Actor, organisation: "Organisation", class_name: str, form: Loaded, rows: Mapping[int, Mapping[str, Any]]
) -> list[PupilReport]:
    """Keep one form for many pupils (answers by the child's primary key), in one transaction and a number of queries
    that does not grow with the class. Each row is judged for itself: what is right is kept, the rest is told.

    A row equal to the pupil's newest sheet changes nothing.
    """
    ask(by, rules.ASSESS, organisation.pk)
    children = [child for child in in_class(by, organisation.pk, class_name) if child.pk in rows]
    pupils = [child.pk for child in children]
    needed = needs_consent(form, organisation.territory.country_id)
    consents = all_in_force(pupils, purpose=form.facts.purpose, recipient=organisation.pk, day=by.today)
    newest, made, reports = newest_of(pupils, form.key), list[Assessment](), list[PupilReport]()
    part = part_of(form, organisation.kind.sector)
    for child in children:
        consent = consents.get(child.pk)
        if needed and consent is None:
            reports.append(PupilReport(child, "refused", str(_("There is no consent for this form."))))
            continue
        ready = Filling(child, form, organisation.pk, part, consent, child.data_key.open())
        row, report = _judged(ready, rows[child.pk], newest.get(child.pk), by)
        made += [row] if row else []
        reports.append(report)
    Assessment.objects.bulk_create(made)
    detail = {"form": form.key, "version": form.number, "class": True}
    about = Child.objects.filter(pk__in=[row.child_id for row in made])
    audit.record_each(by=by, verb=rules.ASSESS.key, about=about, organisation=organisation.pk, detail=detail)
    return reports


def _judged(
    ready: Filling, answers: Mapping[str, Any], before: Assessment | None, by: Actor
) -> tuple[Assessment | None, PupilReport]:
    try:
        content, holds_on = sealed_content(ready, answers, by.today)
    except Refused as refusal:
        return None, PupilReport(ready.child, "refused", str(refusal.sentence))
    if before is not None and before.open(ready.key)["answers"] == content["answers"]:
        return None, PupilReport(ready.child, "unchanged")
    row = new_sheet(ready, by, holds_on)
    row.seal(content, ready.key)
    return row, PupilReport(ready.child, "saved")
