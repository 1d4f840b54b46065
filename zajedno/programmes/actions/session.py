"""Meetings of a programme are planned, counted, or called off; what it changes is measured before and after."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.programmes.actions.programme import MOST, line, open_for, record
from zajedno.programmes.models import BeforeAfter, Programme, Session


@dataclass(frozen=True)
class Came:
    """How many came, of whom nobody is named."""

    girls: int = 0
    boys: int = 0
    adults: int = 0


@transaction.atomic
def plan_session(*, by: Actor, programme: Programme, on: date, place: str, topic: str = "") -> Session:
    row = open_for(by, programme)
    if not line(place):
        raise Refused(_("Say where you meet."), "place")
    if on < row.begins_on or (row.ends_on is not None and on > row.ends_on):
        raise Refused(_("The meeting lies outside the days of the programme."), "days")
    try:
        with transaction.atomic():
            made = Session.objects.create(programme=row, on=on, place=line(place)[:200], topic=line(topic)[:200])
    except IntegrityError:
        raise Refused(_("There is a meeting on this day at this place already."), "twice") from None
    record(by, row, {"session": str(on)})
    return made


@transaction.atomic
def count(*, by: Actor, session: Session, came: Came) -> Session:
    """Write down how many came; again to put it right."""
    row = open_for(by, session.programme)
    held = Session.objects.select_for_update().get(pk=session.pk)
    if held.on > by.today:
        raise Refused(_("This meeting has not been held yet."), "early")
    if not all(0 <= one <= MOST for one in (came.girls, came.boys, came.adults)):
        raise Refused(_("Write how many people came, with numbers from nought."), "number")
    held.girls, held.boys, held.adults = came.girls, came.boys, came.adults
    held.save(update_fields=["girls", "boys", "adults"])
    record(by, row, {"session": str(held.on), "came": held.came})
    return held


@transaction.atomic
def call_off(*, by: Actor, session: Session) -> None:
    """Take a meeting off the list that nobody has counted."""
    row = open_for(by, session.programme)
    held = Session.objects.select_for_update().get(pk=session.pk)
    if held.came is not None:
        raise Refused(_("This meeting was held: it stays."), "held")
    held.delete()
    record(by, row, {"session": f"-{held.on}"})


@dataclass(frozen=True)
class Values:
    """What is measured, with what it was before and, once known, after."""

    name: str
    unit: str
    before: Decimal
    after: Decimal | None
    how: str


@transaction.atomic
def measure(*, by: Actor, programme: Programme, values: Values, row: BeforeAfter | None = None) -> BeforeAfter:
    """Write a measurement, or (`row`) put one right or finish it."""
    held = open_for(by, row.programme if row else programme)
    name, how = line(values.name), line(values.how)
    if not name or not how:
        raise Refused(_("Say what is measured, and how."), "how")
    made = row or BeforeAfter(programme=held)
    made.name, made.unit, made.how = name[:200], line(values.unit)[:60], how[:500]
    made.before, made.after = values.before, values.after
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Refused(_("This is measured already. Change it where it stands."), "twice") from None
    record(by, held, {"measured": str(made.uuid)})
    return made
