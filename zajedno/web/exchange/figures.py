"""Results of a practice in numbers: the list of them, one more, one out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.exchange.actions import figure as actions
from zajedno.exchange.queries import practice as queries
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.web.exchange.desk import show, writer_page
from zajedno.web.exchange.mine import OPEN, way
from zajedno.web.exchange.whole import figure_line
from zajedno.web.exchange.writing_forms import AddFigure
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link, Row


@writer_page
def figures(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find_own(by, uuid)
    if row.stage not in OPEN:
        raise NotFound("")
    version = queries.newest(row)
    form = AddFigure(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.add_figure(by=by, practice=row, **form.cleaned_data)):
        messages.success(request, _("The result is there."))
        return redirect("writing:figures", uuid=uuid)
    rows = [
        Row(one["indicator"], figure_line(one).partition(": ")[2],
            [Link(_("Remove"), f"/exchange/mine/{uuid}/figures/{number}/", one["indicator"])])
        for number, one in enumerate(version.figures, start=1)
    ]  # fmt: skip
    return show(request, "figures", {"form": form, "rows": rows, "practice": row, "crumbs": way(row, version)})


@writer_page
def remove(request: HttpRequest, by: Actor, uuid: UUID, number: int) -> HttpResponse:
    row = queries.find_own(by, uuid)
    version = queries.newest(row)
    if row.stage not in OPEN or not 1 <= number <= len(version.figures):
        raise NotFound("")
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.remove_figure(by=by, practice=row, number=number)):
        messages.success(request, _("The result is out."))
        return redirect("writing:figures", uuid=uuid)
    words = {
        "title": _("Take this result out?"), "go": _("Remove"), "cancel": f"/exchange/mine/{uuid}/figures/",
        "kind": "warning", "note": figure_line(version.figures[number - 1]),
    }  # fmt: skip
    return show(request, "act", {"form": form, "crumbs": way(row, version), **words})
