"""Meetings of bodies: what is on the agenda, who was there by sector, whether that is enough; tasks of members."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks.enums import MeetingState, Presence
from zajedno.networks.logic.quorum import needed
from zajedno.networks.models import AgendaItem, Attendance, Body, BodyTask, Meeting, Member
from zajedno.networks.queries.body import kept, members, seats_of, visible_to
from zajedno.places.enums import Sector

COUNTS = (Presence.THERE, Presence.DEPUTY)  # towards the quorum


@dataclass(frozen=True)
class Quorum:
    """How many of `seats` members were there, and how many it takes."""

    there: int
    needed: int
    seats: int

    @property
    def is_met(self) -> bool:
        return self.there >= self.needed


def of_body(row: Body) -> QuerySet[Meeting]:
    """The newest first."""
    return Meeting.objects.filter(body=row).order_by("-begins", "-pk")


def find(by: Actor, uuid: UUID) -> Meeting:
    """A meeting of a body that the actor keeps or sits in; NotFound for others as for none."""
    mine = visible_to(by).filter(organisation__isnull=False).order_by().values("pk")
    found = Meeting.objects.filter(uuid=uuid, body__in=mine).select_related("body__organisation", "body__territory")
    row = found.first()
    if row is None:
        raise NotFound("")
    return row


def items(row: Meeting) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=row).order_by("position")


def item(row: Meeting, uuid: UUID) -> AgendaItem:
    found = items(row).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def invited(row: Meeting) -> list[Member]:
    """Who sits in the body on the day of the meeting, by seat; of closed minutes, who is noted in them: a seat that is
    put right backwards changes no minutes."""
    noted = Member.objects.filter(pk__in=Attendance.objects.filter(meeting=row).values("member")).order_by("seat")
    rows = noted if row.state == MeetingState.CLOSED else members(row.body, clock.day_of(row.begins))
    return list(rows.select_related("organisation", "account", "deputy_account"))


def attendance(row: Meeting) -> dict[int, Attendance]:
    """What is noted, by member."""
    return {one.member_id: one for one in Attendance.objects.filter(meeting=row)}


def quorum(row: Meeting) -> Quorum:
    """As it stands; of closed minutes, as it was then."""
    there = Attendance.objects.filter(meeting=row, presence__in=COUNTS).count()
    if row.needed is not None and row.seats is not None:
        return Quorum(there, row.needed, row.seats)
    seats = len(invited(row))
    return Quorum(there, needed(row.body.quorum, seats), seats)


def sectors(row: Meeting) -> list[tuple[str, int, int]]:
    """(sector, members, of whom there), in the order of sectors."""
    noted, asked = attendance(row), invited(row)
    seats = Counter(one.sector for one in asked)
    there = Counter(one.sector for one in asked if one.pk in noted and noted[one.pk].presence in COUNTS)
    return [(key, seats[key], there[key]) for key in Sector.values if key in seats]


def tasks(row: Meeting) -> QuerySet[BodyTask]:
    return BodyTask.objects.filter(meeting=row).select_related("member__organisation").order_by("due_on", "pk")


def open_tasks(row: Body) -> QuerySet[BodyTask]:
    """What members of a body still have to do, the most urgent first."""
    rows = BodyTask.objects.filter(meeting__body=row, done_on=None).exclude(meeting__state=MeetingState.CANCELLED)
    return rows.select_related("member__organisation", "meeting").order_by("due_on", "pk")


def own_tasks(by: Actor) -> QuerySet[BodyTask]:
    """The actor's, of every body in which they sit."""
    rows = BodyTask.objects.filter(member__in=seats_of(by), done_on=None)
    rows = rows.exclude(meeting__state=MeetingState.CANCELLED)
    return rows.select_related("meeting__body", "member").order_by("due_on", "pk")


def task(by: Actor, uuid: UUID) -> BodyTask:
    """One that the actor has, or gave as who keeps the body."""
    mine = Q(member__in=seats_of(by)) | Q(meeting__body__organisation__in=kept(by))
    found = BodyTask.objects.filter(mine, uuid=uuid).select_related("meeting__body", "member").first()
    if found is None:
        raise NotFound("")
    return found


def next_of(by: Actor) -> QuerySet[Meeting]:
    """Meetings to come of bodies in which the actor sits, the next first."""
    rows = Meeting.objects.filter(body__in=seats_of(by).values("body"), state=MeetingState.PLANNED)
    return rows.filter(ends__gte=clock.now()).select_related("body").order_by("begins")
