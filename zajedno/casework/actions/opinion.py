"""What members write: their own opinions, and the commission's joint one."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.participant import ask_in
from zajedno.casework.models import JointOpinion, Opinion
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.members import Member, members
from zajedno.casework.rules import DECIDE, WRITE_OPINION
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import ask

JOINT_FIELDS: Final = ("findings", "strengths", "needs", "outcomes", "family_view", "dissent")


def membership(by: Actor, file: CaseFile) -> Member:
    """The actor's own seat in this case; refused for who has none or stepped back."""
    ask_in(file, by, WRITE_OPINION)
    mine = next((member for member in members(file) if member.account == by.account and member.votes), None)
    if mine is None:
        raise NotPermitted(_("Only members who take part in this case write an opinion."))
    if mine.recused:
        raise NotPermitted(_("You declared a conflict of interest in this case."))
    return mine


@transaction.atomic
def save_opinion(*, by: Actor, file: CaseFile, text: str) -> Opinion:
    """Keep the draft of one's own opinion; nobody else reads it until it is submitted."""
    mine = membership(by, file)
    draft = file.case.opinions.filter(author=by.account, submitted_on=None).first()
    draft = draft or Opinion(case=file.case, author_id=by.account, seat=mine.seat)
    draft.case = file.case
    draft.text, draft.saved_on = text, clock.now()
    draft.save()
    return draft


@transaction.atomic
def submit_opinion(*, by: Actor, file: CaseFile, text: str) -> Opinion:
    """The opinion stands from now on. A second one replaces the first, which stays readable."""
    if not text.strip():
        raise Refused(_("Write your opinion."), "empty")
    before = file.case.opinions.filter(author=by.account, submitted_on__isnull=False, replaced_by=None).first()
    opinion = save_opinion(by=by, file=file, text=text.strip())
    opinion.submitted_on, opinion.replaces = clock.now(), before
    opinion.save(update_fields=["submitted_on", "replaces"])
    audit.record(by=by, verb=WRITE_OPINION.key, about=file.case)
    return opinion


def stamp(opinion: JointOpinion | None) -> str:
    """Which state of the joint opinion a page shows: changes with each saving; empty before the first."""
    return opinion.saved_on.isoformat() if opinion else ""


@transaction.atomic
def save_joint_opinion(
    *, by: Actor, file: CaseFile, content: Mapping[str, Any], review_on: date | None = None, seen: str | None = None
) -> JointOpinion:
    """Write the commission's opinion while it decides; adopted, it is no longer changed.

    `seen` is `stamp()` of the text the writer began from: who writes over somebody else's newer words is refused.
    """
    seat = ask(by, DECIDE, file.case.organisation_id)
    if not file.fields & {"opinions", "plan"}:
        raise Refused(_("Without the parent's consent the commission does not write an opinion."), "no_consent")
    opinion = JointOpinion.objects.select_for_update().filter(case=file.case).first()
    if seen is not None and seen != stamp(opinion):
        raise Overtaken(_("Somebody has changed the opinion in the meantime. Copy what you wrote and open it again."))
    opinion = opinion or JointOpinion(case=file.case)
    opinion.case = file.case
    if opinion.adopted_on:
        raise Refused(_("The opinion was adopted and is no longer changed."), "adopted")
    kept = {key: str(content.get(key, "")).strip() for key in JOINT_FIELDS}
    opinion.text = json.dumps(kept, ensure_ascii=False)
    opinion.saved_on, opinion.saved_by, opinion.review_on = clock.now(), by.account, review_on
    opinion.save()
    audit.record(by=by, verb=DECIDE.key, about=file.case, organisation=seat.organisation)
    return opinion
