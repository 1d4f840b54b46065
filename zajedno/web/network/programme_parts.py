"""Meetings of a programme, and what is measured before and after it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.programmes.actions import session as actions
from zajedno.programmes.queries import programme as queries
from zajedno.web.network import programme_words as words
from zajedno.web.network.frame import network_page
from zajedno.web.network.programme_forms import Count, Measure, Meet
from zajedno.web.network.programmes import ask, open_programme
from zajedno.web.shared.dates import day
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.request import sent


@network_page
def meet(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = open_programme(request, by, uuid)
    if elsewhere:
        return elsewhere
    form = Meet(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.plan_session(by=by, programme=row, **form.cleaned_data)):
        messages.success(request, _("The meeting is planned."))
        return redirect(words.address(row))
    return ask(request, row, form, _("Plan a meeting"), _("Keep"))


@network_page
def count(request: HttpRequest, by: Actor, uuid: UUID, session: UUID) -> HttpResponse:
    """How many came. A meeting that nobody has counted can be called off."""
    row, elsewhere = open_programme(request, by, uuid)
    held = queries.session(row, session)
    if elsewhere:
        return elsewhere
    form = Count(sent(request), given=held)
    if form.is_valid() and attempt(form, lambda: actions.count(by=by, session=held, came=form.came())):
        messages.success(request, _("The meeting is counted."))
        return redirect(words.address(row))
    off = [(_("Call the meeting off"), words.address(row, f"sessions/{held.uuid}/off/"))] if held.came is None else []
    return ask(request, row, form, _("How many came?"), _("Keep"), note=f"{day(held.on)}, {held.place}", links=off)


@network_page
def call_off(request: HttpRequest, by: Actor, uuid: UUID, session: UUID) -> HttpResponse:
    row, elsewhere = open_programme(request, by, uuid)
    held = queries.session(row, session)
    if elsewhere:
        return elsewhere
    form = Form(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.call_off(by=by, session=held)):
        messages.success(request, _("The meeting is called off."))
        return redirect(words.address(row))
    note = f"{day(held.on)}, {held.place}"
    return ask(request, row, form, _("Call the meeting off?"), _("Call it off"), note=note, kind="warning")


@network_page
def add_measurement(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = open_programme(request, by, uuid)
    if elsewhere:
        return elsewhere
    form = Measure(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.measure(by=by, programme=row, values=form.values())):
        messages.success(request, _("The measurement is kept."))
        return redirect(words.address(row))
    return ask(request, row, form, _("Add a measurement"), _("Keep"))


@network_page
def measurement(request: HttpRequest, by: Actor, uuid: UUID, measured: UUID) -> HttpResponse:
    row, elsewhere = open_programme(request, by, uuid)
    found = queries.measurement(row, measured)
    if elsewhere:
        return elsewhere
    form = Measure(sent(request), given=found)
    if form.is_valid() and attempt(
        form, lambda: actions.measure(by=by, programme=row, values=form.values(), row=found)
    ):
        messages.success(request, _("The measurement is kept."))
        return redirect(words.address(row))
    return ask(request, row, form, _("Before and after"), _("Keep"))
