"""My own opinion on a case, with the request and the papers beside it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.opinion import membership, save_opinion
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.opinions import own_text
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.walk import Offer
from zajedno.web.panel.beside import beside
from zajedno.web.panel.frame import case_address, panel_case_page, show
from zajedno.web.shared.fields import LongText
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.work.labels import step_label
from zajedno.web.work.next_moves import need_text, offers


class Own(Form):
    """`seen`: how many moves the case had made when the page was opened."""

    text = LongText(
        label=gettext_lazy("Your opinion"), rows=18, max_length=50_000,
        help_text=gettext_lazy(
            "From your own field: what you saw, the child's strengths, what stands in the way, what you propose."
        ),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


@panel_case_page("opinion")
def own_opinion(request: HttpRequest, by: Actor, file: CaseFile) -> HttpResponse:
    """Keep a draft that nobody else reads, or submit it as the move of the procedure."""
    uuid = file.case.uuid
    membership(by, file)
    text, submitted = own_text(file)
    form = Own(request.POST or None, initial={"text": text, "seen": file.case.moves_made})
    if request.method == "POST" and form.is_valid() and _write(request, by, file, form):
        return redirect("panel:opinion", uuid=uuid) if "draft" in request.POST else redirect(case_address(uuid))
    offer = writing(file)
    context: dict[str, Any] = {
        **beside(file), "form": form, "submitted": submitted, "may_submit": bool(offer and offer.allowed),
        "why_not": "" if offer and offer.allowed else why_not(file, offer),
    }  # fmt: skip
    return show(request, "cases", "opinion", context)


def _write(request: HttpRequest, by: Actor, file: CaseFile, form: Own) -> bool:
    text = form.cleaned_data["text"]
    if "draft" in request.POST:
        done = attempt(form, lambda: save_opinion(by=by, file=file, text=text))
        said = _("The draft is kept. Nobody else reads it until you submit it.")
    else:
        offer, seen = writing(file), form.cleaned_data["seen"]
        move = offer.move.key if offer else ""
        done = attempt(
            form, lambda: move_case(by=by, uuid=file.case.uuid, move=move, seen=seen or 0, given={"opinion": text})
        )
        said = _("Your opinion is submitted.")
    if done:
        messages.success(request, said)
    return done


def writing(file: CaseFile) -> Offer | None:
    """The move by which an opinion is submitted, when the case is where it can be made."""
    return next((offer for offer in offers(file) if offer.yours and "opinion" in offer.move.asks), None)


def why_not(file: CaseFile, offer: Offer | None) -> str:
    if offer is not None:
        return " ".join(need_text(file, need) for need in offer.missing)
    step = step_label(file.definition, file.case.step)
    return _("The case is now at “%(step)s”; an opinion cannot be submitted there.") % {"step": step}
