"""The family desk: what a parent meets on each page, and what an institution does for it."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from tests.casework.family_world import FILIP, PASSWORD, Family
from tests.web.panel_world import Another
from tests.world import World
from zajedno.access.models import Account, AuditEntry, Message
from zajedno.casework.models import Case
from zajedno.children.actions.invitation import invite_by_mail
from zajedno.children.models import FamilyInvitation, FamilyRequest
from zajedno.kernel import clock
from zajedno.places.models import Service

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(world: World) -> Family:
    cache.clear()
    return Family(world)


def browser(family: Family, who: str = "") -> Client:
    client = Client(headers={"accept-language": "en"})
    if who:
        client.force_login(family.world.accounts[who])
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def invite_path(family: Family) -> str:
    return f"/work/child/{family.child.uuid}/guardian/{family.father.uuid}/invite/"


class TestInvitation:
    def test_ana_prints_a_letter_and_filip_comes_in_with_it(self, family: Family) -> None:
        ana = browser(family, "ana")
        assert invite_path(family) in page(ana, f"/work/child/{family.child.uuid}/")
        for language in ("sr", "sr-latn", "bs", "en"):
            response = ana.post(invite_path(family), {"how": "letter", "language": language})
            assert response["Content-Type"] == "application/pdf"
            text = "".join(one.extract_text() for one in PdfReader(BytesIO(response.content)).pages)
            assert "Ђорђе" not in text
            assert "/family/enter/" in text
            (code,) = re.findall(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b", text)
        sent = {"code": code.lower(), "email": FILIP, "password": PASSWORD, "again": PASSWORD}
        filip = browser(family)
        assert filip.post("/family/enter/", sent)["Location"] == "/login/?next=/family/"
        filip.force_login(Account.objects.get(email=FILIP))
        assert "Ђорђе Њежић" in page(filip, "/family/")

    def test_a_wrong_code_a_used_one_and_a_link_that_is_none_look_alike(self, family: Family) -> None:
        used = family.letter()
        family.comes_in(code=used)
        sent = {"email": "novi@demo.invalid", "password": PASSWORD, "again": PASSWORD}
        told = set()
        for address, more in (("", {"code": used}), ("", {"code": "ABCD-EFGH-2345"}), ("abc/", {})):
            response = browser(family).post(f"/family/enter/{address}", sent | more)
            assert response.status_code == 422
            told.add(re.sub(r"<form.*", "", re.sub(r'value="[^"]*"', "", response.content.decode()), flags=re.DOTALL))
        assert len({re.findall(r"This did not work[^<]*", one)[0] for one in told}) == 1
        with family.as_("ana"):
            invite_by_mail(
                by=family.world.actor("ana"), guardian=family.mother, site="http://testserver", language="en"
            )
        token = Message.objects.get(key__startswith="family-").body.split("/enter/")[1].split("/")[0]
        pages = {re.sub(r'value="[^"]*"', "", page(browser(family), f"/family/enter/{one}/")) for one in (token, "x")}
        assert len(pages) == 1

    def test_whoever_tries_too_often_waits(self, family: Family) -> None:
        client, sent = browser(family), {"email": "a@demo.invalid", "password": PASSWORD, "again": PASSWORD}
        codes = [client.post("/family/enter/", sent | {"code": "ABCD-EFGH-2345"}).status_code for _try in range(12)]
        assert codes == [422] * 10 + [429] * 2

    def test_it_is_taken_back(self, family: Family) -> None:
        ana = browser(family, "ana")
        ana.post(invite_path(family), {"how": "letter", "language": "sr"})
        assert "An invitation is open until" in page(ana, invite_path(family))
        assert ana.post(invite_path(family), {"how": "revoke", "language": "sr"}).status_code == 302
        assert FamilyInvitation.objects.get().outcome == "revoked"

    def test_hana_may_not(self, family: Family) -> None:
        assert {browser(family, who).get(invite_path(family)).status_code for who in ("hana", "csaba")} == {404}


@pytest.fixture
def case(family: Family) -> Case:
    """Filip is in; the commission has registered Ana's initiative and waits for a finding."""
    family.comes_in()
    case = family.begin()
    family.moved(case, "submit")
    family.moved(case, "register", "csaba", registry_number="auto")
    family.moved(case, "return_for_completion", "csaba", reason="Недостаје налаз.")
    return case


