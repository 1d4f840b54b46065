"""Consent: what it means, to give it, to see it, to take it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions.family import give_consent, withdraw_consent
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.family import stopping
from zajedno.children.enums import Field
from zajedno.children.queries.consent import of_child as consents_of
from zajedno.children.queries.guardian import own_row
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.procedures.queries.definition import purposes
from zajedno.web.family import words
from zajedno.web.family.frame import address, case_page, child_page, of_child, show_case, show_child
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Confirm
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag
from zajedno.web.work.labels import move_label


class Agree(Form):
    agree = Confirm(label=gettext_lazy("I have read this, and I consent."))


class TakeBack(Form):
    sure = Confirm(label=gettext_lazy("I take my consent back."))


@case_page("consent")
def give(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """What may be seen by whom, for what, how long; and the decision."""
    if file.case.closed_on or not words.needs_consent(file):
        raise NotFound("")
    standing = words.consented(file)
    form = None if standing else Agree(request.POST if request.method == "POST" else None)
    if form and form.is_valid() and attempt(form, lambda: give_consent(by=file.by, file=file)):
        messages.success(request, _("Your consent is kept. You can take it back at any time."))
        return redirect(address(file))
    purpose = next(one for one in _purposes(file) if one.key == file.definition.purpose)
    rows = [
        Row(_("What for"), label(purpose.labels)),
        Row(_("Who may then look"), str(file.case.organisation)),
        Row(_("At what"), [str(Field(name).label) for name in purpose.fields if name in Field.values]),
        Row(_("How long"), _("Until the procedure ends, or until you take it back.")),
        Row(_("If you say no"), _("Nobody may punish you or your child for it. The procedure then waits or ends.")),
    ]
    return show_case(request, file, "", "consent", form=form, rows=rows, standing=standing)


def _purposes(file: CaseFile) -> Any:
    return purposes(file.case.organisation.territory.country_id)


@child_page
def listed(request: HttpRequest, by: Actor, child: Any) -> HttpResponse:
    """Answers that this parent gave; those of others are theirs."""
    names = {one.key: label(one.labels) for one in purposes(child.registered_by.territory.country_id)}
    rows = []
    for row in consents_of(child.pk).filter(giver=own_row(by, child)).prefetch_related("recipients"):
        given = row.answer == "given" and row.withdrawn_on is None
        tag = (
            Tag(_("Taken back"), "off")
            if row.withdrawn_on
            else Tag(row.get_answer_display(), "done" if given else "late")
        )
        href = of_child(child, f"consents/{row.uuid}/")
        rows.append([
            Cell(names.get(row.purpose, row.purpose)), Cell(tag=tag, small=day(row.withdrawn_on)), day(row.given_on),
            ", ".join(str(one) for one in row.recipients.all()), Cell(_("Take back"), href=href) if given else Cell(),
        ])  # fmt: skip
    columns = [Column(_("For what")), Column(_("Your answer")), Column(_("Day")), Column(_("To whom")),
               Column(_("What you can do"))]  # fmt: skip
    return show_child(request, child, "consents/", "consents", table=Table("consents", _("Consents"), columns, rows,
                                                                           caption_hidden=True))  # fmt: skip


@child_page
def take_back(request: HttpRequest, by: Actor, child: Any, consent: UUID) -> HttpResponse:
    """What stops at once, and what stays, before the decision."""
    row = (
        consents_of(child.pk).filter(uuid=consent, giver=own_row(by, child), answer="given", withdrawn_on=None).first()
    )
    if row is None:
        raise NotFound("")
    form = TakeBack(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: withdraw_consent(by=by, child=child.uuid, consent=row.uuid)):
        messages.success(request, _("Your consent is taken back. What rested on it has stopped."))
        return redirect(of_child(child, "consents/"))
    closing = [
        str(tie.organisation or tie.account) for tie in row.ties.filter(until=None).select_related("organisation")
    ]
    stops = [(label(file.definition.labels), move_label(file.definition, rule.key)) for file, rule in stopping(by, row)]
    return show_child(request, child, "consents/", "take_back", form=form, closing=closing, stops=stops,
                      recipients=[str(one) for one in row.recipients.all()])  # fmt: skip
