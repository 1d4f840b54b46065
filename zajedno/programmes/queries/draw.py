"""What ties plans to budgets: the lines an activity may draw on, and what draws on a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from zajedno.kernel.money import Money, total
from zajedno.programmes.enums import ActivityState
from zajedno.programmes.models import Activity, BudgetLine, Draw, Plan
from zajedno.programmes.queries import plan as plans


def lines_for(plan: Plan) -> QuerySet[BudgetLine]:
    """Of budgets of the plan's organisation in its years, by year."""
    rows = BudgetLine.objects.filter(
        budget__organisation=plan.organisation_id, budget__year__range=(plan.first_year, plan.last_year)
    )
    return rows.select_related("budget__territory").order_by("budget__year", "budget", "pk")


def falls(activity: Activity, share: Decimal | None) -> Money | None:
    """What of an activity falls into a year: all of it where it has one year only; None where nobody has said."""
    amount = share if len(activity.years) > 1 else activity.amount
    return None if amount is None else Money(amount, activity.currency)


@dataclass(frozen=True)
class Drawn:
    """`money` is None where no amount is said for this year; `counts`: it is in the currency of the budget."""

    number: str
    activity: Activity
    plan: Plan
    money: Money | None
    counts: bool


@dataclass(frozen=True)
class Drawing:
    rows: Sequence[Drawn]
    total: Money


def drawing(line: BudgetLine) -> Drawing:
    """Activities that draw on a line, as the plan in force says, or its draft where that knows them alone; without
    those that were dropped. The sum is of the budget's currency only: nothing is converted."""
    draws = {one.thread: one for one in Draw.objects.filter(line=line)}
    told = plans.told(draws)
    rows = []
    for activity in _counting(draws):
        if (said := told.get(activity.thread)) is not None and said.state == ActivityState.DROPPED:
            continue
        money, plan = falls(activity, draws[activity.thread].share), activity.measure.goal.plan
        counts = money is not None and money.currency == line.budget.currency
        rows.append(Drawn(plans.number(activity), activity, plan, money, counts))
    return Drawing(rows, total((one.money for one in rows if one.money and one.counts), line.budget.currency))


def _counting(threads: Iterable[UUID]) -> list[Activity]:
    """Of each thread the activity of the newest adopted version; else that of a draft after it. What a newer adopted
    version left out counts no more."""
    found = Activity.objects.filter(thread__in=list(threads)).select_related("measure__goal__plan__organisation")
    series = {one.measure.goal.plan.series for one in found}
    adopted = Plan.objects.filter(series__in=series, adopted_on__isnull=False).order_by("series", "-version")
    held = {one.series: one.version for one in adopted.distinct("series")}
    best: dict[UUID, Activity] = {}
    for one in sorted(found, key=lambda one: one.measure.goal.plan.version, reverse=True):
        plan = one.measure.goal.plan
        if plan.version >= held.get(plan.series, 0):
            best[one.thread] = one  # the older of the two: what was adopted before its draft
    return sorted(
        best.values(),
        key=lambda one: (one.measure.goal.plan_id, one.measure.goal.number, one.measure.number, one.number),
    )
