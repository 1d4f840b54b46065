"""Public pages of networks and other bodies: who works together there, what for, how they are reached. No person."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.kernel.clock import today
from zajedno.kernel.labels import label
from zajedno.networks.queries import body as queries
from zajedno.places.enums import Sector
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.network import body_words as words
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Link, Row

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
        "body": row, "about": label(row.about) if row.about else "", "sectors": sectors,
        "rows": [one for one in rows if one.values], "waits": row.organisation_id is None,
        "crumbs": [Link(_("Networks"), HOME)],
    }  # fmt: skip
    return show(request, "network.html", Share(str(row), about, facts=facts), context, "network")
