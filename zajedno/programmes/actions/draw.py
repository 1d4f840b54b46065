"""Activities of a plan are tied to the lines of a budget that pay them; also after the council has adopted the plan."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.programmes.actions.plan import locked, record
from zajedno.programmes.models import Activity, BudgetLine, Draw, Plan
from zajedno.programmes.queries.plan import plan_of


@transaction.atomic
def draw(*, by: Actor, plan: Plan, activity: Activity, line: BudgetLine, share: Decimal | None = None) -> Draw:
    """In the year of the line's budget, instead of what it drew on before. `share`: of an activity of several years,
    what falls into this one."""
    row, year = locked(by, plan), line.budget.year
    if plan_of(activity) != row.pk or line.budget.organisation_id != row.organisation_id:
        raise NotFound("")
    if year not in activity.years:
        raise Refused(_("The activity does not run in the year of this budget."), "year")
    if share is not None:
        _fits(activity, year, share)
    Draw.objects.filter(thread=activity.thread, year=year).delete()
    first = Activity.objects.filter(thread=activity.thread).order_by("pk").first()  # it outlives later drafts
    made = Draw.objects.create(
        activity=first or activity, thread=activity.thread, line=line, year=year,
        share=share if len(activity.years) > 1 else None,
    )  # fmt: skip
    record(by, row, {"draws": str(activity.uuid), "line": str(line.uuid)})
    return made


def _fits(activity: Activity, year: int, share: Decimal) -> None:
    others = Draw.objects.filter(thread=activity.thread).exclude(year=year).aggregate(sum=Sum("share"))["sum"]
    if activity.amount is None or not 0 <= share <= activity.amount - (others or 0):
        raise Refused(_("The shares of all years come to more than the planned amount of the activity."), "share")


@transaction.atomic
def let_go(*, by: Actor, plan: Plan, activity: Activity, line: BudgetLine) -> None:
    """It draws on the line no more."""
    row = locked(by, plan)
    if plan_of(activity) != row.pk:
        raise NotFound("")
    count, _tables = Draw.objects.filter(thread=activity.thread, line=line).delete()
    if not count:
        raise NotFound("")
    record(by, row, {"let_go": str(activity.uuid), "line": str(line.uuid)})
