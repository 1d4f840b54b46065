"""Targets of countries and of any municipality, for the administrator: a network sets those of its own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.figures import queries
from zajedno.places.queries.territory import by_code, countries, tree
from zajedno.web.manage.frame import TARGETS, actor, manage_page, nav_of
from zajedno.web.shared.fields import Select, Suggest
from zajedno.web.shared.figures import naming, target_pages
from zajedno.web.shared.figures.board import Board
from zajedno.web.shared.figures.told import all_told
from zajedno.web.shared.forms import Form

HOME = "/manage/targets/"


class Which(Form):
    """Which target; sent by GET."""

    place = Suggest(label=gettext_lazy("Place"))
    indicator = Select(label=gettext_lazy("Indicator"))

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        rows = [one for country in countries() for one in tree(country.code) if one[0].kind != "settlement"]
        self.fill("place", [(place.code, f"{naming.NBSP * 3 * depth}{place.name}") for place, depth in rows])
        self.fill("indicator", [(one.code, one.name) for one in all_told().values()])


@manage_page(*TARGETS)
def listed(request: HttpRequest) -> HttpResponse:
    return target_pages.listed(request, _board(request), list(queries.all_targets()), new=f"{HOME}new/")


@manage_page(*TARGETS)
def new(request: HttpRequest) -> HttpResponse:
    form = Which(request.GET or None)
    if form.is_valid():
        return redirect(f"{HOME}{form.cleaned_data['indicator']}/?place={form.cleaned_data['place']}")
    return target_pages.act(request, _board(request), {"title": _("Set a target"), "form": form, "go": _("Go on"),
                                                       "method": "get"})  # fmt: skip


@manage_page(*TARGETS)
def set_target(request: HttpRequest, code: str) -> HttpResponse:
    place = by_code(request.GET.get("place", ""))
    return target_pages.set_one(request, _board(request), actor(request), code, place)


@manage_page(*TARGETS)
def end_target(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return target_pages.end_one(request, _board(request), actor(request), uuid)


def _board(request: HttpRequest) -> Board:
    by = actor(request)
    return Board(
        "", "", [], targets=HOME, may_target=lambda place: queries.may_set(by, place), nav=nav_of(by, "targets"),
        nav_label=_("Administration"),
    )  # fmt: skip
