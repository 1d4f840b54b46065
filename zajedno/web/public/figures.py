"""Released figures of a municipality, for everybody. They are the same ones that every desk reads."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.territory import units
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.shared.figures import pages
from zajedno.web.shared.figures.board import Board, around
from zajedno.web.shared.limits import throttled
from zajedno.web.shared.pieces import Link


@public_page
def overview(request: HttpRequest, code: str) -> HttpResponse:
    return pages.overview(request, _board(code), show=_show)


@public_page
def one(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    return pages.one(request, _board(code), indicator, show=_show)


@throttled
@public_page
def taken(request: HttpRequest, code: str, indicator: str, chart: str, ending: str) -> HttpResponse:
    return pages.taken(request, _board(code), indicator, chart, ending)


def _board(code: str) -> Board:
    place = units().filter(code=code).first()
    if place is None:
        raise NotFound("There is no such place.")
    way = [Link(_("Municipalities and cities"), "/places/"), Link(place.name, f"/places/{code}/")]
    return Board(f"/places/{code}/figures/", place.country_id, around([place]), base="exchange/public.html", crumbs=way)


def _show(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    about = _("Released figures, each with how it was counted. Fewer than five children are never told apart.")
    share = Share(context["title"], about, query=context["choice"].query())
    return show(request, f"{template}.html", share, context, "figures")
