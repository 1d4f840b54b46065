"""Sittings of a commission: called, prepared, held."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.participant import ask_in
from zajedno.casework.enums import Attendance, SittingState
from zajedno.casework.models import AgendaItem, Attendee, Sitting
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.members import members
from zajedno.casework.queries.sitting import waits_for_sitting
from zajedno.casework.rules import HOLD_SITTING
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import day_of
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.verbs import ask


@transaction.atomic
def call_sitting(*, by: Actor, organisation: int, begins: datetime, place: str) -> Sitting:
    """Set a day and place. The same hour twice is the same sitting."""
    ask(by, HOLD_SITTING, organisation)
    if day_of(begins) < by.today:
        raise Refused(_("The sitting would lie in the past."), "past")
    row, new = Sitting.objects.get_or_create(organisation_id=organisation, begins=begins, defaults={"place": place})
    if not new and row.state != SittingState.PLANNED:
        raise Refused(_("A sitting at that time was already held or cancelled."), "closed")
    if new:
        audit.record(by=by, verb=HOLD_SITTING.key, about=row, organisation=organisation)
    return row


@transaction.atomic
def put_on_agenda(*, by: Actor, file: CaseFile, sitting: Sitting) -> AgendaItem:
    """Take a case into a sitting and invite who decides on it."""
    ask_in(file, by, HOLD_SITTING)
    if sitting.organisation_id != file.case.organisation_id or sitting.state != SittingState.PLANNED:
        raise Refused(_("Choose a planned sitting of this commission."), "other_sitting")
    for item in file.case.agenda.filter(sitting__state=SittingState.PLANNED).exclude(sitting=sitting):
        item.delete()  # postponed: it leaves the earlier agenda
    item, _new = AgendaItem.objects.get_or_create(
        sitting=sitting, case=file.case, defaults={"position": sitting.agenda.count() + 1, "added_on": clock.now()}
    )
    for member in members(file):
        if not member.recused:
            Attendee.objects.get_or_create(
                sitting=sitting, account_id=member.account, defaults={"seat": member.seat, "votes": member.votes}
            )
    return item


@transaction.atomic
def record_attendance(*, by: Actor, sitting: Sitting, states: Mapping[int, str]) -> None:
    """Who came: account id to a state of `Attendance`. Nobody is present before the day itself."""
    ask(by, HOLD_SITTING, sitting.organisation_id)
    _still_planned(sitting)
    if Attendance.PRESENT in states.values() and by.today < day_of(sitting.begins):
        raise Refused(
            _("Nobody is present before the day of the sitting. If it was held earlier, move it to that day first."),
            "not_yet",
        )
    for row in sitting.attendees.all():
        if row.account_id in states:
            row.state = Attendance(states[row.account_id])
            row.save(update_fields=["state"])
    audit.record(by=by, verb=HOLD_SITTING.key, about=sitting, detail={"attendance": len(states)})


@transaction.atomic
def write_minutes(*, by: Actor, file: CaseFile, item: AgendaItem, text: str) -> None:
    """What the minutes say of one case."""
    ask(by, HOLD_SITTING, item.sitting.organisation_id)
    ask_in(file, by, HOLD_SITTING)
    if item.case_id != file.case.pk:
        raise NotFound("")
    _still_planned(item.sitting)
    item.case = file.case
    item.text = text.strip()
    item.save(update_fields=["sealed"])
    audit.record(by=by, verb=HOLD_SITTING.key, about=file.case)


@transaction.atomic
def order_agenda(*, by: Actor, sitting: Sitting, places: Mapping[int, int]) -> None:
    """In which order the cases are heard: id of an agenda item to its place; equal places keep their old order."""
    ask(by, HOLD_SITTING, sitting.organisation_id)
    _still_planned(sitting)
    rows = sorted(sitting.agenda.all(), key=lambda item: places.get(item.pk, item.position))
    for position, item in enumerate(rows, start=1):
        if item.position != position:
            item.position = position
            item.save(update_fields=["position"])
    audit.record(by=by, verb=HOLD_SITTING.key, about=sitting, detail={"agenda": len(rows)})


def _still_planned(sitting: Sitting) -> None:
    if sitting.state != SittingState.PLANNED:
        raise Refused(_("This sitting is over; what was written of it stays."), "closed")


@transaction.atomic
def cancel(*, by: Actor, sitting: Sitting) -> None:
    """Only an empty sitting is cancelled; cases are postponed one by one, so that each family hears of it."""
    ask(by, HOLD_SITTING, sitting.organisation_id)
    _still_planned(sitting)
    if sitting.agenda.exists():
        raise Refused(_("First postpone the cases on its agenda."), "has_agenda")
    sitting.state = SittingState.CANCELLED
    sitting.save(update_fields=["state"])
    audit.record(by=by, verb=HOLD_SITTING.key, about=sitting, detail={"cancelled": True})


@transaction.atomic
def close(*, by: Actor, sitting: Sitting) -> None:
    """All is decided: the sitting was held."""
    ask(by, HOLD_SITTING, sitting.organisation_id)
    _still_planned(sitting)
    if not sitting.attendees.filter(state=Attendance.PRESENT).exists():
        raise Refused(_("Record who was present first."), "nobody")
    if any(waits_for_sitting(item.case) for item in sitting.agenda.select_related("case")):
        raise Refused(_("First record each case on the agenda as held, or postpone it."), "not_heard")
    sitting.state = SittingState.HELD
    sitting.save(update_fields=["state"])
    audit.record(by=by, verb=HOLD_SITTING.key, about=sitting, detail={"held": True})
