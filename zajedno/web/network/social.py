"""The social map of one's own municipality: a table of groups × settlements × services × gaps, and where they are."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.kernel.actor import Actor
from zajedno.networks.actions import social as actions
from zajedno.networks.enums import Vulnerable
from zajedno.networks.queries import social as queries
from zajedno.networks.queries.social import Line
from zajedno.networks.rules import KEEP_MAP
from zajedno.places.enums import Need
from zajedno.places.queries.organisation import by_ids
from zajedno.places.queries.shape import Ground, ground
from zajedno.web.network.frame import home, network_page, sections, show
from zajedno.web.shared.fields import Checks, LongText, Select, Text, Whole
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Table, Tag

HOME = "/network/social/"


class Told(Form):
    organisation = Select(label=gettext_lazy("Institution"), empty=None)
    place = Text(label=gettext_lazy("Settlement"), max_length=120, required=False,
                 help_text=gettext_lazy("Leave it empty for the whole municipality."))  # fmt: skip
    group = Select(label=gettext_lazy("Group"), choices=Vulnerable.choices)
    people = Whole(
        label=gettext_lazy("People"), least=0, most=10_000_000, required=False,
        help_text=gettext_lazy("Fewer than five people are not written down: leave the number empty."),
    )  # fmt: skip
    source = Text(label=gettext_lazy("Source of the number"), max_length=250, required=False, width="full")
    needs = Checks(label=gettext_lazy("Need"), choices=Need.choices, required=False, small=True)
    gap = LongText(label=gettext_lazy("What is missing"), max_length=1000, required=False, rows=3)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = by_ids(by.organisations_for(KEEP_MAP.key))
        self.fill("organisation", [(str(key), str(one)) for key, one in self.known.items()])


@dataclass(frozen=True)
class Spot:
    """A municipality on the map; `text`: its lines without any service, of all its lines."""

    x: int
    y: int
    text: str
    is_open: bool


@dataclass
class Map:
    ground: Ground
    spots: list[Spot] = field(default_factory=list)


@network_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    lines = queries.lines(by, by.today)
    context = {
        "table": _table(lines), "map": _map(lines) if lines else None, "may_tell": by.may(KEEP_MAP.key),
        "nav": sections("social"), "crumbs": [],
    }  # fmt: skip
    return show(request, "social", context)


def _table(lines: list[Line]) -> Table:
    columns = [Column(_("Group")), Column(_("Settlement")), Column(_("People"), numeric=True), Column(_("Need")),
               Column(_("Services"), numeric=True), Column(_("What is missing"))]  # fmt: skip
    rows = [
        [
            Cell(one.row.get_group_display(), f"{HOME}{one.row.uuid}/"), one.row.place or str(one.row.territory),
            Cell("–" if one.row.people is None else one.row.people, small=one.row.source),
            ", ".join(str(Need(key).label) for key in one.row.needs if key in Need.values), _services(one), one.row.gap,
        ]
        for one in lines
    ]  # fmt: skip
    empty = _("Nothing is told yet. Begin with the group you know best.")
    return Table("social", _("Groups, settlements, services and gaps"), columns, rows, empty=empty)


def _services(one: Line) -> Cell:
    if one.services is None:
        return Cell("–")
    return Cell(one.services) if one.services else Cell(tag=Tag(_("none"), "late"))


def _map(lines: list[Line]) -> Map:
    found = Map(ground())
    places = {one.row.territory_id: one.row.territory for one in lines}
    for key, place in places.items():
        spot = found.ground.spots.get((place.country_id, place.code))
        mine = [one for one in lines if one.row.territory_id == key]
        bare = sum(one.services == 0 for one in mine)
        if spot:
            found.spots.append(Spot(round(spot[0]), round(spot[1]), f"{place}: {bare}/{len(mine)}", bool(bare)))
    return found


def _page(request: HttpRequest, form: Told, title: str, line: Any = None) -> HttpResponse:
    context = {"form": form, "title": title, "line": line, "crumbs": [home(), Link(_("Social map"), HOME)]}
    return show(request, "social_form", context)


@network_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    form = Told(request.POST or None, by=by)

    def act() -> None:
        data = dict(form.cleaned_data)
        actions.tell(by=by, organisation=form.known[int(data.pop("organisation"))], **data)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The line is kept."))
        return redirect(HOME)
    return _page(request, form, _("Add a group"))


@network_page
def change(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    names = ("place", "group", "people", "needs", "gap", "source")
    form = Told(request.POST or None, by=by, initial={name: getattr(row, name) for name in names})
    del form.fields["organisation"]
    if form.is_valid() and attempt(form, lambda: actions.change(by=by, row=row, **form.cleaned_data)):
        messages.success(request, _("The line is kept."))
        return redirect(HOME)
    return _page(request, form, str(row), row)


@network_page
def remove(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    if request.method == "POST":
        actions.remove(by=by, row=row)
        messages.success(request, _("The line is taken out."))
        return redirect(HOME)
    return redirect(f"{HOME}{uuid}/")
