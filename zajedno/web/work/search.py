"""Searching for a child. Posted, so that no name ever stands in an address."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.rules import BREAK_GLASS
from zajedno.children.actions.search import search as search_children
from zajedno.children.queries.child import visible_to
from zajedno.children.queries.enrolment import current
from zajedno.kernel.actor import Actor
from zajedno.web.shared.fields import Confirm, DateField, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Table
from zajedno.web.work.frame import work_page

MOST = 20


class SearchForm(Form):
    text = Text(
        label=gettext_lazy("Name"),
        max_length=120,
        required=False,
        optional=False,
        width="two-thirds",
        help_text=gettext_lazy("First or last name or both, in either script, also without marks on letters."),
    )
    born = DateField(label=gettext_lazy("Date of birth"), required=False)
    number = Text(
        label=gettext_lazy("Citizen number (JMBG) or another number"), max_length=30, required=False, width=20
    )
    wider = Confirm(label=gettext_lazy("Search wider: also names that only sound alike"), required=False)


@work_page
def search(request: HttpRequest, by: Actor) -> HttpResponse:
    """Fields and, below, what was found among children the person works with."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    found: list[Any] = []

    def act() -> None:
        found.extend(search_children(by=by, limit=MOST, **form.cleaned_data))

    searched = form.is_valid() and attempt(form, act)
    return answer(request, "work/search.html", {
        "form": form, "searched": searched, "table": results(by, found), "many": len(found) == MOST,
        "emergency": by.may(BREAK_GLASS.key),
        "crumbs": [Link(_("My work"), "/work/")],
    })  # fmt: skip


def results(by: Actor, found: list[Any]) -> Table:
    """Only what tells children apart: name, year of birth, school."""
    rows = []
    children = {child.uuid: child for child in visible_to(by).filter(uuid__in=[hit.uuid for hit in found])}
    for hit in found:
        school = current(children[hit.uuid], by.today).first()
        year: date | None = hit.birth_date
        rows.append([
            Cell(hit.full_name, href=f"/work/child/{hit.uuid}/"), str(year.year) if year else "",
            str(school.organisation) if school else "",
        ])  # fmt: skip
    columns = [Column(_("Child")), Column(_("Born in")), Column(_("School or kindergarten"))]
    return Table("found", _("Children found"), columns, rows)
