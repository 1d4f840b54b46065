"""Figures of the commission's place: deadlines kept, where cases wait. Who sees the cases may see the rows behind."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.casework.queries.panel import commissions
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.territory import of_organisation
from zajedno.web.panel.figure_rows import HOME, leads
from zajedno.web.panel.frame import panel_page, sections
from zajedno.web.shared.figures import pages
from zajedno.web.shared.figures.board import Board, around
from zajedno.web.shared.pieces import Link

ROOMS = frozenset({"casework"})


@panel_page
def overview(request: HttpRequest, by: Actor) -> HttpResponse:
    return pages.overview(request, _board(by))


@panel_page
def one(request: HttpRequest, by: Actor, code: str) -> HttpResponse:
    return pages.one(request, _board(by), code)


@panel_page
def taken(request: HttpRequest, by: Actor, code: str, chart: str, ending: str) -> HttpResponse:
    return pages.taken(request, _board(by), code, chart, ending)


def _board(by: Actor) -> Board:
    own = of_organisation(commissions(by))
    if not own:
        raise NotFound("")
    return Board(
        HOME, own[0].country_id, around(own), rooms=ROOMS, behind=leads, nav=sections("figures", by),
        nav_label=_("Pages of the commission"), crumbs=[Link(_("Commission"), "/panel/")],
    )  # fmt: skip
