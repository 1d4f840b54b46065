"""Figures of a country for who answers for it: the whole, its regions, every municipality; never a person."""

from django.http import HttpRequest, HttpResponse

from zajedno.figures import queries
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks.rules import COMPARE
from zajedno.places.queries.organisation import by_ids
from zajedno.web.monitor.frame import monitor_page, sections
from zajedno.web.shared.figures import pages, target_pages
from zajedno.web.shared.figures.board import Board, whole_country

HOME, TARGETS = "/monitor/", "/monitor/targets/"


@monitor_page
def overview(request: HttpRequest, by: Actor) -> HttpResponse:
    return pages.overview(request, _board(by))


@monitor_page
def one(request: HttpRequest, by: Actor, code: str) -> HttpResponse:
    return pages.one(request, _board(by), code)


@monitor_page
def taken(request: HttpRequest, by: Actor, code: str, chart: str, ending: str) -> HttpResponse:
    return pages.taken(request, _board(by), code, chart, ending)


@monitor_page
def targets(request: HttpRequest, by: Actor) -> HttpResponse:
    """Of the country and of every municipality; set elsewhere."""
    board = _board(by)
    return target_pages.listed(request, board, list(queries.targets(one.pk for one, _depth in board.places)))


def _board(by: Actor) -> Board:
    """Of the country of the ministry in which the actor works."""
    seats = by_ids(by.organisations_for(COMPARE.key)).values()
    country = next((one.territory.country_id for one in seats), "")
    places = whole_country(country)
    if not places:
        raise NotFound("")
    return Board(HOME, country, places, wide=True, targets=TARGETS, **sections("figures"))
