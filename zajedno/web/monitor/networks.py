"""The networks of a country side by side, in numbers."""

from collections import Counter
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.networks.actions.compare import export as take_out
from zajedno.networks.enums import Dimension
from zajedno.networks.queries.compare import Numbers, numbers
from zajedno.places.enums import Sector
from zajedno.web.monitor.frame import monitor_page, sections
from zajedno.web.network.frame import number
from zajedno.web.shared.guards import answer
from zajedno.web.shared.pieces import Cell, Column, Table
from zajedno.web.shared.uploads import MEDIA_TYPES, saved


@monitor_page
def networks(request: HttpRequest, by: Actor) -> HttpResponse:
    """All on one page: to be sorted by any column, and found again in the browser."""
    found = numbers(by)
    context = {"table": _table(found), "dimensions": _dimensions(found), **sections("networks")}
    return answer(request, "monitor/networks.html", context)


def _table(found: list[Numbers]) -> Table:
    sectors = [one for one in Sector if any(row.members.get(one) for row in found)]
    columns = [
        Column(_("Municipality")), Column(_("Sustainability (0–3)"), numeric=True),
        Column(_("Self-evaluation (0–3)"), numeric=True), Column(_("Density (%)"), numeric=True),
        Column(_("Members"), numeric=True), *(Column(one.label, numeric=True) for one in sectors),
    ]  # fmt: skip
    names, rows = _names(found), []
    for one, name in zip(found, names, strict=True):
        looked = _("%(count)s of %(all)s") % {"count": len(one.levels), "all": len(Dimension)}
        rows.append([
            name,
            Cell(number(one.sustainability), small=looked if one.levels else "", sort=_order(one.sustainability)),
            _found(one, "self", one.self_evaluation), _found(one, "ties", one.density),
            Cell(one.size or "–", sort=one.size),
            *(Cell(one.members.get(sector, 0) if one.members else "–", sort=one.members.get(sector, 0))
              for sector in sectors),
        ])  # fmt: skip
    empty = _("No network works in your country yet.")
    return Table("networks", _("Networks"), columns, rows, sortable=True, caption_hidden=True, empty=empty)


def _names(found: list[Numbers]) -> list[Cell]:
    """The municipality, since every network is called after it; the network too, where there are several."""
    places = Counter(one.network.territory_id for one in found)
    return [
        Cell(str(one.network.territory), small=str(one.network) if places[one.network.territory_id] > 1 else "")
        for one in found
    ]


def _found(one: Numbers, what: str, value: Decimal | None) -> Cell:
    """What a round came to and when; without a number, whether it was asked at all."""
    if value is None:
        return Cell(number(None), small=_("too few answers") if what in one.few else "", sort=_order(None))
    return Cell(number(value), small=date_format(one.days[what], "SHORT_DATE_FORMAT"), sort=value)


def _order(value: object) -> object:
    """What has no value stands below every number."""
    return -1 if value is None else value


def _dimensions(found: list[Numbers]) -> Table | None:
    """Level of each dimension, where anybody has looked."""
    if not any(one.levels for one in found):
        return None
    columns = [Column(_("Municipality")), *(Column(one.label, numeric=True) for one in Dimension)]
    rows = [
        [
            name,
            *(Cell(one.levels.get(key, "–"), sort=one.levels.get(key, -1)) for key in Dimension.values),
        ]
        for one, name in zip(found, _names(found), strict=True)
    ]
    return Table("dimensions", _("Ten dimensions"), columns, rows, sortable=True)


@monitor_page
def export(request: HttpRequest, by: Actor) -> HttpResponse:
    if request.method != "POST":
        return redirect("monitor:networks")
    kind = request.POST.get("kind", "csv")
    return saved(take_out(by=by, kind=kind), MEDIA_TYPES[kind], f"networks-{today().isoformat()}.{kind}")
