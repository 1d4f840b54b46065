"""Public pages of networks and other bodies: who works together there, what for, how they are reached. No person."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.kernel.clock import day_of, today
from zajedno.kernel.labels import label
from zajedno.networks.queries import body as queries
from zajedno.networks.queries import year as years
from zajedno.places.enums import Sector
from zajedno.programmes.logic.glance import Glance
from zajedno.programmes.queries import year as programmes
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.network import body_words as words
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table
from zajedno.web.shared.uploads import saved

if TYPE_CHECKING:
    from zajedno.networks.models import Body

HOME = "/networks/"


@public_page
def listed(request: HttpRequest) -> HttpResponse:
    """Country by country."""
    rows = queries.public()
    groups = [
        {"country": country, "bodies": list(inside)}
        for country, inside in groupby(rows, lambda one: one.territory.country)
    ]
    about = _("Networks, commissions and teams in which institutions work together for children, by municipality.")
    return show(request, "networks.html", Share(_("Networks"), about), {"groups": groups}, "network")


@public_page
def shown(request: HttpRequest, slug: str) -> HttpResponse:
    row = queries.by_slug(slug)
    sectors = [
        {"title": Sector(key).label, "names": names} for key, names in queries.institutions(row, today()).items()
    ]
    mandate = f"{day(row.mandate_from)} – {day(row.mandate_until)}" if row.mandate_from else ""
    rows = [
        Row(_("Kind"), row.get_kind_display()), Row(_("Works in"), str(row.territory)),
        Row(_("Kept by"), str(row.organisation or "")),
        Row(_("Set up by"), [one for one in (row.organ, row.act_number, day(row.established_on)) if one]),
        Row(_("Mandate"), mandate), Row(_("Contact"), row.contact), *words.source(row),
    ]  # fmt: skip
    about = (
        label(row.about)
        if row.about
        else _("Institutions of %(place)s that work together.") % {"place": row.territory.name}
    )
    facts = {"@type": "Organization", "name": label(row.titles, get_language())}
    context = {
        "plans": [_plan(one) for one in programmes.public_plans(row.pk, today())],
        "programmes": _programmes(programmes.public_programmes(row.pk)), "report": _report(row),
        "body": row, "about": label(row.about) if row.about else "", "sectors": sectors,
        "rows": [one for one in rows if one.values], "waits": row.organisation_id is None,
        "crumbs": [Link(_("Networks"), HOME)],
    }  # fmt: skip
    return show(request, "network.html", Share(str(row), about, facts=facts), context, "network")


def _plan(row: programmes.PublicPlan) -> dict[str, Any]:
    """An adopted plan with its goals, each with how many of its activities are done."""
    years = str(row.first_year) if row.first_year == row.last_year else f"{row.first_year} – {row.last_year}"
    lines = [[goal, _done(told)] for goal, told in row.goals]
    columns = [Column(_("Goal")), Column(_("How far"))]
    return {
        "title": f"{row.title}, {years}", "decision": f"{row.organ}, {day(row.adopted_on)}", "done": _done(row.glance),
        "table": Table(f"plan-{row.key}", _("Goals"), columns, lines, empty=_("It has no goal.")),
    }  # fmt: skip


def _done(told: Glance) -> str:
    return _("%(done)s of %(total)s activities") % {"done": told.done, "total": told.total}


def _programmes(rows: list[programmes.PublicProgramme]) -> Table:
    """Counts of fewer than five are not told: the database gives none."""
    lines = [
        [Cell(one.title, small=one.kind), one.target, f"{day(one.begins_on)} – {day(one.ends_on)}", str(one.held),
         "–" if one.reached is None else str(one.reached)]
        for one in rows
    ]  # fmt: skip
    columns = [
        Column(_("Programme")), Column(_("For whom")), Column(_("Days")), Column(_("Meetings"), numeric=True),
        Column(_("How many took part"), numeric=True),
    ]  # fmt: skip
    return Table("programmes", _("Programmes"), columns, lines, empty=_("No programme is entered yet."))


def _report(row: "Body") -> Link | None:
    """The last one that everybody may read."""
    found = years.public_report(row)
    if found is None:
        return None
    return Link(words.year_title(found.year), f"{HOME}{row.slug}/report.pdf", day(day_of(found.added_on)))


@public_page
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """As it was issued. Its name says the year and no more."""
    found = years.public_paper(queries.by_slug(slug))
    return saved(bytes(found.content), "application/pdf", f"{slug}-{found.year}.pdf")
