"""Agreements at the network's desk, with right and wrong people; “who sees what”, for administrators and families."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.casework.test_referral import MONDAY, Referral
from tests.networks.agreements import Agreements, later
from tests.web.manage_world import add_administrators
from tests.web.panel_world import English, words
from tests.web.test_network_pages import days
from tests.world import World
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.networks.models import Agreement, Clause

pytestmark = pytest.mark.django_db
LIST = "/network/agreements/"


@pytest.fixture
def referral(world: World) -> Referral:
    return Referral(world, agreed=False)


@pytest.fixture
def agreements(referral: Referral) -> Agreements:
    return referral.agreements


def at(row: Agreement, rest: str = "") -> str:
    return f"{LIST}{row.uuid}/{rest}"


def test_from_writing_to_the_last_signature(agreements: Agreements, go: English) -> None:
    csaba = go("csaba")
    sent = {"title_sr": "Протокол о упућивању", "title_en": "Protocol of referral", "kind": "protocol",
            "territory": str(agreements.keeper.territory_id), **days("valid_from", 0),
            **days("review_on", 40)}  # fmt: skip
    assert csaba.post(f"{LIST}new/", sent).status_code == 302
    row = Agreement.objects.get()
    assert (row.titles, row.state) == ({"sr": "Протокол о упућивању", "en": "Protocol of referral"}, "draft")
    for place in ("school", "health"):
        pk = str(agreements.world.organisations[place].pk)
        assert csaba.post(at(row, "signatories/new/"), {"organisation": pk}).status_code == 302
    health = agreements.world.organisations["health"].pk
    clause = {
        "procedure": "referral", "gives": ["sector:education"], "receives": [f"one:{health}"], "lasts": "days",
        "fields_seen": ["identity", "contact"], "days": "30", "deadline_length": "5", "deadline_unit": "office_days",
        "escalation": f"post:network-coordinator:{agreements.keeper.pk}", "needs_consent": "on",
        "text_sr": "Школа упућује дому здравља.",
    }  # fmt: skip
    assert csaba.post(at(row, "clauses/new/"), clause).status_code == 302
    page = words(csaba.get(at(row)))
    for text in ("Clause 1", "30 days", "5 office days", "Name, birth date, sex", "Who signs", "Waits"):
        assert text in page
    for who, place in (("ana", "school"), ("besa", "health")):
        assert "Waits for your signature" in words(go(who).get(LIST))
        one = row.signatories.get(organisation=agreements.world.organisations[place])
        said = {"signatory": str(one.pk), "representative": "Директор", "is_read": "on"}
        assert go(who).post(at(row, "sign/"), said).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.signed_on) == ("signed", today())
    page = words(csaba.get(at(row)))
    assert "It is to be reviewed by" in page
    assert "clauses/new/" not in page
    assert "Make a new version" in page


def test_a_clause_comes_back_filled_when_it_does_not_hold_together(agreements: Agreements, go: English) -> None:
    row = agreements.draft("school", "health")
    sent = {"procedure": "referral", "fields_seen": ["identity"], "lasts": "case", "deadline_unit": "days"}
    page = go("csaba").post(at(row, "clauses/new/"), sent)
    assert (page.status_code, Clause.objects.count()) == (422, 0)
    assert "Write the clause in words." in words(page)
    assert go("csaba").post(at(row, "clauses/new/"), sent | {"lasts": "days"}).status_code == 422


def test_a_clause_is_changed_and_removed(agreements: Agreements, go: English) -> None:
    row = agreements.draft("school", "health")
    kept = agreements.clause(row, days=10, gives="school", escalation_part="sender", deadline=(2, "days"))
    page = words(go("csaba").get(at(row, f"clauses/{kept.uuid}/")))
    assert 'value="10"' in page
    assert "Remove the clause" in page
    sent = {"procedure": "referral", "fields_seen": ["identity"], "lasts": "case", "deadline_unit": "days",
            "text_en": "The school refers."}  # fmt: skip
    assert go("csaba").post(at(row, f"clauses/{kept.uuid}/"), sent).status_code == 302
    kept.refresh_from_db()
    assert (kept.days, kept.deadline_length, kept.fields, kept.sides.count()) == (None, None, ["identity"], 0)
    assert go("csaba").post(at(row, f"clauses/{kept.uuid}/remove/")).status_code == 302
    assert not Clause.objects.exists()


def test_who_may_not_write_or_sign_is_led_back_or_refused(agreements: Agreements, go: English) -> None:
    row = agreements.draft("school", "health")
    kept = agreements.clause(row)
    for rest in ("change/", "signatories/new/", "clauses/new/", f"clauses/{kept.uuid}/", "end/", "paper/keep/"):
        assert go("ana").get(at(row, rest)).headers["Location"] == at(row)
    assert go("ana").post(at(row, "end/"), {"reason": "x"}).status_code == 403
    assert go("ana").get(f"{LIST}new/").status_code == 403
    assert go("csaba").get(at(row, "leave/")).headers["Location"] == at(row)
    for who in ("goran", "dino"):
        assert go(who).get(at(row)).status_code in (403, 404)
    assert Client().get(LIST).headers["Location"] == f"/login/?next={LIST}"


def test_an_institution_refuses_or_leaves_with_a_reason(agreements: Agreements, go: English) -> None:
    row = agreements.draft("school", "health")
    one = row.signatories.get(organisation=agreements.world.organisations["health"])
    assert go("besa").post(at(row, "refuse/"), {"signatory": one.pk, "reason": ""}).status_code == 422
    assert go("besa").post(at(row, "refuse/"), {"signatory": one.pk, "reason": "Рок је кратак."}).status_code == 302
    assert "Рок је кратак." in words(go("csaba").get(at(row)))
    held = agreements.signed("school", "health")
    one = held.signatories.get(organisation=agreements.world.organisations["health"])
    assert "closes at once" in words(go("besa").get(at(held, "leave/")))
    assert go("besa").post(at(held, "leave/"), {"signatory": one.pk, "reason": "Немамо људи."}).status_code == 302
    assert held.signatories.get(pk=one.pk).state == "left"


def test_a_new_version_shows_its_difference_and_is_ended(agreements: Agreements, go: English) -> None:
    row = agreements.signed("school", "health", days=30)
    answer = go("csaba").post(at(row, "version/"))
    newer = Agreement.objects.get(version=2)
    assert answer.headers["Location"] == at(newer)
    kept = newer.clauses.get()
    sent = {"procedure": "referral", "fields_seen": ["identity"], "lasts": "days", "days": "60",
            "deadline_unit": "days", "text_sr": "Школа упућује дому здравља."}  # fmt: skip
    go("csaba").post(at(newer, f"clauses/{kept.uuid}/"), sent)
    page = words(go("csaba").get(at(newer, "changes/")))
    for text in ("Clause 1", "30", "60", "Name, birth date, sex"):
        assert text in page
    assert "This is the first version." in words(go("csaba").get(at(row, "changes/")))
    agreements.sign(newer)
    assert go("csaba").post(at(newer, "end/"), {"reason": "Нема средстава."}).status_code == 302
    assert "Ended" in words(go("csaba").get(LIST))


def test_it_is_printed_with_its_clauses_and_the_paper_is_kept(agreements: Agreements, go: English) -> None:
    row = agreements.signed("school", "health", days=30, deadline=(2, "hours"))
    assert go("ana").get(at(row, "protocol.pdf")).content.startswith(b"%PDF-")
    assert go("ana").get(at(row, "paper/")).status_code == 404
    wrong = SimpleUploadedFile("a.pdf", b"not a paper at all")
    assert go("csaba").post(at(row, "paper/keep/"), {"file": wrong}).status_code == 422
    right = SimpleUploadedFile("potpisano.pdf", b"%PDF-1.7 scan")
    assert go("csaba").post(at(row, "paper/keep/"), {"file": right}).status_code == 302
    answer = go("ana").get(at(row, "paper/"))
    assert (answer.content, "potpisano.pdf" in answer.headers["Content-Disposition"]) == (b"%PDF-1.7 scan", True)


def test_signatories_are_named_and_taken_off(agreements: Agreements, go: English) -> None:
    row = agreements.draft("school", "health")
    one = row.signatories.first()
    assert go("csaba").get(at(row, f"signatories/{one.uuid}/")).status_code == 200
    assert go("csaba").post(at(row, f"signatories/{one.uuid}/")).status_code == 302
    assert row.signatories.count() == 1


def test_the_list_tells_what_comes_soon(agreements: Agreements, go: English) -> None:
    row = agreements.signed("school", "health", head={"valid_until": later(10)})
    assert "Its last day is" in words(go("ana").get(LIST))
    with clock.on(today() + timedelta(days=11)):
        page = words(go("ana").get(at(row)))
    assert "nothing is shown under it any more" in page
    assert "Over since" in page


def test_case_and_file_say_under_which_clause_somebody_sees(referral: Referral, go: English) -> None:
    with clock.on(MONDAY):
        referral.consented()
        referral.agreements.signed("school", "health", fields=["identity", "contact", "family"])
        referral.sent()
        case, child = f"/work/case/{referral.case.uuid}/", f"/work/child/{referral.child.uuid}/"
        for who, address in (("ana", case), ("besa", case), ("ana", f"{case}people/"), ("ana", child)):
            assert "Protocol of referral, clause 1" in words(go(who).get(address)), (who, address)


def test_the_page_of_a_move_asks_for_a_clause_only_where_several_hold(referral: Referral, go: English) -> None:
    with clock.on(MONDAY):
        referral.consented()
        address = f"/work/case/{referral.case.uuid}/move/send/"
        sent = {"seen": str(referral.case.moves_made), "part-receiver": str(referral.world.organisations["health"].pk),
                "note": "Треба логопед.", **days("happened_on", 0)}  # fmt: skip
        page = go("ana").post(address, sent)
        assert (page.status_code, "There is no agreement in force" in words(page)) == (422, True)
        row = referral.agreements.draft("school", "health")
        for days_ in (10, 20):
            referral.agreements.clause(row, days=days_, deadline=(days_, "days"))
        referral.agreements.sign(row)
        assert 'name="clause"' in words(go("ana").get(address))
        page = go("ana").post(address, sent)
        assert "Several clauses hold between you" in words(page)
        chosen = row.clauses.get(number=2)
        assert go("ana").post(address, sent | {"clause": str(chosen.uuid)}).status_code == 302
    assert referral.case.participants.get(part="receiver").clause == chosen


def test_administrators_read_who_sees_what(referral: Referral, go: English) -> None:
    with clock.on(MONDAY):
        referral.agreements.signed("school", "health", fields=["identity"])
    add_administrators(referral.world)
    for who in ("admin", "mira"):
        assert "/manage/who-sees/health/" in words(go(who).get("/manage/who-sees/"))
    page = words(go("admin").get("/manage/who-sees/identity/"))
    for text in ("Institution that receives", "Protocol of referral, clause 1", "Send urgently", "Decline"):
        assert text in page
    assert "now none lets it through" in words(go("admin").get("/manage/who-sees/contact/"))
    assert go("admin").get("/manage/who-sees/shoe-size/").status_code == 404
    assert go("ana").get("/manage/who-sees/").status_code == 403


def test_families_read_who_sees_what_in_plain_words(referral: Referral) -> None:
    client = Client(headers={"accept-language": "en"})
    assert "/who-sees/health/" in words(client.get("/who-sees/"))
    page = words(client.get("/who-sees/health/"))
    assert "Intersectoral commission" in page
    assert "Until:" in page
    page = words(client.get("/who-sees/family/"))
    assert "Only while an agreement between the two institutions is in force" in page
    assert client.get("/who-sees/shoe-size/").status_code == 404
