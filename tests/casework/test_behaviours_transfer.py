"""Behaviours that users of peers rely on (`../shared/behaviours.csv`): transfer and approval. A test for a row."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.casework.handing import add, address, approvals, at, elsewhere, offered, seen, text
from tests.casework.test_story import Story
from tests.world import World
from zajedno.access.models import Message
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.transfer import accept_transfer, reject_transfer, withdraw_transfer
from zajedno.casework.models import Case, Transfer
from zajedno.casework.queries.approval import waiting_for
from zajedno.casework.queries.case import find, standing, visible_to
from zajedno.children.actions.child import change
from zajedno.children.models import Tie
from zajedno.kernel import clock
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.places.models import Post
from zajedno.procedures.actions.load import load_definition

pytestmark = pytest.mark.django_db


# X1


def test_X1_an_offer_opens_the_case_and_only_acceptance_changes_who_keeps_it(world: World) -> None:
    story = offered(world)
    case, new = story.case, world.organisations["zita"]
    assert reading(case) == {new.pk}
    clocks = list(case.clocks.values_list("key", "due_on", "stopped_on"))
    assert case.organisation == world.organisations["commission"]
    zita = at(world, "zita")
    assert "Take it over" in text(zita.get(address(case)))
    assert "Cases offered to you" in text(zita.get("/work/"))
    with pytest.raises(NotPermitted):  # reading is all that an offer opens
        story.move("zita", "schedule", date=clock.today(), place="x")
    assert (
        zita.post(address(case, "note/"), {"kind": "note", "happened_on": str(clock.today()), "text": "x"}).status_code
        == 403
    )
    assert "Attach a paper" not in text(zita.get(address(case, "papers/")))
    letter = Message.objects.get(key__startswith="transfer-", account=world.accounts["zita"])
    assert not {"Ђорђе", "Nježić", "Њежић", case.number} & set((letter.subject + letter.body).split())
    old_number = case.number
    assert zita.post(address(case, "transfer/accept/"), {"number": ""}).status_code == 302
    case.refresh_from_db()
    row = Transfer.objects.get()
    assert (case.organisation, row.state, row.number_before) == (new, "accepted", old_number)
    assert case.number
    assert list(case.clocks.values_list("key", "due_on", "stopped_on")) == clocks
    assert find(world.actor("zita"), case.uuid).parts >= {"commission", "coordinator"}
    old = find(world.actor("csaba"), case.uuid)
    assert old.only_reads
    assert reading(case) == {world.organisations["commission"].pk}
    with pytest.raises(NotPermitted), story.as_("csaba"):
        change(by=world.actor("csaba"), child=story.child, address="Друга 1")
    with pytest.raises(NotPermitted):
        story.move("csaba", "schedule", date=clock.today(), place="x")
    history = text(zita.get(address(case, "history/")))
    assert "Offered to another institution" in history
    assert "Селе се." in history
    assert "Taken over by another institution" in history
    assert zita.post(address(case, "transfer/accept/"), {"number": ""}).status_code == 409
    story.move("zita", "withdraw", reason="Породица одустаје.")
    assert not visible(story, "csaba")  # it read until the end


def reading(case: Case) -> set[int]:
    """Institutions that do nothing about the child by what opens the file to them."""
    return set(case.participants.filter(tie__reads=True).values_list("key", flat=True))


def test_X1_what_the_sender_keeps_is_said_in_the_offer(world: World) -> None:
    story = offered(world, afterwards="nothing")
    with story.as_("zita"):
        accept_transfer(by=world.actor("zita"), uuid=story.case.uuid, number="НС-77")
    story.case.refresh_from_db()
    assert (story.case.number, visible(story, "csaba"), visible(story, "zita")) == ("НС-77", False, True)


@pytest.mark.parametrize("who", ["zita", "csaba"])
def test_X1_rejecting_or_taking_back_closes_the_case_at_once(world: World, who: str) -> None:
    story = offered(world)
    act = reject_transfer if who == "zita" else withdraw_transfer
    with pytest.raises(Refused), story.as_(who):
        act(by=world.actor(who), uuid=story.case.uuid, reason=" ")
    assert visible(story, "zita")
    with story.as_(who):
        act(by=world.actor(who), uuid=story.case.uuid, reason="Није наша општина.")
    story.case.refresh_from_db()
    assert story.case.organisation == world.organisations["commission"]
    assert not visible(story, "zita")
    assert at(world, "zita").get(f"/work/child/{story.child.uuid}/").status_code == 404
    assert "Није наша општина." in text(at(world, "csaba").get(address(story.case, "history/")))
    with pytest.raises((Overtaken, NotFound)), story.as_("zita"):
        accept_transfer(by=world.actor("zita"), uuid=story.case.uuid)


def visible(story: Story, who: str) -> bool:
    with story.as_(who):
        return visible_to(story.world.actor(who)).filter(pk=story.case.pk).exists()


def test_X1_it_is_offered_to_a_fitting_institution_with_consent_by_its_keeper_alone(world: World) -> None:
    elsewhere(world, "zita", "commission", "Комисија Нови Сад")
    add(world, "zita", "commission-coordinator", "zita")
    story = Story(world)
    story.to_consented()
    path, new = address(story.case, "transfer/"), world.organisations["zita"]
    sent = {"receiver": str(new.pk), "message": "Селе се.", "afterwards": "read", "seen": seen(story.case)}
    assert at(world, "ana").post(path, sent).status_code == 404  # takes part, but does not keep it
    csaba = at(world, "csaba")
    page = csaba.post(path, sent)
    assert page.status_code == 422
    assert "consent to share with this institution" in text(page)
    assert "Селе се." in text(page)
    for wrong in ("school", "health", "commission"):
        other = sent | {"receiver": str(world.organisations[wrong].pk)}
        assert csaba.post(path, other).status_code == 422
    world.consent(story.child).recipients.set([world.organisations["commission"], new])
    assert csaba.post(path, sent | {"seen": 1}).status_code == 409
    assert csaba.post(path, sent).status_code == 302
    assert csaba.post(path, sent | {"seen": seen(story.case)}).status_code == 422  # one offer at a time


# X3


def test_X3_only_the_receiver_or_who_may_answer_for_them_accepts_and_the_sender_never(world: World) -> None:
    story = offered(world, person="zita")
    add(world, "vera", "commission-coordinator", "zita")
    for who in ("vera", "csaba", "goran"):
        with pytest.raises(NotPermitted), story.as_(who):
            accept_transfer(by=world.actor(who), uuid=story.case.uuid)
        assert at(world, who).get(address(story.case, "transfer/accept/"))["Location"] == address(story.case)
        assert at(world, who).post(address(story.case, "transfer/accept/"), {"number": ""}).status_code == 403
    with pytest.raises(NotFound), story.as_("besa"):
        accept_transfer(by=world.actor("besa"), uuid=story.case.uuid)
    with story.as_("nada"):
        accept_transfer(by=world.actor("nada"), uuid=story.case.uuid)
    story.case.refresh_from_db()
    assert story.case.organisation == world.organisations["zita"]


def test_X3_who_offered_it_does_not_accept_it_from_another_post_either(world: World) -> None:
    story = offered(world)
    Post.objects.create(
        account=world.accounts["csaba"], organisation=world.organisations["zita"], role_id="commission-president",
        since=date(2020, 1, 1),
    )  # fmt: skip
    with pytest.raises(NotPermitted), story.as_("csaba"):
        accept_transfer(by=world.actor("csaba"), uuid=story.case.uuid)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.update(state="accepted", decided_by=world.accounts["csaba"].pk)


def test_X3_two_answer_at_once_one_wins_and_the_other_is_told(world: World) -> None:
    story = offered(world)
    with story.as_("nada"):
        reject_transfer(by=world.actor("nada"), uuid=story.case.uuid, reason="Није наше.")
    Tie.objects.create(
        child=story.child,
        account=world.accounts["zita"],
        purpose="additional-support",
        fields=["identity"],
        since=clock.today(),
    )
    story.case.participants.create(tie=Tie.objects.latest("pk"), key=-world.accounts["zita"].pk, part="person_of_trust")
    late = at(world, "zita").post(address(story.case, "transfer/reject/"), {"reason": "Моје речи."})
    assert late.status_code == 409
    assert "answered or taken back" in text(late)
    assert "Моје речи." in text(late)


# W1


@pytest.mark.parametrize("what", ["assessment", "plan", "closure"])
def test_W1_another_person_approves_or_rejects_and_the_requester_cannot(world: World, what: str) -> None:
    load_definition(approvals(), by=None, key="approvals", country="RS")
    add(world, "vesna", "school-associate", "school")
    story = Story(world)
    with story.as_("ana"):
        story.case = open_case(by=world.actor("ana"), child=story.child, keeper=world.organisations["school"],
                               procedure="approvals", initiated_by=world.organisations["school"])  # fmt: skip
    ana, vesna = at(world, "ana"), at(world, "vesna")
    approve = address(story.case, f"move/approve_{what}/")
    for decision in ("reject", "approve"):
        assert "Waits for your decision" not in text(vesna.get("/work/"))
        story.move("ana", f"request_{what}", note="Готово је.")
        assert "Waits for your decision" in text(vesna.get("/work/"))
        assert "Waits for your decision" not in text(ana.get("/work/"))
        for move in (f"approve_{what}", f"reject_{what}"):
            with pytest.raises(NotPermitted, match="same_person"):
                story.move("ana", move, reason="x")
        assert "You did this yourself" in text(ana.get(approve))
        assert ana.post(approve, {"seen": seen(story.case)}).status_code == 403
        if decision == "reject":
            with pytest.raises(Refused, match="missing_answer"):
                story.move("vesna", f"reject_{what}")
        story.move("vesna", f"{decision}_{what}", reason="Допуни налаз.")
        assert "Waits for your decision" not in text(vesna.get("/work/"))
        assert "Допуни налаз." in text(ana.get(address(story.case, "history/")))
    assert waiting_for(world.actor("vesna"), standing(world.actor("vesna"))) == []
    assert (story.case.outcome == "closed") == (what == "closure")


def test_W1_a_reassessment_is_decided_by_another_than_who_asked_for_it(world: World) -> None:
    story = Story(world)
    story.to_implementation()
    story.move("goran", "request_reassessment", reason="Дете је у болници.", note="Дете је у болници.")
    with pytest.raises(NotPermitted, match="same_person"):
        story.move("goran", "decline_reassessment", reason="x")
    story.move("csaba", "accept_reassessment")
    assert story.case.step == "awaiting_consent"
