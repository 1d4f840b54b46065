"""Agreements: written by who keeps them, signed by a person of each, then only ended. Each constraint is broken."""

import tomllib
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tests.networks.agreements import Agreements, later
from tests.refusal import change, refusal, sql
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, WORKER, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.networks.actions import agreement, clause, renewal, signature
from zajedno.networks.logic.difference import changes
from zajedno.networks.logic.sides import Sides
from zajedno.networks.models import Agreement, Clause, ClauseSide, Signatory
from zajedno.networks.queries import agreement as queries
from zajedno.networks.queries.clause import fitting
from zajedno.procedures.actions.load import load_definition

pytestmark = pytest.mark.django_db
CHANGED = "somebody has signed this agreement"


@pytest.fixture
def agreements(world: World) -> Agreements:
    content = tomllib.loads((settings.PACKS_DIR / "ba" / "procedures" / "referral.toml").read_text())
    load_definition(content | {"country": "RS"}, by=None, key="referral", country="RS")
    return Agreements(world)


def states(row: Agreement) -> list[str]:
    return list(row.signatories.order_by("pk").values_list("state", flat=True))


def test_it_is_signed_when_everybody_has_signed(agreements: Agreements) -> None:
    row = agreements.draft("school", "health")
    agreements.clause(row)
    agreements.sign(row, "school")
    assert (row.state, row.signed_on) == ("draft", None)
    agreements.sign(row, "health")
    assert (row.state, row.signed_on, states(row)) == ("signed", today(), ["signed", "signed"])
    entry = AuditEntry.objects.filter(verb="networks.sign_agreement").latest("moment")
    assert entry.detail == {"state": "signed", "organisation": agreements.world.organisations["health"].pk}


def test_nobody_signs_for_another_institution_and_no_other_post_signs(agreements: Agreements) -> None:
    row = agreements.draft("school", "health")
    one = row.signatories.get(organisation=agreements.world.organisations["health"])
    for who in ("ana", "goran", "dino"):
        with agreements.at_work(who) as by, pytest.raises(NotPermitted):
            signature.sign(by=by, signatory=one, representative="Директор")
    assert states(row) == ["waiting", "waiting"]


def test_after_the_first_signature_only_a_new_version_changes_it(agreements: Agreements) -> None:
    row = agreements.draft("school", "health")
    kept = agreements.clause(row)
    agreements.sign(row, "school")
    with agreements.at_work("csaba") as by:
        for act in (
            lambda: agreement.change(by=by, agreement=row, head=agreements.head(organ="Другa")),
            lambda: agreement.name_signatory(by=by, agreement=row, organisation=agreements.keeper),
            lambda: clause.write(by=by, agreement=row, terms=agreements.terms(), clause=kept),
            lambda: clause.remove(by=by, agreement=row, clause=kept),
        ):
            with pytest.raises(Overtaken):
                act()
        newer = agreement.new_version(by=by, agreement=row)
    row.refresh_from_db()
    assert (row.state, newer.version, newer.series, states(newer)) == ("ended", 2, row.series, ["waiting", "waiting"])
    assert newer.clauses.get().fields == kept.fields
    assert newer.clauses.get().uuid != kept.uuid


def test_a_refused_signature_says_why_and_stops_it(agreements: Agreements) -> None:
    row = agreements.draft("school", "health")
    one = row.signatories.first()
    with agreements.at_work("ana") as by:
        with pytest.raises(Refused, match="reason"):
            signature.refuse(by=by, signatory=one, reason=" ")
        signature.refuse(by=by, signatory=one, reason="Рок је прекратак.")
        with pytest.raises(Overtaken):
            signature.sign(by=by, signatory=one, representative="Директор")
    agreements.sign(row, "health")
    assert row.state == "draft"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"titles": {"sr": " "}}, "title"),
        ({"valid_until": today() - timedelta(days=1)}, "days"),
        ({"review_on": today() - timedelta(days=1)}, "days"),
        ({"kind": "pact"}, "kind"),
    ],
)
def test_a_head_that_does_not_hold_together_is_refused(agreements: Agreements, said: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        agreements.draft(**said)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"fields": []}, "fields"),
        ({"fields": ["identity", "violence"]}, "fields"),
        ({"texts": {"sr": ""}}, "words"),
        ({"days": 0}, "days"),
        ({"deadline": (3, "weeks")}, "deadline"),
        ({"deadline": (0, "hours")}, "deadline"),
        ({"escalation_part": "nobody"}, "escalation"),
        ({"escalation_role": "network-coordinator"}, "escalation"),
        ({"gives": "commission"}, "sides"),
        ({"procedure": "additional-support"}, "procedure"),
    ],
)
def test_a_clause_that_cannot_be_kept_is_refused(agreements: Agreements, said: dict[str, Any], code: str) -> None:
    row = agreements.draft("school", "health")
    with pytest.raises(Refused, match=code):
        agreements.clause(row, **said)


