"""A referral is a file in a pack: a school refers to a health centre, whose door opens and closes with it."""

import tomllib
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.networks.agreements import Agreements
from tests.world import World
from zajedno.access.models import Message
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.daily import run
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.note import write_note
from zajedno.casework.models import Case
from zajedno.casework.queries.begin import beginnings
from zajedno.casework.queries.case import find, visible_to
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.procedures.actions.load import load_definition

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


class Referral:
    """Ana's school refers a child to Besa's health centre. `today` moves on as the story does. `agreed`: a protocol in
    force since that day, which all three have signed, opens everything that a referral may open."""

    def __init__(self, world: World, *, agreed: bool = True) -> None:
        content = tomllib.loads((settings.PACKS_DIR / "ba" / "procedures" / "referral.toml").read_text())
        load_definition(content | {"country": "RS"}, by=None, key="referral", country="RS")
        self.world, self.today = world, MONDAY
        self.agreements = Agreements(world)
        with clock.on(MONDAY):
            if agreed:
                self.agreements.signed("school", "health", "commission")
            self.child = world.child()
            with self.as_("ana"):
                self.case = open_case(
                    by=self.actor("ana"), child=self.child, keeper=world.organisations["school"], procedure="referral",
                    initiated_by=world.organisations["school"],
                )  # fmt: skip

    def actor(self, who: str) -> Any:
        return self.world.actor(who, self.today)

    def as_(self, who: str) -> Any:
        return acting(RUNTIME, self.world.accounts[who].pk)

    def move(self, who: str, move: str, **given: Any) -> Case:
        seen = Case.objects.get(pk=self.case.pk).moves_made
        with clock.on(self.today), self.as_(who):
            move_case(by=self.actor(who), uuid=self.case.uuid, move=move, seen=seen, given=given)
        self.case.refresh_from_db()
        return self.case

    def sees(self, who: str) -> bool:
        with clock.on(self.today), self.as_(who):
            return visible_to(self.actor(who)).filter(pk=self.case.pk).exists()

    def consented(self, *shared: str) -> "Referral":
        """The parent consents to the referral, and to sharing with these (all, when none is named)."""
        with clock.on(self.today):
            write_note(
                by=self.actor("ana"), file=find(self.actor("ana"), self.case.uuid), kind="informed", text="Речено.",
                happened_on=self.today,
            )  # fmt: skip
            row = self.world.consent(self.child, purpose="referral")
            names = ("school", *(shared or ("health", "commission")))
            row.recipients.set([self.world.organisations[name] for name in names])
        self.move("ana", "record_consent")
        return self

    def sent(self, move: str = "send", words: str = "note") -> "Referral":
        self.move("ana", move, **{"part:receiver": self.world.organisations["health"], words: "Треба логопед."})
        return self


@pytest.fixture
def referral(world: World) -> Referral:
    return Referral(world)


def test_it_is_begun_by_who_may_open_cases_and_is_kept_by_them(referral: Referral) -> None:
    (mine,) = beginnings(referral.world.actor("ana"))
    assert (mine.definition.key, mine.keeps, mine.begins) == ("referral", [referral.world.organisations["school"]], [])
    assert beginnings(referral.world.actor("dino")) == []
    with pytest.raises(Refused, match="open_already"):
        open_case(by=referral.actor("ana"), child=referral.child, keeper=referral.world.organisations["school"],
                  procedure="referral", initiated_by=referral.world.organisations["school"])  # fmt: skip


def test_nothing_is_sent_without_consent_and_nobody_else_sees_it_before(referral: Referral) -> None:
    with pytest.raises(Refused, match="missing_need"):
        referral.move("ana", "record_consent")
    assert not referral.sees("besa")
    referral.consented()
    assert not referral.sees("besa")
    with pytest.raises(Refused, match="missing_answer"):
        referral.move("ana", "send", note="Без установе.")


def test_from_sending_to_the_end_the_receiver_sees_what_it_needs(referral: Referral) -> None:
    referral.consented().sent()
    assert referral.sees("besa")
    file = find(referral.actor("besa"), referral.case.uuid)
    assert (file.parts, file.fields) == ({"receiver"}, {"identity", "contact", "family", "request", "reports"})
    for move, step in (("acknowledge", "acknowledged"), ("accept", "accepted"), ("meet", "first_contact"),
                       ("begin_service", "in_service")):  # fmt: skip
        assert referral.move("besa", move).step == step
    assert referral.move("besa", "send_feedback", report="Шест сусрета; боље говори.").step == "feedback"
    assert referral.move("ana", "close").outcome == "closed"
    assert not referral.sees("besa") or find(referral.actor("besa"), referral.case.uuid).fields == set()
    referral.today += timedelta(days=1)
    assert not referral.sees("besa")
    assert referral.sees("ana")


def test_who_declines_sees_nothing_from_that_moment_and_it_can_go_elsewhere(referral: Referral) -> None:
    referral.consented().sent()
    with pytest.raises(NotPermitted):
        referral.move("ana", "decline", reason="Не може пошиљалац.")
    assert referral.move("besa", "decline", reason="Немамо логопеда.").step == "refused"
    assert not referral.sees("besa")
    with pytest.raises(NotFound):
        referral.move("besa", "accept")
    referral.move("ana", "send", **{"part:receiver": referral.world.organisations["commission"], "note": "Покушавамо."})
    assert (referral.sees("csaba"), referral.sees("besa")) == (True, False)


def test_who_keeps_it_cannot_receive_it(referral: Referral) -> None:
    referral.consented()
    with pytest.raises(Refused, match="keeper"):
        referral.move("ana", "send", **{"part:receiver": referral.world.organisations["school"], "note": "x"})
    assert referral.case.step == "consented"


def test_a_missed_acknowledgement_is_told_once_to_both(referral: Referral) -> None:
    referral.consented().sent()
    assert referral.case.due_on == date(2026, 3, 5)  # three office days
    Message.objects.all().delete()
    for day in (5, 6, 6, 7):
        with clock.on(date(2026, 3, day)):
            run()
    told = Message.objects.filter(key__startswith="missed-").values_list("account__email", flat=True)
    assert sorted(told) == ["ana@demo.invalid", "besa@demo.invalid"]


def test_an_urgent_one_is_due_on_the_same_day(referral: Referral) -> None:
    referral.consented().sent("send_urgently", "reason")
    assert (referral.case.due_on, referral.case.due_key) == (MONDAY, "urgent_acknowledgement")
    with clock.on(MONDAY + timedelta(days=1)):
        assert run().missed == 1
