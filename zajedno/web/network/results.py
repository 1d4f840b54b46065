"""What a round came to: means, strengths and gaps, what changed, what was agreed; who works with whom."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.access.queries.account import names
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks.actions import consensus as actions
from zajedno.networks.actions import outcome as out
from zajedno.networks.queries import round as queries
from zajedno.networks.queries.consensus import levels
from zajedno.networks.queries.outcome import Result
from zajedno.networks.rules import SETTLE
from zajedno.web.network.forms import Out, Settle
from zajedno.web.network.frame import network_page, show
from zajedno.web.network.net import has_map
from zajedno.web.network.round import facts, way
from zajedno.web.network.tables import chart, dimensions, earlier, figures, pairs, questions, sectors, singles
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Moment
from zajedno.web.shared.uploads import MEDIA_TYPES, saved


@network_page
def results(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """For who runs the round and for everybody who was asked. Before it is closed there is nothing to see."""
    row = queries.find(by, uuid)
    result = Result(row)
    context: dict[str, Any] = {
        "round": row, "result": result, "facts": facts(row), "earlier": earlier(result), "crumbs": way(row),
        "out": Out(), "has_map": has_map(result), "sectors": sectors(result), "whole": figures(result),
    }  # fmt: skip
    if result.lines:
        at = f"/network/results/{uuid}/settle/" if by.may(SETTLE.key, row.organisation_id) else ""
        context |= {
            "dimensions": dimensions(result, at), "chart": chart(result), "questions": questions(result, at),
            "strengths": [result.label(one) for one in result.strengths],
            "gaps": [result.label(one) for one in result.gaps],
        }  # fmt: skip
    else:
        context |= {"singles": singles(result), "pairs": pairs(result)}
    return show(request, "results", context)


@network_page
def settle(request: HttpRequest, by: Actor, uuid: UUID, item: str) -> HttpResponse:
    """What was agreed on one question; what respondents wrote as evidence stands beside it."""
    row = queries.run_by(by, uuid)
    result, allowed = Result(row), levels(row, item)
    line = next((one for one in result.lines if one.item == item), None)
    if line is None:
        raise NotFound("")
    before = line.consensus
    initial = {"value": before.value, "evidence": before.evidence} if before else {}
    form = Settle(request.POST if request.method == "POST" else None, levels=allowed, initial=initial)
    if form.is_valid() and attempt(
        form, lambda: actions.settle(by=by, round=row, item=item, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, _("It is written down."))
        return redirect("network:results", uuid=uuid)
    context = {
        "round": row, "form": form, "title": result.label(line), "line": line, "crumbs": way(row),
        "written": result.content.get("evidence", {}).get(item, []), "history": _history(row, item, dict(allowed)),
    }  # fmt: skip
    return show(request, "settle", context)


def _history(row: Any, item: str, words: dict[str, str]) -> list[Moment]:
    """Earlier words on the question, the newest first."""
    said = list(row.consensus.filter(item=item).order_by("-pk"))
    who = names({one.decided_by for one in said})
    return [
        Moment(words.get(one.value, one.value), one.decided_on, text=one.evidence, byline=who.get(one.decided_by, ""))
        for one in said
    ]


@network_page
def export(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    form = Out(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return redirect("network:results", uuid=uuid)
    kind = form.cleaned_data["kind"]
    content = out.export(by=by, round=row, kind=kind)
    return saved(content, MEDIA_TYPES[kind], f"round-{row.opens_on.isoformat()}.{kind}")
