"""A referral from another system: kept apart, taken in by who receives it, read back by who sent it."""

import json
import tomllib
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from tests.casework.fhir.arriving import CODES, part, referral
from tests.networks.agreements import Agreements
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.casework.actions import daily
from zajedno.casework.actions.arrival import open_arrival, receive, take_in, turn_down
from zajedno.casework.actions.move import move_case
from zajedno.casework.logic.fhir.check import problems
from zajedno.casework.logic.fhir.read import Unreadable
from zajedno.casework.models import Arrival, Case
from zajedno.casework.queries import case as cases
from zajedno.casework.queries.arrival import clauses, find, sent, task_of, waiting
from zajedno.children.actions.likeness import LikelySame
from zajedno.children.models import Child, Consent, Guardian, Tie
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.fence import RUNTIME, WORKER, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.places.models import Post
from zajedno.procedures.actions.load import load_definition

pytestmark = pytest.mark.django_db


def load_referral() -> None:
    path = settings.PACKS_DIR / "rs" / "procedures" / "referral.toml"
    load_definition(tomllib.loads(path.read_text()), by=None, key="referral", country="RS")


def rules_of_ba() -> dict[str, Any]:
    """Of Bosnia and Herzegovina, where a referral rests on an agreement; in force in Serbia."""
    content = tomllib.loads((settings.PACKS_DIR / "ba" / "procedures" / "referral.toml").read_text())
    return content | {"country": "RS"}


def sent_today(**request: Any) -> dict[str, Any]:
    made = referral(**request)
    consent, day = part(made, "Consent"), today()
    consent["dateTime"] = (day - timedelta(days=1)).isoformat()
    consent["provision"]["period"] = {"start": consent["dateTime"], "end": (day + timedelta(days=90)).isoformat()}
    return made


class Arriving:
    """Ana's school sends from its own system; Besa's health centre receives."""

    def __init__(self, world: World) -> None:
        load_referral()
        self.world = world

    def as_(self, who: str) -> Any:
        return acting(RUNTIME, self.world.accounts[who].pk)

    def send(self, who: str = "ana", **request: Any) -> Arrival:
        with self.as_(who):
            row, _new = receive(by=self.world.actor(who), content=sent_today(**request))
        return row

    def take(self, row: Arrival, child: UUID | None = None, who: str = "besa", distinct: bool = False) -> Case:
        with self.as_(who):
            return take_in(by=self.world.actor(who), uuid=row.uuid, child=child, distinct=distinct)

    def status(self, row: Arrival) -> str:
        with self.as_("ana"):
            task = task_of(sent(self.world.actor("ana"), row.uuid))
        assert problems(task, CODES) == []
        return str(task["status"])


@pytest.fixture
def arriving(world: World) -> Arriving:
    return Arriving(world)


def test_from_the_other_system_to_an_accepted_referral_and_back(arriving: Arriving) -> None:
    row = arriving.send()
    assert (Child.objects.count(), arriving.status(row)) == (0, "requested")
    case = arriving.take(row)
    child = Child.objects.get()
    assert (child.full_name, child.registered_by) == ("Ђорђе Њежић", arriving.world.organisations["health"])
    assert [one.name for one in Guardian.objects.all()] == ["Филип Њежић"]
    assert (case.organisation, arriving.status(row)) == (arriving.world.organisations["school"], "received")
    besa = arriving.world.actor("besa")
    with arriving.as_("besa"):
        file = cases.find(besa, case.uuid)
        assert file.parts == {"receiver"}
        move_case(by=besa, uuid=case.uuid, move="accept", seen=file.case.moves_made)
    assert Case.objects.get().step == "accepted"
    assert arriving.status(row) == "accepted"
    assert Arrival.objects.get().content is None
    assert Consent.objects.get().recipients.count() == 2


def test_who_sent_it_learns_nothing_of_the_file_here(arriving: Arriving) -> None:
    """Also where Besa took the child for another of hers."""
    other = arriving.world.child("Маја", "Савић", registered_by=arriving.world.organisations["health"])
    Tie.objects.filter(child=other).update(organisation=arriving.world.organisations["health"])
    case = arriving.take(arriving.send(), other.uuid)
    with arriving.as_("ana"):
        file = cases.find(arriving.world.actor("ana"), case.uuid)
        assert file.fields == {"request", "reports"}
    open_now = Tie.objects.filter(child=other, organisation=arriving.world.organisations["school"], until=None)
    assert [sorted(tie.fields) for tie in open_now] == [["reports", "request"]]


def test_it_is_given_to_a_child_that_is_here(arriving: Arriving) -> None:
    here = arriving.world.child()
    Tie.objects.create(
        child=here, organisation=arriving.world.organisations["health"], purpose="registration", since=today(),
        fields=["identity", "family"],
    )  # fmt: skip
    row = arriving.send()
    with pytest.raises(LikelySame):
        arriving.take(row)
    assert Arrival.objects.get().state == "waiting"
    case = arriving.take(row, here.uuid)
    assert (case.child, Child.objects.count(), Guardian.objects.count()) == (here, 1, 1)


def test_turned_down_it_is_nobodys_and_the_reason_is_read(arriving: Arriving) -> None:
    row = arriving.send()
    besa = arriving.world.actor("besa")
    with arriving.as_("besa"):
        with pytest.raises(Refused, match="reason"):
            turn_down(by=besa, uuid=row.uuid, reason=" ")
        turn_down(by=besa, uuid=row.uuid, reason="Немамо логопеда.")
        with pytest.raises(Overtaken):
            turn_down(by=besa, uuid=row.uuid, reason="Опет.")
    assert (Child.objects.count(), Case.objects.count(), arriving.status(row)) == (0, 0, "rejected")
    with arriving.as_("ana"):
        assert task_of(sent(arriving.world.actor("ana"), row.uuid))["statusReason"] == {"text": "Немамо логопеда."}
    assert Arrival.objects.get().content is None


