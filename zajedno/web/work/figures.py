"""Released figures of the place in which somebody works: a school reads beside them how its municipality stands."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.territory import of_organisation
from zajedno.web.shared.figures import pages
from zajedno.web.shared.figures.board import Board, around
from zajedno.web.shared.pieces import Link
from zajedno.web.work.frame import work_page

HOME = "/work/figures/"


@work_page
def overview(request: HttpRequest, by: Actor) -> HttpResponse:
    return pages.overview(request, _board(by))


@work_page
def one(request: HttpRequest, by: Actor, code: str) -> HttpResponse:
    return pages.one(request, _board(by), code)


@work_page
def taken(request: HttpRequest, by: Actor, code: str, chart: str, ending: str) -> HttpResponse:
    return pages.taken(request, _board(by), code, chart, ending)


def _board(by: Actor) -> Board:
    own = of_organisation({seat.organisation for seat in by.seats})
    if not own:
        raise NotFound("")
    return Board(HOME, own[0].country_id, around(own), crumbs=[Link(_("My work"), "/work/")])