class TestDesk:
    def test_log_in_leads_there_and_to_no_other_desk(self, family: Family, case: Case) -> None:
        filip = browser(family, "filip")
        assert browser(family, "filip").get("/after-login/")["Location"] == "/family/"
        text = page(filip, "/family/")
        assert "Assessment of the need for additional support" in text
        assert 'href="/work/"' not in text
        page(filip, f"/work/case/{case.uuid}/", 404)
        page(filip, f"/work/child/{family.child.uuid}/", 403)

    def test_a_procedure_in_plain_words(self, family: Family, case: Case) -> None:
        text = page(browser(family, "filip"), f"/family/case/{case.uuid}/")
        for said in (
            "Something is missing. Complete the request and send it again.", "Coordinator of the commission",
            "Send what was missing", "What you can do", "Недостаје налаз.",
        ):  # fmt: skip
            assert said in text, said
        for hidden in ("Accept as complete", "Тајна", "Мира", "data-quick-exit"):
            assert hidden not in text
        entry = AuditEntry.objects.filter(verb="casework.open_case_file").latest("id")
        assert (entry.account, entry.organisation) == (family.world.accounts["filip"].pk, None)

    def test_a_paper_a_view_and_the_move(self, family: Family, case: Case) -> None:
        filip, at = browser(family, "filip"), f"/family/case/{case.uuid}/"
        wrong = filip.post(f"{at}papers/", {"kind": "medical", "file": SimpleUploadedFile("a.exe", b"MZ\0\0")})
        assert wrong.status_code == 422
        finding = SimpleUploadedFile("nalaz.pdf", b"%PDF-1.7")
        assert filip.post(f"{at}papers/", {"kind": "medical", "file": finding}).status_code == 302
        assert filip.post(f"{at}papers/view/", {"text": "Воли музику."}).status_code == 302
        text = page(filip, f"{at}papers/")
        assert "nalaz.pdf" in text
        assert "Воли музику." in text
        seen = Case.objects.get(pk=case.pk).moves_made
        assert "The case goes on to" in page(filip, f"{at}move/send_completion/")
        assert filip.post(f"{at}move/send_completion/", {"seen": seen - 1, "note": "Ево."}).status_code == 409
        assert filip.post(f"{at}move/send_completion/", {"seen": seen, "note": "Ево."}).status_code == 302
        case.refresh_from_db()
        assert case.step == "completeness"
        assert "The family wrote" in page(browser(family, "csaba"), f"/work/case/{case.uuid}/history/")
        page(filip, f"{at}move/accept_as_complete/", 404)
        page(filip, f"{at}move/record_consent/")

    def test_letters_that_are_meant_for_the_family_alone(self, family: Family, case: Case) -> None:
        letter = case.letters.get(kind="request-form")
        filip = browser(family, "filip")
        assert str(letter.uuid) in page(filip, f"/family/case/{case.uuid}/papers/")
        assert filip.get(f"/family/case/{case.uuid}/letters/{letter.uuid}/").content[:4] == b"%PDF"
        assert filip.get(f"/family/case/{case.uuid}/letters/{case.uuid}/").status_code == 404

    def test_consent_is_read_given_and_taken_back(self, family: Family, case: Case) -> None:
        filip = browser(family, "filip")
        at = f"/family/case/{case.uuid}/consent/"
        text = page(filip, at)
        assert "If you say no" in text
        assert "Интерресорна" in text or "Interresorna" in text
        assert filip.post(at, {}).status_code == 422
        assert filip.post(at, {"agree": "on"}).status_code == 302
        consent = family.child.consents.get()
        back = f"/family/child/{family.child.uuid}/consents/{consent.uuid}/"
        assert back in page(filip, f"/family/child/{family.child.uuid}/consents/")
        assert "What stops at once" in page(filip, back)
        assert filip.post(back, {"sure": "on"}).status_code == 302
        consent.refresh_from_db()
        assert consent.withdrawn_on
        page(filip, back, 404)

    def test_who_looked_stands_there_with_institution_and_post(self, family: Family, case: Case) -> None:
        page(browser(family, "csaba"), f"/work/case/{case.uuid}/")
        text = page(browser(family, "filip"), f"/family/child/{family.child.uuid}/looked/")
        told = ("Csaba Nagy", "Coordinator of the intersectoral commission", "Opened the procedure")
        for said in (*told, "Assessment of the need for additional support"):
            assert said in text, said

    def test_a_correction_and_a_copy(self, family: Family, case: Case) -> None:
        filip, at = browser(family, "filip"), f"/family/child/{family.child.uuid}/"
        assert filip.post(f"{at}ask/correction/", {"text": ""}).status_code == 422
        assert filip.post(f"{at}ask/correction/", {"text": "Погрешан разред."}).status_code == 302
        assert filip.post(f"{at}ask/copy/", {"text": ""}).status_code == 302
        page(filip, f"{at}ask/else/", 404)
        ana = browser(family, "ana")
        assert "2 questions wait for an answer" in page(ana, "/work/")
        page(browser(family, "hana"), "/work/asked/", 404)
        for kind, granted in (("correction", "no"), ("copy", "yes")):
            row = FamilyRequest.objects.get(kind=kind)
            one = f"/work/asked/{row.uuid}/"
            assert one in page(ana, "/work/asked/")
            assert ("What the copy will hold" in page(ana, one)) == (kind == "copy")
            assert ana.post(one, {"granted": granted, "reply": "Разред је добар."}).status_code == 302
        text = page(filip, f"{at}asked/")
        assert text.count("Разред је добар.") == 2
        copy = filip.get(f"{at}asked/{FamilyRequest.objects.get(kind='copy').uuid}/copy/")
        assert json.loads(copy.content)["child"][0]["family_name"] == "Њежић"

    def test_the_plan_and_the_opinion_once_they_are_adopted(self, family: Family) -> None:
        family.comes_in()
        story = Another(family.world, family.child)
        story.to_deciding()
        story.write_opinion_and_plan()
        filip, at = browser(family, "filip"), f"/family/case/{story.case.uuid}/"
        assert "There is no plan yet." in page(filip, f"{at}plan/")
        story.move("goran", "adopt_opinion")
        assert "Чита са разумевањем." in page(filip, f"{at}plan/")
        kinds = {str(one.uuid): one.kind for one in story.case.letters.all()}
        shown = {kinds[one] for one in re.findall(r"letters/([0-9a-f-]{36})/", page(filip, f"{at}papers/"))}
        assert {"request-form", "joint-opinion"} <= shown
        assert "minutes" not in shown

    def test_the_next_meeting_goes_into_a_calendar_that_names_nobody(self, family: Family, case: Case) -> None:
        filip, at = browser(family, "filip"), f"/family/case/{case.uuid}/"
        page(filip, f"{at}calendar.ics", 404)
        Case.objects.filter(pk=case.pk).update(assessment_on=clock.today(), assessment_place="Школа, соба 3")
        assert "Школа, соба 3" in page(filip, at)
        text = page(filip, f"{at}calendar.ics")
        assert "LOCATION:Школа" in text
        assert "Ђорђе" not in text


