"""Trainings and mentoring of a network: what was held, who took part, what changed."""

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.access.queries.account import names
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask
from zajedno.networks.actions import training as actions
from zajedno.networks.queries import network as networks
from zajedno.networks.queries import training as queries
from zajedno.networks.rules import LOG_TRAINING
from zajedno.places.enums import Sector
from zajedno.web.network.frame import network_page, show
from zajedno.web.network.lasting import address as of_network
from zajedno.web.network.lasting import way as of_lasting
from zajedno.web.network.lasting_forms import Effect, HeldForm
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Moment, Row, Table, Tag

if TYPE_CHECKING:
    from zajedno.networks.models import Training
    from zajedno.places.models import Organisation


def address(row: "Training", rest: str = "") -> str:
    return f"/network/trainings/{row.uuid}/{rest}"


def way(network: "Organisation") -> list[Link]:
    return [*of_lasting(network), Link(_("Trainings and mentoring"), of_network(network, "trainings/"))]


@network_page
def listed(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    network = networks.find(by, uuid)
    rows = list(queries.trainings(by, network.pk))
    context = {
        "network": network, "table": table(rows), "sectors": by_sector(rows) if rows else None,
        "may": by.may(LOG_TRAINING.key, network.pk), "new": of_network(network, "trainings/new/"),
        "crumbs": of_lasting(network),
    }  # fmt: skip
    return show(request, "trainings", context)


def table(rows: "list[Training]") -> Table:
    cells = []
    for row in rows:
        effects = list(row.effects.all())
        changed: Any = effects[-1].text if effects else Cell(tag=Tag(_("Not looked at"), "wait"))
        people = sum(row.took_part.values())
        cells.append([
            Cell(row.topic, address(row), small=row.get_kind_display()), Cell(day(row.held_on), sort=str(row.held_on)),
            row.led_by, str(people), changed,
        ])  # fmt: skip
    columns = [
        Column(_("What it was about")), Column(_("Day")), Column(_("Who led it")), Column(_("People"), numeric=True),
        Column(_("What changed")),
    ]  # fmt: skip
    empty = _("Nothing is written down yet.")
    return Table(
        "trainings", _("Trainings and mentoring"), columns, cells, sortable=True, caption_hidden=True, empty=empty
    )


def by_sector(rows: "list[Training]") -> Table:
    """A person who came twice counts twice."""
    people: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for row in rows:
        people.update(row.took_part)
        times.update(row.took_part.keys())
    cells = [[one.label, str(times[one]), str(people[one])] for one in Sector if times[one]]
    columns = [Column(_("Sector")), Column(_("Trainings"), numeric=True), Column(_("Places taken"), numeric=True)]
    return Table("sectors", _("Who took part, by sector"), columns, cells)


@network_page
def new(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    network = networks.find(by, uuid)
    ask(by, LOG_TRAINING, network.pk)
    form = HeldForm(request.POST if request.method == "POST" else None, today=by.today)
    made: list[Training] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(actions.log_training(by=by, organisation=network.pk, held=form.held()))
    ):
        messages.success(request, _("It is written down. Come back later to say what changed."))
        return redirect(address(made[0]))
    words = {"title": _("Write down a training"), "go": _("Write it down")}
    back = {"cancel": of_network(network, "trainings/"), "crumbs": way(network)}
    return show(request, "act", {"form": form, **words, **back})


@network_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """With what changed; who holds the verb adds to it."""
    row = queries.find(by, uuid)
    may = by.may(LOG_TRAINING.key, row.organisation_id)
    sent = request.POST if request.method == "POST" else None
    if sent is not None:
        ask(by, LOG_TRAINING, row.organisation_id)
    form = Effect(sent, today=by.today) if may else None
    if form and form.is_valid() and attempt(
        form, lambda: actions.find_effect(by=by, training=row, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, _("It is written down."))
        return redirect(address(row))
    corrected: Training | None = getattr(row, "corrected_by", None)
    context = {
        "training": row, "facts": _facts(row), "effects": _effects(row), "form": form if not corrected else None,
        "correct": address(row, "correct/") if may and not corrected else "",
        "newer": address(corrected) if corrected else "", "crumbs": way(row.organisation),
    }  # fmt: skip
    return show(request, "training", context)


def _facts(row: "Training") -> list[Row]:
    people = [f"{one.label}: {row.took_part[one]}" for one in Sector if one in row.took_part]
    return [
        Row(_("Network"), str(row.organisation)), Row(_("What was held"), row.get_kind_display()),
        Row(_("On which day"), row.held_on), Row(_("Who led it"), row.led_by), Row(_("People"), people),
    ]  # fmt: skip


def _effects(row: "Training") -> list[Moment]:
    found = list(row.effects.all())
    who = names({one.written_by for one in found})
    return [Moment(one.text, one.found_on, byline=who.get(one.written_by, "")) for one in reversed(found)]


@network_page
def correct(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    ask(by, LOG_TRAINING, row.organisation_id)
    form = HeldForm(request.POST if request.method == "POST" else None, today=by.today, training=row)
    made: list[Training] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(actions.correct_training(by=by, training=row, held=form.held()))
    ):
        messages.success(request, _("It is put right."))
        return redirect(address(made[0]))
    words = {"title": _("Put the training right"), "go": _("Put it right")}
    return show(request, "act", {"form": form, **words, "cancel": address(row), "crumbs": way(row.organisation)})