def test_sent_again_it_is_known(arriving: Arriving) -> None:
    first, second = arriving.send(), arriving.send()
    assert (first.pk, Arrival.objects.count()) == (second.pk, 1)
    assert arriving.send(number="R-2").pk != first.pk


def test_what_cannot_be_taken_writes_nothing(arriving: Arriving) -> None:
    for receiver, said in (("w-nowhere", "receiver"), ("w-ministry", "receiver"), ("w-school", "to_oneself")):
        with pytest.raises(Unreadable) as caught:
            arriving.send(receiver=receiver)
        assert [one.said for one in caught.value.problems] == [said]
    with pytest.raises(Unreadable) as caught:
        arriving.send("besa", receiver="w-school")  # the referral names Ana's school as who asks
    assert [one.said for one in caught.value.problems] == ["requester"]
    assert not Arrival.objects.exists()


def test_others_find_nothing(arriving: Arriving) -> None:
    row = arriving.send()
    for who in ("dino", "eva", "csaba"):
        by = arriving.world.actor(who)
        with arriving.as_(who):
            assert not Arrival.objects.exists()
            assert not waiting(by).exists()
            for uuid in (row.uuid, uuid4()):
                for look in (find, sent):
                    with pytest.raises(NotFound):
                        look(by, uuid)
                with pytest.raises((NotFound, NotPermitted)):
                    open_arrival(by=by, uuid=uuid)
    with arriving.as_("dino"), pytest.raises(NotPermitted):
        receive(by=arriving.world.actor("dino"), content=sent_today())
    with arriving.as_("besa"):
        assert [one.pk for one in waiting(arriving.world.actor("besa"))] == [row.pk]
        assert open_arrival(by=arriving.world.actor("besa"), uuid=row.uuid).says.words == "Говори нејасно."


def test_who_left_sends_no_more(arriving: Arriving) -> None:
    row = arriving.send()
    Post.objects.filter(account=arriving.world.accounts["ana"]).update(until=today() - timedelta(days=1))
    with pytest.raises(Refused, match="left"):
        arriving.take(row)
    assert (Child.objects.count(), Arrival.objects.get().state) == (0, "waiting")


def test_a_consent_that_ended_while_it_waited_opens_nothing(arriving: Arriving) -> None:
    row = arriving.send()
    with clock.on(today() + timedelta(days=120)), pytest.raises(Refused):
        arriving.take(row)
    assert not Child.objects.exists()


def test_the_database_keeps_its_promises(arriving: Arriving) -> None:
    row = arriving.send()
    for changes in (
        {"state": "taken"},
        {"content": None},
        {"state": "turned_down", "content": None, "decided_by": 1},
        {"receiver": row.sender_id},
    ):
        with pytest.raises(IntegrityError, match="arrival_"), transaction.atomic():
            Arrival.objects.update(**changes)


def test_what_waits_is_sealed(arriving: Arriving) -> None:
    arriving.send()
    assert "Њежић" not in json.dumps(str(bytes(Arrival.objects.get().content)))


def test_where_the_procedure_asks_for_an_agreement_it_is_asked_for(arriving: Arriving) -> None:
    """The referral of Bosnia and Herzegovina opens nothing to the receiver without one."""
    load_definition(rules_of_ba(), by=None, key="referral", country="RS")
    row = arriving.send()
    with pytest.raises(Refused, match="no_clause"):
        arriving.take(row)
    assert (Child.objects.count(), Case.objects.count()) == (0, 0)
    Agreements(arriving.world).signed("school", "health")
    case = arriving.take(row)
    assert (Case.objects.get(pk=case.pk).step, arriving.status(row)) == ("sent", "received")


def test_of_several_agreements_one_is_chosen(arriving: Arriving) -> None:
    load_definition(rules_of_ba(), by=None, key="referral", country="RS")
    made = Agreements(arriving.world)
    first = made.signed("school", "health", head={"valid_from": today() - timedelta(days=9)})
    second = made.signed("school", "health")
    row = arriving.send()
    with arriving.as_("besa"):
        assert [one.agreement for one in clauses(row, today())] == [first, second]
    with pytest.raises(Refused, match="which_clause"):
        arriving.take(row)
    with arriving.as_("besa"):
        wanted = clauses(row, today())[1]
        case = take_in(by=arriving.world.actor("besa"), uuid=row.uuid, child=None, clause=str(wanted.uuid))
    assert case.participants.get(part="receiver").clause == wanted


def test_what_nobody_decides_on_is_destroyed_and_who_receives_is_told_before(arriving: Arriving) -> None:
    rules = tomllib.loads((settings.PACKS_DIR / "rs" / "retention.toml").read_text())
    load_definition(rules, by=None, key="retention", country="RS", kind="retention")
    row, begun = arriving.send(), today()

    def letters() -> int:
        return Message.objects.filter(key__startswith="arrival-ends-").count()

    def after(days: int) -> Arrival:
        with clock.on(begun + timedelta(days=days)), acting(WORKER):
            daily.run()
        return Arrival.objects.get()

    assert (after(300).state, letters()) == ("waiting", 0)
    assert (after(500).state, letters()) == ("waiting", 1)  # no round was made for long: it is told first
    assert (after(529).state, letters()) == ("waiting", 1)
    ended = after(530)
    assert (ended.state, ended.content, ended.decided_by) == ("turned_down", None, 0)
    assert AuditEntry.objects.filter(verb="casework.lapse_arrival", subject=str(row.uuid)).count() == 1
    assert arriving.status(row) == "rejected"
    assert after(600).decided_on == ended.decided_on
