"""Opinions of the members and of the commission, as far as the person's ties open them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions.opinion import JOINT_FIELDS, save_opinion
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.content import joint_opinion_of
from zajedno.casework.queries.members import members
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.fields import LongText
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Moment, Row, Tag, Task
from zajedno.web.work.frame import address, case_page, show, votes
from zajedno.web.work.next_moves import offers

JOINT_LABELS = {
    "findings": gettext_lazy("Findings"),
    "strengths": gettext_lazy("Strengths"),
    "needs": gettext_lazy("Needs"),
    "outcomes": gettext_lazy("Expected outcomes"),
    "family_view": gettext_lazy("View of the child and the family"),
    "dissent": gettext_lazy("Dissenting opinion"),
}


class DraftOpinion(Form):
    text = LongText(
        label=gettext_lazy("Your draft"), rows=12, required=False, optional=False,
        help_text=gettext_lazy("Nobody else reads it until you hand it in."),
    )  # fmt: skip


@case_page("opinions")
def opinions(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """A POST keeps one's own draft; handing it in is a move of the case."""
    writes = votes(file)
    if "opinions" not in file.fields and not writes:
        raise NotFound("")
    form = (
        DraftOpinion(request.POST or None, initial={"text": own_draft(file)})
        if writes and not file.case.closed_on
        else None
    )
    if (
        form
        and form.is_valid()
        and attempt(form, lambda: save_opinion(by=file.by, file=file, text=form.cleaned_data["text"]))
    ):
        messages.success(request, _("Your draft is kept."))
        return redirect(address(file, "opinions/"))
    joint = joint_opinion_of(file)
    return show(
        request, file, "opinions", "opinions", form=form, waiting=waiting(file), submitted=submitted(file),
        joint=[Row(JOINT_LABELS[key], joint[key]) for key in JOINT_FIELDS if joint.get(key)],
        adopted=getattr(getattr(file.case, "joint_opinion", None), "adopted_on", None), hand_in=hand_in(file),
    )  # fmt: skip


def own_draft(file: CaseFile) -> str:
    row = file.case.opinions.filter(author=file.by.account, submitted_on=None).first()
    if row is None:
        return ""
    row.case = file.case
    return row.text


def hand_in(file: CaseFile) -> str:
    """Address of the move by which the draft is handed in, when it may be made now."""
    found = next((offer for offer in offers(file) if offer.allowed and "opinion" in offer.move.asks), None)
    return address(file, f"move/{found.move.key}/") if found else ""


def waiting(file: CaseFile) -> list[Task]:
    """Each member with a vote: has the opinion come?"""
    given = set(
        file.case.opinions.filter(submitted_on__isnull=False, replaced_by=None).values_list("author", flat=True)
    )
    done, open_ = Tag(_("Handed in"), "done"), Tag(_("Not yet"), "wait")
    return [
        Task(member.name, done if member.account in given else open_, hint=_seat(file, member))
        for member in members(file) if member.votes and not member.recused
    ]  # fmt: skip


def _seat(file: CaseFile, member: Any) -> str:
    seats = {seat.key: seat for seat in file.definition.composition.seats} if file.definition.composition else {}
    found = seats.get(member.seat) or file.definition.part.get(member.part)
    return label(found.labels) if found else ""


def submitted(file: CaseFile) -> list[Moment]:
    """Opinions that stand: all for those whose ties open them, else only one's own."""
    rows = file.case.opinions.filter(submitted_on__isnull=False, replaced_by=None).select_related("author")
    if "opinions" not in file.fields:
        rows = rows.filter(author=file.by.account)
    found = []
    for row in rows.order_by("submitted_on"):
        row.case = file.case
        found.append(Moment(row.author.name, row.submitted_on, text=row.text))
    return found
