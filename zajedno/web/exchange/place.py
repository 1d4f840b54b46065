"""Pages of municipalities: names, people, languages, institutions and practices. Numbers come from places alone."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_info, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from zajedno.exchange.queries import campaign as campaigns
from zajedno.exchange.queries import catalogue
from zajedno.exchange.queries import event as events
from zajedno.exchange.queries.site import sites
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotFound
from zajedno.places.enums import Sector
from zajedno.places.queries import population
from zajedno.places.queries.organisation import organisations
from zajedno.places.queries.territory import resolve, search, units
from zajedno.web.exchange.models import outcome, site_address
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.exchange.reading import cards
from zajedno.web.shared.pieces import Column, Link, Row, Table, Tag

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zajedno.places.models import Organisation, Territory

LONGEST_NAME = 100
MOST_INSTITUTIONS = 200  # shown of one place
_OTHERS = {"rue": gettext_lazy("Rusyn"), "cnr": gettext_lazy("Montenegrin"),
           "bnj": gettext_lazy("Bunjevac")}  # Django does not know them  # fmt: skip
BANDS = ("all", "0-6", "7-14", "15-18", "15-29", "births")


@public_page
def listed(request: HttpRequest) -> HttpResponse:
    """Every unit, country by country; `?q=` finds some by name, in either script or as a source misspells it."""
    text = request.GET.get("q", "").strip()[:LONGEST_NAME]
    rows = (_found(text) if text else units()).select_related("country").order_by("country_id", "key", "code")
    groups = [
        {"country": country, "places": list(inside)} for country, inside in groupby(rows, lambda one: one.country)
    ]
    about = _("Who works there, how many people live there, and what works there.")
    share = Share(_("Municipalities and cities"), about)
    named = f"{share.title}: {text}" if text else ""
    return show(request, "places.html", share, {"groups": groups, "text": text, "named": named})


def _found(text: str) -> "QuerySet[Territory]":
    rows = search(text).filter(is_unit=True)
    if rows.exists():
        return rows
    place, _match = resolve(text)
    return units().filter(pk=place.pk) if place else rows


@public_page
def shown(request: HttpRequest, code: str) -> HttpResponse:
    place = units().filter(code=code).select_related("country", "parent").first()
    if place is None:
        raise NotFound("There is no such place.")
    inside = list(organisations(territory=place, working_on=today())[:MOST_INSTITUTIONS])
    context = {
        "place": place, "rows": _rows(place), "people": _people(place),
        "sectors": list(_sectors(inside)),
        "practices": cards(catalogue.at(place.pk)), "events": list(events.at(place.pk)),
        "campaigns": list(campaigns.public().filter(territory=place)),
        "models": [
            {"name": str(one.model.package), "href": site_address(one), "state": outcome(one), "who": one.organisation}
            for one in sites().filter(territory=place).order_by("-pk")
        ],
        "crumbs": [Link(_("Municipalities and cities"), "/places/")],
    }  # fmt: skip
    facts = {
        "@type": "AdministrativeArea", "name": place.name_lat, "alternateName": place.name_cyr,
        "containedInPlace": {"@type": "Country", "name": str(place.country)},
    }  # fmt: skip
    about = _("%(place)s: institutions, people and good practices.") % {"place": place.name}
    return show(request, "place.html", Share(place.name, about, facts=facts), context)


def _rows(place: "Territory") -> list[Row]:
    rows = [
        Row(pgettext("territory", "Kind"), place.get_kind_display()),
        Row(_("Lies in"), [place.parent.name if place.parent else "", str(place.country)]),
        Row(_("Name in Cyrillic"), place.name_cyr, lang="sr"),
        Row(_("Name in Latin"), place.name_lat, lang="sr-latn" if place.country_id == "RS" else "bs"),
        Row(_("Official languages"), _languages(place)),
        Row(_("Official code"), place.code if place.code.isdigit() else ""),  # else one of ours, made of the name
    ]
    return [row for row in rows if row.values]


def _languages(place: "Territory") -> list[Any]:
    names = [_language(code) for code in place.languages]
    return names if place.languages_verified or not names else [*names, Tag(_("Not verified"), "wait")]


def _language(code: str) -> str:
    """`hu(s)`: in some settlements only."""
    base, bracket, _rest = code.partition("(")
    name = str(_OTHERS.get(base) or get_language_info(base)["name_translated"])
    return _("%(language)s (in some settlements)") % {"language": name} if bracket else name


def _people(place: "Territory") -> Table | None:
    """By age, of the newest year that is known; None where there is no figure."""
    years = population.years(place)
    if not years:
        return None
    counts = population.counts(place, years[0])
    rows = [[population.band_name(band), counts[band, "all"]] for band in BANDS if (band, "all") in counts]
    columns = [Column(_("Age")), Column(_("People"), numeric=True)]
    title = _("People in %(year)s") % {"year": years[0]}
    told = population.source(place, years[0])
    return Table("people", f"{title} ({told})" if told else title, columns, rows)


def _sectors(rows: list["Organisation"]) -> Any:
    """Institutions by sector, the body that joins them first."""
    order = [Sector.INTERSECTORAL, *(one for one in Sector if one != Sector.INTERSECTORAL)]
    for sector in order:
        inside = [row for row in rows if row.kind.sector == sector]
        if inside:
            yield {"title": sector.label, "rows": inside}