class TestViolence:
    def test_what_protects_is_on_no_page_of_the_father(self, family: Family, case: Case) -> None:
        secret = family.protect()
        page(browser(family, "ana"), f"/work/case/{secret.uuid}/")
        filip, at = browser(family, "filip"), f"/family/child/{family.child.uuid}/"
        pages = ["/family/", at, f"{at}looked/", f"{at}consents/", f"{at}asked/", f"/family/case/{case.uuid}/history/"]
        for path in pages:
            text = page(filip, path)
            for hidden in ("Protection", "Центар", "Centar", str(secret.uuid)):
                assert hidden not in text, (path, hidden)
        for rest in ("", "papers/", "plan/", "history/", "calendar.ics", "move/finish/", "consent/"):
            page(filip, f"/family/case/{secret.uuid}/{rest}", 404)

    def test_the_mother_who_is_told_can_leave_at_once(self, family: Family) -> None:
        family.comes_in("mother", family.mother)
        secret = family.protect()
        family.moved(secret, "let_parent_in", **{"part:parent": family.world.accounts["mother"]})
        text = page(browser(family, "mother"), f"/family/case/{secret.uuid}/")
        assert 'href="/exchange/events/" rel="noreferrer" data-quick-exit' in text

    @pytest.mark.parametrize("path", ["/family/safety/", "/help/", "/begin/child/"])
    def test_pages_about_it_can_be_left_at_once_without_an_account(self, family: Family, path: str) -> None:
        text = page(browser(family), path)
        assert "data-quick-exit" in text
        assert "call the police" in text


class TestGuide:
    def test_by_municipality_and_age(self, family: Family) -> None:
        place: Any = family.world.organisations["school"].territory
        type(place).objects.filter(pk=place.pk).update(is_unit=True)
        family.world.organisations["commission"].covers.add(place)
        school = family.world.organisations["school"]
        type(school).objects.filter(pk=school.pk).update(phone="024 000-000", address="Трг 1")
        Service.objects.create(organisation=school, labels={"en": "Speech therapy"}, age_from=6, age_until=14)
        Service.objects.create(organisation=school, labels={"en": "Nursery"}, age_from=0, age_until=3)
        text = page(Client(headers={"accept-language": "en"}), f"/begin/child/?place={place.code}&age=6-14")
        for said in ("024 000-000", "Трг 1", "Speech therapy", "Assessment of the need for additional support",
                     "The coordinator checks that the request and its papers are complete.", "192"):  # fmt: skip
            assert said in text, said
        assert "Nursery" not in text
        young = page(Client(headers={"accept-language": "en"}), f"/begin/child/?place={place.code}&age=0-2")
        assert "024 000-000" not in young

    def test_it_asks_nothing_of_a_child_and_keeps_nothing(self, family: Family) -> None:
        client = Client(headers={"accept-language": "en"})
        response = client.get("/begin/child/?place=nowhere&age=x")
        assert response.status_code == 200
        assert not response.cookies
        text = response.content.decode()
        assert "This place is not known here" in text
        assert "Police, Serbia: <a" in text  # nobody calls the police of another country
        assert {*re.findall(r'<(?:input|select|textarea)[^>]*name="(\w+)"', text.partition("</form>")[0])} == {
            "place", "age",
        }  # fmt: skip
        assert 'href="/begin/child/"' in page(client, "/")