def test_only_the_keeper_writes_and_only_those_it_concerns_find_it(agreements: Agreements) -> None:
    row = agreements.draft("school", "health")
    for who in ("ana", "goran", "dino"):
        with agreements.at_work(who) as by, pytest.raises(NotPermitted):
            agreement.change(by=by, agreement=row, head=agreements.head())
    for who, sees in (("csaba", True), ("ana", True), ("besa", True), ("goran", False), ("dino", False)):
        with agreements.at_work(who) as by:
            assert queries.visible_to(by).filter(pk=row.pk).exists() is sees
    with agreements.at_work("goran") as by, pytest.raises(NotFound):
        queries.find(by, row.uuid)


def test_which_version_holds_on_which_day(agreements: Agreements) -> None:
    first = agreements.signed("school", "health", head={"valid_until": later(100)})
    with agreements.at_work("csaba") as by:
        second = agreement.new_version(by=by, agreement=first)
        agreement.change(by=by, agreement=second, head=agreements.head(valid_from=later(10), valid_until=later(50)))
        assert list(queries.newest(by)) == [second]
    assert list(queries.in_force(later(20))) == [first]  # nobody has signed the second
    agreements.sign(second)
    held = {days: list(queries.in_force(later(days))) for days in (0, 9, 10, 50, 51)}
    assert held == {0: [first], 9: [first], 10: [second], 50: [second], 51: []}
    agreements.end(second)
    assert list(queries.in_force(later(20))) == []
    with agreements.at_work("csaba") as by, pytest.raises(Overtaken):
        agreement.end(by=by, agreement=second, reason="Опет.")


def test_who_may_show_what_to_whom(agreements: Agreements) -> None:
    places = agreements.world.organisations
    row = agreements.draft("school", "health", "commission")
    agreements.clause(row, gives=Sides(sectors=["education"]), receives=Sides(kinds=["health_centre"]))
    agreements.clause(row, gives="commission")
    agreements.sign(row)

    def numbers(giver: str, receiver: str, purpose: str = "referral") -> list[int]:
        found = fitting(
            procedure="referral", purpose=purpose, giver=places[giver], receiver=places[receiver], day=today()
        )
        return [one.number for one in found]

    assert numbers("school", "health") == [1]
    assert numbers("school", "commission") == []
    assert numbers("commission", "school") == [2]
    assert numbers("school", "ngo") == []
    assert numbers("school", "health", "additional-support") == []


def test_a_version_tells_what_it_changes(agreements: Agreements) -> None:
    first = agreements.signed("school", "health", days=30)
    with agreements.at_work("csaba") as by:
        second = agreement.new_version(by=by, agreement=first)
        clause.write(
            by=by, agreement=second, clause=second.clauses.get(), terms=agreements.terms(days=60, fields=["identity"])
        )
        clause.write(by=by, agreement=second, terms=agreements.terms())
        agreement.name_signatory(by=by, agreement=second, organisation=agreements.world.organisations["commission"])
    found = changes(queries.told(first), queries.told(second))
    said = {(one.place, one.name): (one.before, one.after) for one in found}
    assert said["clause 1", "days"] == (30, 60)
    assert said["clause 1", "fields"][1] == ["identity"]
    assert ("clause 2", "fields") in said
    assert [place for place, _name in said if place == "signatories"] == ["signatories"]
    assert changes(queries.told(first), queries.told(first)) == []


