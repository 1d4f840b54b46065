"""Pages on which a place sets its targets, wherever a desk mounts them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.figures import queries
from zajedno.figures.actions.target import ask_for, end_target, set_target
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.figures import naming, targets
from zajedno.web.shared.figures import told as source
from zajedno.web.shared.figures.board import Board
from zajedno.web.shared.figures.target_forms import EndTarget, SetTarget
from zajedno.web.shared.figures.told import Told
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Link, Row

if TYPE_CHECKING:
    from zajedno.figures.logic.figure import Figure
    from zajedno.figures.models import Target
    from zajedno.places.models import Territory


def listed(request: HttpRequest, board: Board, rows: Sequence["Target"], **more: Any) -> HttpResponse:
    """All targets of these places, with how far they have come; below them those that ended."""
    held, ended = ([one for one in rows if (one.ended_on is None) == now] for now in (True, False))
    context = {"title": _("Targets"), "held": targets.held(board, held), "ended": targets.ended(ended), **more}
    return answer(request, "figures/targets.html", {**board.frame, **context})


def set_one(request: HttpRequest, board: Board, by: Actor, code: str, place: "Territory | None") -> HttpResponse:
    told = source.told(code)
    if told is None or place is None:
        raise NotFound("")
    ask_for(by, place)
    sent = request.POST if request.method == "POST" else None
    form = SetTarget(sent, told=told, now=_newest(told, place), today=by.today)
    if form.is_valid() and attempt(
        form, lambda: set_target(by=by, territory=place, indicator=code, decided=form.decided())
    ):  # fmt: skip
        messages.success(request, _("The target is set. It is shown wherever this number is."))
        return redirect(board.targets)
    title = _("Set a target: %(name)s") % {"name": told.name}
    known = targets.facts(source.of_place([told], place)[0])
    context = {"title": title, "form": form, "go": _("Set the target"), "facts": known, "caption": place.name}
    note = _("Until now:") if known else ""
    return act(request, board, {**context, "note": note})


def end_one(request: HttpRequest, board: Board, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find_target(uuid)
    if not queries.may_set(by, row.territory):  # as one that does not exist
        raise NotFound("")
    form = EndTarget(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: end_target(by=by, target=row, **form.cleaned_data)):
        messages.success(request, _("The target has ended. It stays in the list."))
        return redirect(board.targets)
    told = targets.told_of(row)
    facts = [
        Row(_("Indicator"), told.name),
        Row(_("Target"), naming.aim(told)),
        Row(_("Where it is decided"), row.source),
    ]
    context = {"title": _("End this target?"), "form": form, "go": _("End the target"), "kind": "warning"}
    return act(request, board, {**context, "facts": facts, "caption": row.territory.name})


def act(request: HttpRequest, board: Board, context: dict[str, Any]) -> HttpResponse:
    way = [*board.crumbs, Link(_("Targets"), board.targets)]
    more = {"cancel": board.targets, "crumbs": way, "nav": ()}
    return answer(request, "figures/target_act.html", {**board.frame, **context, **more})


def _newest(told: Told, place: "Territory") -> "Figure | None":
    periods = source.released(place.country_id).get(told.code, [])
    return source.figures(told.code, [place.code], periods[:1])[0] if periods else None
