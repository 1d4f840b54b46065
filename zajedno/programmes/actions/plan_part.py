"""What a plan consists of: goals, measures, activities; and how far an activity has come."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.money import Money
from zajedno.kernel.refusal import NotFound, Overtaken, Refused
from zajedno.programmes.actions.plan import locked, record, writable
from zajedno.programmes.actions.programme import line
from zajedno.programmes.enums import ActivityState
from zajedno.programmes.models import Activity, Draw, Goal, Measure, Origin, Plan, Progress
from zajedno.programmes.queries.plan import Part, in_force, plan_of

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


@dataclass(frozen=True)
class Terms:
    """Of an activity. `budget_line`: where in a budget its money stands, in the office's own words."""

    text: str
    indicator: str
    responsible: "Organisation"
    begins_on: date
    ends_on: date
    money: Money | None = None
    budget_line: str = ""

    def checked(self, plan: Plan) -> dict[str, object]:
        """As columns; raises Refused with what is wrong."""
        text, indicator = line(self.text), line(self.indicator)
        if not text or not indicator:
            raise Refused(_("Say what is done, and how one sees that it is done."), "words")
        if self.ends_on < self.begins_on:
            raise Refused(_("The last day lies before the first."), "days")
        if self.begins_on.year < plan.first_year or self.ends_on.year > plan.last_year:
            raise Refused(_("The activity lies outside the years of the plan."), "days")
        if self.money is not None and self.money.amount < 0:
            raise Refused(_("An amount is not less than nought."), "amount")
        return {
            "text": text[:500], "indicator": indicator[:300], "responsible": self.responsible,
            "begins_on": self.begins_on, "ends_on": self.ends_on, "budget_line": line(self.budget_line)[:120],
            "amount": None if self.money is None else self.money.amount,  # nought is an amount, too
            "currency": "" if self.money is None else self.money.currency,
        }  # fmt: skip


@transaction.atomic
def write_goal(*, by: Actor, plan: Plan, text: str, goal: Goal | None = None) -> Goal:
    """Add a goal at the end, or (`goal`) put one into other words."""
    row = writable(by, plan)
    if goal is None:
        goal = Goal(plan=row, number=_next(Goal.objects.filter(plan=row)))
    if goal.plan_id != row.pk:
        raise NotFound("")
    goal.text = _words(text)
    goal.save()
    record(by, row, {"goal": goal.number})
    return goal


@transaction.atomic
def write_measure(*, by: Actor, goal: Goal, text: str, measure: Measure | None = None) -> Measure:
    row = writable(by, goal.plan)
    if measure is None:
        measure = Measure(goal=goal, number=_next(Measure.objects.filter(goal=goal)))
    if measure.goal_id != goal.pk:
        raise NotFound("")
    measure.text = _words(text)
    measure.save()
    record(by, row, {"measure": f"{goal.number}.{measure.number}"})
    return measure


@transaction.atomic
def write_activity(*, by: Actor, measure: Measure, terms: Terms, activity: Activity | None = None) -> Activity:
    row = writable(by, measure.goal.plan)
    if activity is not None and activity.measure_id != measure.pk:
        raise NotFound("")
    fields = terms.checked(row)
    if activity is None:
        activity = Activity(measure=measure, number=_next(Activity.objects.filter(measure=measure)))
    years = (terms.begins_on.year, terms.ends_on.year)
    if Draw.objects.filter(thread=activity.thread).exclude(year__range=years).exists():
        raise Refused(_("It draws on a line of a budget of another year. Let that line go first."), "days")
    for name, value in fields.items():
        setattr(activity, name, value)
    activity.save()
    record(by, row, {"activity": f"{measure.goal.number}.{measure.number}.{activity.number}"})
    return activity


@transaction.atomic
def remove(*, by: Actor, plan: Plan, part: Part) -> None:
    """Take a goal, measure or activity out of a plan that is being written; nothing may stand under it."""
    row = writable(by, plan)
    if plan_of(part) != row.pk:
        raise NotFound("")
    below = {Goal: "measures", Measure: "activities"}.get(type(part))
    if below is not None and getattr(part, below).exists():
        raise Refused(_("Something stands under it. Remove that first."), "under")
    part.delete()
    Origin.objects.filter(series=row.series, goals=None, measures=None).delete()  # its step may be put in again
    record(by, row, {"removed": str(part.uuid)})


@transaction.atomic
def report(*, by: Actor, plan: Plan, activity: Activity, state: str, reached: str = "") -> Progress:
    """Tell how far an activity of the adopted plan has come. `reached`: what its indicator says now."""
    row = locked(by, plan)
    if plan_of(activity) != row.pk:
        raise NotFound("")
    newest = in_force(row)
    if newest is None:
        raise Refused(_("Progress is told once the council has adopted the plan."), "open")
    if newest.pk != row.pk:
        raise Overtaken(_("There is a newer version already."))
    if state not in ActivityState.values:
        raise Refused(_("Choose how far it has come."), "state")
    if state in (ActivityState.DONE, ActivityState.DROPPED) and not line(reached):
        raise Refused(_("Write what was reached, or why it was dropped."), "reached")
    made = Progress.objects.create(
        activity=activity, thread=activity.thread, state=state, reached=line(reached)[:300], on=by.today,
        told_by=by.account,
    )  # fmt: skip
    record(by, row, {"progress": state})
    return made


def _next(rows: QuerySet[Goal] | QuerySet[Measure] | QuerySet[Activity]) -> int:
    """After the last: a number in the middle that was removed is not given again, since people may have cited it."""
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _words(text: str) -> str:
    if not line(text):
        raise Refused(_("Write it in words."), "words")
    return line(text)[:500]
