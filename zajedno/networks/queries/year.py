"""A year of a body: who came and went, when it met, what it decided, which tasks were due; its reports."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks.enums import MeetingState
from zajedno.networks.models import (
    AgendaItem,
    Agreement,
    Body,
    BodyTask,
    Meeting,
    Member,
    Round,
    Training,
    YearReport,
    YearWords,
)
from zajedno.networks.queries import agreement as agreements
from zajedno.networks.queries import round as rounds
from zajedno.networks.queries import training as trainings
from zajedno.networks.queries.body import seats_of
from zajedno.networks.queries.body import visible_to as bodies


def joined(row: Body, year: int) -> QuerySet[Member]:
    """Who began to sit in it; not who was named by mistake and taken off the same day."""
    rows = Member.objects.filter(Q(until=None) | Q(until__gt=F("since")), body=row, since__year=year)
    return rows.select_related("organisation").order_by("since", "seat")


def left(row: Body, year: int) -> QuerySet[Member]:
    """Whose last day lay in the year: `until` is the day after it."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    rows = Member.objects.filter(body=row, until__gt=first, until__lte=after).filter(until__gt=F("since"))
    return rows.select_related("organisation").order_by("until", "seat")


def met(row: Body, year: int) -> QuerySet[Meeting]:
    """Meetings whose minutes are closed, in order."""
    return Meeting.objects.filter(body=row, begins__year=year, state=MeetingState.CLOSED).order_by("begins", "pk")


def decisions(row: Body, year: int) -> QuerySet[AgendaItem]:
    rows = AgendaItem.objects.filter(meeting__in=met(row, year).order_by()).exclude(decision="")
    return rows.select_related("meeting").order_by("meeting__begins", "position")


@dataclass(frozen=True)
class Tasks:
    """Due in a year: done, of these after their day (`late`); `open` and of these past their day (`overdue`)."""

    done: int
    late: int
    open: int
    overdue: int

    @property
    def total(self) -> int:
        return self.done + self.open


def tasks(row: Body, year: int, today: date) -> Tasks:
    rows = list(
        BodyTask.objects.filter(meeting__body=row, due_on__year=year).exclude(meeting__state=MeetingState.CANCELLED)
    )
    done = [one for one in rows if one.done_on is not None]
    late = sum(one.done_on is not None and one.done_on > one.due_on for one in done)
    return Tasks(len(done), late, len(rows) - len(done), sum(one.is_late(today) for one in rows))


def agreements_of(by: Actor, organisation: int) -> QuerySet[Agreement]:
    """Those that it keeps."""
    return agreements.visible_to(by).filter(organisation=organisation).order_by("valid_from", "pk")


def ending(by: Actor, organisation: int, first: date, last: date) -> QuerySet[Agreement]:
    """In force, with a last day between these and no later version that was signed."""
    later = Agreement.objects.filter(
        series=OuterRef("series"), version__gt=OuterRef("version"), signed_on__isnull=False
    )
    rows = agreements_of(by, organisation).filter(state="signed", valid_until__range=(first, last))
    return rows.exclude(Exists(later)).order_by("valid_until", "pk")


def rounds_closed(by: Actor, organisation: int, year: int) -> QuerySet[Round]:
    """With answers, in order."""
    rows = rounds.visible_to(by).filter(organisation=organisation, outcome__closed_on__year=year)
    return rows.filter(outcome__content__sheets__gt=0).order_by("outcome__closed_on", "pk")


def trainings_held(by: Actor, organisation: int, year: int) -> QuerySet[Training]:
    return trainings.trainings(by, organisation).filter(held_on__year=year).order_by("held_on", "pk")


# The report itself


def words(row: Body, year: int) -> dict[str, str]:
    """What the author wrote, by section."""
    return dict(YearWords.objects.filter(body=row, year=year).values_list("section", "text"))


def issued(row: Body, year: int | None = None) -> QuerySet[YearReport]:
    """Editions without what is in them, the newest first."""
    rows = YearReport.objects.filter(body=row) if year is None else YearReport.objects.filter(body=row, year=year)
    return rows.defer("content", "word", "said").order_by("-year", "-number")


def edition(row: Body, uuid: UUID) -> YearReport:
    found = YearReport.objects.filter(body=row, uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def papers(by: Actor) -> tuple[QuerySet[Meeting], QuerySet[YearReport]]:
    """Of bodies in which the actor sits: closed minutes and issued reports, the newest first."""
    here = bodies(by).filter(pk__in=seats_of(by).values("body")).order_by().values("pk")
    minutes = Meeting.objects.filter(body__in=here, state=MeetingState.CLOSED).select_related("body")
    reports = YearReport.objects.filter(body__in=here).select_related("body").defer("content", "word", "said")
    return minutes.order_by("-begins", "-pk"), reports.order_by("-year", "-number", "body")


def public_report(row: Body) -> YearReport | None:
    """The newest that everybody may read: only what the grants of public pages open."""
    rows = YearReport.objects.filter(body=row, is_public=True)
    return rows.only("uuid", "body", "year", "number", "added_on").order_by("-year", "-number").first()


def public_paper(row: Body) -> YearReport:
    found = public_report(row)
    if found is None:
        raise NotFound("")
    return found
