"""Figures of the municipality at the desk of its network, with what help costs there. It knows of no child."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.figures import queries
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.programmes.queries.missing import places
from zajedno.programmes.queries.need import COST
from zajedno.web.network.frame import home, network_page, sections
from zajedno.web.shared.figures import files, pages, target_pages
from zajedno.web.shared.figures.board import Board, around
from zajedno.web.shared.figures.money import money
from zajedno.web.shared.figures.shown import Shown

HOME, TARGETS = "/network/figures/", "/network/figures/targets/"
MONEY = "money"  # in place of an indicator: charts of what help costs


@network_page
def overview(request: HttpRequest, by: Actor) -> HttpResponse:
    more = [(chart, files.links(chart, f"{HOME}{MONEY}/", "")) for chart in _money(by)]
    return pages.overview(request, _board(by), more)


@network_page
def one(request: HttpRequest, by: Actor, code: str) -> HttpResponse:
    return pages.one(request, _board(by), code)


@network_page
def taken(request: HttpRequest, by: Actor, code: str, chart: str, ending: str) -> HttpResponse:
    if code == MONEY:
        return _money_taken(by, chart, ending)
    return pages.taken(request, _board(by), code, chart, ending)


@network_page
def targets(request: HttpRequest, by: Actor) -> HttpResponse:
    """Of the municipalities of the network, and of what they lie in."""
    board = _board(by)
    return target_pages.listed(request, board, list(queries.targets(one.pk for one, _depth in board.places)))


@network_page
def set_target(request: HttpRequest, by: Actor, code: str) -> HttpResponse:
    board = _board(by)
    return target_pages.set_one(request, board, by, code, board.by_code.get(request.GET.get("place", "")))


@network_page
def end_target(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    return target_pages.end_one(request, _board(by), by, uuid)


def _money(by: Actor) -> list[Shown]:
    return [chart for place in places(by) for chart in money(place, by.today.year)]


def _money_taken(by: Actor, key: str, ending: str) -> HttpResponse:
    chart = next((one for one in _money(by) if one.key == key), None)
    if chart is None:
        raise NotFound("")
    names = {COST: _("Cost of need")} | {place.code: place.name for place in places(by)}
    return files.given(chart, ending, names, str(by.today.year))


def _board(by: Actor) -> Board:
    """Of where the institutions of the actor work, and what those places lie in."""
    own = places(by)
    if not own:
        raise NotFound("")
    return Board(
        HOME, own[0].country_id, around(own), targets=TARGETS, may_target=lambda place: queries.may_set(by, place),
        nav=sections("figures"), nav_label=_("Network"), crumbs=[home()],
    )  # fmt: skip
