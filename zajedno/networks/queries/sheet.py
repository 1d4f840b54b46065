"""Sheets of a round: everybody finds their own; only closing a round reads them all."""

from uuid import UUID

from django.db.models import QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks.models import Respondent, Round, RoundDraft, RoundSheet


def standing(row: Round) -> QuerySet[RoundSheet]:
    """The sheets that count, the last sent last: one a respondent, those put right by another left out."""
    rows = RoundSheet.objects.filter(respondent__round=row, corrected_by=None)
    return rows.select_related("respondent__organisation").order_by("sent_on", "pk")


def sent(respondent: Respondent) -> RoundSheet | None:
    """What a respondent's answers are today."""
    return RoundSheet.objects.filter(respondent=respondent, corrected_by=None).first()


def find_draft(by: Actor, uuid: UUID) -> RoundDraft:
    """One's own, with its round; NotFound for others as for none."""
    found = RoundDraft.objects.filter(uuid=uuid, account=by.account).select_related("respondent__round").first()
    if found is None:
        raise NotFound("")
    return found


def draft(respondent: Respondent) -> RoundDraft | None:
    return RoundDraft.objects.filter(respondent=respondent).first()
