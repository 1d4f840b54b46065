"""Meetings of a body: called, moved, cancelled; invitations; who came; the minutes closed, and printed."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.networks.actions import meeting as actions
from zajedno.networks.enums import MeetingState
from zajedno.networks.queries import body as bodies
from zajedno.networks.queries import meeting as queries
from zajedno.web.network import body_words as words
from zajedno.web.network.bodies import kept, page, way
from zajedno.web.network.body_forms import Came, Close, When
from zajedno.web.network.frame import network_page, question, show
from zajedno.web.shared import ical
from zajedno.web.shared.dates import moment
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table
from zajedno.web.shared.request import sent
from zajedno.web.shared.uploads import saved

if TYPE_CHECKING:
    from zajedno.networks.models import AgendaItem, Meeting


def written(request: HttpRequest, by: Actor, uuid: UUID) -> "tuple[Meeting, HttpResponse | None]":
    """The meeting, and where to go instead when who asks only reads it, or its minutes are closed."""
    row = queries.find(by, uuid)
    may = bodies.keeps(by, row.body) and row.body.ended_on is None and row.state == MeetingState.PLANNED
    return row, None if may or request.method == "POST" else redirect(words.at(row))


def steps(row: "Meeting") -> list[Link]:
    """Crumbs of the pages under a meeting."""
    return [*way(row.body), Link(words.named(row), words.at(row))]


def ask(request: HttpRequest, row: "Meeting", form: Form, title: str, go: str, **more: Any) -> HttpResponse:
    """One question about a meeting."""
    return question(request, steps(row), form, title, go, **more)


@network_page
def new(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = kept(request, by, uuid)
    if elsewhere:
        return elsewhere
    form = When(sent(request))
    made: list[Meeting] = []
    if form.is_valid() and attempt(form, lambda: made.append(actions.call(by=by, body=row, plan=form.plan()))):
        messages.success(request, _("The meeting is called. Write its agenda, then invite the members."))
        return redirect(words.at(made[0]))
    return page(request, row, form, _("Call a meeting"), _("Keep"))


@network_page
def one(request: HttpRequest, by: Actor, meeting: UUID) -> HttpResponse:
    """Its agenda, who came, what was decided, who does what until when."""
    row = queries.find(by, meeting)
    may = bodies.keeps(by, row.body) and row.body.ended_on is None and row.state == MeetingState.PLANNED
    begun = clock.day_of(row.begins) <= by.today
    keeps = bodies.keeps(by, row.body)
    mine = set(queries.own_tasks(by).values_list("pk", flat=True))
    return show(
        request, "meeting",
        {
            "meeting": row, "title": f"{row.body}, {words.named(row)}", "here": words.at(row),
            "state": words.meeting_state(row), "facts": _facts(row, begun), "agenda": _agenda(row, may),
            "decided": [one for one in queries.items(row) if one.discussion or one.decision],
            "attendance": words.attendance_table(row), "by_sector": words.sector_table(row), "begun": begun,
            "tasks": words.task_table(queries.tasks(row), by.today, None if keeps else mine), "may": may,
            "may_invite": may and row.ends > clock.now(), "crumbs": way(row.body),
        },
    )  # fmt: skip


def _facts(row: "Meeting", begun: bool) -> list[Row]:
    told = [
        Row(_("Begins"), moment(row.begins)), Row(_("Ends"), moment(row.ends)), Row(_("Place"), row.place),
        Row(_("Members invited"), moment(row.invited_on) if row.invited_on else _("not yet")),
    ]  # fmt: skip
    if begun and row.state != MeetingState.CANCELLED:
        told += [words.quorum_row(row), Row(_("Guests"), row.guests)]
    names = [Row(_("Chaired by"), row.chaired_by), Row(_("Minutes by"), row.recorded_by)]
    return [*told, *(names if row.state == MeetingState.CLOSED else [])]


def _agenda(row: "Meeting", may: bool) -> Table:
    lines = [
        [Cell(f"{one.position}. {one.title}", words.at(row, f"items/{one.uuid}/") if may else ""), one.decision or "–",
         _votes(one)]
        for one in queries.items(row)
    ]  # fmt: skip
    columns = [Column(_("Item")), Column(_("Decision")), Column(_("Votes"))]
    return Table("agenda", _("Agenda"), columns, lines, empty=_("Nothing is on the agenda yet."))


def _votes(one: "AgendaItem") -> str:
    if one.votes_for is None:
        return "–"
    return _("%(for)s for, %(against)s against, %(abstained)s abstained") % {
        "for": one.votes_for, "against": one.votes_against, "abstained": one.votes_abstained,
    }  # fmt: skip


@network_page
def move(request: HttpRequest, by: Actor, meeting: UUID) -> HttpResponse:
    row, elsewhere = written(request, by, meeting)
    if elsewhere:
        return elsewhere
    form = When(sent(request), given=row)
    if form.is_valid() and attempt(form, lambda: actions.move(by=by, meeting=row, plan=form.plan())):
        messages.success(request, _("The meeting is moved. Invite the members anew."))
        return redirect(words.at(row))
    return ask(request, row, form, _("Another time or place"), _("Keep changes"))


@network_page
def cancel(request: HttpRequest, by: Actor, meeting: UUID) -> HttpResponse:
    row, elsewhere = written(request, by, meeting)
    if elsewhere:
        return elsewhere
    form = Form(sent(request))
    if form.is_valid() and attempt(
        form, lambda: actions.cancel(by=by, meeting=row, calendar=_calendar(request, row, off=True))
    ):
        messages.success(request, _("The meeting is cancelled."))
        return redirect(words.at(row))
    return ask(request, row, form, _("Cancel the meeting"), _("Cancel the meeting"), kind="warning")


@network_page
def invite(request: HttpRequest, by: Actor, meeting: UUID) -> HttpResponse:
    row, elsewhere = written(request, by, meeting)
    if elsewhere:
        return elsewhere
    form = Form(sent(request))
    counts: list[int] = []
    if form.is_valid() and attempt(
        form, lambda: counts.append(actions.invite(by=by, meeting=row, calendar=_calendar(request, row)))
    ):
        said = ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", counts[0])
        messages.success(request, said % {"count": counts[0]})
        return redirect(words.at(row))
    note = _("Members and deputies get a letter with a calendar file, once for this time.")
    return ask(request, row, form, _("Invite the members"), _("Invite the members"), note=note)


def _calendar(request: HttpRequest, row: "Meeting", *, off: bool = False) -> str:
    """It leaves the house: when, where, which body, and no more. `off`: that it is cancelled with this."""
    entry = ical.Entry(
        str(row.uuid), row.begins, row.ends, str(row.body), row.place, request.build_absolute_uri(words.at(row)),
        off or row.state == MeetingState.CANCELLED, "PRIVATE",
    )  # fmt: skip
    return ical.calendar([entry])


@network_page
def calendar(request: HttpRequest, by: Actor, meeting: UUID) -> HttpResponse:
    row = queries.find(by, meeting)
    return saved(_calendar(request, row).encode(), "text/calendar; charset=utf-8", f"meeting-{row.number}.ics")


@network_page
def attendance(request: HttpRequest, by: Actor, meeting: UUID) -> HttpResponse:
    row, elsewhere = written(request, by, meeting)
    if elsewhere:
        return elsewhere
    form = Came(sent(request), asked=queries.invited(row), noted=queries.attendance(row), guests=row.guests)

    def act() -> None:
        actions.note_attendance(by=by, meeting=row, there=form.there(), guests=form.cleaned_data["guests"])

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("It is written down."))
        return redirect(words.at(row))
    return ask(request, row, form, _("Note who came"), _("Keep"))


@network_page
def close(request: HttpRequest, by: Actor, meeting: UUID) -> HttpResponse:
    row, elsewhere = written(request, by, meeting)
    if elsewhere:
        return elsewhere
    form = Close(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.close(by=by, meeting=row, **form.cleaned_data)):
        messages.success(request, _("The minutes are closed."))
        return redirect(words.at(row))
    note = _("From then on nothing of this meeting can be changed any more.")
    return ask(request, row, form, _("Close the minutes"), _("Close the minutes"), note=note, kind="warning")
