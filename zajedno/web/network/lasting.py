"""How lasting a network is: ten dimensions with what shows them, what threatens them, and how they came to be so."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zajedno.access.queries.account import names
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.verbs import ask
from zajedno.networks.actions.sustainability import assess
from zajedno.networks.enums import Dimension, Level
from zajedno.networks.logic.lasting import Warning, course, warnings
from zajedno.networks.queries import network as networks
from zajedno.networks.queries import sustainability as queries
from zajedno.networks.rules import ASSESS, LOG_TRAINING
from zajedno.places.enums import Sector
from zajedno.programmes.queries.budget import has_line
from zajedno.web.network.frame import decimal, home, network_page, sections, show
from zajedno.web.network.lasting_forms import Assess
from zajedno.web.shared.charts import Trend
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Moment, Table, Tag

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

HOME = "/network/lasting/"
TONES = {Level.NOTHING: "wait", Level.BEGUN: "plain", Level.WORKS: "info", Level.SECURED: "done"}


def way(network: "Organisation", *, here: bool = False) -> list[Link]:
    """Crumbs of the pages under a network's sustainability; `here`: of that page itself."""
    known = [home(), Link(_("Sustainability"), HOME)]
    return known if here else [*known, Link(str(network), address(network))]


def address(network: "Organisation", rest: str = "") -> str:
    return f"{HOME}{network.uuid}/{rest}"


@network_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    """Networks that the person reads; of several, a list."""
    found = list(networks.visible_to(by)[:200])
    counts = queries.looked_at(by, [one.pk for one in found])
    rows = []
    for one in found:
        looked = _("%(count)s of %(all)s") % {"count": counts.get(one.pk, 0), "all": len(Dimension)}
        rows.append([Cell(str(one), address(one)), str(one.territory), looked])
    columns = [Column(_("Network")), Column(_("Municipality")), Column(_("Dimensions looked at"), numeric=True)]
    empty = _("No network works where your institution is.")
    table = Table("networks", _("Your networks"), columns, rows, caption_hidden=True, empty=empty)
    return show(request, "lasting_list", {"table": table, "nav": sections("lasting"), "crumbs": []})


@network_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    network = networks.find(by, uuid)
    rows = list(queries.levels(by, network.pk))
    newest = {row.dimension: row for row in rows}
    may = by.may(ASSESS.key, network.pk)
    return show(
        request, "lasting",
        {
            "network": network, "warnings": warned(network, newest, by.today), "may": may, "here": address(network),
            "table": _table(by, network, newest), "chart": _course(rows), "crumbs": way(network, here=True),
            "may_log": by.may(LOG_TRAINING.key, network.pk), "members": _members(queries.seats(network.pk)),
        },
    )  # fmt: skip


def warned(network: "Organisation", newest: Mapping[str, Any], today: date) -> list[str]:
    """What is said of it in sentences, the gravest first. `newest`: the last level of each dimension."""
    known = replace(queries.known(network, today), budget_next_year=has_line(network.pk, today.year + 1))
    seen = [(one, newest[one].holds_on) for one in Dimension.values if one in newest]
    return [_sentence(one) for one in warnings(known, seen, today)]


def _sentence(one: Warning) -> str:
    about = Dimension(one.about).label if one.key == "old" else one.about
    told = {"day": day(one.on), "dimension": about, "agreement": about}
    sentences = {
        "no_coordinator": _("Nobody coordinates the network now. Ask for a coordinator to be named."),
        "coordinator": _("The coordinator’s post ends on %(day)s, and nobody is named after."),
        "seat": _("The coordinator’s seat in the body of the network is empty. Name somebody to it."),
        "mandate": _("The mandate of the network ends on %(day)s. Ask the municipality to renew it."),
        "mandate_over": _("The mandate of the network ended on %(day)s. Ask the municipality to renew it."),
        "budget": _("Next year’s budget has no line for the network."),
        "agreement": _("The agreement “%(agreement)s” ends on %(day)s. Prepare its next version."),
        "agreement_over": _("The agreement “%(agreement)s” ended on %(day)s. Prepare its next version."),
        "old": _("“%(dimension)s” was last looked at on %(day)s. Look at it again."),
    }
    return sentences[one.key] % told


