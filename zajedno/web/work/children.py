"""Children one works with, by the alphabet; for whoever visits or teaches, the way to a file without a search."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.children.actions.search import browse
from zajedno.children.queries.child import AGES
from zajedno.children.rules import REGISTER
from zajedno.kernel.actor import Actor
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Select
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer
from zajedno.web.shared.pieces import Cell, Column, Link, Table
from zajedno.web.work.frame import work_page

PAGE = 50
BANDS = {
    "": gettext_lazy("Every age"),
    "0-2": gettext_lazy("Under 3 years"),
    "3-6": gettext_lazy("3 to 6 years"),
    "7-14": gettext_lazy("7 to 14 years"),
    "15-": gettext_lazy("15 years and older"),
}


class Narrow(Form):
    age = Select(label=gettext_lazy("Age"), required=False, choices=BANDS.items(), optional=False)


@work_page
def children(request: HttpRequest, by: Actor) -> HttpResponse:
    band = request.GET.get("age", "")
    band = band if band in AGES else ""
    page = Paginator(browse(by=by, age=band), PAGE).get_page(request.GET.get("page"))
    return answer(request, "work/children.html", {
        "narrow": Narrow(initial={"age": band}), "band": band, "page": page, "table": table(list(page)),
        "crumbs": [Link(_("My work"), "/work/")],
        "registers": by.may(REGISTER.key),
    })  # fmt: skip


def table(rows: list[Any]) -> Table:
    columns = [Column(_("Child")), Column(_("Born in")), Column(_("Municipality")), Column(_("Last assessed"))]
    lines = [
        [
            Cell(row.full_name, href=f"/work/child/{row.uuid}/"),
            str(row.birth_date.year) if row.birth_date else "",
            str(row.residence or "") if row.placed else "",
            Cell(day(row.assessed_on) or _("not yet"), href=f"/work/child/{row.uuid}/assessments/"),
        ]
        for row in rows
    ]
    return Table("children", _("Children you work with"), columns, lines, caption_hidden=True)
