"""A line of a budget: what was entered and is never changed, who pays it, which activities of plans draw on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.money import Money
from zajedno.programmes.actions import budget as actions
from zajedno.programmes.queries import budget as queries
from zajedno.programmes.queries.draw import Drawing, drawing
from zajedno.programmes.queries.funding import grants_for
from zajedno.web.network import money_words as words
from zajedno.web.network.frame import network_page, show
from zajedno.web.network.money_budgets import HERE, link, way
from zajedno.web.network.money_forms import Earmark, Enter
from zajedno.web.network.plan_words import address
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table


@network_page
def one(request: HttpRequest, by: Actor, budget: UUID, line: UUID) -> HttpResponse:
    """Its sums, what draws on it, its entries; the next entry below."""
    row = queries.find(by, budget)
    found, here = queries.find_line(row, line), f"{HERE}{budget}/{line}/"
    entries = list(found.entries.all())
    kinds = queries.KINDS
    form = Enter(request.POST if request.method == "POST" else None, kinds=kinds[1:] if entries else kinds[:1])
    if form.is_valid() and attempt(form, lambda: actions.enter(by=by, line=found, **form.cleaned_data)):
        messages.success(request, _("It is entered."))
        return redirect(here)
    standing, drawn = queries.standing(found), drawing(found)
    open_ = standing.can_change_payer and grants_for(by, row).exists()
    context = {
        "form": form, "title": found.title, "table": _entered(row, entries), "cancel": f"{HERE}{budget}/",
        "facts": _facts(standing, drawn, f"{here}grant/" if open_ else ""), "drawn": _drawn(drawn),
    }  # fmt: skip
    return show(request, "money_line", {**context, "crumbs": way(link(row))})


def _facts(standing: queries.Standing, drawn: Drawing, change: str) -> list[Row]:
    """Planned, revised, spent; beside them what plans mean to draw; who pays."""
    grant = standing.line.grant
    payer = _("%(grant)s, from %(funder)s") % {"grant": grant, "funder": grant.funder} if grant else _("own money")
    sources = [f"{one.code} {label(one.labels)}" for one in standing.line.codes.all() if one.kind == "source"]
    named = zip(words.budget_heads()[3:], standing.sums, strict=True)
    return [
        *(Row(head, str(amount)) for head, amount in named),
        Row(_("Activities of plans draw"), str(drawn.total)),
        Row(_("Paid from"), [payer, *sources], actions=[Link(_("Change"), change, _("Paid from"))] if change else ()),
    ]


def _drawn(drawn: Drawing) -> Table:
    rows = [
        [Cell(f"{one.number} {one.activity}", address(one.plan)), str(one.plan),
         Cell(str(one.money or "–"), small=_("not in the sum") if not one.counts else "")]
        for one in drawn.rows
    ]  # fmt: skip
    if rows:
        rows.append([_("All together"), "", str(drawn.total)])
    heads = [Column(_("Activity")), Column(_("Plan")), Column(_("Planned amount"), numeric=True)]
    return Table("drawn", _("Activities that draw on it"), heads, rows, empty=_("No activity of a plan draws on it."))


def _entered(row: Any, entries: list[Any]) -> Table:
    rows = [[entry.get_kind_display(), day(entry.entered_for), str(Money(entry.amount, row.currency)), entry.reason]
            for entry in entries]  # fmt: skip
    heads = [Column(_("What")), Column(_("Day")), Column(_("Amount"), numeric=True), Column(_("On what ground"))]
    return Table("entries", _("Entered so far"), heads, rows, empty=_("Nothing is entered yet."))


@network_page
def earmark(request: HttpRequest, by: Actor, budget: UUID, line: UUID) -> HttpResponse:
    """Who pays a line of which nothing is spent yet: a grant, or the institution itself."""
    row = queries.find(by, budget)
    found, here = queries.find_line(row, line), f"{HERE}{budget}/{line}/"
    form = Earmark(request.POST if request.method == "POST" else None, grants=grants_for(by, row), given=found.grant)
    if form.is_valid() and attempt(form, lambda: actions.earmark(by=by, line=found, grant=form.grant())):
        messages.success(request, _("It is kept."))
        return redirect(here)
    note = _("A grant pays for its own lines alone: what is spent on them is what is spent of it.")
    context = {"form": form, "title": _("Who pays it?"), "go": _("Keep"), "note": note, "cancel": here}
    return show(request, "act", {**context, "crumbs": way(link(row), Link(found.title, here))})
