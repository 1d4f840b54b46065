"""The calendar of sittings."""

from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zajedno.casework.actions.sitting import call_sitting
from zajedno.casework.enums import SittingState
from zajedno.casework.queries import sitting as sittings_
from zajedno.casework.rules import HOLD_SITTING
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import day_of
from zajedno.kernel.refusal import NotPermitted
from zajedno.places.queries.organisation import names
from zajedno.web.panel.frame import page_number, panel_page, show
from zajedno.web.panel.sitting_forms import NewSitting
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Tag

PER_PAGE = 25
TONES = {SittingState.PLANNED: "info", SittingState.HELD: "done", SittingState.CANCELLED: "off"}


def state_tag(state: str) -> Tag:
    return Tag(SittingState(state).label, TONES[SittingState(state)])


@panel_page
def sittings(request: HttpRequest, by: Actor) -> HttpResponse:
    """Coming sittings by month, the next first; `?past=1` those that were, the latest first."""
    past = "past" in request.GET
    rows = sittings_.visible_to(by).select_related("organisation")
    today = sittings_.local(by.today, 0)
    rows = rows.filter(begins__lt=today) if past else rows.filter(begins__gte=today)
    rows = rows.order_by("-begins" if past else "begins")
    page = Paginator(rows, PER_PAGE).get_page(page_number(request.GET.get("page", "1")))
    months = [
        (date_format(first, "YEAR_MONTH_FORMAT"), [(row, state_tag(row.state)) for row in found])
        for first, found in groupby(page, key=lambda row: day_of(row.begins).replace(day=1))
    ]
    may_call = by.may(HOLD_SITTING.key)
    return show(request, "sittings", "sittings", {"months": months, "page": page, "past": past, "may_call": may_call})


@panel_page
def new_sitting(request: HttpRequest, by: Actor) -> HttpResponse:
    """Call a sitting; cases come to it by their own move."""
    organisations = by.organisations_for(HOLD_SITTING.key)
    if not organisations:
        raise NotPermitted(_("Sittings are called by the coordinator or the president."))
    labels = names(set(organisations))
    form = NewSitting(request.POST or None, organisations=[(str(one), labels[one]) for one in organisations])
    if request.method == "POST" and form.is_valid():
        made = []
        if attempt(form, lambda: made.append(call_sitting(
            by=by, organisation=form.organisation_id(), begins=form.begins(), place=form.cleaned_data["place"]
        ))):  # fmt: skip
            messages.success(request, _("The sitting is in the calendar."))
            return redirect("panel:sitting", uuid=made[0].uuid)
    return show(request, "sittings", "new_sitting", {"form": form})
