"""What follows from a closed round: next steps for the action plan, and how it stands beside others and before."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask
from zajedno.networks.actions import step as actions
from zajedno.networks.logic.outcome import FEWEST_NETWORKS
from zajedno.networks.queries import round as queries
from zajedno.networks.queries import step as steps
from zajedno.networks.queries.compare import Others, others
from zajedno.networks.queries.outcome import Result
from zajedno.networks.rules import SETTLE
from zajedno.programmes.queries.origin import in_plans
from zajedno.web.network.after_plan import ways
from zajedno.web.network.frame import network_page, number, show
from zajedno.web.network.lasting_forms import Step
from zajedno.web.network.net import results
from zajedno.web.network.round import facts, way
from zajedno.web.shared.charts import Trend
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Table
from zajedno.web.shared.uploads import MEDIA_TYPES, saved


@network_page
def next_steps(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Read by everybody who was asked; written by who settles."""
    row = queries.find(by, uuid)
    result, may = Result(row), by.may(SETTLE.key, row.organisation_id)
    subjects = steps.subjects(result)
    sent = request.POST if request.method == "POST" else None
    if sent is not None:
        ask(by, SETTLE, row.organisation_id)
    form = Step(sent, subjects=subjects) if may else None
    if form and form.is_valid() and attempt(
        form, lambda: actions.propose(by=by, round=row, **{"item": "", **form.cleaned_data})
    ):  # fmt: skip
        messages.success(request, _("The step is on the list."))
        return redirect("network:steps", uuid=uuid)
    found = list(steps.of_round(row))
    known = in_plans(by, [one.pk for one in found])
    gaps = [result.label(one) for one in result.gaps]
    context = {
        "round": row, "form": form, "may": may, "steps": found,
        "table": _listed(found, dict(subjects), ways(by, row, found, known)),
        "free": [one for one in found if one.pk not in known],
        "gaps": gaps, "crumbs": [*way(row), results(row)],
    }  # fmt: skip
    return show(request, "steps", context)


def _listed(rows: list[Any], about: dict[str, str], plans: list[Cell]) -> Table:
    cells = [
        [
            Cell(row.text, small=about.get(row.item, _("The network as a whole"))), row.responsible or "–",
            Cell(day(row.due_on) or "–", sort=str(row.due_on or "9999")), plan,
        ]
        for row, plan in zip(rows, plans, strict=True)
    ]  # fmt: skip
    columns = [
        Column(_("Next step")),
        Column(_("Who does it")),
        Column(_("Until")),
        Column(_("Action plan"), fixed=True),
    ]
    empty = _("No step is written yet. Begin with the gaps.")
    return Table("steps", _("Next steps"), columns, cells, sortable=True, caption_hidden=True, empty=empty)


@network_page
def take_back(request: HttpRequest, by: Actor, uuid: UUID, step: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    if request.method == "POST":
        actions.take_back(by=by, round=row, step=step)
        messages.success(request, _("The step is taken back."))
    return redirect("network:steps", uuid=uuid)


@network_page
def export_steps(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    if request.method != "POST":
        return redirect("network:steps", uuid=uuid)
    return saved(actions.export(by=by, round=row), MEDIA_TYPES["csv"], f"steps-{row.opens_on.isoformat()}.csv")


@network_page
def compare(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Beside the network's own earlier rounds, and beside the mean of others where there are enough of them."""
    row = queries.find(by, uuid)
    result = Result(row)
    mine = [Result(one) for one in reversed(list(queries.like(by, row)[:12]))]
    found = others(by, row)
    context = {
        "round": row, "facts": facts(row), "crumbs": [*way(row), results(row)], "chart": _course(mine),
        "table": _places(result, mine, found), "why_not": "" if found.enough else _why_not(found),
        "count": found.count,
    }  # fmt: skip
    return show(request, "compare", context)


def _why_not(found: Others) -> str:
    told = ngettext(
        "%(count)s other network has closed a round with this form.",
        "%(count)s other networks have closed a round with this form.",
        found.count,
    ) % {"count": found.count}
    rule = _("A mean is shown from %(fewest)s on, so that nobody’s result can be told.") % {"fewest": FEWEST_NETWORKS}
    return f"{told} {rule}"


def _places(result: Result, mine: list[Result], found: Others) -> Table:
    """The whole and its dimensions, a column a round, the newest last."""
    titles = [one.row.title for one in mine]
    columns = [Column(_("Of what")), *(Column(title, numeric=True) for title in titles)]
    columns += [Column(_("Mean of others"), numeric=True)] if found.enough else []
    names = {one.key: result.form.facts.finding(one.key) for one in result.whole}
    names |= {f"{one.dimension}/": result.label(one) for one in result.lines if not one.item}
    values = [one.values() for one in mine]
    rows = []
    for place, name in names.items():
        cells = [Cell(number(_number(told.get(place))), sort=told.get(place, "")) for told in values]
        beside = [number(found.means.get(place))] if found.enough else []
        rows.append([Cell(name), *cells, *beside])
    return Table("compare", _("Rounds with this form"), columns, rows, empty=_("Nobody has answered."))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _course(mine: list[Result]) -> Trend | None:
    """Of a self-evaluation: the level of the whole."""
    told = [(one.row.opens_on, float(level)) for one in mine if (level := one.values().get("level"))]
    if len(told) < 2:
        return None
    about = _("Level of the whole in each round, from 0 to 3.")
    return Trend("course", _("How it went"), about, list(dict(told).items()), 3, _("Level (0–3)"))
