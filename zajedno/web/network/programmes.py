"""Programmes: those of my institutions; one with places, meetings, what was measured and what came of it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted
from zajedno.places.queries.organisation import names
from zajedno.places.queries.territory import of_organisation
from zajedno.programmes.actions import programme as actions
from zajedno.programmes.queries import programme as queries
from zajedno.programmes.rules import RUN_PROGRAMME
from zajedno.web.network import programme_words as words
from zajedno.web.network.frame import home, network_page, question, sections, show
from zajedno.web.network.programme_forms import People, Result, WriteProgramme
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.request import sent

if TYPE_CHECKING:
    from zajedno.programmes.models import Programme

PER_PAGE = 25
HOME = "/network/programmes/"
ACTS = {"take_in": actions.take_in, "let_go": actions.let_go, "give_up": actions.give_up}


def programmes_home() -> Link:
    return Link(_("Programmes"), HOME)


def way(row: "Programme") -> list[Link]:
    """Crumbs of the pages under a programme."""
    return [home(), programmes_home(), Link(str(row), words.address(row))]


def ask(request: HttpRequest, row: "Programme", form: Form, title: str, go: str, **more: Any) -> HttpResponse:
    """A page of one question about a programme."""
    return question(request, way(row), form, title, go, **more)


def open_programme(request: HttpRequest, by: Actor, uuid: UUID) -> "tuple[Programme, HttpResponse | None]":
    """The programme, and where to go instead when who asks cannot change it (any more)."""
    row = queries.find(by, uuid)
    may = queries.runs(by, row) and row.archived_on is None
    return row, None if may or request.method == "POST" else redirect(words.address(row))


@network_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    archived = "all" in request.GET
    rows = queries.visible_to(by) if archived else queries.current(by)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"table": words.list_table(by, list(page)), "page": page, "may_write": by.may(RUN_PROGRAMME.key)}
    return show(request, "programmes", {**context, "archived": archived, "nav": sections("programmes"), "crumbs": []})


@network_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    keepers = by.organisations_for(RUN_PROGRAMME.key)
    if not keepers:
        raise NotPermitted(_("Programmes are begun by the coordinator of a network and by the municipality."))
    form = WriteProgramme(sent(request), places=of_organisation(keepers), keepers=names(set(keepers)), today=by.today)
    made: list[Programme] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(actions.begin(by=by, organisation=form.keeper(), head=form.head()))
    ):
        messages.success(request, _("The programme is there. Plan its meetings, and take people in."))
        return redirect(words.address(made[0]))
    context = {"form": form, "title": _("Begin a programme"), "go": _("Begin the programme"), "cancel": HOME}
    return show(request, "act", {**context, "crumbs": [home(), programmes_home()]})


@network_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    may = queries.runs(by, row) and row.archived_on is None
    return show(
        request, "programme",
        {
            "programme": row, "here": words.address(row), "state": words.state_of(row, by), "facts": words.facts(row),
            "places": words.places(row), "sessions": words.session_table(row, may), "may_write": may,
            "attendance": words.attendance(row), "measured": words.measured_table(row, may),
            "report": words.address(row, f"year/{by.today.year}/") if queries.runs(by, row) else "",
            "outcome": words.outcome(row), "crumbs": [home(), programmes_home()],
        },
    )  # fmt: skip


@network_page
def change(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = open_programme(request, by, uuid)
    if elsewhere:
        return elsewhere
    places = of_organisation([row.organisation_id])
    form = WriteProgramme(sent(request), places=places, keepers={row.organisation_id: ""}, given=row, today=by.today)
    if form.is_valid() and attempt(form, lambda: actions.change(by=by, programme=row, head=form.head())):
        messages.success(request, _("The programme is changed."))
        return redirect(words.address(row))
    return ask(request, row, form, _("Change the programme"), _("Keep changes"))


@network_page
def places(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """People come or leave, as a number: who finds no place waits, and moves up by itself."""
    row, elsewhere = open_programme(request, by, uuid)
    if elsewhere:
        return elsewhere
    form = People(sent(request), initial={"act": "take_in"})

    def act() -> None:
        ACTS[form.cleaned_data["act"]](by=by, programme=row, number=form.cleaned_data["number"])

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The numbers are kept."))
        return redirect(words.address(row))
    note = ". ".join([words.places_said(row), words.waiting_said(row)] if row.waiting else [words.places_said(row)])
    return ask(request, row, form, _("People come or leave"), _("Keep"), note=f"{note}.")


@network_page
def result(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = open_programme(request, by, uuid)
    if elsewhere:
        return elsewhere
    form = Result(sent(request), given=row)
    if form.is_valid() and attempt(form, lambda: actions.tell(by=by, programme=row, outcome=form.outcome())):
        messages.success(request, _("What came of it is kept."))
        return redirect(words.address(row))
    return ask(request, row, form, _("Write down what came of it"), _("Keep"))


@network_page
def archive(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = open_programme(request, by, uuid)
    if elsewhere:
        return elsewhere
    form = Form(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.archive(by=by, programme=row)):
        messages.success(request, _("The programme is put away. It can still be read."))
        return redirect(words.address(row))
    note = _("It is kept and can be read, but not changed any more.")
    return ask(request, row, form, _("Put the programme away?"), _("Put it away"), note=note, kind="warning")
