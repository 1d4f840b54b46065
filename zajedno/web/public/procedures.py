"""How things are done, procedure by procedure: drawn, and in words. From the packs; of no child and no case."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.territory import country_names
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import of_version, procedures
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.shared.procedure_drawing import drawn

ANYWHERE = "any"


@public_page
def listed(request: HttpRequest) -> HttpResponse:
    """Every procedure in use, country by country."""
    named = country_names()
    rows = [(row.definition.country, of_version(row.pk)) for row in procedures()]
    groups = [
        {
            "country": named.get(country, _("Everywhere")),
            "rows": [(address(one), label(one.labels)) for _c, one in inside],
        }
        for country, inside in groupby(rows, lambda row: row[0])
    ]
    share = Share(_("How it is done"), _("Each procedure as a drawing: who does what, and by when."))
    return show(request, "procedures.html", share, {"groups": groups}, folder="public")


@public_page
def one(request: HttpRequest, country: str, key: str) -> HttpResponse:
    wanted = "" if country == ANYWHERE else country.upper()
    found = next((row for row in procedures(wanted) if row.definition.key == key), None)
    if found is None:
        raise NotFound("")
    definition = of_version(found.pk)
    share = Share(label(definition.labels), _("Who does what, and by when."))
    unsure = sum(not source.verified for _place, source in definition.sources())
    context = {"drawn": drawn(definition), "law": definition.source, "unsure": unsure}
    return show(request, "procedure.html", share, context, folder="public")


def address(definition: Definition) -> str:
    return f"/procedures/{(definition.country or ANYWHERE).lower()}/{definition.key}/"
