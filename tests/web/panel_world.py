"""Helpers of the tests of the commission's desk."""

from typing import Any

from django.test import Client

from tests.casework.test_story import Story
from tests.world import World
from zajedno.casework.actions.case import open_case
from zajedno.casework.models import Case
from zajedno.children.models import Child
from zajedno.kernel import clock


class English:
    """`go("csaba")` is Csaba's browser, in English."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __call__(self, who: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(self.world.accounts[who])
        return client


def words(response: Any) -> str:
    return str(response.content.decode())


class Another(Story):
    """The same story for another child."""

    def __init__(self, world: World, child: Child) -> None:
        self.world, self.child = world, child
        with self.as_("ana"):
            self.case = open_case(
                by=world.actor("ana"), child=child, keeper=world.organisations["commission"],
                procedure="additional-support",
                initiator="institution", initiated_by=world.organisations["school"],
                request={"reasons": ["learning"], "difficulties": "Чита.", "asked": "Помоћ.", "papers": ["medical"]},
            )  # fmt: skip

    @classmethod
    def of(cls, world: World, case: Case) -> "Another":
        """The story of a case that is already there."""
        story = cls.__new__(cls)
        story.world, story.child, story.case = world, case.child, case
        return story

    def to_opinions(self) -> None:
        """Every member has written; no sitting is called yet."""
        self.to_consented()
        self.move("goran", "appoint_interim_member", **{"part:interim_member": self.world.accounts["ana"]})
        self.move("csaba", "schedule", date=clock.today(), place="Школа")
        self.move("csaba", "begin_assessment")
        self.move("hana", "hear_family", note="Родитељ и дете су саслушани.")
        for who in ("goran", "hana", "jelena", "ana"):
            self.move(who, "write_individual_opinion", opinion=f"Мишљење које пише {who}.")
        self.move("csaba", "finish_assessment")
