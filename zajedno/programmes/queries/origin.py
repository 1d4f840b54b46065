"""Next steps of rounds that stand in a plan, and the plans that may still take some."""

from collections.abc import Iterable
from dataclasses import dataclass

from zajedno.kernel.actor import Actor
from zajedno.programmes.models import Goal, Origin, Plan
from zajedno.programmes.queries.plan import newest
from zajedno.programmes.rules import WRITE_PLAN


@dataclass(frozen=True)
class Place:
    """Where a step can go: a plan, or a goal of it."""

    plan: Plan
    goal: Goal | None = None


def places(by: Actor) -> list[Place]:
    """Plans that the actor may still write, each followed by its goals."""
    rows = newest(by).filter(adopted_on=None, organisation__in=by.organisations_for(WRITE_PLAN.key))
    return [place for plan in rows for place in (Place(plan), *(Place(plan, goal) for goal in plan.goals.all()))]


def in_plans(by: Actor, steps: Iterable[int]) -> dict[int, Plan | None]:
    """Steps (ids) that stand in a plan, with its newest version where the actor reads it."""
    found = dict(Origin.objects.filter(step__in=list(steps)).values_list("step", "series"))
    seen = {one.series: one for one in newest(by).filter(series__in=set(found.values()))}
    return {step: seen.get(series) for step, series in found.items()}
