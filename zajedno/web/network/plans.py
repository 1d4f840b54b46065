"""Action plans: those of my institutions; one with its goals, its drawing and how far it has come; its adoption."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted
from zajedno.networks.queries.round import read as read_rounds
from zajedno.places.queries.organisation import names
from zajedno.places.queries.territory import of_organisation
from zajedno.programmes.actions import plan as actions
from zajedno.programmes.queries import plan as queries
from zajedno.programmes.queries.situation import known
from zajedno.programmes.rules import WRITE_PLAN
from zajedno.web.network import plan_words as words
from zajedno.web.network.frame import home, network_page, question, sections, show
from zajedno.web.network.plan_forms import Adopt, Situation, WritePlan
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.request import sent

if TYPE_CHECKING:
    from zajedno.programmes.models import Plan

PER_PAGE = 25
HOME = "/network/plans/"


def plans_home() -> Link:
    return Link(_("Action plans"), HOME)


def way(row: "Plan") -> list[Link]:
    """Crumbs of the pages under a plan."""
    return [home(), plans_home(), Link(str(row), words.address(row))]


def ask(request: HttpRequest, row: "Plan", form: Form, title: str, go: str, **more: Any) -> HttpResponse:
    """A page of one question about a plan."""
    return question(request, way(row), form, title, go, **more)


@network_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    page = Paginator(queries.newest(by), PER_PAGE).get_page(request.GET.get("page"))
    context = {"table": words.list_table(by, list(page)), "page": page, "may_write": by.may(WRITE_PLAN.key)}
    return show(request, "plans", {**context, "nav": sections("plans"), "crumbs": []})


@network_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    keepers = by.organisations_for(WRITE_PLAN.key)
    if not keepers:
        raise NotPermitted(_("Plans are written by the coordinator of a network and by the municipality."))
    form = WritePlan(sent(request), places=of_organisation(keepers), keepers=names(set(keepers)), today=by.today)
    made: list[Plan] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(actions.draft(by=by, organisation=form.keeper(), head=form.head()))
    ):
        messages.success(request, _("The plan is begun. Look at the situation first, then write goals."))
        return redirect(words.address(made[0]))
    context = {"form": form, "title": _("Write an action plan"), "go": _("Begin the plan"), "cancel": HOME}
    return show(request, "act", {**context, "crumbs": [home(), plans_home()]})


@network_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    whole, may = queries.whole(row, by.today), _may(by, row)

    def leads(line: queries.Line) -> str:
        there = words.address(row, f"parts/{line.activity.uuid}/")
        return f"{there}progress/" if may["tells"] else there if may["may_write"] else ""

    return show(
        request, "plan",
        {
            "plan": row, "here": words.address(row), "state": words.state_of(row), "facts": words.facts(row),
            "glance": words.glance_rows(whole), "chart": words.progress_chart(whole) if whole.lines else None,
            "gantt": words.gantt(row, whole) if whole.lines else None,
            "goals": [
                (goal, [(branch, words.branch_table(branch, leads)) for branch in branches])
                for goal, branches in whole.goals
            ],
            "unpaid": words.unpaid_table(row, whole, by.today.year + 1, may["may_pay"]) if may["is_newest"] else None,
            "rounds": read_rounds(by, whole.rounds),
            "versions": words.version_table(row), **may, "may_adopt": may["may_write"] and bool(whole.lines),
            "crumbs": [home(), plans_home()],
        },
    )  # fmt: skip


def _may(by: Actor, row: "Plan") -> dict[str, bool]:
    writes, held = queries.writes(by, row), queries.in_force(row)
    newest = not queries.versions(row).filter(version__gt=row.version).exists()
    return {
        "may_write": writes and not row.is_adopted,
        "may_pay": writes and newest,
        "is_newest": newest,
        "tells": writes and held is not None and held.pk == row.pk,
        "may_version": writes and newest and row.is_adopted,
    }


@network_page
def change(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = open_plan(request, by, uuid)
    if elsewhere:
        return elsewhere
    places = of_organisation([row.organisation_id])
    form = WritePlan(sent(request), places=places, keepers={row.organisation_id: ""}, given=row, today=by.today)
    if form.is_valid() and attempt(form, lambda: actions.change(by=by, plan=row, head=form.head())):
        messages.success(request, _("The plan is changed."))
        return redirect(words.address(row))
    return ask(request, row, form, _("Change the plan"), _("Keep changes"))


@network_page
def situation(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """What the platform knows, as a text to begin with; what was kept before, when it is there."""
    row, elsewhere = open_plan(request, by, uuid)
    if elsewhere:
        return elsewhere
    anew = "anew" in request.GET or not row.situation
    text = words.situation_text(known(by, row), str(row.territory)) if anew else row.situation
    form = Situation(sent(request), initial={"situation": text})
    if form.is_valid() and attempt(form, lambda: actions.describe(by=by, plan=row, **form.cleaned_data)):
        messages.success(request, _("The situation analysis is kept."))
        return redirect(words.address(row))
    note = _("Filled in with what is known here without any child: who lives in the municipality, needs and who is "
             "missing as they were released, its services, and what the network found out about itself.")  # fmt: skip
    context = {"form": form, "plan": row, "note": note, "anew": anew, "here": words.address(row), "crumbs": way(row)}
    return show(request, "situation", context)


@network_page
def adopt(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = open_plan(request, by, uuid)
    if elsewhere:
        return elsewhere
    form = Adopt(sent(request), initial={"on": by.today})
    if form.is_valid() and attempt(form, lambda: actions.adopt(by=by, plan=row, **form.cleaned_data)):
        messages.success(request, _("The plan is adopted. From now on you tell how far its activities have come."))
        return redirect(words.address(row))
    note = _("This version then stays as it is. Whatever changes later is a new version with a decision of its own.")
    return ask(request, row, form, _("Record the adoption"), _("Record the adoption"), note=note)


@network_page
def version(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    if request.method != "POST":
        return redirect(words.address(row))
    made = actions.new_version(by=by, plan=row)
    messages.success(request, _("This is the new version. It says the same until you change it, and is adopted anew."))
    return redirect(words.address(made))


def open_plan(request: HttpRequest, by: Actor, uuid: UUID) -> "tuple[Plan, HttpResponse | None]":
    """The plan, and where to go instead when it cannot be written (any more) by who asks."""
    row = queries.find(by, uuid)
    may = queries.writes(by, row) and not row.is_adopted
    return row, None if may or request.method == "POST" else redirect(words.address(row))