def test_people_are_warned_before_a_review_and_the_end(agreements: Agreements) -> None:
    row = agreements.signed("school", "health", head={"valid_until": later(100), "review_on": later(59)})
    assert queries.warnings(row, today()) == queries.Warnings(later(59), None)
    assert queries.warnings(row, later(40)) == queries.Warnings(later(59), later(100))


def test_its_keeper_is_written_to_once_before_it_ends(agreements: Agreements) -> None:
    agreements.signed("school", "health", head={"valid_until": later(100), "review_on": later(90)})
    agreements.draft("school", "health", valid_until=later(40))
    counts = []
    for days in (0, 29, 30, 31, 40, 41, 101):
        with clock.on(later(days)), acting(WORKER):
            counts.append(renewal.warn())
    assert counts == [0, 0, 1, 0, 1, 0, 0]
    letters = Message.objects.filter(key__startswith="renew-")
    assert {one.account.email for one in letters} == {"csaba@demo.invalid"}
    assert all("Протокол о упућивању" in one.body for one in letters)


# The database refuses what no verb does.


def agreement_rows(agreements: Agreements) -> tuple[Agreement, Signatory, Clause]:
    row = agreements.draft("school", "health")
    return row, row.signatories.first(), agreements.clause(row, gives="school")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"titles": {}}, "agreement_has_title"),
        ({"version": 0}, "agreement_counts_from_one"),
        ({"valid_until": today() - timedelta(days=1)}, "agreement_ends_later"),
        ({"review_on": today() - timedelta(days=1)}, "agreement_reviewed_later"),
        ({"signed_on": today()}, "agreement_signed_on_a_day"),
        ({"ended_on": today()}, "agreement_ended_on_a_day"),
        ({"state": "ended"}, "agreement_ended_on_a_day"),
        ({"state": "signed", "signed_on": today()}, "not everybody has signed"),
    ],
)
def test_the_database_refuses_an_agreement(agreements: Agreements, fields: dict[str, Any], constraint: str) -> None:
    row, *_others = agreement_rows(agreements)
    assert refusal(change, row, **fields) == constraint


def test_versions_and_drafts_are_one_each(agreements: Agreements) -> None:
    row = agreements.draft("school", "health")
    other = {"series": row.series, "organisation": row.organisation, "territory": row.territory, "written_by": 1,
             "titles": {"sr": "x"}, "valid_from": today()}  # fmt: skip
    assert refusal(Agreement.objects.create, **other, version=1, state="ended", ended_on=today()) == (
        "agreement_version_once"
    )
    assert refusal(Agreement.objects.create, **other, version=2) == "agreement_one_draft"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "signed"}, "signatory_signed_by_somebody"),
        ({"state": "refused"}, "signatory_says_why_not"),
        ({"state": "left"}, "a signature stays as it was given"),
    ],
)
def test_the_database_refuses_a_signature(agreements: Agreements, fields: dict[str, Any], constraint: str) -> None:
    _row, one, _clause = agreement_rows(agreements)
    assert refusal(change, one, **fields) == constraint


def test_a_signatory_is_named_once_and_leaves_after_signing(agreements: Agreements) -> None:
    row, one, _clause = agreement_rows(agreements)
    assert refusal(Signatory.objects.create, agreement=row, organisation=one.organisation) == "signatory_once"
    agreements.sign(row)
    one.refresh_from_db()
    early = {"state": "left", "reason": "x", "left_on": today() - timedelta(days=1)}
    assert refusal(change, one, **early) == "signatory_left_later"
    assert refusal(change, one, state="waiting", signed_on=None, signed_by=None) == "a signature stays as it was given"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"procedure": ""}, "clause_says_for_what"),
        ({"fields": []}, "clause_opens_something"),
        ({"days": 0}, "clause_lasts_a_day"),
        ({"deadline_length": 3}, "clause_deadline_has_unit"),
        ({"deadline_length": 3, "deadline_unit": "weeks"}, "clause_deadline_has_unit"),
        ({"escalation_role": "network-coordinator"}, "clause_escalates_to_one"),
        ({"texts": {}}, "clause_has_words"),
    ],
)
def test_the_database_refuses_a_clause(agreements: Agreements, fields: dict[str, Any], constraint: str) -> None:
    _row, _one, kept = agreement_rows(agreements)
    if "escalation_role" in fields:
        fields = {"escalation_role_id": fields["escalation_role"]}
    assert refusal(change, kept, **fields) == constraint


