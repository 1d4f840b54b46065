"""Measures of many invented children in Subotica, as rows: what a plan says, without the way to it."""

from datetime import date
from typing import Any

from tests.casework.plans import Planned
from tests.world import World
from zajedno.casework.models import Measure
from zajedno.children.models import Child

YEAR = 2026


class Plans:
    """`add("transport", children=6, cost=100)`: six measures, of six children."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.case = Planned(world, world.child()).case
        self.at = self.case.organisation
        self.children: list[Child] = []

    @property
    def place(self) -> int:
        return int(self.at.territory_id)

    def child(self, number: int) -> Child:
        while len(self.children) <= number:
            at = self.world.organisations["school"]
            self.children.append(
                Child.objects.create(
                    given_name="Дете", family_name=f"Број{len(self.children)}", birth_date=date(2016, 5, 4),
                    registered_by=at,
                )
            )  # fmt: skip
        return self.children[number]

    def add(self, code: str, children: int = 1, first: int = 0, **values: Any) -> list[Measure]:
        fields = {
            "payer": "municipality",
            "since": date(YEAR, 1, 1),
            "until": date(YEAR, 12, 31),
            "sealed": b"-",
        } | values
        return Measure.objects.bulk_create(
            Measure(
                child=self.child(first + one), case=self.case, at=self.at, code=code, legal_group="realised", **fields
            )
            for one in range(children)
        )
