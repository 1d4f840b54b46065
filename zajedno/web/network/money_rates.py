"""Rates of exchange that the municipality entered, each with its day and source. Nothing is converted by itself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.programmes.actions import price as actions
from zajedno.programmes.queries import price as queries
from zajedno.programmes.rules import KEEP_PRICES
from zajedno.web.network import money_words as words
from zajedno.web.network.frame import network_page, sections, show
from zajedno.web.network.money import kept_places, places_of
from zajedno.web.network.money_forms import EndPrice, Rate
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link

HOME = f"{words.HOME}rates/"


@network_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    places_of(by)
    may = by.may(KEEP_PRICES.key)
    context = {
        "title": _("Rates of exchange"), "nav": sections("money"), "crumbs": words.way(),
        "tables": [words.rate_table(list(queries.rates(by)), HOME if may else "")],
        "note": _("Sums stay in the currency in which they were entered; nothing is converted by itself."),
        "go": Link(_("Enter a rate"), f"{HOME}new/") if may else None,
    }  # fmt: skip
    return show(request, "money", context)


@network_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    form = Rate(request.POST if request.method == "POST" else None, places=kept_places(by))
    if form.is_valid() and attempt(form, lambda: actions.enter_rate(by=by, territory=form.place(), **form.said())):
        messages.success(request, _("The rate is entered."))
        return redirect(HOME)
    context = {"form": form, "title": _("Enter a rate"), "go": _("Keep the rate"), "cancel": HOME}
    return show(request, "act", {**context, "crumbs": words.way(Link(_("Rates of exchange"), HOME))})


@network_page
def end(request: HttpRequest, by: Actor, rate: UUID) -> HttpResponse:
    """The last day on which it is used."""
    kept_places(by)
    row = queries.find_rate(by, rate)
    form = EndPrice(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.end_rate(by=by, rate=row, **form.cleaned_data)):
        messages.success(request, _("The rate holds until that day."))
        return redirect(HOME)
    context = {"form": form, "title": _("End a rate"), "go": _("End the rate"), "cancel": HOME}
    note = f"{words.rate_said(row)}, {row.source}"
    return show(request, "act", {**context, "note": note, "crumbs": words.way(Link(_("Rates of exchange"), HOME))})
