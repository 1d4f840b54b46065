"""One sitting: its agenda with what is still missing, who came, the minutes, and its end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.access.queries.account import names
from zajedno.casework.actions import sitting as actions
from zajedno.casework.actions.reading import open_file
from zajedno.casework.enums import Attendance, SittingState
from zajedno.casework.queries import sitting as sittings
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.needs import facts
from zajedno.casework.queries.panel import current_definition
from zajedno.casework.rules import HOLD_SITTING
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import day_of
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.procedures.logic.definition import Composition, Definition
from zajedno.web.panel import ical
from zajedno.web.panel.frame import case_address, panel_page, show
from zajedno.web.panel.sitting_forms import Attending, Minutes, Order
from zajedno.web.panel.sittings import state_tag
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link, Tag
from zajedno.web.work.labels import step_label

if TYPE_CHECKING:
    from zajedno.casework.models import AgendaItem, Attendee, Sitting

CHECKS = ("individual_opinions", "consent", "documents", "no_conflict_of_interest")


@dataclass(frozen=True)
class Heard:
    """A case on the agenda: what is ready, what is not, and where to go on."""

    item: "AgendaItem"
    name: str
    number: str
    step: str
    checks: list[Tag]
    links: list[Link]


@panel_page
def sitting(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Prepare and hold it."""
    row = sittings.find(by, uuid)
    items = list(sittings.agenda(by, row))
    attendees = list(row.attendees.order_by("-votes", "seat", "id"))
    may = by.may(HOLD_SITTING.key, row.organisation_id) and row.state == SittingState.PLANNED
    definition = CaseFile(items[0].case, by).definition if items else current_definition(by)
    people = named(attendees, definition)
    return show(
        request, "sittings", "sitting",
        {
            "sitting": row, "state": state_tag(row.state), "may": may,
            "heard": [heard(by, item, may) for item in items],
            "people": [(name, Tag(Attendance(state).label, "plain")) for _account, name, state in people],
            "attending": Attending(people=people, ahead=by.today < day_of(row.begins)) if may and people else None,
            "order": reordering(items) if may and len(items) > 1 else None,
            "quorum": quorum(definition.composition if definition else None, attendees),
            "crumbs": [Link(_("Commission"), "/panel/"), Link(_("Sittings"), "/panel/sittings/")],
        },
    )  # fmt: skip


def reordering(items: "list[AgendaItem]") -> Order:
    return Order(items=[(item, item.case.child.full_name) for item in items])


def named(attendees: "list[Attendee]", definition: Definition | None) -> list[tuple[int, str, str]]:
    """(account, name with seat, state) of each invited person."""
    known = names({row.account_id for row in attendees})
    composition = definition.composition if definition else None
    seats = {seat.key: label(seat.labels) for seat in composition.seats} if composition else {}
    rows = []
    for row in attendees:
        seat = seats.get(row.seat, "") if row.votes else _("without a vote")
        name = known.get(row.account_id, "")
        rows.append((row.account_id, f"{name} ({seat})" if seat else name, row.state))
    return rows


def quorum(composition: Composition | None, attendees: "list[Attendee]") -> dict[str, Any] | None:
    """How many must vote, how many are there, and where the number comes from."""
    if composition is None:
        return None
    present = sum(row.votes and row.state == Attendance.PRESENT for row in attendees)
    reached = present >= composition.quorum
    tag = Tag(_("Quorum reached"), "done") if reached else Tag(_("No quorum yet"), "wait")
    return {"needed": composition.quorum, "present": present, "tag": tag, "source": composition.source}


