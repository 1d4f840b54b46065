"""A referral rests on a clause: what the receiver sees, until when, by when it answers, and who learns if not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError

from tests.casework.test_referral import MONDAY, Referral
from tests.networks.agreements import later
from tests.refusal import change, refusal
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.casework.actions.daily import run
from zajedno.casework.actions.move import move_case
from zajedno.casework.models import Case, Clock, Participant
from zajedno.casework.queries.case import find
from zajedno.casework.queries.clause import of_ties
from zajedno.children.actions.consent import withdraw
from zajedno.children.models import Tie
from zajedno.children.queries.child import visible_to as children_of
from zajedno.kernel import clock
from zajedno.kernel.refusal import Refused
from zajedno.networks.actions import agreement, signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(world: World) -> Iterator[Referral]:
    """No agreement yet; the family has consented."""
    with clock.on(MONDAY):
        yield Referral(world, agreed=False).consented()


def tie(referral: Referral) -> Tie:
    return referral.case.participants.get(part="receiver").tie


def test_without_an_agreement_nothing_is_sent_and_a_sentence_says_so(referral: Referral) -> None:
    with pytest.raises(Refused, match="no_clause") as told:
        referral.sent()
    assert "ОШ" in str(told.value.sentence) or "OŠ" in str(told.value.sentence)
    assert (referral.case.step, referral.sees("besa")) == ("consented", False)
    assert Participant.objects.filter(part="receiver").count() == 0


def test_the_tie_copies_fields_and_end_of_the_clause(referral: Referral) -> None:
    row = referral.agreements.signed("school", "health", fields=["identity", "contact"], days=20)
    referral.sent()
    held = tie(referral)
    assert (sorted(held.fields), held.until) == (["contact", "identity"], MONDAY + timedelta(days=20))
    assert find(referral.actor("besa"), referral.case.uuid).fields == {"identity", "contact"}
    part = referral.case.participants.get(part="receiver")
    assert (part.clause.agreement, part.giver) == (row, referral.world.organisations["school"])
    assert of_ties([held])[held.pk] == part.clause
    referral.today += timedelta(days=20)
    assert referral.sees("besa")
    referral.today += timedelta(days=1)
    assert not referral.sees("besa")


def test_the_agreement_ends_before_the_clause_does(referral: Referral) -> None:
    referral.agreements.signed("school", "health", days=200, head={"valid_until": later(10)})
    referral.sent()
    assert tie(referral).until == later(10)


def test_a_clause_never_widens_what_the_procedure_opens(referral: Referral) -> None:
    """Not even one whose row was widened past every verb before it was signed."""
    row = referral.agreements.draft("school", "health")
    clause = referral.agreements.clause(row)
    change(clause, fields=[*clause.fields, "health", "violence"])
    referral.agreements.sign(row)
    referral.sent()
    assert not {"health", "violence"} & set(tie(referral).fields)


def test_an_expired_agreement_closes_the_tap(referral: Referral) -> None:
    referral.agreements.signed("school", "health", head={"valid_until": later(3)})
    referral.sent()
    referral.today = MONDAY + timedelta(days=4)
    assert (referral.sees("ana"), referral.sees("besa")) == (True, False)
    with clock.on(referral.today):
        run()  # the database is told overnight
        with referral.as_("besa"):
            assert not Case.objects.exists()


def test_nothing_new_rests_on_an_agreement_that_is_over_or_has_not_begun(referral: Referral) -> None:
    referral.agreements.signed("school", "health", head={"valid_until": later(3)})
    referral.agreements.signed("school", "health", head={"valid_from": later(9)})
    for days, ok in ((3, True), (4, False), (8, False), (9, True)):
        referral.today = MONDAY + timedelta(days=days)
        if ok:
            referral.sent()
            referral.move("besa", "decline", reason="Немамо места.")
        else:
            with pytest.raises(Refused, match="no_clause"):
                referral.sent()


def test_ending_it_early_ends_ties_at_once_and_others_stay(referral: Referral) -> None:
    row = referral.agreements.signed("school", "health")
    other = referral.agreements.signed("school", "commission")
    referral.sent()
    assert referral.sees("besa")
    referral.agreements.end(other)
    assert referral.sees("besa")
    referral.agreements.end(row)
    assert not referral.sees("besa")
    assert referral.sees("ana")
    entry = AuditEntry.objects.filter(verb="children.end_tie").latest("moment")
    assert (entry.subject, entry.detail["agreement"]) == (str(referral.child.uuid), True)
    with pytest.raises(Refused):
        referral.move("besa", "accept")


@pytest.mark.parametrize(("place", "who"), [("health", "besa"), ("school", "ana")])
def test_an_institution_that_leaves_gives_and_receives_nothing_more(referral: Referral, place: str, who: str) -> None:
    row = referral.agreements.signed("school", "health", "commission")
    referral.sent()
    with referral.agreements.at_work(who) as by:
        one = row.signatories.get(organisation=referral.world.organisations[place])
        signature.leave(by=by, signatory=one, reason="Немамо стручњака.")
    assert not referral.sees("besa")
    if who == "besa":
        referral.move("ana", "revoke", reason="Дом здравља је изашао.")


def test_a_running_case_keeps_the_clause_it_began_with(referral: Referral) -> None:
    row = referral.agreements.signed("school", "health", fields=["identity", "contact"])
    referral.sent()
    with referral.agreements.at_work("csaba") as by:
        newer = agreement.new_version(by=by, agreement=row)
    newer.clauses.get()
    referral.agreements.sign(newer)
    assert referral.sees("besa")
    assert referral.case.participants.get(part="receiver").clause.agreement == row
    referral.move("besa", "decline", reason="Није за нас.")
    referral.sent()
    assert referral.case.participants.get(part="receiver").clause.agreement == newer


def test_of_several_clauses_the_actor_chooses(referral: Referral) -> None:
    row = referral.agreements.draft("school", "health")
    wide = referral.agreements.clause(row)
    narrow = referral.agreements.clause(row, fields=["identity"])
    referral.agreements.sign(row)
    with pytest.raises(Refused, match="which_clause"):
        referral.sent()
    health = referral.world.organisations["health"]
    referral.move("ana", "send", **{"part:receiver": health, "note": "Треба логопед.", "clause": str(narrow.uuid)})
    assert tie(referral).fields == ["identity"]
    referral.move("besa", "decline", reason="Премало видимо.")
    referral.move("ana", "send", **{"part:receiver": health, "note": "Још једном.", "clause": str(wide.uuid)})
    assert len(tie(referral).fields) == 5


def test_a_clause_holds_only_in_its_direction(referral: Referral) -> None:
    referral.agreements.signed("school", "health", gives="health", receives="school")
    with pytest.raises(Refused, match="no_clause"):
        referral.sent()
    other = referral.agreements.signed("school", "health", gives="school", receives="health")
    wrong, health = (
        referral.agreements.signed("school", "commission").clauses.get(),
        referral.world.organisations["health"],
    )
    with pytest.raises(Refused, match="other_clause"):
        referral.move("ana", "send", **{"part:receiver": health, "note": "x", "clause": str(wrong.uuid)})
    referral.sent()
    assert referral.case.participants.get(part="receiver").clause.agreement == other


def test_its_deadline_is_the_clauses_also_after_a_pause(referral: Referral) -> None:
    referral.agreements.signed("school", "health", deadline=(5, "days"))
    referral.sent()
    (running,) = Clock.objects.filter(case=referral.case, stopped_on=None)
    assert (running.key, running.due_on) == ("acknowledgement", MONDAY + timedelta(days=5))
    assert running.clause is not None


def test_where_the_clause_gives_no_time_the_procedures_own_holds(referral: Referral) -> None:
    referral.agreements.signed("school", "health")
    referral.sent()
    assert referral.case.due_on == MONDAY + timedelta(days=3)


def missed(referral: Referral) -> list[str]:
    """Addresses that were written to because the clause says so, over some daily rounds."""
    Message.objects.all().delete()
    for day in (2, 3, 3, 4, 6):
        with clock.on(MONDAY + timedelta(days=day)):
            run()
    told = Message.objects.filter(key__startswith="escalated-")
    assert not [one for one in told if referral.child.given_name in one.subject + one.body]
    return sorted(told.values_list("account__email", flat=True))


def test_whoever_the_clause_names_is_told_once(referral: Referral) -> None:
    at = referral.world.organisations["network"]
    post = {"escalation_role": "network-coordinator", "escalation_at": at}
    referral.agreements.signed("school", "health", deadline=(1, "days"), **post)
    referral.sent()
    assert missed(referral) == ["csaba@demo.invalid"]
    assert Message.objects.filter(key__startswith="missed-").count() == 2


def test_a_part_of_the_case_can_be_told(referral: Referral) -> None:
    referral.agreements.signed("school", "health", deadline=(1, "days"), escalation_part="sender")
    referral.sent()
    assert missed(referral) == ["ana@demo.invalid"]


def test_nobody_is_told_of_what_was_answered_in_time(referral: Referral) -> None:
    referral.agreements.signed("school", "health", deadline=(1, "days"), escalation_part="sender")
    referral.sent()
    referral.move("besa", "acknowledge")
    assert missed(referral) == []


def test_the_consent_that_a_clause_asks_for_holds_the_tie(referral: Referral) -> None:
    referral.agreements.signed("school", "health")
    referral.sent()
    consent = referral.child.consents.get(purpose="referral")
    assert tie(referral).consent == consent
    with referral.as_("ana"):
        withdraw(by=referral.actor("ana"), consent=consent)
    assert not referral.sees("besa")


def test_a_clause_may_need_no_consent_but_the_procedure_still_may(referral: Referral) -> None:
    referral.agreements.signed("school", "health", needs_consent=False)
    referral.sent()
    assert tie(referral).consent == referral.child.consents.get()  # the procedure asks for it, so the tie ends with it


def test_who_declines_is_shut_out_at_once_unless_another_tie_holds_the_door(referral: Referral) -> None:
    referral.agreements.signed("school", "health")
    referral.sent()
    referral.move("besa", "decline", reason="Немамо логопеда.")
    with referral.as_("besa"):
        assert not children_of(referral.actor("besa")).exists()
    health = referral.world.organisations["health"]
    Tie.objects.create(
        child=referral.child, organisation=health, purpose="registration", fields=["identity"], since=MONDAY
    )
    referral.sent()
    referral.move("besa", "decline", reason="И даље га немамо.")
    assert not referral.sees("besa")
    with referral.as_("besa"):
        assert children_of(referral.actor("besa")).get() == referral.child


def test_the_database_wants_clause_and_giver_together(referral: Referral) -> None:
    row = referral.agreements.signed("school", "health")
    referral.sent()
    part, sender = referral.case.participants.get(part="receiver"), referral.case.participants.get(part="sender")
    assert refusal(change, part, giver=None) == "participant_clause_is_given"
    assert refusal(change, sender, clause=row.clauses.get()) == "participant_clause_is_given"


def test_nobody_writes_a_clause_into_a_case_from_outside(referral: Referral) -> None:
    row = referral.agreements.signed("school", "health")
    with referral.as_("besa"), pytest.raises((Refused, DatabaseError)):
        move_case(by=referral.actor("besa"), uuid=referral.case.uuid, move="send", seen=2,
                  given={"part:receiver": referral.world.organisations["health"], "clause": row.clauses.get().uuid,
                         "note": "x"})  # fmt: skip
    assert not referral.sees("besa")
