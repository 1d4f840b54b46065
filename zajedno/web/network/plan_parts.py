"""What a plan consists of: goals, measures and activities are written and taken out; progress is told."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zajedno.access.queries.account import names
from zajedno.kernel.actor import Actor
from zajedno.programmes.actions import plan_part as actions
from zajedno.programmes.queries import plan as queries
from zajedno.web.network import plan_words as words
from zajedno.web.network.frame import network_page, show
from zajedno.web.network.plan_forms import Tell, Words, WriteActivity
from zajedno.web.network.plans import ask, open_plan, way
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.request import sent

if TYPE_CHECKING:
    from zajedno.programmes.models import Plan


def _kept(request: HttpRequest, row: "Plan", form: Form, act: Callable[[], Any], done: str) -> HttpResponse | None:
    """After the act, back to the plan; None when the form is to be shown."""
    if form.is_valid() and attempt(form, act):
        messages.success(request, done)
        return redirect(words.address(row))
    return None


@network_page
def add_goal(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = open_plan(request, by, uuid)
    if elsewhere:
        return elsewhere
    form = Words(sent(request))
    kept = _kept(request, row, form, lambda: actions.write_goal(by=by, plan=row, **form.cleaned_data), _("It is kept."))
    note = _("What shall be otherwise when the plan is over?")
    return kept or ask(request, row, form, _("Write a goal"), _("Keep"), note=note)


@network_page
def add(request: HttpRequest, by: Actor, uuid: UUID, part: UUID) -> HttpResponse:
    """A measure under a goal, an activity under a measure; under an activity there is nothing."""
    row, elsewhere = open_plan(request, by, uuid)
    above = queries.part(row, part)
    if elsewhere or queries.kind(above) == "activity":
        return elsewhere or redirect(words.address(row))
    return _measure(request, by, row, above) if queries.kind(above) == "goal" else _activity(request, by, row, above)


def _measure(request: HttpRequest, by: Actor, row: "Plan", goal: Any, given: Any = None) -> HttpResponse:
    form = Words(sent(request), initial={"text": str(given)} if given else None)
    kept = _kept(
        request, row, form,
        lambda: actions.write_measure(by=by, goal=goal, measure=given, **form.cleaned_data), _("It is kept."),
    )  # fmt: skip
    title = _("Measure %(number)s") % {"number": queries.number(given)} if given else _("Write a measure")
    return kept or ask(request, row, form, title, _("Keep"), note=f"{goal.number}. {goal}")


def _activity(request: HttpRequest, by: Actor, row: "Plan", measure: Any, given: Any = None) -> HttpResponse:
    form = WriteActivity(sent(request), plan=row, given=given, today=by.today)
    kept = _kept(
        request, row, form,
        lambda: actions.write_activity(by=by, measure=measure, activity=given, terms=form.terms()), _("It is kept."),
    )  # fmt: skip
    title = _("Activity %(number)s") % {"number": queries.number(given)} if given else _("Write an activity")
    here = words.address(row, f"parts/{given.uuid}/") if given else ""
    out = [(_("Budget line"), f"{here}lines/"), (_("Take out of the plan"), f"{here}remove/")] if given else []
    return kept or ask(request, row, form, title, _("Keep"), note=f"{queries.number(measure)}. {measure}", links=out)


@network_page
def change(request: HttpRequest, by: Actor, uuid: UUID, part: UUID) -> HttpResponse:
    row, elsewhere = open_plan(request, by, uuid)
    one: Any = queries.part(row, part)
    if elsewhere:
        return elsewhere
    if queries.kind(one) == "activity":
        return _activity(request, by, row, one.measure, one)
    if queries.kind(one) == "measure":
        return _measure(request, by, row, one.goal, one)
    form = Words(sent(request), initial={"text": one.text})
    kept = _kept(
        request, row, form,
        lambda: actions.write_goal(by=by, plan=row, goal=one, **form.cleaned_data), _("It is kept."),
    )  # fmt: skip
    return kept or ask(request, row, form, _("Goal %(number)s") % {"number": one.number}, _("Keep"))


@network_page
def remove(request: HttpRequest, by: Actor, uuid: UUID, part: UUID) -> HttpResponse:
    row, elsewhere = open_plan(request, by, uuid)
    one = queries.part(row, part)
    if elsewhere:
        return elsewhere
    form = Form(sent(request))
    kept = _kept(request, row, form, lambda: actions.remove(by=by, plan=row, part=one), _("It is taken out."))
    note = f"{queries.number(one)}. {one}"
    return kept or ask(
        request, row, form, _("Take it out of the plan?"), pgettext("removal", "Take out"), note=note, kind="warning"
    )


@network_page
def progress(request: HttpRequest, by: Actor, uuid: UUID, part: UUID) -> HttpResponse:
    """How far an activity of the adopted plan has come."""
    row = queries.find(by, uuid)
    one: Any = queries.part(row, part)
    held = queries.in_force(row)
    may = queries.writes(by, row) and held is not None and held.pk == row.pk
    if queries.kind(one) != "activity" or (request.method != "POST" and not may):
        return redirect(words.address(row))
    told = list(queries.history(one))
    initial = {"state": told[0].state, "reached": told[0].reached} if told else {"state": "underway"}
    form = Tell(sent(request), initial=initial)
    kept = _kept(
        request, row, form,
        lambda: actions.report(by=by, plan=row, activity=one, **form.cleaned_data), _("It is told."),
    )  # fmt: skip
    table = words.told_table(told, names({entry.told_by for entry in told}))
    context = {"form": form, "activity": one, "number": queries.number(one), "table": table, "crumbs": way(row)}
    lines = words.address(row, f"parts/{part}/lines/")
    return kept or show(request, "progress", {**context, "cancel": words.address(row), "lines": lines})
