"""Rounds: those that wait for my answers, those I run, and what came of them."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.forms.queries.form import in_use, loaded
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted
from zajedno.networks.actions.round import ABOUT, open_round
from zajedno.networks.enums import State
from zajedno.networks.queries import respondent as respondents
from zajedno.networks.queries import round as queries
from zajedno.networks.queries.meeting import next_of
from zajedno.networks.rules import OPEN_ROUND
from zajedno.places.queries.organisation import names
from zajedno.web.network.body_words import duties, meeting_table
from zajedno.web.network.forms import NewRound
from zajedno.web.network.frame import network_page, sections, show, state_tag
from zajedno.web.network.waits import waits
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Table, Tag, Task

if TYPE_CHECKING:
    from zajedno.networks.models import Round

PER_PAGE = 25


@network_page
def rounds(request: HttpRequest, by: Actor) -> HttpResponse:
    """What waits for me first; of who only sits in a body, their meetings and tasks."""
    asked = list(respondents.mine(by)[:PER_PAGE])
    page = Paginator(queries.run_list(by), PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request, "rounds",
        {
            "tasks": [_task(by, one) for one in asked if one.round.state(by.today) == State.OPEN],
            "mine": _mine([one.round for one in asked if one.round.state(by.today) == State.CLOSED]),
            "table": _table(by, list(page)), "page": page, "may_open": by.may(OPEN_ROUND.key),
            "runs": bool(queries.organisations(by)), "nav": sections("rounds"), "waits": waits(by),
            "next": meeting_table(next_of(by), with_body=True), "duties": duties(by), "crumbs": [],
        },
    )  # fmt: skip


def _task(by: Actor, one: Any) -> Task:
    until = _("%(organisation)s, until %(day)s") % {
        "organisation": one.round.organisation,
        "day": day(one.round.closes_on),
    }
    status = Tag(_("Answered"), "done") if one.answered else Tag(_("To answer"), "wait")
    return Task(one.round.title, status, f"/network/rounds/{one.round.uuid}/", until)


def _mine(rows: "list[Round]") -> Table:
    columns = [Column(_("Round")), Column(_("Of whom")), Column(_("Days"))]
    cells = [[Cell(row.title, f"/network/results/{row.uuid}/"), str(row.organisation), days(row)] for row in rows]
    return Table("mine", _("What came of rounds you answered"), columns, cells)


def _table(by: Actor, rows: "list[Any]") -> Table:
    columns = [
        Column(_("Round")), Column(_("Of whom")), Column(_("Days")), Column(_("Answered"), numeric=True),
        Column(_("State")),
    ]  # fmt: skip
    cells = [
        [
            Cell(row.title, f"/network/rounds/{row.uuid}/", small=loaded(row.version_id).title()),
            str(row.organisation), days(row),
            _("%(answered)s of %(asked)s") % {"answered": row.answered, "asked": row.asked},
            Cell(tag=state_tag(row.state(by.today))),
        ]
        for row in rows
    ]  # fmt: skip
    return Table("rounds", _("Rounds that you run"), columns, cells, empty=_("You have not opened a round yet."))


def days(row: "Round") -> str:
    return f"{day(row.opens_on)} – {day(row.closes_on)}"


@network_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    """Choose a form in use and its days; people are invited on the next page."""
    organisations = by.organisations_for(OPEN_ROUND.key)
    if not organisations:
        raise NotPermitted(_("Rounds are opened by the coordinator of a network."))
    form = NewRound(request.POST if request.method == "POST" else None, forms=_forms(by, organisations), today=by.today)
    made: list[Round] = []
    if form.is_valid() and attempt(form, lambda: made.append(open_round(by=by, **form.chosen()))):
        messages.success(request, _("The round is there. Now invite who should answer."))
        return redirect("network:invite", uuid=made[0].uuid)
    return show(request, "new", {"form": form})


def _forms(by: Actor, organisations: list[int]) -> list[tuple[str, str]]:
    """What can be asked: a form in one of one's organisations, named where there are several."""
    named = names(set(organisations)) if len(organisations) > 1 else {}
    return [
        (f"{organisation} {form.key}", " – ".join(filter(None, (form.title(), named.get(organisation, "")))))
        for organisation in organisations
        for form in in_use([organisation], ABOUT, by.today)
    ]
