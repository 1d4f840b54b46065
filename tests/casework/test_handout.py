"""Handing a child out as FHIR: only with a consent in force, only what is open, written down for the family."""

import json
import logging
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from tests.casework.family_world import Family
from tests.casework.fhir.telling import resource
from tests.world import World
from zajedno.access.models import AuditEntry, Role
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.handout import hand_out
from zajedno.casework.models import Handout, Measure
from zajedno.casework.queries.case import find
from zajedno.casework.queries.family import ledger, own_file
from zajedno.casework.queries.handout import may_go, of_case
from zajedno.children.enums import Field
from zajedno.children.models import Consent, Tie
from zajedno.kernel.clock import today
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused

pytestmark = pytest.mark.django_db
HEALTH, SECRET = "w-health", "Муца када је узбуђен."


class Handing:
    """A case of the commission with a measure in its plan, open to it as a whole."""

    def __init__(self, world: World) -> None:
        self.world, keeper = world, world.organisations["commission"]
        self.child = world.child(address="Тајна улица 9", sex="M", number="0101015820016")
        Tie.objects.create(child=self.child, organisation=keeper, purpose="registration", since=today(), fields=[])
        with self.as_("csaba"):
            self.case = open_case(
                by=world.actor("csaba"), child=self.child, keeper=keeper, procedure="additional-support",
                initiator="parent", request={"difficulties": "Чита.", "asked": "Помоћ."},
            )  # fmt: skip
        self.tie = Tie.objects.filter(pk=self.case.participants.get(part="commission").tie_id)
        self.tie.update(fields=sorted(Field.values))
        measure = Measure(
            child=self.child, case=self.case, at=keeper, code="speech_therapy", legal_group="realised",
            adopted_on=today(),
        )  # fmt: skip
        measure.text = SECRET
        measure.save()

    def as_(self, who: str) -> Any:
        return acting(RUNTIME, self.world.accounts[who].pk)

    def consent(self, **fields: Any) -> Consent:
        row = self.world.consent(self.child, **fields)
        row.recipients.set([self.world.organisations["health"]])
        return row

    def hand(self, who: str = "csaba", receiver: str = HEALTH, uuid: Any = None) -> dict[str, Any]:
        with self.as_(who):
            _row, content = hand_out(by=self.world.actor(who), uuid=uuid or self.case.uuid, receiver=receiver)
        made: dict[str, Any] = json.loads(content)
        return made

    def refused(self, receiver: str = HEALTH) -> None:
        with pytest.raises(Refused, match="consent"):
            self.hand(receiver=receiver)
        assert not Handout.objects.exists()


@pytest.fixture
def handing(world: World) -> Handing:
    return Handing(world)


def test_with_consent_it_goes_and_says_what_the_case_says(handing: Handing) -> None:
    handing.consent()
    made = handing.hand()
    patient, plan, request = (resource(made, kind) for kind in ("Patient", "CarePlan", "ServiceRequest"))
    assert (patient["name"][0]["text"], patient["gender"]) == ("Ђорђе Њежић", "male")
    assert [one["value"] for one in patient["identifier"]] == ["0101015820016"]
    assert "Чита." in request["reasonCode"][0]["text"]
    assert (request["status"], plan["status"]) == ("active", "active")
    assert SECRET in [one["detail"].get("description") for one in plan["activity"]]
    assert resource(made, "Consent")["status"] == "active"


def test_it_is_written_down_for_the_family_and_for_inspectors(
    handing: Handing, caplog: pytest.LogCaptureFixture
) -> None:
    handing.consent()
    with caplog.at_level(logging.DEBUG):
        handing.hand()
    logged = caplog.text
    row = Handout.objects.get()
    assert (row.receiver, row.sender) == (
        handing.world.organisations["health"],
        handing.world.organisations["commission"],
    )
    entry = AuditEntry.objects.get(verb="casework.hand_out")
    assert (entry.subject, entry.detail["handout"]) == (str(handing.case.uuid), str(row.uuid))
    for told in (json.dumps(entry.detail, ensure_ascii=False), logged):
        assert "Њежић" not in told
        assert "0101015820016" not in told


