"""Programmes, their meetings, and what was measured: everything in counts."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.programmes import rules
from zajedno.programmes.models import BeforeAfter, Programme, Session


def runs(by: Actor, row: Programme) -> bool:
    return by.may(rules.RUN_PROGRAMME.key, row.organisation_id)


def visible_to(by: Actor) -> QuerySet[Programme]:
    """Those of the actor's institutions, the newest first."""
    mine = {seat.organisation for seat in by.seats}
    return Programme.objects.filter(organisation__in=mine).select_related("organisation", "territory")


def current(by: Actor) -> QuerySet[Programme]:
    """Those that were not put away."""
    return visible_to(by).filter(archived_on=None)


def within(organisation: int, first_year: int, last_year: int) -> QuerySet[Programme]:
    """Programmes of an institution that ran in these years, in the order of their days; also those put away."""
    rows = Programme.objects.filter(organisation=organisation, begins_on__year__lte=last_year)
    return rows.filter(Q(ends_on=None) | Q(ends_on__year__gte=first_year)).order_by("begins_on", "pk")


def find(by: Actor, uuid: UUID) -> Programme:
    """NotFound for a programme of others as for none."""
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def sessions(row: Programme) -> QuerySet[Session]:
    """In the order of days."""
    return Session.objects.filter(programme=row)


def session(row: Programme, uuid: UUID) -> Session:
    found = sessions(row).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def measured(row: Programme) -> QuerySet[BeforeAfter]:
    return BeforeAfter.objects.filter(programme=row)


def measurement(row: Programme, uuid: UUID) -> BeforeAfter:
    found = measured(row).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


@dataclass(frozen=True)
class Attendance:
    """Of all meetings that were held. Who came twice is counted twice."""

    held: int
    planned: int
    girls: int
    boys: int
    adults: int
    each: tuple[int, ...] = ()  # how many came to each

    @property
    def came(self) -> int:
        return self.girls + self.boys + self.adults


def attendance(row: Programme) -> Attendance:
    rows = list(sessions(row))
    held = [one for one in rows if one.came is not None]
    girls, boys, adults = (sum(getattr(one, name) for one in held) for name in ("girls", "boys", "adults"))
    return Attendance(len(held), len(rows) - len(held), girls, boys, adults, tuple(one.came or 0 for one in held))
