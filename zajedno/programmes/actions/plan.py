"""Action plans are written, adopted by a council, and get their next version."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.programmes.actions.programme import line
from zajedno.programmes.enums import Years
from zajedno.programmes.models import Activity, Plan
from zajedno.programmes.queries.plan import goals, versions
from zajedno.programmes.rules import WRITE_PLAN

if TYPE_CHECKING:
    from zajedno.places.models import Territory

LONGEST = 50_000  # characters of a situation analysis


@dataclass(frozen=True)
class Head:
    """What a plan says of itself."""

    title: str
    territory: "Territory"
    first_year: int
    years: int

    def checked(self) -> dict[str, object]:
        """As columns; raises Refused with what is wrong."""
        title = line(self.title)
        if not title:
            raise Refused(_("Give the plan a title."), "title")
        if not 2000 <= self.first_year <= 2100:
            raise Refused(_("Write the first year with four digits, for example 2027."), "year")
        if self.years not in Years.values:
            raise Refused(_("A plan is made for one year or for three."), "years")
        return {
            "title": title[:200], "territory": self.territory, "first_year": self.first_year, "years": self.years,
        }  # fmt: skip


@transaction.atomic
def draft(*, by: Actor, organisation: int, head: Head) -> Plan:
    """Begin a plan of the organisation (its id)."""
    ask(by, WRITE_PLAN, organisation)
    row = Plan.objects.create(organisation_id=organisation, written_by=by.account, **head.checked())
    record(by, row, {"version": 1})
    return row


@transaction.atomic
def change(*, by: Actor, plan: Plan, head: Head) -> None:
    """No activity may fall out of the plan's years."""
    row = writable(by, plan)
    for name, value in head.checked().items():
        setattr(row, name, value)
    rows = Activity.objects.filter(measure__goal__plan=row)
    if rows.exclude(begins_on__year__gte=row.first_year, ends_on__year__lte=row.last_year).exists():
        raise Refused(_("An activity lies outside these years. Change its days first."), "days")
    row.save()
    record(by, row, {"changed": True})


@transaction.atomic
def describe(*, by: Actor, plan: Plan, situation: str) -> None:
    """Keep the situation analysis as the coordinator wrote it."""
    row = writable(by, plan)
    if len(situation) > LONGEST:
        raise Refused(_("This is too long for a plan. Keep what the council needs."), "long")
    row.situation = situation.strip()
    row.save(update_fields=["situation"])
    record(by, row, {"situation": True})


@transaction.atomic
def adopt(*, by: Actor, plan: Plan, organ: str, number: str, on: date) -> None:
    """Record the council's decision: from then on this version stays as it is."""
    row = writable(by, plan)
    organ, number = line(organ), line(number)
    if not organ or not number:
        raise Refused(_("Write which body adopted the plan, and the number of its decision."), "decision")
    if on > by.today:
        raise Refused(_("The day of the decision lies ahead."), "days")
    earlier = versions(row).filter(version__lt=row.version, adopted_on__gt=on)
    if earlier.exists():
        raise Refused(_("An earlier version was adopted after this day."), "days")
    if not Activity.objects.filter(measure__goal__plan=row).exists():
        raise Refused(_("The plan has no activity yet."), "empty")
    row.organ, row.number, row.adopted_on = organ[:200], number[:60], on
    row.save(update_fields=["organ", "number", "adopted_on"])
    record(by, row, {"adopted": str(on), "version": row.version})


@transaction.atomic
def new_version(*, by: Actor, plan: Plan) -> Plan:
    """A draft that says the same, to be changed and adopted anew. What was told of its activities goes on."""
    row = locked(by, plan)
    last = versions(row).select_for_update().first()
    if last is None or last.pk != row.pk:
        raise Overtaken(_("There is a newer version already."))
    if not row.is_adopted:
        raise Refused(_("No council has adopted this version yet, so it can be changed as it is."), "open")
    kept = ("series", "organisation_id", "territory_id", "title", "first_year", "years", "situation")
    made = Plan.objects.create(
        **{name: getattr(row, name) for name in kept}, version=row.version + 1, written_by=by.account
    )
    _copy(row, made)
    record(by, made, {"version": made.version})
    return made


def _copy(row: Plan, made: Plan) -> None:
    """Goals, measures and activities under new ids; the thread of an activity stays."""
    for goal in goals(row):
        measures = list(goal.measures.all())
        goal.pk, goal.uuid, goal.plan, goal._state.adding = None, uuid4(), made, True
        goal.save()
        for measure in measures:
            activities = list(measure.activities.all())
            measure.pk, measure.uuid, measure.goal, measure._state.adding = None, uuid4(), goal, True
            measure.save()
            for one in activities:
                one.pk, one.uuid, one.measure, one._state.adding = None, uuid4(), measure, True
                one.save()


def locked(by: Actor, plan: Plan) -> Plan:
    """The plan of an institution for which the actor writes, held until the end of the transaction."""
    ask(by, WRITE_PLAN, plan.organisation_id)
    return Plan.objects.select_for_update().get(pk=plan.pk)


def writable(by: Actor, plan: Plan) -> Plan:
    """The same, while no council has adopted it."""
    row = locked(by, plan)
    if row.is_adopted:
        raise Overtaken(_("This version was adopted already. Make a new version to change it."), "adopted")
    return row


def record(by: Actor, row: Plan, detail: dict[str, object]) -> None:
    audit.record(by=by, verb=WRITE_PLAN.key, about=row, organisation=row.organisation_id, detail=detail)
