"""How bodies and their meetings are shown: state, facts, tables."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zajedno.kernel import clock
from zajedno.kernel.labels import label
from zajedno.networks.enums import MeetingState
from zajedno.networks.queries import body as queries
from zajedno.networks.queries import meeting as meetings
from zajedno.places.enums import Sector
from zajedno.web.shared.dates import day, moment
from zajedno.web.shared.language import NAMES
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from zajedno.networks.models import Body, BodyTask, Meeting, Member

HOME, MEETINGS, DUTIES = "/network/bodies/", "/network/meetings/", "/network/duties/"
MEETING_TONES = {MeetingState.PLANNED: "info", MeetingState.CANCELLED: "off", MeetingState.CLOSED: "done"}


def bodies_home() -> Link:
    return Link(pgettext("network", "Bodies"), HOME)


def address(row: "Body", rest: str = "") -> str:
    return f"{HOME}{row.uuid}/{rest}"


def at(row: "Meeting", rest: str = "") -> str:
    return f"{MEETINGS}{row.uuid}/{rest}"


def named(row: "Meeting") -> str:
    return _("Meeting %(number)s") % {"number": row.number}


def state_of(row: "Body", today: date, seated: "Collection[int] | None" = None) -> Tag:
    if row.ended_on is not None:
        return Tag(pgettext("body", "Ended"), "off")
    if row.mandate_until is not None and row.mandate_until < today:
        return Tag(_("The mandate is over"), "late")
    if queries.ends_soon(row, today):
        return Tag(_("The mandate ends soon"), "wait")
    if queries.gaps(row, today, seated):
        return Tag(_("To be completed"), "wait")
    return Tag(pgettext("body", "Works"), "done")


def gaps_said(row: "Body", today: date) -> list[str]:
    words = {
        "keeper": _("who keeps it"), "act": _("the act that set it up, with its day"), "mandate": _("the mandate"),
        "rules": _("how it works"), "members": _("the members"), "contact": _("a contact for everybody"),
    }  # fmt: skip
    return [words[key] for key in queries.gaps(row, today)]


def facts(row: "Body") -> list[Row]:
    act = " ".join(filter(None, (row.organ, row.act_number and f"({row.act_number})", day(row.established_on))))
    mandate = f"{day(row.mandate_from)} – {day(row.mandate_until)}" if row.mandate_from else ""
    found = [
        Row(_("Kind"), row.get_kind_display()), Row(_("Works in"), str(row.territory)),
        Row(_("Kept by"), str(row.organisation or "")), Row(_("Set up by"), act), Row(_("Mandate"), mandate),
        Row(_("Quorum"), row.get_quorum_display()), Row(_("Language of its papers"), NAMES.get(row.language, "")),
        Row(_("How it works"), row.rules), Row(_("What it does"), label(row.about) if row.about else ""),
        Row(_("Contact for everybody"), row.contact),
    ]  # fmt: skip
    return [*found, *source(row), *ended(row)]


def source(row: "Body") -> list[Row]:
    told: list[Any] = [row.source] if row.verified else [row.source, Tag(_("Not verified"), "wait")]
    return [Row(_("Source"), told)] if row.source else []


def ended(row: "Body") -> list[Row]:
    return [Row(pgettext("body", "Ended"), [day(row.ended_on), row.ended_reason])] if row.ended_on else []


def body_table(rows: "Iterable[Body]", today: date) -> Table:
    rows = list(rows)
    seated = queries.seated(rows, today)
    lines = [
        [Cell(str(one), address(one), small=one.get_kind_display()), str(one.territory),
         str(one.organisation or "–"), Cell(tag=state_of(one, today, seated))]
        for one in rows
    ]  # fmt: skip
    columns = [Column(_("Body")), Column(_("Works in")), Column(_("Kept by")), Column(_("State"))]
    return Table("bodies", pgettext("network", "Bodies"), columns, lines, empty=_("You keep no body and sit in none."))


def member_table(rows: "Iterable[Member]", links: str = "", *, name: str = "members", title: str = "") -> Table:
    """`links`: where a member is changed, for who may."""
    lines = [
        [Cell(one.of, small=Sector(one.sector).label),
         Cell(one.person, f"{links}{one.uuid}/" if links else "", small=one.get_role_display()),
         one.deputy or "–", days_said(one)]
        for one in rows
    ]  # fmt: skip
    columns = [Column(_("Institution")), Column(_("Who sits for it")), Column(_("Deputy")), Column(_("When"))]
    return Table(name, title or _("Members"), columns, lines, empty=_("Nobody sits in it yet."))


def days_said(one: "Member") -> str:
    last = date.fromordinal(one.until.toordinal() - 1) if one.until else None
    return f"{day(one.since)} – {day(last)}" if last else _("since %(day)s") % {"day": day(one.since)}


def meeting_state(row: "Meeting") -> Tag:
    if row.state == MeetingState.PLANNED and row.ends < clock.now():
        return Tag(_("Minutes to be written"), "wait")
    return Tag(MeetingState(row.state).label, MEETING_TONES[MeetingState(row.state)])


def meeting_table(rows: "Iterable[Meeting]", *, with_body: bool = False) -> Table:
    lines = [
        [Cell(f"{one.body}, {named(one)}" if with_body else named(one), at(one)), moment(one.begins), one.place,
         Cell(tag=meeting_state(one))]
        for one in rows
    ]  # fmt: skip
    columns = [Column(_("Meeting")), Column(_("When")), Column(_("Where")), Column(_("State"))]
    return Table("meetings", _("Meetings"), columns, lines, empty=_("No meeting is called yet."))


def task_table(rows: "Iterable[BodyTask]", today: date, may: "set[int] | None" = None) -> Table:
    """`may`: tasks (ids) that who looks may mark as done; None: every one."""
    lines = [
        [Cell(one.text, f"{DUTIES}{one.uuid}/" if _open(one, may) else "", small=one.outcome), one.member.person,
         Cell(tag=task_tag(one, today))]
        for one in rows
    ]  # fmt: skip
    columns = [Column(_("Task")), Column(_("Who")), Column(_("Until"))]
    return Table("body-tasks", _("Tasks"), columns, lines, empty=_("Nobody has a task."))


def _open(one: "BodyTask", may: "set[int] | None") -> bool:
    return one.done_on is None and (may is None or one.pk in may)


def task_tag(one: "BodyTask", today: date) -> Tag:
    if one.done_on is not None:
        return Tag(_("Done on %(day)s") % {"day": day(one.done_on)}, "done")
    if one.is_late(today):
        late = (today - one.due_on).days
        said = ngettext("%(count)s day overdue", "%(count)s days overdue", late) % {"count": late}
        return Tag(f"{day(one.due_on)}: {said}", "late")
    return Tag(day(one.due_on), "info")


def quorum_row(row: "Meeting") -> Row:
    found = meetings.quorum(row)
    said = _("%(there)s of %(seats)s members are there, %(needed)s are needed") % {
        "there": found.there, "seats": found.seats, "needed": found.needed,
    }  # fmt: skip
    tag = Tag(_("There is a quorum"), "done") if found.is_met else Tag(_("There is no quorum"), "late")
    return Row(_("Quorum"), [said, tag])


def attendance_table(row: "Meeting") -> Table:
    noted = meetings.attendance(row)
    lines = [
        [Cell(one.of, small=Sector(one.sector).label), noted[one.pk].name, noted[one.pk].get_presence_display()]
        for one in meetings.invited(row)
        if one.pk in noted
    ]
    columns = [Column(_("Institution")), Column(_("Who")), Column(_("Attendance"))]
    return Table("attendance", _("Attendance"), columns, lines, empty=_("Who came is not noted yet."))


def sector_table(row: "Meeting") -> Table:
    lines = [[str(Sector(key).label), str(seats), str(there)] for key, seats, there in meetings.sectors(row)]
    columns = [Column(_("Sector")), Column(_("Members"), numeric=True), Column(_("Were there"), numeric=True)]
    return Table("by-sector", _("Attendance by sector"), columns, lines)
