"""Two procedures that plan for the same child, in the same municipality, and services with places."""

import tomllib
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from tests.casework.test_story import Story
from tests.world import World
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.plan import write_measure
from zajedno.casework.models import Measure
from zajedno.children.models import Child
from zajedno.kernel import clock
from zajedno.places.models import Service
from zajedno.procedures.actions.load import load_definition

SPEECH = {"code": "speech_therapy", "legal_group": "realised", "frequency": "двапут недељно"}
SECRET = "Муца када је узбуђен."


class Planned(Story):
    """A case of a procedure (`more`: what its file says otherwise) for a child, ready for its plan."""

    def __init__(self, world: World, child: Child, key: str = "additional-support", **more: Any) -> None:
        self.world, self.child = world, child
        if key != "additional-support":
            path = settings.PACKS_DIR / "rs" / "procedures" / "additional-support.toml"
            content = tomllib.loads(path.read_text()) | {"key": key} | more
            load_definition(content, by=None, key=key, country="RS")
        with self.as_("ana"):
            self.case = open_case(
                by=world.actor("ana"), child=child, keeper=world.organisations["commission"], procedure=key,
                initiator="institution", initiated_by=world.organisations["school"],
                request={"reasons": ["learning"], "difficulties": "Чита.", "asked": "Помоћ.", "papers": ["medical"]},
            )  # fmt: skip
        self.to_deciding()

    def plan(self, values: Mapping[str, Any] = SPEECH, text: str = SECRET, who: str = "csaba", **more: Any) -> Measure:
        given = {"responsible": self.world.organisations["health"]} | dict(values)
        with self.as_(who):
            by = self.world.actor(who)
            return write_measure(by=by, file=self.file(who), values=given, goal=text, row=None, **more)

    def adopt(self) -> None:
        self.write_opinion_and_plan()
        self.move("goran", "adopt_opinion")

    def carry_out(self) -> None:
        self.adopt()
        self.note("csaba", "delivered")
        self.move("csaba", "deliver")
        self.move("csaba", "begin_implementation")

    def line(self, code: str = "speech_therapy") -> Measure:
        return self.case.measures.get(code=code, superseded_on=None)


def service(world: World, **fields: Any) -> Service:
    """Speech therapy at the health centre; one place."""
    given = {"labels": {"sr": "Логопед", "en": "Speech therapist"}, "capacity": 1} | fields
    return Service.objects.create(organisation=world.organisations["health"], **given)


def days(count: int) -> Any:
    from datetime import timedelta

    return clock.today() + timedelta(days=count)