def _members(rows: list[queries.Seats]) -> Table:
    """By sector, and what changed within a year; as the body of the network keeps them."""
    lines: list[list[Any]] = [[Sector(one.sector).label, one.now, one.before, one.came, one.went] for one in rows]
    if lines:
        lines.append([_("All together"), *(sum(line[at] for line in lines) for at in range(1, 5))])
    columns = [Column(_("Sector")), *(Column(text, numeric=True) for text in (
        _("Members now"), _("A year ago"), pgettext("members", "Came"), pgettext("members", "Left"),
    ))]  # fmt: skip
    empty = _("Nobody sits in the body of the network yet.")
    return Table("members", _("Members of the network’s body"), columns, lines, empty=empty)


def _table(by: Actor, network: "Organisation", newest: dict[str, Any]) -> Table:
    """Every dimension, also those nobody has looked at."""
    said, who = queries.said_in_round(by, network.pk), names({one.written_by for one in newest.values()})
    rows = []
    for dimension in Dimension:
        row = newest.get(dimension)
        first = Cell(dimension.label, address(network, f"{dimension.value}/"))
        mean = decimal(float(said[dimension]), 2) if dimension in said else "–"
        if row is None:
            rows.append([first, Cell(tag=Tag(_("Not looked at"), "off"), sort=-1), "", "", mean])
            continue
        written = Cell(day(row.holds_on), small=who.get(row.written_by, ""), sort=row.holds_on.isoformat())
        rows.append([first, level(row.level), row.evidence, written, mean])
    columns = [
        Column(_("Dimension")), Column(_("Level (0–3)")), Column(_("What shows it")), Column(_("Day and who")),
        Column(_("In the self-evaluation"), numeric=True),
    ]  # fmt: skip
    return Table("dimensions", _("Ten dimensions"), columns, rows, sortable=True)


def level(level: int) -> Cell:
    one = Level(level)
    return Cell(tag=Tag(f"{level}: {one.label}", TONES[one]), sort=level)


def _course(rows: list[Any]) -> Trend | None:
    points = course([(row.holds_on, row.dimension, row.level) for row in rows])
    if not points:
        return None
    told = {"mean": decimal(points[-1][1], 2), "count": points[-1][2]}
    about = (
        _("Mean of the dimensions looked at by then, from 0 to 3. Newest: %(mean)s, of %(count)s dimensions.") % told
    )
    line = [(on, round(mean, 2)) for on, mean, _count in points]
    return Trend("course", _("How it went"), about, line, max(Level.values), _("Mean"))


@network_page
def dimension(request: HttpRequest, by: Actor, uuid: UUID, dimension: str) -> HttpResponse:
    """One dimension through time; who holds the verb writes how it is now."""
    network = networks.find(by, uuid)
    if dimension not in Dimension.values:
        raise NotFound("")
    may = by.may(ASSESS.key, network.pk)
    sent = request.POST if request.method == "POST" else None
    if sent is not None:
        ask(by, ASSESS, network.pk)
    form = Assess(sent, today=by.today) if may else None
    if form and form.is_valid() and attempt(
        form, lambda: assess(by=by, organisation=network.pk, dimension=dimension, **form.chosen())
    ):  # fmt: skip
        messages.success(request, _("It is written down."))
        return redirect(address(network))
    rows = list(queries.levels(by, network.pk).filter(dimension=dimension))
    title = Dimension(dimension).label
    chart = None
    if rows:
        about = _("From 0 to 3. The newest: %(level)s.") % {"level": rows[-1].level}
        newest = {row.holds_on: float(row.level) for row in rows}
        chart = Trend("course", _("How it went"), about, list(newest.items()), max(Level.values), _("Level (0–3)"))
    context = {"network": network, "form": form, "title": title, "chart": chart, "history": _history(rows)}
    return show(request, "lasting_dimension", {**context, "here": address(network), "crumbs": way(network)})


def _history(rows: list[Any]) -> list[Moment]:
    """The newest first."""
    who = names({row.written_by for row in rows})
    return [
        Moment(f"{row.level}: {Level(row.level).label}", row.holds_on, row.evidence, who.get(row.written_by, ""))
        for row in reversed(rows)
    ]
