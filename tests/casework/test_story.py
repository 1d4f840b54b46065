"""From Ana's initiative to a follow-up report, as the people would do it; and what each step refuses."""

from datetime import timedelta
from typing import Any

import pytest

from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.casework.actions.case import change_request, open_case
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.note import write_note
from zajedno.casework.actions.opinion import save_joint_opinion
from zajedno.casework.actions.plan import write_measure
from zajedno.casework.actions.sitting import record_attendance
from zajedno.casework.models import Case
from zajedno.casework.queries.case import find, visible_to
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db


class Story:
    """Moves one case; who acts is named in each line."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.child = world.child(number="0405016820014")
        request = {
            "reasons": ["learning"],
            "difficulties": "Тешко чита.",
            "asked": "Прилагођен материјал.",
            "papers": ["medical"],
        }
        with self.as_("ana"):
            self.case = open_case(
                by=world.actor("ana"), child=self.child, keeper=world.organisations["commission"],
                procedure="additional-support",
                initiator="institution", initiated_by=world.organisations["school"], request=request,
            )  # fmt: skip

    def as_(self, who: str) -> Any:
        """Under the database role and in the name of who acts, as every request is."""
        return acting(RUNTIME, self.world.accounts[who].pk)

    def file(self, who: str) -> Any:
        return find(self.world.actor(who), self.case.uuid)

    def move(self, who: str, move: str, **given: Any) -> None:
        seen = Case.objects.get(pk=self.case.pk).moves_made
        with self.as_(who):
            move_case(by=self.world.actor(who), uuid=self.case.uuid, move=move, seen=seen, given=given)
        self.case.refresh_from_db()

    def note(self, who: str, kind: str) -> None:
        write_note(
            by=self.world.actor(who), file=self.file(who), kind=kind, text="Разговор.", happened_on=clock.today()
        )

    def to_consented(self) -> None:
        self.move("ana", "submit")
        self.move("csaba", "register", registry_number="auto")
        self.move("csaba", "accept_as_complete")
        self.note("csaba", "informed")
        self.world.consent(self.child)
        self.move("csaba", "record_consent")

    def to_deciding(self) -> None:
        self.to_consented()
        self.move("goran", "appoint_interim_member", **{"part:interim_member": self.world.accounts["ana"]})
        self.move("csaba", "schedule", date=clock.today() + timedelta(days=3), place="Школа")
        self.move("csaba", "begin_assessment")
        self.move("hana", "hear_family", note="Родитељ и дете су саслушани.")
        for who in ("goran", "hana", "jelena", "ana"):
            self.move(who, "write_individual_opinion", opinion="Потребна је подршка.")
        self.move("csaba", "finish_assessment")
        begins = clock.now() + timedelta(seconds=1)
        self.move("csaba", "call_sitting", sitting=(begins, "Градска кућа"))
        item = self.case.agenda.get()
        present = {row.account_id: "present" for row in item.sitting.attendees.all()}
        with self.as_("csaba"):
            record_attendance(by=self.world.actor("csaba"), sitting=item.sitting, states=present)
        self.move("csaba", "hold_sitting")

    def write_opinion_and_plan(self) -> None:
        by = self.world.actor("csaba")
        with self.as_("goran"):
            save_joint_opinion(by=self.world.actor("goran"), file=self.file("goran"), content={"findings": "Налаз."})
        values = {"code": "individualised_teaching", "legal_group": "realised", "frequency": "недељно",
                  "responsible": self.world.organisations["school"]}  # fmt: skip
        with self.as_("csaba"):
            write_measure(by=by, file=self.file("csaba"), values=values, goal="Чита са разумевањем.", row=None)

    def to_implementation(self) -> None:
        self.to_deciding()
        self.write_opinion_and_plan()
        self.move("goran", "adopt_opinion")
        self.note("csaba", "delivered")
        self.move("csaba", "deliver")
        self.move("csaba", "begin_implementation")


def test_the_whole_way(world: World) -> None:
    story = Story(world)
    story.to_implementation()
    story.move("ana", "report_follow_up", report="Дете напредује.")
    story.move("csaba", "close", reason="Подршка је завршена.")
    assert (story.case.step, story.case.outcome) == ("closed", "closed")
    letters = list(story.case.letters.values_list("kind", flat=True))
    assert letters == ["request-form", "invitation", "invitation", "minutes", "joint-opinion"]
    assert story.case.number.endswith(f"/{clock.today().year}")
    assert not story.case.clocks.filter(stopped_on=None).exists()
    assert AuditEntry.objects.filter(verb="casework.move_case", subject=str(story.case.uuid)).count() > 15
    assert Message.objects.exists()
    assert not Message.objects.filter(body__contains="Ђорђе").exists()


def test_opinion_is_due_in_sixty_days(world: World) -> None:
    story = Story(world)
    story.move("ana", "submit")
    running = story.case.clocks.get(key="opinion")
    assert running.due_on >= clock.today() + timedelta(days=60)


def test_a_lost_race_is_told(world: World) -> None:
    story = Story(world)
    seen = story.case.moves_made
    story.move("ana", "submit")
    with pytest.raises(Overtaken):
        move_case(
            by=world.actor("csaba"), uuid=story.case.uuid, move="register", seen=seen, given={"registry_number": "1"}
        )


def test_missing_needs_are_named(world: World) -> None:
    story = Story(world)
    story.move("ana", "submit")
    story.move("csaba", "register", registry_number="auto")
    story.move("csaba", "accept_as_complete")
    with pytest.raises(Refused) as refusal:
        story.move("csaba", "record_consent")
    assert refusal.value.code == "missing_need"
    assert "consent" in str(refusal.value.sentence)
    assert story.case.step == "awaiting_consent"


def test_wrong_part_is_refused(world: World) -> None:
    story = Story(world)
    story.move("ana", "submit")
    with pytest.raises(NotPermitted):
        story.move("hana", "register", registry_number="auto")


def test_a_number_is_given_once(world: World) -> None:
    first, second = Story(world), None
    first.move("ana", "submit")
    first.move("csaba", "register", registry_number="IRK-1")
    world.organisations["school2"] = world.organisations["school"]
    child = world.child("Маја", "Савић")
    case = open_case(by=world.actor("ana"), child=child, keeper=world.organisations["commission"],
        procedure="additional-support",
                     initiator="institution", initiated_by=world.organisations["school"],
                     request={"reasons": ["other"], "difficulties": "x", "asked": "y"})  # fmt: skip
    second = Story.__new__(Story)
    second.world, second.child, second.case = world, child, case
    second.move("ana", "submit")
    with pytest.raises(Refused) as refusal:
        second.move("csaba", "register", registry_number="IRK-1")
    assert refusal.value.code == "number_taken"


@pytest.mark.parametrize("who", ["dino", "eva"])
def test_who_has_no_tie_finds_nothing(world: World, who: str) -> None:
    story = Story(world)
    story.to_consented()
    assert not visible_to(world.actor(who)).exists()
    with pytest.raises(NotFound):
        story.file(who)


def test_the_commission_sees_a_case_only_when_submitted(world: World) -> None:
    story = Story(world)
    with pytest.raises(NotFound):
        story.file("csaba")
    story.move("ana", "submit")
    assert story.file("csaba").parts == {"commission", "coordinator"}


def test_interim_member_leaves_with_delivery(world: World) -> None:
    story = Story(world)
    story.to_deciding()
    assert "interim_member" in story.file("ana").parts
    story.write_opinion_and_plan()
    story.move("goran", "adopt_opinion")
    story.note("csaba", "delivered")
    story.move("csaba", "deliver")
    assert "interim_member" not in story.file("ana").parts


def test_a_repeated_request_opens_a_linked_case(world: World) -> None:
    story = Story(world)
    story.to_implementation()
    story.move("csaba", "repeat_request", reason="Промењене околности.")
    new = Case.objects.get(repeats=story.case)
    assert (story.case.outcome, new.step, new.organisation_id) == ("repeated", "draft", story.case.organisation_id)


def test_after_adoption_the_request_is_closed(world: World) -> None:
    story = Story(world)
    story.to_deciding()
    with pytest.raises(Refused):
        change_request(by=world.actor("csaba"), file=story.file("csaba"), request={"asked": "друго"})
