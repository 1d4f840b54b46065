"""A network in Subotica that plans: Csaba coordinates it, Ana's school does part of it. All invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from tests.places import factories as places
from tests.world import World
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.money import Money
from zajedno.places.models import Organisation, Post
from zajedno.programmes.actions import plan, plan_part, programme
from zajedno.programmes.models import Activity, Goal, Measure, Plan, Programme


class Planning:
    """`plan()` is a draft with one goal, measure and activity; `adopted()` the same, adopted today."""

    def __init__(self, world: World) -> None:
        self.world = world
        if "network" not in world.organisations:
            kind = places.kind("inclusion_network", "intersectoral")
            world.organisations["network"] = places.organisation("Мрежа Суботица", kind=kind, code="w-network")
        self.keeper: Organisation = world.organisations["network"]
        self._post("csaba", "network", "network-coordinator")
        self._post("ana", "school", "network-member")

    def _post(self, who: str, place: str, role: str) -> None:
        at = self.world.organisations[place]
        Post.objects.get_or_create(
            account=self.world.accounts[who], organisation=at, role_id=role, defaults={"since": date(2020, 1, 1)}
        )

    @contextmanager
    def at_work(self, who: str = "csaba") -> Iterator[Actor]:
        """Behind their own fence, on the day that the test's clock says."""
        with acting(RUNTIME, self.world.accounts[who].pk):
            yield self.world.actor(who, clock.today())

    @property
    def year(self) -> int:
        return clock.today().year

    def head(self, **fields: Any) -> plan.Head:
        values = {"title": "Акциони план", "territory": self.keeper.territory, "first_year": self.year, "years": 1}
        return plan.Head(**values | fields)

    def terms(self, **said: Any) -> plan_part.Terms:
        values = {
            "text": "Радионице за родитеље", "indicator": "Број радионица: 12",
            "responsible": self.world.organisations["school"], "begins_on": date(self.year, 1, 1),
            "ends_on": date(self.year, 12, 31), "money": Money(Decimal("120000.50")), "budget_line": "0902-0001",
        } | said  # fmt: skip
        return plan_part.Terms(**values)

    def plan(self, **fields: Any) -> Plan:
        with self.at_work() as by:
            row = plan.draft(by=by, organisation=self.keeper.pk, head=self.head(**fields))
            goal = plan_part.write_goal(by=by, plan=row, text="Свако дете има подршку")
            measure = plan_part.write_measure(by=by, goal=goal, text="Подршка родитељима")
            plan_part.write_activity(by=by, measure=measure, terms=self.terms())
        return row

    def adopted(self, **fields: Any) -> Plan:
        row = self.plan(**fields)
        with self.at_work() as by:
            plan.adopt(by=by, plan=row, organ="Скупштина града", number="02-15/2026", on=by.today)
        row.refresh_from_db()
        return row

    def programme(self, **fields: Any) -> Programme:
        values = {
            "kind": "parents", "title": "Школа за родитеље", "target": "Родитељи деце до 6 година",
            "territory": self.keeper.territory, "begins_on": clock.today(), "places": 10,
        } | fields  # fmt: skip
        with self.at_work() as by:
            return programme.begin(by=by, organisation=self.keeper.pk, head=programme.Head(**values))


def parts(row: Plan) -> tuple[Goal, Measure, Activity]:
    """The first of each kind."""
    goal = row.goals.first()
    measure = goal.measures.first()
    return goal, measure, measure.activities.first()
