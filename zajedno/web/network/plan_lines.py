"""Which lines of budgets an activity draws on: also once its plan is adopted, since budgets come year by year."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.programmes.actions import draw as actions
from zajedno.programmes.queries import plan as queries
from zajedno.programmes.queries.draw import falls, lines_for
from zajedno.web.network import plan_words as words
from zajedno.web.network.frame import network_page, show
from zajedno.web.network.plan_forms import DrawOn
from zajedno.web.network.plans import sent, way
from zajedno.web.shared.guards import attempt


@network_page
def one(request: HttpRequest, by: Actor, uuid: UUID, part: UUID) -> HttpResponse:
    """What it draws on; the next line is chosen below."""
    row = queries.find(by, uuid)
    activity: Any = queries.part(row, part)
    if queries.kind(activity) != "activity" or (request.method != "POST" and not queries.writes(by, row)):
        return redirect(words.address(row))
    here = words.address(row, f"parts/{part}/lines/")
    lines = [one for one in lines_for(row) if one.budget.year in activity.years]
    form = DrawOn(sent(request), lines=lines, shares=len(activity.years) > 1)
    if form.is_valid() and attempt(form, lambda: actions.draw(by=by, plan=row, activity=activity, **form.chosen())):
        messages.success(request, _("It draws on this line."))
        return redirect(here)
    drawn = [
        {"line": one.line, "year": one.year, "money": falls(activity, one.share), "off": f"{here}{one.line.uuid}/off/"}
        for one in queries.draws([activity.thread]).get(activity.thread, ())
    ]
    context = {
        "form": form, "activity": activity, "number": queries.number(activity), "drawn": drawn, "lines": lines,
        "cancel": words.address(row), "crumbs": way(row),
    }  # fmt: skip
    return show(request, "plan_lines", context)


@network_page
def off(request: HttpRequest, by: Actor, uuid: UUID, part: UUID, line: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    activity: Any = queries.part(row, part)
    found = next((one for one in lines_for(row) if one.uuid == line), None)
    if request.method == "POST" and found and queries.kind(activity) == "activity":
        actions.let_go(by=by, plan=row, activity=activity, line=found)
        messages.success(request, _("It draws on the line no more."))
    return redirect(words.address(row, f"parts/{part}/lines/"))
