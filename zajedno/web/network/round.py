"""One round: who was asked, who has answered, who is missing; my own answers; its last day and its end."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.forms.queries.form import loaded
from zajedno.kernel.actor import Actor
from zajedno.networks.actions.round import close_round
from zajedno.networks.actions.round import prolong as set_time
from zajedno.networks.enums import State
from zajedno.networks.logic.outcome import FEWEST
from zajedno.networks.queries import respondent as respondents
from zajedno.networks.queries import round as queries
from zajedno.places.enums import Sector
from zajedno.web.network.forms import Time
from zajedno.web.network.frame import home, network_page, show, state_tag
from zajedno.web.network.rounds import days
from zajedno.web.shared.dates import day
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag

if TYPE_CHECKING:
    from zajedno.networks.models import Round


@network_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """For who runs it and for who is asked in it; often both."""
    row = queries.find(by, uuid)
    state, runs = row.state(by.today), queries.runs(by, row)
    own = respondents.mine(by).filter(round=row).first()
    context: dict[str, Any] = {
        "round": row, "state": state_tag(state), "facts": facts(row), "own": own, "runs": runs,
        "is_open": state == State.OPEN, "is_closed": state == State.CLOSED,
    }  # fmt: skip
    if runs:
        asked: list[Any] = list(respondents.of_round(row))
        context |= {
            "sectors": _sectors(asked),
            "people": _people(asked),
            "waiting": any(not who.answered for who in asked),
        }
    return show(request, "round", context)


def facts(row: "Round") -> list[Row]:
    return [
        Row(_("Of whom"), str(row.organisation)),
        Row(_("What is asked"), loaded(row.version_id).title()),
        Row(_("Days"), days(row)),
    ]


def _sectors(asked: list[Any]) -> Table:
    """The sectors with most people missing first."""
    found: dict[str, list[Any]] = {}
    for who in asked:
        found.setdefault(who.sector, []).append(who)
    rows = []
    for sector, people in sorted(found.items(), key=lambda pair: sum(who.answered for who in pair[1]) - len(pair[1])):
        answered = sum(who.answered for who in people)
        missing = len(people) - answered
        tag = (
            Tag(_("All answered"), "done") if not missing else Tag(_("%(count)s missing") % {"count": missing}, "wait")
        )
        rows.append([Cell(Sector(sector).label), str(len(people)), str(answered), Cell(tag=tag)])
    columns = [
        Column(_("Sector")),
        Column(_("Asked"), numeric=True),
        Column(_("Answered"), numeric=True),
        Column(_("State")),
    ]
    return Table("sectors", _("By sector"), columns, rows, empty=_("Nobody is invited yet."))


def _people(asked: list[Any]) -> Table:
    """Whether somebody has answered; never what."""
    rows = []
    for who in asked:
        tag = Tag(_("Answered"), "done") if who.answered else Tag(_("Has not answered"), "wait")
        reminded = _("Reminded on %(day)s") % {"day": day(who.reminded_on)} if who.reminded_on else ""
        rows.append([Cell(who.account.name), str(who.organisation), day(who.invited_on), Cell(tag=tag, small=reminded)])
    columns = [Column(_("Person")), Column(_("For")), Column(_("Invited")), Column(_("State"))]
    return Table("people", _("Who is asked"), columns, rows, sortable=True, empty=_("Nobody is invited yet."))


def way(row: "Round") -> list[Link]:
    """Crumbs of the pages under a round."""
    return [home(), Link(row.title, f"/network/rounds/{row.uuid}/")]


@network_page
def prolong(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Another last day."""
    row = queries.run_by(by, uuid)
    form = Time(request.POST if request.method == "POST" else None, initial={"closes_on": row.closes_on})
    if form.is_valid() and attempt(form, lambda: set_time(by=by, round=row, **form.cleaned_data)):
        messages.success(request, _("The round has another last day."))
        return redirect("network:round", uuid=uuid)
    words = {"title": _("Change the last day"), "go": _("Keep the day")}
    return show(request, "form", {"form": form, "round": row, "crumbs": way(row), **words})


@network_page
def close(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Asked first, since nobody can answer afterwards."""
    row = queries.run_by(by, uuid)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: close_round(by=by, round=row)):
        messages.success(request, _("The round is closed. This is what it came to."))
        return redirect("network:results", uuid=uuid)
    told: Any = row
    note = _("%(answered)s of %(asked)s have answered. After closing, nobody can answer or correct any more.") % {
        "answered": told.answered, "asked": told.asked
    }  # fmt: skip
    if told.answered < FEWEST:
        note += " " + _("With fewer than three answers no means are shown, so that nobody's answers can be told.")
    words = {"title": _("Close the round?"), "go": _("Close the round"), "note": note}
    return show(request, "form", {"form": form, "round": row, "crumbs": way(row), "kind": "warning", **words})
