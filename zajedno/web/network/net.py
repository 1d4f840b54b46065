"""The map of a closed round of collaboration: who works with whom, what holds the network together, what changed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.script import latin
from zajedno.networks.logic.net import Change, Map
from zajedno.networks.queries import round as queries
from zajedno.networks.queries.outcome import Result
from zajedno.places.enums import Sector
from zajedno.web.network.frame import decimal, network_page, show
from zajedno.web.network.net_drawing import NetDrawing
from zajedno.web.network.round import facts, way
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag

SHARES = ("density", "reciprocity", "cross_sector")


@network_page
def the_map(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """For everybody who sees the outcome. A round closed before maps were kept leads back to what it came to."""
    row = queries.find(by, uuid)
    result = Result(row)
    if not has_map(result):
        return redirect("network:results", uuid=uuid)
    content = result.content["net"]
    net = Map(content) if content["institutions"] else None
    context: dict[str, Any] = {"round": row, "facts": facts(row), "crumbs": [*way(row), results(row)], "net": net}
    if net:
        kept = (result.content["before"] or {}).get("net")
        before = Map(kept) if kept and kept["institutions"] else None
        names = {name: _written(name) for name in net.sectors}
        context |= {
            "map": NetDrawing("map", _("Who works with whom"), _told(net), net, names),
            "whole": _whole(net, before), "institutions": _institutions(net, names), "pairs": _pairs(net, names),
            "changes": _changes(net.since(before)) if before else [], "earlier": result.before.get("title", ""),
            "compared": before is not None, "unknown": _unknown(net),
        }  # fmt: skip
    return show(request, "net", context)


def has_map(result: Result) -> bool:
    return "net" in result.content


def results(row: Any) -> Link:
    return Link(_("What the round came to"), f"/network/results/{row.uuid}/")


def _written(name: str) -> str:
    """A registered name, in Latin where the page is written in it."""
    return name if get_language() == "sr" else latin(name)


def _told(net: Map) -> str:
    """What is seen at a glance, for who does not see it."""
    return _("%(institutions)s institutions and %(ties)s ties. The tables below say the same.") % {
        "institutions": len(net.sectors), "ties": net.either.number_of_edges()
    }  # fmt: skip


def _unknown(net: Map) -> str:
    told = ngettext(
        "%(count)s name that is no institution known here is not drawn.",
        "%(count)s names that are no institutions known here are not drawn.",
        net.unknown,
    )
    return told % {"count": net.unknown} if net.unknown else ""


def _whole(net: Map, before: Map | None) -> list[Row]:
    names = {
        "density": _("Density: ties said, of those that could be"), "reciprocity": _("Reciprocity: ties said by both"),
        "cross_sector": _("Ties between two sectors"),
        "degree_centralisation": _("How much rests on one institution (0–1)"),
        "betweenness_centralisation": _("How much goes through one institution (0–1)"),
        "components": _("Separate parts"), "isolates": _("Institutions without ties"),
        "bridges": _("Ties without which the network falls apart"),
    }  # fmt: skip
    now, then = net.measures(), before.measures() if before else {}
    rows = []
    for key, name in names.items():
        if key in now:
            told = [_measure(key, now[key])]
            if key in then:
                told.append(_("earlier: %(value)s") % {"value": _measure(key, then[key])})
            rows.append(Row(name, told))
    return rows


def _measure(key: str, value: float) -> str:
    if key in SHARES:
        return f"{decimal(100 * value, 0)} %"
    return decimal(value, 2) if key.endswith("centralisation") else str(value)


def _institutions(net: Map, names: dict[str, str]) -> Table:
    columns = [
        Column(_("Institution")), Column(_("Number"), numeric=True), Column(_("Sector")),
        Column(_("Named by"), numeric=True), Column(_("Names others"), numeric=True),
        Column(_("Works with"), numeric=True),
        Column(_("Ways that lead over it"), numeric=True),
    ]  # fmt: skip
    rows = []
    for number, (name, sector) in enumerate(net.sectors.items(), start=1):
        place, answered = net.places[name], name in net.answered
        tag = Tag(_("Holds parts together"), "info") if place.binds else None
        rows.append([
            Cell(names[name], tag=tag), Cell(number, sort=number), Sector(sector).label, str(place.named_by),
            str(place.names) if answered else Cell(_("has not answered"), sort=-1), str(place.partners),
            Cell(f"{decimal(100 * place.betweenness, 0)} %", sort=place.betweenness),
        ])  # fmt: skip
    return Table("institutions", _("Institutions"), columns, rows, sortable=True)


def _pairs(net: Map, names: dict[str, str]) -> Table:
    """Both directions; whoever did not answer said nothing."""
    columns = [
        Column(_("Institution")), Column(_("With")), Column(_("The first says (0–5)"), numeric=True),
        Column(_("The second says (0–5)"), numeric=True), Column(_("Sectors")),
    ]  # fmt: skip
    rows = [
        [
            Cell(names[one]), names[other], _said(net, one, said[0]), _said(net, other, said[1]),
            _("two sectors") if net.sectors[one] != net.sectors[other] else _("one sector"),
        ]
        for (one, other), said in net.pairs().items()
    ]  # fmt: skip
    return Table("ties", _("Ties"), columns, rows, sortable=True, empty=_("Nobody works closely with anybody yet."))


def _said(net: Map, who: str, level: int) -> Cell:
    return Cell(str(level) if level else _("does not say so") if who in net.answered else "–", sort=level)


def _changes(change: Change) -> list[Row]:
    def joined(pairs: Any) -> list[str]:
        return [f"{_written(one)} – {_written(other)}" for one, other in pairs]

    told = [
        (_("New ties"), joined(change.begun)), (_("Ties that are gone"), joined(change.ended)),
        (_("New in the round"), [*map(_written, change.came)]),
        (_("No more in the round"), [*map(_written, change.left)]),
    ]  # fmt: skip
    return [Row(key, values) for key, values in told if values]
