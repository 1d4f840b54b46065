"""What children need and cannot get: counted for planning, by who may see the cases."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.casework.enums import Unmet
from zajedno.casework.queries.panel import commissions
from zajedno.casework.queries.plan import Reader
from zajedno.casework.queries.support import unmet, unmet_lines
from zajedno.kernel.actor import Actor
from zajedno.places.queries.territory import by_ids
from zajedno.web.panel.frame import case_address, panel_page, show
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Cell, Column, Table

MOST = 100


@panel_page
def needs(request: HttpRequest, by: Actor) -> HttpResponse:
    """Counts by measure, place and reason, and the lines behind them. Whoever opens this may open each case, so small
    counts are shown."""
    here = commissions(by)
    return show(request, "unmet", "unmet", {"counts": counts(by, here), "lines": lines(by, here)})


def counts(by: Actor, here: list[int]) -> Table:
    found = list(unmet(by, here))
    places = by_ids({one["place"] for one in found})
    rows = [
        [
            Cell(Reader(by, frozenset(), places[one["place"]].country_id).named(one["code"])),
            str(places[one["place"]]),
            str(Unmet(one["unmet"]).label),
            one["children"],
            Cell(day(one["since"]), sort=one["since"].isoformat()),
        ]
        for one in found
    ]
    columns = [Column(_("Measure")), Column(_("Place")), Column(_("Why")), Column(_("Children"), numeric=True),
               Column(_("The first since"))]  # fmt: skip
    return Table("counts", _("Unmet needs"), columns, rows, caption_hidden=True)


def lines(by: Actor, here: list[int]) -> Table:
    rows = unmet_lines(by, here).select_related("case__child", "at__territory").order_by("unmet_on", "id")[:MOST]
    cells = [
        [
            Cell(row.case.child.full_name, case_address(row.case.uuid, f"plan/{row.uuid}/"), small=row.case.number),
            Reader(by, frozenset(), row.at.territory.country_id).name(row),
            str(Unmet(row.unmet).label),
            Cell(day(row.unmet_on), sort=row.unmet_on.isoformat() if row.unmet_on else ""),
        ]
        for row in rows
    ]
    columns = [Column(_("Child and number")), Column(_("Measure")), Column(_("Why")), Column(_("Since"))]
    return Table("lines", _("Whose needs these are"), columns, cells)
