"""A whole class at once: entrusting its children to a teacher, and one form filled in for every pupil."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.actions.filling import (
    Filling,
    is_retired,
    needs_consent,
    new_sheet,
    part_of,
    sealed_content,
    take_turns,
)
from zajedno.children.enums import Field
from zajedno.children.models import Assessment, Child, Consent, Tie
from zajedno.children.queries.assessment import Read, newest_of
from zajedno.children.queries.attendance import levels
from zajedno.children.queries.consent import all_in_force
from zajedno.children.queries.enrolment import going_on, school_year
from zajedno.children.queries.school_class import in_class, teachers
from zajedno.forms.queries.form import Loaded
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.post import held

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

EDUCATION = "education"  # key of a purpose in the packs
TEACHERS_FIELDS = (Field.IDENTITY, Field.ENROLMENT, Field.EDUCATION)


@transaction.atomic
def entrust(*, by: Actor, organisation: int, class_name: str, teacher: int | None) -> int:
    """Open the files of a class's children to its teacher (an account) until the school year ends; how many are new.

    What another teacher had of the class is over. `teacher` None: the class is nobody's for now.
    """
    ask(by, rules.ENTRUST, organisation)
    if teacher is not None and teacher not in teachers(organisation, by.today):
        raise NotFound(gettext_lazy("This person does not fill in forms in the school."), "no_post")
    children = list(in_class(by, organisation, class_name))
    if not children:
        raise Refused(gettext_lazy("Nobody is enrolled in this class."), "empty_class")
    given = Tie.objects.filter(while_at=organisation, child__in=children, until__gte=by.today)
    over = given.exclude(account=teacher) if teacher else given
    _record(by, organisation, list(over.values_list("child", flat=True)), {"class": True, "ended": True})
    _end(over, by.today)
    there = set(given.values_list("child", flat=True))
    fresh = [child for child in children if teacher and child.pk not in there]
    Tie.objects.bulk_create(
        Tie(child=child, account_id=teacher, purpose=EDUCATION, fields=sorted(TEACHERS_FIELDS), since=by.today,
            until=date(school_year(by.today) + 1, 8, 31), written_by=by.account, while_at_id=organisation)
        for child in fresh
    )  # fmt: skip
    _record(by, organisation, [child.pk for child in fresh], {"class": True})
    return len(fresh)


def _record(by: Actor, organisation: int, children: Sequence[int], detail: Mapping[str, Any]) -> None:
    about = Child.objects.filter(pk__in=children)
    audit.record_each(by=by, verb=rules.ENTRUST.key, about=about, organisation=organisation, detail=dict(detail))


def _end(ties: QuerySet[Tie], today: date) -> int:
    """From now on they open nothing: their last day was yesterday."""
    return ties.update(until=today - timedelta(days=1))


def end_ties_of_the_past() -> int:
    """Of the daily round: teachers who hold no post in the school any more, pupils who go to another; how many ties.

    Teachers without the post see nothing from the same moment (`queries.tie.living`); this tells the database so.
    """
    today = clock.today()
    ties = Tie.objects.filter(while_at__isnull=False, until__gte=today)
    teaching = held(today).filter(account=OuterRef("account"), organisation=OuterRef("while_at"))
    pupil = going_on(today).filter(child=OuterRef("child"), organisation=OuterRef("while_at"))
    return _end(ties.filter(~Exists(teaching) | ~Exists(pupil)), today)


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child of a class with the newest sheet of a form. `proposed`: levels by question, by the school's own marks and
    absences; `ready`: is there the consent that the form needs, if any?"""

    child: Child
    newest: Read | None
    proposed: Mapping[str, int]
    ready: bool


@transaction.atomic
def open_class(*, by: Actor, organisation: "Organisation", class_name: str, form: Loaded) -> list[Pupil]:
    """What the children's files say of one form, in the order of the alphabet. Recorded as a reading of each file."""
    ask(by, rules.OPEN_FILE, organisation.pk)
    children = list(in_class(by, organisation.pk, class_name))
    if not children:
        raise NotFound("")
    consents = _consents(by, organisation, form, children)
    newest = newest_of(by, children, form.key)
    pupils = [child.pk for child in children]
    proposed = levels(pupils, school_year(by.today), form.facts.options, organisation=organisation.pk)
    about = Child.objects.filter(pk__in=pupils)
    detail = {"form": form.key, "class": True, "purpose": form.facts.purpose}
    audit.record_each(by=by, verb=rules.OPEN_FILE.key, about=about, organisation=organisation.pk, detail=detail)
    return [Pupil(child, newest.get(child.pk), proposed.get(child.pk, {}), child.pk in consents) for child in children]


