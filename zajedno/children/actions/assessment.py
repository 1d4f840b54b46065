"""A form about a child: begun, kept while it is written, sent once, corrected by another, judged by people.

A score is computed when the sheet is sent and kept with it: it proposes, people decide.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.actions.filling import filling, new_answers, new_sheet, sealed_content, take_turns
from zajedno.children.enums import LedTo
from zajedno.children.models import Assessment, AssessmentDraft, Child, Judgement
from zajedno.children.queries import assessment as assessments
from zajedno.children.queries.child import find_to
from zajedno.forms.queries.form import Loaded, loaded
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Overtaken, Refused

DRAFT_DAYS = 30


@transaction.atomic
def begin(*, by: Actor, child: Child, form: Loaded, corrects: Assessment | None = None) -> AssessmentDraft:
    """A draft of one's own: the one that lies there, or a new one. Refused where the form could not be sent later.

    `corrects` begins with the answers of the sheet that is to be put right.
    """
    ready = filling(by, child, form)
    before = assessments.find(by, ready.child, corrects.uuid) if corrects else None
    draft = assessments.drafts(by).filter(child=ready.child, version=form.pk, corrects=corrects).first()
    if draft is None:
        draft = AssessmentDraft(
            child=ready.child, version_id=form.pk, account=by.account, organisation_id=ready.organisation,
            corrects=corrects,
        )  # fmt: skip
        draft.answers = before.content["answers"] if before else new_answers(form, by.today)
        draft.save()
    return draft


@transaction.atomic
def keep(*, by: Actor, draft: AssessmentDraft, answers: Mapping[str, Any]) -> AssessmentDraft:
    """Keep what is written so far, right or wrong."""
    _own(by, draft)
    draft.answers, draft.saved_on = dict(answers), clock.now()
    draft.save(update_fields=["content", "saved_on"])
    return draft


@transaction.atomic
def drop(*, by: Actor, draft: AssessmentDraft) -> None:
    _own(by, draft)
    draft.delete()


@transaction.atomic
def send(*, by: Actor, draft: AssessmentDraft, reason: str = "") -> Assessment:
    """The draft becomes a sheet, for good. Sent twice at once, the second is told so."""
    locked = AssessmentDraft.objects.select_for_update(of=("self",)).select_related("child").filter(pk=draft.pk).first()
    if locked is None:
        raise Overtaken(_("This form was sent already."), "sent")
    _own(by, locked)
    if locked.corrects and not reason.strip():
        raise Refused(_("Say in a sentence what is being corrected."), "reason")
    take_turns([locked.child])  # two who put the same sheet right
    if locked.corrects and Assessment.objects.filter(corrects=locked.corrects).exists():
        raise Overtaken(_("Somebody has corrected this form meanwhile. Look at the newest one first."), "corrected")
    made = take_in(
        by=by, child=locked.child, form=loaded(locked.version_id), answers=locked.answers, corrects=locked.corrects,
        reason=reason,
    )  # fmt: skip
    locked.delete()
    return made


@transaction.atomic
def take_in(
    *,
    by: Actor,
    child: Child,
    form: Loaded,
    answers: Mapping[str, Any],
    instance: UUID | None = None,
    corrects: Assessment | None = None,
    reason: str = "",
    day: date | None = None,
    filled_by: int | None = None,
) -> Assessment:
    """Check, score, seal and keep a whole sheet (nested answers as `Sheet.answers()` gives them).

    `day`: on which it was filled in, when not today; `filled_by`: the account that did, when not the actor's.
    Raises NotFound for a child that is not among the actor's; Refused with the code `consent`, `answers` or `day`.
    """
    ready = filling(by, child, form)
    content, holds_on = sealed_content(ready, answers, day or by.today)
    row = new_sheet(ready, filled_by or by.account, holds_on, corrects, instance=instance, reason=reason.strip()[:250])
    row.seal(content, ready.key)
    row.save()
    detail = {"form": form.key, "version": form.number, "assessment": str(row.uuid)}
    audit.record(by=by, verb=rules.ASSESS.key, about=ready.child, organisation=ready.organisation, detail=detail)
    return row


@transaction.atomic
def judge(
    *, by: Actor, assessment: Assessment, led_to: str, finding: str = "", band: str = "", reason: str = ""
) -> Judgement:
    """What people made of a sheet: what it led to and, where they see it otherwise, another band, with a reason."""
    read = assessments.find(by, find_to(by, rules.JUDGE, assessment.child), assessment.uuid)
    if not led_to:
        raise NotFound("")
    if band and not reason.strip():
        raise Refused(_("Say in a sentence why you see it otherwise than the score."), "reason")
    row = Judgement(assessment=read.row, led_to=LedTo(led_to), judged_by=by.account, judged_on=clock.now())
    row.seal({"finding": finding, "band": band, "reason": reason.strip()[:2000]}, read.key)
    row.save()
    detail = {"assessment": str(assessment.uuid), "led_to": led_to, "other_band": bool(band)}
    audit.record(by=by, verb=rules.JUDGE.key, about=read.row.child, detail=detail)
    return row


def drop_old_drafts() -> int:
    """Of the daily round: drafts that nobody touched for thirty days; how many."""
    gone, _each = AssessmentDraft.objects.filter(saved_on__lt=clock.now() - timedelta(days=DRAFT_DAYS)).delete()
    return gone


def _own(by: Actor, draft: AssessmentDraft) -> None:
    if draft.account != by.account:
        raise NotFound("")