def heard(by: Actor, item: "AgendaItem", may: bool) -> Heard:
    """Readiness of a case; the words say what is there and what is missing."""
    file = CaseFile(item.case, by)
    ready = facts(file, set(CHECKS))
    words = {
        "individual_opinions": (_("All opinions are in"), _("Opinions are missing")),
        "consent": (_("Consent is recorded"), _("Consent is missing")),
        "documents": (_("Papers are attached"), _("No papers")),
        "no_conflict_of_interest": ("", _("A member must be replaced")),
    }
    checks = [Tag(words[key][0 if ready[key] else 1], "done" if ready[key] else "wait") for key in CHECKS]
    return Heard(
        item, item.case.child.full_name, item.case.number, step_label(file.definition, item.case.step),
        [check for check in checks if check.text], _links(item, may),
    )  # fmt: skip


def _links(item: "AgendaItem", may: bool) -> list[Link]:
    case, about = item.case, item.case.child.full_name
    links = [Link(_("Open the case"), case_address(case.uuid), about)]
    if may:
        links.append(Link(_("Write the minutes"), f"/panel/sittings/{item.sitting.uuid}/minutes/{item.uuid}/", about))
        if move := sittings.holding_move(case):
            links.append(Link(_("Record as held"), case_address(case.uuid, f"move/{move}/"), about))
    links.append(Link(_("Joint opinion"), f"/panel/case/{case.uuid}/decide/", about))
    return links


Act = Callable[[Actor, "Sitting", Any], str]


def posted(act: Act) -> Callable[..., HttpResponse]:
    """An address that only takes a form of the sitting's page; `act` returns what is said afterwards."""

    @panel_page
    def view(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
        row = sittings.find(by, uuid)
        if request.method == "POST":
            try:
                messages.success(request, act(by, row, request.POST))
            except (NotFound, NotPermitted):
                raise
            except Refused as refusal:
                messages.error(request, str(refusal.sentence))
        return redirect("panel:sitting", uuid=uuid)

    return view


@posted
def attendance(by: Actor, row: "Sitting", data: Any) -> str:
    people = named(list(row.attendees.all()), None)
    form = Attending(data, people=people)
    if not form.is_valid():
        raise Refused(_("Say of each person whether they came."), "incomplete")
    actions.record_attendance(by=by, sitting=row, states=form.states())
    return _("It is recorded who came.")


@posted
def order(by: Actor, row: "Sitting", data: Any) -> str:
    form = Order(data, items=[(item, "") for item in sittings.agenda(by, row)])
    if not form.is_valid():
        raise Refused(_("Choose a place for each case."), "incomplete")
    actions.order_agenda(by=by, sitting=row, places=form.places())
    return _("The agenda has its new order.")


@posted
def close(by: Actor, row: "Sitting", data: Any) -> str:
    actions.close(by=by, sitting=row)
    return _("The sitting is closed.")


@posted
def cancel(by: Actor, row: "Sitting", data: Any) -> str:
    actions.cancel(by=by, sitting=row)
    return _("The sitting is cancelled.")


@panel_page
def minutes(request: HttpRequest, by: Actor, uuid: UUID, item: UUID) -> HttpResponse:
    """What the minutes say of one case."""
    row = sittings.find(by, uuid)
    entry = sittings.agenda(by, row).filter(uuid=item).first()
    if entry is None:
        raise NotFound("")
    file = open_file(by=by, uuid=entry.case.uuid, page="minutes")
    form = Minutes(request.POST or None, initial={"text": entry.text})
    if request.method == "POST" and form.is_valid():
        entry.sitting = row
        text = form.cleaned_data["text"]
        if attempt(form, lambda: actions.write_minutes(by=by, file=file, item=entry, text=text)):
            messages.success(request, _("The minutes of this case are kept."))
            return redirect("panel:sitting", uuid=uuid)
    crumbs = [Link(_("Commission"), "/panel/"), Link(_("Sitting"), f"/panel/sittings/{uuid}/")]
    return show(request, "sittings", "minutes", {"form": form, "case": file.case, "sitting": row, "crumbs": crumbs})


@panel_page
def calendar(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The sitting for a calendar: day, hour, place and how many cases; nothing of any child."""
    response = HttpResponse(ical.event(sittings.find(by, uuid)), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sitting.ics"'
    return response