def test_without_a_consent_in_force_for_that_receiver_nothing_goes(handing: Handing) -> None:
    handing.refused()
    handing.consent(purpose="referral")
    handing.refused()
    handing.consent(until=today())
    handing.refused("w-school")
    handing.refused("w-nowhere")


def test_a_consent_that_ended_or_was_none_lets_nothing_go(handing: Handing) -> None:
    for fields in (
        {"withdrawn_on": today()},
        {"given_on": today() - timedelta(days=9), "until": today() - timedelta(days=1)},
        {"answer": "refused"},
        {"basis": "legal_duty", "basis_source": "закон"},
        {"scope": ["violence"]},
    ):
        row = handing.consent(**fields)
        handing.refused()
        row.delete()


def test_only_what_the_consent_names_goes(handing: Handing) -> None:
    handing.consent(scope=["identity"])
    made = json.dumps(handing.hand(), ensure_ascii=False)
    for word in ("Тајна улица", "0101015820016", "Филип", SECRET, "Чита.", "CarePlan", "Observation"):
        assert word not in made
    assert "Ђорђе" in made


def test_only_what_the_own_tie_opens_goes(handing: Handing) -> None:
    handing.consent()
    handing.tie.update(fields=["request"])
    made = json.dumps(handing.hand(), ensure_ascii=False)
    assert "Чита." in made
    for word in ("Ђорђе", "Тајна улица", "0101015820016", "Филип", SECRET, "2016-05-04"):
        assert word not in made


def test_others_find_no_case_to_hand_out(handing: Handing) -> None:
    handing.consent()
    for who in ("dino", "eva", "besa"):
        for uuid in (handing.case.uuid, uuid4()):
            with pytest.raises(NotFound):
                handing.hand(who, uuid=uuid)


def test_who_takes_part_and_may_not_is_refused(handing: Handing) -> None:
    handing.consent()
    role = handing.world.actor("csaba").seats[0].role
    found = Role.objects.get(key=role)
    found.verbs = [one for one in found.verbs if one != "casework.hand_out"]
    found.save()
    with pytest.raises(NotPermitted):
        handing.hand()
    assert may_go(find(handing.world.actor("csaba"), handing.case.uuid)) == []


def test_a_hand_out_is_never_changed_and_goes_to_another(handing: Handing) -> None:
    handing.consent()
    handing.hand()
    with handing.as_("csaba"), pytest.raises(ProgrammingError), transaction.atomic():
        Handout.objects.update(fields=["identity"])
    row = Handout.objects.get()
    row.pk, row.uuid, row.sender = None, uuid4(), row.receiver
    with pytest.raises(IntegrityError, match="handout_to_another"), transaction.atomic():
        row.save(force_insert=True)


def test_the_family_reads_that_it_left_and_for_whom(world: World) -> None:
    family = Family(world)
    family.comes_in()
    case = family.begin()
    row = world.consent(family.child)
    row.recipients.set([world.organisations["health"]])
    with family.as_("ana"):
        hand_out(by=world.actor("ana"), uuid=case.uuid, receiver=HEALTH)
    with family.as_("filip"):
        rows, _more = ledger(family.child)
        assert ("casework.hand_out", case.uuid) in [(one.verb, one.case) for one in rows]
        found = [one.receiver for one in of_case(own_file(family.parent(), case.uuid))]
    assert found == [world.organisations["health"]]


def test_what_tells_of_violence_is_never_handed_out(world: World) -> None:
    family = Family(world)
    case = family.protect()
    row = world.consent(family.child, purpose="protection")
    row.recipients.set([world.organisations["health"]])
    with family.as_("ana"):
        assert may_go(find(world.actor("ana"), case.uuid)) == []
        with pytest.raises(Refused, match="consent"):
            hand_out(by=world.actor("ana"), uuid=case.uuid, receiver=HEALTH)