def test_numbers_and_sides_stand_once_and_name_one(agreements: Agreements) -> None:
    row, one, kept = agreement_rows(agreements)
    again = {
        "agreement": row,
        "procedure": "referral",
        "purpose": "referral",
        "fields": ["identity"],
        "texts": {"sr": "x"},
    }
    assert refusal(Clause.objects.create, **again, number=kept.number) == "clause_number_once"
    side = {"clause": kept, "direction": "gives"}
    assert refusal(ClauseSide.objects.create, **side, signatory=one) == "side_once"
    assert refusal(ClauseSide.objects.create, **side) == "side_names_one"
    assert refusal(ClauseSide.objects.create, **side, sector="health", signatory=one) == "side_names_one"
    other = agreements.draft("commission").signatories.get()
    assert refusal(ClauseSide.objects.create, **side, signatory=other) == "this institution does not sign the agreement"


def test_what_was_signed_stays_as_it_was(agreements: Agreements) -> None:
    row, _one, kept = agreement_rows(agreements)
    agreements.sign(row)
    side = kept.sides.get()
    assert refusal(change, row, organ="Други") == CHANGED
    assert refusal(change, row, state="draft", signed_on=None) == "an agreement goes from draft to signed to ended"
    assert refusal(change, row, signed_on=later(-1)) == "the day of signature stays"
    assert refusal(change, kept, fields=["identity"]) == CHANGED
    assert refusal(change, side, sector="health", signatory=None) == CHANGED
    for table in ("clauseside", "clause", "signatory"):
        assert refusal(sql, f"delete from networks_{table}") == CHANGED
    assert refusal(sql, "delete from networks_agreement")
    assert refusal(Signatory.objects.create, agreement=row, organisation=agreements.keeper) == CHANGED


def test_desks_read_agreements_and_only_those_who_may_write_do(agreements: Agreements) -> None:
    row, one, kept = agreement_rows(agreements)
    for who in ("dino", "goran"):
        with agreements.at_work(who):
            assert Clause.objects.count() == 1
            for act in (
                "update networks_agreement set organ = 'x'", "update networks_clause set days = 3",
                "delete from networks_clauseside", "update networks_signatory set representative = 'x'",
            ):  # fmt: skip
                with connection.cursor() as cursor:
                    cursor.execute(act)
                    assert cursor.rowcount == 0
            assert "row-level security" in refusal(
                Signatory.objects.create, agreement=row, organisation=agreements.world.organisations["ngo"]
            )
    with pytest.raises(DatabaseError), transaction.atomic(), acting(EXCHANGE):
        Agreement.objects.count()
    assert (one.state, kept.days) == ("waiting", None)


def test_a_paper_is_kept_once_and_is_a_paper(agreements: Agreements) -> None:
    row = agreements.draft("school", "health")
    with agreements.at_work("csaba") as by:
        with pytest.raises(Refused, match="kind"):
            agreement.attach(by=by, agreement=row, name="a.exe", media_type="text/plain", content=b"x")
        agreement.attach(by=by, agreement=row, name="a.pdf", media_type="application/pdf", content=b"%PDF-")
        with pytest.raises(Overtaken):
            agreement.attach(by=by, agreement=row, name="b.pdf", media_type="application/pdf", content=b"%PDF-")
    assert bytes(row.file.content) == b"%PDF-"


def test_waiting_signatures_are_ones_own(agreements: Agreements) -> None:
    row = agreements.draft("school", "health")
    with agreements.at_work("ana") as by:
        assert [one.organisation for one in queries.waiting_for(by)] == [agreements.world.organisations["school"]]
    agreements.sign(row, "school")
    with agreements.at_work("ana") as by:
        assert not queries.waiting_for(by).exists()


def test_an_agreement_between_one_is_none(agreements: Agreements) -> None:
    row = agreements.draft("school")
    with pytest.raises(Refused, match="alone"):
        agreements.sign(row, "school")
