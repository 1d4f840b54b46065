"""A meeting is called, moved, cancelled; members are invited; who came is noted; the minutes are closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import outbox
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.networks.actions.body import locked as locked_body
from zajedno.networks.actions.body import record
from zajedno.networks.enums import MeetingState, Presence
from zajedno.networks.logic.quorum import needed
from zajedno.networks.models import Attendance, Body, Meeting, Member
from zajedno.networks.queries.meeting import attendance, invited

SUBJECT = _("You are invited to a meeting")
CANCELLED = _("A meeting is cancelled")
OFF = _("A body in which you sit does not meet as you were invited. The calendar file of this letter takes it out.")
BODY = _("A body in which you sit meets. The calendar file of this letter says when and where; log in and look at "
         "“Network”, “Bodies” for the agenda.")  # fmt: skip
OUTSIDE = _("A body in which you sit meets. The calendar file of this letter says when and where.")


@dataclass(frozen=True)
class Plan:
    begins: datetime
    ends: datetime
    place: str

    def columns(self) -> dict[str, object]:
        if self.ends <= self.begins:
            raise Refused(_("The meeting ends before it begins."), "times")
        if not self.place.strip():
            raise Refused(_("Say where you meet."), "place")
        return {"begins": self.begins, "ends": self.ends, "place": " ".join(self.place.split())[:200]}


@transaction.atomic
def call(*, by: Actor, body: Body, plan: Plan) -> Meeting:
    row, columns = locked_body(by, body), plan.columns()
    last = row.meetings.aggregate(last=Max("number"))["last"] or 0
    made = Meeting.objects.create(body=row, number=last + 1, **columns)
    record(by, row, {"meeting": made.number})
    return made


@transaction.atomic
def move(*, by: Actor, meeting: Meeting, plan: Plan) -> None:
    """Another time or place. Who was invited is invited anew."""
    row = locked(by, meeting)
    for name, value in plan.columns().items():
        setattr(row, name, value)
    row.invited_on = None
    row.save()
    record(by, row.body, {"moved": row.number})


@transaction.atomic
def cancel(*, by: Actor, meeting: Meeting, calendar: str = "") -> None:
    """Who was invited is told. `calendar`: the file that takes it out of theirs."""
    row = locked(by, meeting)
    row.state = MeetingState.CANCELLED
    row.save(update_fields=["state"])
    if row.invited_on is not None and row.ends > clock.now():
        for one in invited(row):
            _write(one, Letter(f"{row.uuid}-off", row.body.language, calendar, CANCELLED, OFF, OFF))
    record(by, row.body, {"cancelled": row.number})


@transaction.atomic
def invite(*, by: Actor, meeting: Meeting, calendar: str) -> int:
    """Write to everybody who sits in the body on that day and can be written to, deputies too: once for this time and
    place. `calendar`: the iCalendar file that goes with the letter. Returns how many letters were new."""
    row, now = locked(by, meeting), clock.now()
    if row.ends < now:
        raise Refused(_("The meeting is past."), "past")
    if not row.items.exists():
        raise Refused(_("Put something on the agenda first."), "agenda")
    row.invited_on = row.invited_on or now  # until it is moved: so who was named since is written to, and nobody twice
    mark = f"{row.uuid}-{row.invited_on:%y%m%d%H%M%S%f}"
    letter = Letter(mark, row.body.language, calendar, SUBJECT, BODY, OUTSIDE)
    count = sum(_write(one, letter) for one in invited(row))
    row.save(update_fields=["invited_on"])
    record(by, row.body, {"invited": count})
    return count


@dataclass(frozen=True)
class Letter:
    """`mark`: for what it is written once; `outside`: for who has no account and cannot log in."""

    mark: str
    language: str
    calendar: str
    subject: str | Promise
    body: str | Promise
    outside: str | Promise


def _write(member: Member, letter: Letter) -> int:
    """To who sits and to the deputy, by account or else by address; how many were new."""
    key = f"meeting-{letter.mark}"
    people = ((member.account, member.email, "seat"), (member.deputy_account, member.deputy_email, "deputy"))
    new = 0
    for account, address, kind in people:
        if account is not None:
            new += outbox.write(
                to=account, key=f"{key}-{account.pk}", subject=letter.subject, body=letter.body,
                calendar=letter.calendar,
            )  # fmt: skip
        elif address:
            new += outbox.write_to(
                address=address, language=letter.language, key=f"{key}-{kind}{member.seat}", subject=letter.subject,
                body=letter.outside, calendar=letter.calendar,
            )  # fmt: skip
    return new


@transaction.atomic
def note_attendance(*, by: Actor, meeting: Meeting, there: Mapping[int, str], guests: str = "") -> None:
    """`there`: Presence by member (id); who sits in the body on that day and is not in it was not there."""
    row = locked(by, meeting)
    if clock.day_of(row.begins) > by.today:
        raise Refused(_("It has not begun yet."), "early")
    Attendance.objects.filter(meeting=row).delete()
    rows = []
    for one in invited(row):
        presence = Presence(there.get(one.pk, Presence.AWAY))
        if presence == Presence.DEPUTY and not one.deputy:
            raise Refused(_("Name the deputy first: %(institution)s has none.") % {"institution": one.of}, "deputy")
        name = one.deputy if presence == Presence.DEPUTY else one.person
        rows.append(Attendance(meeting=row, member=one, presence=presence, name=name))
    Attendance.objects.bulk_create(rows)
    row.guests = " ".join(guests.split())[:500]
    row.save(update_fields=["guests"])
    record(by, row.body, {"attendance": row.number})


@transaction.atomic
def close(*, by: Actor, meeting: Meeting, chaired_by: str, recorded_by: str) -> None:
    """Close the minutes: from now on they stay as they are, with the quorum of that day."""
    row = locked(by, meeting)
    noted = attendance(row)
    if not noted or set(noted) != {one.pk for one in invited(row)}:
        raise Refused(_("Note first who was there."), "attendance")
    if not (chaired_by.strip() and recorded_by.strip()):
        raise Refused(_("Say who chaired the meeting and who wrote the minutes."), "names")
    row.chaired_by, row.recorded_by = (" ".join(text.split())[:200] for text in (chaired_by, recorded_by))
    row.seats = row.attendances.count()
    row.needed = needed(row.body.quorum, row.seats)
    row.state, row.closed_on = MeetingState.CLOSED, by.today
    row.save()
    record(by, row.body, {"closed": row.number})


def locked(by: Actor, meeting: Meeting) -> Meeting:
    """A meeting of a body that the actor keeps, whose minutes are still written, held until the transaction ends."""
    locked_body(by, meeting.body)
    row = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    if row.state == MeetingState.CANCELLED:
        raise Overtaken(_("This meeting was cancelled."))
    if row.state == MeetingState.CLOSED:
        raise Overtaken(_("The minutes are closed and stay as they are."))
    return row
