"""What help costs here, as it was released; the price list. No page of money knows of a child."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.money import CURRENCIES
from zajedno.kernel.refusal import NotPermitted
from zajedno.kernel.spreadsheets import write_workbook
from zajedno.places.queries.organisation import services_in
from zajedno.programmes.actions import price as actions
from zajedno.programmes.queries import need as needs
from zajedno.programmes.queries import price as queries
from zajedno.programmes.rules import KEEP_BUDGET, KEEP_PRICES
from zajedno.web.network import money_words as words
from zajedno.web.network.frame import network_page, sections, show
from zajedno.web.network.money_forms import EndPrice, Price
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.uploads import MEDIA_TYPES, saved


def places_of(by: Actor) -> Any:
    if not (by.may(KEEP_PRICES.key) or by.may(KEEP_BUDGET.key)):
        raise NotPermitted(_("Money is planned by the coordinator of a network."))
    return queries.places(by)


def kept_places(by: Actor) -> Any:
    """Where the actor keeps the price list and rates."""
    if not by.may(KEEP_PRICES.key):
        raise NotPermitted(_("The price list of this place is kept by its network."))
    return queries.places(by)


def _year(request: HttpRequest, by: Actor) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else by.today.year


@network_page
def overview(request: HttpRequest, by: Actor) -> HttpResponse:
    """Cost of need of a year, by measure and by who pays."""
    places, year = [one.pk for one in places_of(by)], _year(request, by)
    found = needs.needs(places, year)
    context = {
        "title": _("Money"), "nav": sections("money"), "crumbs": [], "links": words.links(),
        "tables": [table for need in found for table in words.need_tables(need)],
        "empty": _("No cost of need is released for %(year)s yet. It is reckoned every night from support plans and "
                   "the price list.") % {"year": year},
        "note": words.need_note(),
        "unpriced": sum(int(one.value or 0) for one in needs.unpriced(places, year)),
        "more": [
            *(Link(one, f"?year={one}") for one in needs.years(places) if one != str(year)),
            *([Link(_("Excel"), f"{words.HOME}need.xlsx?year={year}")] if found else []),
        ],
    }  # fmt: skip
    return show(request, "money", context)


@network_page
def export(request: HttpRequest, by: Actor) -> HttpResponse:
    """The same tables, row by row."""
    found = needs.needs([one.pk for one in places_of(by)], _year(request, by))
    heads = [_("Place"), _("Year"), _("Currency"), *words.need_heads(_("Measure"))]
    rows = [
        [str(need.edition.territory), need.edition.period, need.edition.unit, *row]
        for need in found
        for row in words.need_rows(need, need.lines, words.called(need.edition.territory.country_id))
    ]
    return saved(write_workbook(heads, rows, _("Cost of need")), MEDIA_TYPES["xlsx"], "need.xlsx")


@network_page
def prices(request: HttpRequest, by: Actor) -> HttpResponse:
    places = places_of(by)
    rows = list(queries.visible_to(by))
    context = {
        "title": _("Price list"), "nav": sections("money"), "crumbs": words.way(),
        "tables": [words.price_table(rows, places[0].country_id if places else "")],
        "go": Link(_("Enter a price"), f"{words.HOME}prices/new/") if by.may(KEEP_PRICES.key) else None,
        "more": [*([Link(_("Bring in a price list"), f"{words.HOME}prices/bring/")] if by.may(KEEP_PRICES.key) else []),
                 *_out(places, {one.territory_id for one in rows})],
    }  # fmt: skip
    return show(request, "money", context)


def _out(places: Any, priced: set[int]) -> list[Link]:
    """Each place's list as a table."""
    kinds = (("xlsx", _("Excel")), ("csv", "CSV"))
    known = [one for one in places if one.pk in priced]
    about = {one.pk: f", {one}" if len(known) > 1 else "" for one in known}
    return [
        Link(f"{text}{about[one.pk]}", f"{words.HOME}prices/list.{ending}?place={one.pk}")
        for one in known
        for ending, text in kinds
    ]


@network_page
def new_price(request: HttpRequest, by: Actor) -> HttpResponse:
    """A price that begins later than the one before ends that one."""
    places = places_of(by)
    country = places[0].country
    form = Price(
        request.POST if request.method == "POST" else None, places=places, measures=words.named(country.code),
        services={str(one.uuid): one for place in places for one in services_in(place, by.today)},
        currency=country.currency if country.currency in CURRENCIES else "EUR",
    )  # fmt: skip
    if form.is_valid() and attempt(form, lambda: actions.set_price(by=by, territory=form.place(), terms=form.terms())):
        messages.success(request, _("The price is entered. A price without a last day ended the day before."))
        return redirect(f"{words.HOME}prices/")
    context = {"form": form, "title": _("Enter a price"), "go": _("Keep the price"), "cancel": f"{words.HOME}prices/"}
    return show(request, "act", {**context, "crumbs": words.way(Link(_("Price list"), f"{words.HOME}prices/"))})


@network_page
def end_price(request: HttpRequest, by: Actor, price: UUID) -> HttpResponse:
    places_of(by)
    row = queries.find(by, price)
    form = EndPrice(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.end_price(by=by, price=row, **form.cleaned_data)):
        messages.success(request, _("The price holds until that day."))
        return redirect(f"{words.HOME}prices/")
    context = {"form": form, "title": _("End a price"), "go": _("End the price"), "cancel": f"{words.HOME}prices/"}
    return show(request, "act", {**context, "crumbs": words.way(Link(_("Price list"), f"{words.HOME}prices/"))})
