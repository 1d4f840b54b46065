"""Grants, what they ask for, and what of it is done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.kernel.actor import Actor
from zajedno.kernel.money import Money
from zajedno.kernel.refusal import NotPermitted
from zajedno.places.queries.organisation import names
from zajedno.programmes.actions import funding as actions
from zajedno.programmes.queries import funding as queries
from zajedno.programmes.rules import KEEP_BUDGET
from zajedno.web.network import money_words as words
from zajedno.web.network.frame import network_page, sections, show
from zajedno.web.network.money_forms import MONEY
from zajedno.web.network.plan_forms import Kept
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import DateField, Number, Radios, Text, YesNo
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.shared.request import sent

HERE = f"{words.HOME}grants/"


class Write(Kept):
    funder = Text(label=gettext_lazy("Who gives the money?"), max_length=200, width="two-thirds")
    title = Text(label=gettext_lazy("For what?"), max_length=250, width="two-thirds")
    amount = Number(label=gettext_lazy("Amount"), least=0)
    currency = Radios(label=gettext_lazy("Currency"), choices=MONEY, inline=True)
    agreed_on = DateField(label=gettext_lazy("Agreed on"))
    ends_on = DateField(label=gettext_lazy("To be spent until"))


class Ask(Form):
    text = Text(label=gettext_lazy("What does the grant ask for?"), max_length=250, width="two-thirds")
    is_report = YesNo(label=gettext_lazy("Is it a report?"))
    due_on = DateField(label=gettext_lazy("By when?"), required=False)


@network_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    rows = [
        [Cell(str(one), f"{HERE}{one.uuid}/"), str(one.funder), str(Money(one.amount, one.currency)), day(one.ends_on)]
        for one in queries.visible_to(by)
    ]
    heads = [Column(_("Grant")), Column(_("From")), Column(_("Amount"), numeric=True), Column(_("To be spent until"))]
    table = Table("grants", _("Grants"), heads, rows, empty=_("No grant is entered yet."))
    go = Link(_("Enter a grant"), f"{HERE}new/") if by.may(KEEP_BUDGET.key) else None
    context = {"title": _("Grants"), "nav": sections("money"), "crumbs": words.way(), "tables": [table], "go": go}
    return show(request, "money", context)


@network_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    keepers = by.organisations_for(KEEP_BUDGET.key)
    if not keepers:
        raise NotPermitted(_("Money is planned by the coordinator of a network."))
    first = {"currency": words.currency_of(keepers)}
    form = Write(sent(request), keepers=names(set(keepers)), initial=first)
    made: list[Any] = []

    def act() -> None:
        said = {name: value for name, value in form.cleaned_data.items() if name != "organisation"}
        made.append(actions.enter_grant(by=by, organisation=form.keeper(), **said))

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The grant is entered. Write what it asks for."))
        return redirect(f"{HERE}{made[0].uuid}/")
    context = {"form": form, "title": _("Enter a grant"), "go": _("Enter"), "cancel": HERE}
    return show(request, "act", {**context, "crumbs": words.way(Link(_("Grants"), HERE))})


@network_page
def one(request: HttpRequest, by: Actor, grant: UUID) -> HttpResponse:
    """What it is for, and what it asks for; the next thing it asks for is written below."""
    row = queries.find(by, grant)
    form = Ask(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.promise(by=by, grant=row, **form.cleaned_data)):
        messages.success(request, _("It is written. You are told by mail a month before the day."))
        return redirect(f"{HERE}{grant}/")
    use = queries.use(row)
    facts = [
        Row(_("From"), str(row.funder)), Row(_("Amount"), str(Money(row.amount, row.currency))),
        Row(_("Agreed on"), row.agreed_on), Row(_("To be spent until"), row.ends_on),
        Row(_("Spent"), str(use.spent)), Row(_("Left"), str(use.left)),
    ]  # fmt: skip
    context = {"form": form, "title": str(row), "facts": facts, "asked": _asked(row, by), "cancel": HERE,
               "here": f"{HERE}{grant}/", "table": _lines(use)}  # fmt: skip
    return show(request, "money_grant", {**context, "crumbs": words.way(Link(_("Grants"), HERE))})


def _lines(use: queries.Use) -> Table:
    """The lines that it pays; what is spent on them is what is spent of it."""
    rows = [
        [Cell(one.line.title, f"{words.HOME}budgets/{one.line.budget.uuid}/{one.line.uuid}/"),
         f"{one.line.budget.territory} {one.line.budget}", str(one.revised), str(one.executed)]
        for one in use.lines
    ]  # fmt: skip
    if rows:
        rows.append([_("All together"), "", str(use.planned), str(use.spent)])
    heads = [
        Column(_("Line")),
        Column(_("Budget")),
        Column(_("Planned"), numeric=True),
        Column(_("Spent"), numeric=True),
    ]
    empty = _("It pays no line of a budget yet. Choose it where a line is added.")
    return Table("lines", _("What it pays"), heads, rows, empty=empty)


def _asked(row: Any, by: Actor) -> list[dict[str, Any]]:
    found = []
    for one in row.promises.all():
        late = one.kept_on is None and one.due_on is not None and one.due_on < by.today
        tag = Tag(_("Done"), "done") if one.kept_on else Tag(_("Late"), "late") if late else Tag(_("To do"), "wait")
        found.append({"row": one, "tag": tag, "day": day(one.due_on) if one.due_on else ""})
    return found


@network_page
def keep(request: HttpRequest, by: Actor, grant: UUID, promise: UUID) -> HttpResponse:
    row = queries.find(by, grant)
    if request.method == "POST":
        actions.keep(by=by, promise=queries.find_promise(row, promise))
        messages.success(request, _("It is done."))
    return redirect(f"{HERE}{grant}/")