def _consents(
    by: Actor, organisation: "Organisation", form: Loaded, children: Sequence[Child]
) -> Mapping[int, Consent | None]:
    """Children about whom the form may be filled in, with the consent it rests on; None where it needs none."""
    if not needs_consent(form, organisation.territory.country_id):
        return {child.pk: None for child in children}
    pupils = [child.pk for child in children]
    return dict(all_in_force(pupils, purpose=form.facts.purpose, recipient=organisation.pk, day=by.today))


@dataclass(frozen=True, slots=True)
class PupilRow:
    """What was written about a pupil. `seen`: the newest sheet that the writer had before them, if any."""

    answers: Mapping[str, Any]
    seen: UUID | None = None


@dataclass(frozen=True, slots=True)
class PupilReport:
    """What became of a pupil's row: `saved`, `unchanged`, or `refused` with `why` (a sentence) and its code (consent,
    answers, day, overtaken)."""

    child: Child
    verdict: str
    why: str = ""
    code: str = ""


@transaction.atomic
def take_in_class(
    *, by: Actor, organisation: "Organisation", class_name: str, form: Loaded, rows: Mapping[int, PupilRow]
) -> list[PupilReport]:
    """Keep one form for many pupils (rows by the child's primary key), in one transaction and a number of queries that
    does not grow with the class. Each row is judged for itself: what is right is kept, the rest is told.

    A row equal to the pupil's newest sheet changes nothing; what one writes again on the same day puts one's own sheet
    right. Children who are not in the class today get no report.
    """
    ask(by, rules.ASSESS, organisation.pk)
    children = list(in_class(by, organisation.pk, class_name).filter(pk__in=list(rows)))
    take_turns(children)
    consents = _consents(by, organisation, form, children)
    newest, made, reports = newest_of(by, children, form.key), list[Assessment](), list[PupilReport]()
    part, retired = part_of(form, organisation.kind.sector), is_retired(form, organisation.pk, by.today)
    for child in children:
        if child.pk not in consents:
            reports.append(PupilReport(child, "refused", _("There is no consent for this form."), "consent"))
            continue
        ready = Filling(child, form, organisation.pk, part, consents[child.pk], child.data_key.open(), retired)
        row, report = _judged(by, ready, rows[child.pk], newest.get(child.pk))
        made += [row] if row else []
        reports.append(report)
    Assessment.objects.bulk_create(made)
    detail = {"form": form.key, "version": form.number, "class": True}
    about = Child.objects.filter(pk__in=[row.child_id for row in made])
    audit.record_each(by=by, verb=rules.ASSESS.key, about=about, organisation=organisation.pk, detail=detail)
    return reports


def _judged(by: Actor, ready: Filling, row: PupilRow, before: Read | None) -> tuple[Assessment | None, PupilReport]:
    child = ready.child
    try:
        content, holds_on = sealed_content(ready, row.answers, by.today)
    except Refused as refusal:
        return None, PupilReport(child, "refused", str(refusal.sentence), refusal.code)
    if before is not None and before.content["answers"] == content["answers"]:
        return None, PupilReport(child, "unchanged")
    if row.seen != (before.row.uuid if before else None):
        why = _("Somebody has filled in this form meanwhile. Yours stands here; save again to keep it.")
        return None, PupilReport(child, "refused", why, "overtaken")
    sheet = new_sheet(ready, by.account, holds_on, **_put_right(by, before, holds_on))
    sheet.seal(content, ready.key)
    return sheet, PupilReport(child, "saved")


def _put_right(by: Actor, before: Read | None, holds_on: date) -> dict[str, Any]:
    """One's own sheet of the same day, unless people have said something of it already."""
    if before is None or before.judgements or (before.row.filled_by, before.row.holds_on) != (by.account, holds_on):
        return {}
    return {"corrects": before.row, "reason": _("Written anew on the same day, with the whole class.")}
