"""Action plans: whose they are, what a version says, how far it has come, what it costs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.money import Money
from zajedno.kernel.refusal import NotFound
from zajedno.programmes import rules
from zajedno.programmes.enums import ActivityState
from zajedno.programmes.logic.glance import Glance, glance, standing
from zajedno.programmes.logic.sums import by_currency
from zajedno.programmes.models import Activity, Draw, Goal, Measure, Plan, Progress

Part = Goal | Measure | Activity


def writes(by: Actor, row: Plan) -> bool:
    return by.may(rules.WRITE_PLAN.key, row.organisation_id)


def visible_to(by: Actor) -> QuerySet[Plan]:
    """Those of the actor's institutions; once adopted, also where one of these is responsible. The newest first."""
    mine = {seat.organisation for seat in by.seats}
    doing = Activity.objects.filter(measure__goal__plan=OuterRef("pk"), responsible__in=mine)
    rows = Plan.objects.filter(Q(organisation__in=mine) | Q(adopted_on__isnull=False) & Exists(doing))
    return rows.select_related("organisation", "territory")


def newest(by: Actor) -> QuerySet[Plan]:
    """Of each series the version that people work on: the one being written, else the newest."""
    later = visible_to(by).filter(series=OuterRef("series"), version__gt=OuterRef("version"))
    return visible_to(by).exclude(Exists(later))


def find(by: Actor, uuid: UUID) -> Plan:
    """NotFound for a plan of others as for none."""
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def versions(row: Plan) -> QuerySet[Plan]:
    """Every version of the same plan, the newest first."""
    return Plan.objects.filter(series=row.series).order_by("-version")


def in_force(row: Plan) -> Plan | None:
    """The newest version of the plan that was adopted: of it progress is told."""
    return versions(row).filter(adopted_on__isnull=False).first()


def glances(rows: Iterable[Plan], today: date) -> dict[int, Glance]:
    """How far each plan has come, by its id. Two queries, however many plans."""
    found: dict[int, list[tuple[UUID, date]]] = {row.pk: [] for row in rows}
    known = Activity.objects.filter(measure__goal__plan__in=found)
    for plan, thread, ends_on in known.values_list("measure__goal__plan", "thread", "ends_on"):
        found[plan].append((thread, ends_on))
    last = told(thread for lines in found.values() for thread, _ends in lines)
    states = {thread: progress.state for thread, progress in last.items()}
    return {
        plan: glance([(states.get(thread, ActivityState.AHEAD.value), ends) for thread, ends in lines], today)
        for plan, lines in found.items()
    }


def goals(row: Plan) -> QuerySet[Goal]:
    """In their order, each with measures, activities and who is responsible."""
    rows = Goal.objects.filter(plan=row).select_related("origin").prefetch_related("measures__activities__responsible")
    return rows.prefetch_related("measures__origin").order_by("number")


def part(row: Plan, uuid: UUID) -> Part:
    """A goal, measure or activity of the plan; NotFound for one of others as for none."""
    ways: tuple[tuple[type[Goal] | type[Measure] | type[Activity], str], ...] = (
        (Goal, "plan"), (Measure, "goal__plan"), (Activity, "measure__goal__plan"),
    )  # fmt: skip
    for model, way in ways:
        found: Part | None = model._default_manager.filter(uuid=uuid, **{way: row}).first()
        if found is not None:
            return found
    raise NotFound("")


def kind(one: Part) -> str:
    """goal, measure or activity."""
    return str(one._meta.model_name)


def plan_of(one: Part) -> int:
    """Id of the plan."""
    match one:
        case Goal():
            return one.plan_id
        case Measure():
            return one.goal.plan_id
        case _:
            return one.measure.goal.plan_id


def number(one: Part) -> str:
    """As people cite it: 2, 2.1, 2.1.3."""
    match one:
        case Goal():
            return str(one.number)
        case Measure():
            return f"{one.goal.number}.{one.number}"
        case _:
            return f"{number(one.measure)}.{one.number}"


def told(threads: Iterable[UUID]) -> dict[UUID, Progress]:
    """The newest that was told of each activity, in whichever version."""
    rows = Progress.objects.filter(thread__in=list(threads)).order_by("thread", "-pk").distinct("thread")
    return {one.thread: one for one in rows}


def draws(threads: Iterable[UUID]) -> dict[UUID, list[Draw]]:
    """On which lines of budgets each activity draws, by year."""
    found: dict[UUID, list[Draw]] = {}
    for one in Draw.objects.filter(thread__in=list(threads)).select_related("line__budget").order_by("year"):
        found.setdefault(one.thread, []).append(one)
    return found


def history(activity: Activity) -> QuerySet[Progress]:
    return Progress.objects.filter(thread=activity.thread).order_by("-pk")


@dataclass(frozen=True)
class Line:
    """An activity with its number, its standing on a day, what was last told of it, and the lines that pay it."""

    number: str
    activity: Activity
    standing: str
    progress: Progress | None
    draws: Sequence[Draw] = ()

    @property
    def money(self) -> Money | None:
        return self.activity.money


@dataclass(frozen=True)
class Branch:
    """A measure with its activities."""

    number: str
    measure: Measure
    lines: Sequence[Line]


@dataclass(frozen=True)
class Whole:
    """A plan as its pages, its drawing and its report show it: all sums are made here, once."""

    goals: Sequence[tuple[Goal, Sequence[Branch]]]
    today: date

    @property
    def lines(self) -> list[Line]:
        return [line for _goal, branches in self.goals for branch in branches for line in branch.lines]

    @property
    def rounds(self) -> set[UUID]:
        """Of self-evaluation, from which something of it came."""
        found = [goal.origin for goal, _branches in self.goals]
        found += [one.measure.origin for _goal, branches in self.goals for one in branches]
        return {one.round for one in found if one}

    @property
    def totals(self) -> list[Money]:
        """One a currency."""
        return by_currency(one.money for one in self.lines)

    def unpaid(self, year: int) -> list[Line]:
        """Activities of a year that are to be done still, cost something, and draw on no line of its budgets."""
        still = [one for one in self.lines if year in one.activity.years and one.standing not in ("done", "dropped")
                 and one.activity.amount != 0]  # fmt: skip
        return [one for one in still if year not in {draw.year for draw in one.draws}]

    @property
    def glance(self) -> Glance:
        return glance([(one.progress.state if one.progress else ActivityState.AHEAD.value, one.activity.ends_on)
                       for one in self.lines], self.today)  # fmt: skip


def whole(row: Plan, today: date) -> Whole:
    rows = list(goals(row))
    threads = [one.thread for goal in rows for measure in goal.measures.all() for one in measure.activities.all()]
    known, paid = told(threads), draws(threads)

    def branch(goal: Goal, measure: Measure) -> Branch:
        here, lines = f"{goal.number}.{measure.number}", []
        for one in measure.activities.all():
            progress = known.get(one.thread)
            state = standing(progress.state if progress else ActivityState.AHEAD.value, one.ends_on, today)
            lines.append(Line(f"{here}.{one.number}", one, state, progress, paid.get(one.thread, ())))
        return Branch(here, measure, lines)

    return Whole([(goal, [branch(goal, one) for one in goal.measures.all()]) for goal in rows], today)
