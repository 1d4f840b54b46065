"""A respondent answers: begins, keeps what is written, sends it once, puts it right while the round is open."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.forms.logic.sheet import Sheet
from zajedno.forms.queries.form import loaded
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.networks.enums import State
from zajedno.networks.logic.asked import SECTORS, begun
from zajedno.networks.models import Respondent, Round, RoundDraft, RoundSheet
from zajedno.networks.queries import sheet as sheets
from zajedno.networks.queries.respondent import of_round, own
from zajedno.networks.rules import ANSWER

DRAFT_DAYS = 30


@transaction.atomic
def begin(*, by: Actor, round: Round) -> RoundDraft:
    """The draft that lies there, or a new one; after sending it begins with what was sent."""
    respondent = _answering(by, round)
    draft = sheets.draft(respondent)
    if draft is None:
        before = sheets.sent(respondent)
        draft = RoundDraft(respondent=respondent, version_id=round.version_id, account=by.account)
        draft.answers = before.answers if before else _begun(respondent, by.today)
        draft.save()
    return draft


def _begun(respondent: Respondent, today: date) -> dict[str, Any]:
    """For whom they speak, and whom they are asked about: the other institutions of the round."""
    sector = respondent.sector
    own = {"organisation": respondent.organisation.name, "sector": SECTORS.get(sector, sector), "voice": "own"}
    others = of_round(respondent.round).exclude(organisation=respondent.organisation_id)
    names = dict.fromkeys(others.values_list("organisation__name", flat=True))
    return begun(loaded(respondent.round.version_id).form, own, list(names), today)


@transaction.atomic
def keep(*, by: Actor, draft: RoundDraft, answers: Mapping[str, Any]) -> RoundDraft:
    """Keep what is written so far, right or wrong."""
    _own(by, draft)
    draft.answers, draft.saved_on = dict(answers), clock.now()
    draft.save(update_fields=["content", "saved_on"])
    return draft


@transaction.atomic
def drop(*, by: Actor, draft: RoundDraft) -> None:
    _own(by, draft)
    draft.delete()


@transaction.atomic
def send(*, by: Actor, draft: RoundDraft, reason: str = "") -> RoundSheet:
    """The draft becomes the sheet, or puts right the one that was sent; then it needs a reason."""
    locked = RoundDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if locked is None:
        raise Overtaken(_("Your answers were sent already."), "sent")
    _own(by, locked)
    round = Round.objects.select_for_update(of=("self",)).get(respondents=locked.respondent_id)  # closing waits
    respondent = _answering(by, round)
    before = sheets.sent(respondent)
    if before and not reason.strip():
        raise Refused(_("Say in a sentence what is being corrected."), "reason")
    form = loaded(locked.version_id)
    sheet = Sheet(form.form, locked.answers, today=by.today)
    if sheet.problems():
        raise Refused(_("Some answers are missing or do not fit. Look at the marked questions."), "answers")
    made = RoundSheet.objects.create(
        respondent=respondent, version_id=locked.version_id, answers=sheet.answers(), holds_on=by.today,
        filled_by=by.account, sent_on=clock.now(), corrects=before, reason=reason.strip()[:250] if before else "",
    )  # fmt: skip
    locked.delete()
    detail = {"form": form.key, "version": form.number, "corrects": before is not None}
    audit.record(by=by, verb=ANSWER.key, about=round, organisation=respondent.organisation_id, detail=detail)
    return made


def drop_old_drafts() -> int:
    """Drafts that cannot be sent any more: of closed rounds, and a month after the last day; how many. Nobody's act."""
    past = Q(respondent__round__closes_on__lt=clock.today() - timedelta(days=DRAFT_DAYS))
    gone, _each = RoundDraft.objects.filter(past | Q(respondent__round__outcome__isnull=False)).delete()
    return gone


def _answering(by: Actor, round: Round) -> Respondent:
    """The actor as a respondent who may answer now; NotFound for who is not asked."""
    respondent = own(by, round)
    ask(by, ANSWER, respondent.organisation_id)
    if round.state(by.today) != State.OPEN:
        raise Refused(_("This round is not open, so it cannot be answered now."), "not_open")
    return respondent


def _own(by: Actor, draft: RoundDraft) -> None:
    if draft.account != by.account:
        raise NotFound("")
