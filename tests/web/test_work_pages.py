"""The work desk through Django's client: every page for who may, the same 404 for who may not."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casework.test_story import Story
from tests.world import World, make_world
from zajedno.access.models import AuditEntry
from zajedno.casework.actions.case import open_case
from zajedno.kernel.clock import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story(make_world())


def at(world: World, who: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(world.accounts[who])
    return client


def of(story: Story, rest: str = "") -> str:
    return f"/work/case/{story.case.uuid}/{rest}"


def text(response: HttpResponse) -> str:
    return response.content.decode()


CASE_PAGES = ("", "request/", "papers/", "people/", "history/", "note/", "note/informed/")
CHILD_PAGES = ("", "change/", "guardian/", "consent/", "enrol/")


@pytest.mark.parametrize("rest", CASE_PAGES)
def test_ana_opens_every_page_of_her_case(story: Story, rest: str) -> None:
    response = at(story.world, "ana").get(of(story, rest))
    assert response.status_code == 200
    assert "Ђорђе Њежић" in text(response)
    assert response.headers["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(verb="casework.open_case_file", subject=str(story.case.uuid)).count() == 1


@pytest.mark.parametrize("rest", CHILD_PAGES)
def test_ana_opens_every_page_of_the_child(story: Story, rest: str) -> None:
    response = at(story.world, "ana").get(f"/work/child/{story.child.uuid}/{rest}")
    assert response.status_code == 200
    assert AuditEntry.objects.filter(verb="children.open_file", subject=str(story.child.uuid)).count() == 1


@pytest.mark.parametrize(
    "rest", ["", "request/", "plan/", "papers/", "opinions/", "people/", "history/", "note/", "move/submit/"]
)
@pytest.mark.parametrize("who", ["dino", "eva", "besa"])
def test_a_foreign_case_is_as_one_that_does_not_exist(
    story: Story, who: str, rest: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client = at(story.world, who)
    client.get("/work/")
    with django_assert_max_num_queries(40) as foreign:
        one = client.get(of(story, rest))
    with django_assert_num_queries(len(foreign)):
        two = client.get(f"/work/case/{uuid.uuid4()}/{rest}")
    assert one.status_code == two.status_code == 404
    assert one.content == two.content


def test_a_foreign_child_is_as_one_that_does_not_exist(story: Story) -> None:
    client = at(story.world, "besa")
    one, two = client.get(f"/work/child/{story.child.uuid}/"), client.get(f"/work/child/{uuid.uuid4()}/")
    assert one.status_code == two.status_code == 404
    assert one.content == two.content


def test_who_is_not_logged_in_comes_back_after_log_in(story: Story) -> None:
    response = Client().get(of(story))
    assert response.status_code == 302
    assert response["Location"] == f"/login/?next={of(story)}"


def test_my_work_lists_cases_by_their_deadline(story: Story) -> None:
    story.move("ana", "submit")
    client = at(story.world, "ana")
    page = text(client.get("/work/"))
    assert "Ђорђе Њежић" in page
    assert "Register a request" in page
    assert "Ђорђе" not in text(client.get("/work/?due=overdue"))
    clock = story.case.clocks.get()
    clock.started_on, clock.due_on = today() - timedelta(days=9), today() - timedelta(days=2)
    clock.save()
    assert "2 days late" in text(client.get("/work/?due=overdue"))
    assert "Ђорђе" not in text(client.get("/work/?due=next"))
    assert "Ђорђе" in text(client.get("/work/?step=submitted"))
    assert "Ђорђе" not in text(client.get("/work/?step=draft"))


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def test_my_work_costs_the_same_for_many_cases(story: Story) -> None:
    client = at(story.world, "ana")
    client.get("/work/")
    before = queries_of(client, "/work/")
    for number in range(4):
        child = story.world.child("Маја", f"Савић{number}")
        open_case(by=story.world.actor("ana"), child=child, keeper=story.world.organisations["commission"],
            procedure="additional-support",
                  initiator="institution", initiated_by=story.world.organisations["school"], request={})  # fmt: skip
    assert queries_of(client, "/work/") == before


def test_a_number_opens_its_case(story: Story) -> None:
    story.move("ana", "submit")
    story.move("csaba", "register", registry_number="IRK-77/2026")
    client = at(story.world, "ana")
    assert client.post("/work/", {"number": "77/2026"})["Location"] == of(story)
    wrong = client.post("/work/", {"number": "999"})
    assert wrong.status_code == 422
    assert "No case of yours has this number" in text(wrong)


def test_eva_and_dino_have_an_empty_desk(story: Story) -> None:
    for who in ("eva", "dino"):
        page = text(at(story.world, who).get("/work/"))
        assert "Ђорђе" not in page
        assert "Register a request" not in page
        assert at(story.world, who).get("/work/request/").status_code == 403


def test_search_finds_in_either_script_and_puts_no_name_into_the_address(story: Story) -> None:
    client = at(story.world, "ana")
    found = client.post("/work/search/", {"text": "djordje njezic"})
    assert found.status_code == 200
    assert "Ђорђе Њежић" in text(found)
    assert "2016" in text(found)
    assert "Улица" not in text(found)
    assert client.post("/work/search/", {"text": ""}).status_code == 422
    assert "No child found" in text(at(story.world, "besa").post("/work/search/", {"text": "Ђорђе"}))
    assert at(story.world, "eva").post("/work/search/", {"text": "Ђорђе"}).status_code == 403


def test_a_note_is_written_and_a_future_one_is_refused(story: Story) -> None:
    client, ahead = at(story.world, "ana"), today() + timedelta(days=1)
    sent = {"kind": "note", "happened_on": str(ahead), "text": "Разговор са мајком."}
    refused = client.post(of(story, "note/"), sent)
    assert refused.status_code == 422
    assert "Разговор са мајком." in text(refused)
    assert client.post(of(story, "note/"), sent | {"happened_on": str(today())}).status_code == 302
    assert "Разговор са мајком." in text(client.get(of(story, "history/")))


def test_the_request_is_changed_until_it_is_accepted(story: Story) -> None:
    client = at(story.world, "ana")
    assert "Тешко чита." in text(client.get(of(story, "request/change/")))
    sent = {"reasons": ["learning"], "difficulties": "Тешко пише.", "asked": "Помоћ"}
    assert client.post(of(story, "request/change/"), {"difficulties": "само ово"}).status_code == 422
    assert client.post(of(story, "request/change/"), sent).status_code == 302
    assert "Тешко пише." in text(client.get(of(story, "request/")))


def test_papers_come_and_go(story: Story) -> None:
    story.move("ana", "submit")
    client = at(story.world, "csaba")
    sent = {"kind": "medical", "file": SimpleUploadedFile("nalaz.pdf", b"%PDF-1.7 sadrzaj")}
    assert client.post(of(story, "papers/"), sent).status_code == 302
    paper = story.case.papers.get()
    back = client.get(of(story, f"papers/{paper.uuid}/"))
    assert back.content == b"%PDF-1.7 sadrzaj"
    assert back.headers["Content-Disposition"].startswith("attachment")
    bad = {"kind": "medical", "file": SimpleUploadedFile("x.pdf", b"MZ\x00\x00")}
    assert client.post(of(story, "papers/"), bad).status_code == 422
    assert at(story.world, "ana").get(of(story, f"papers/{paper.uuid}/")).status_code == 404
    assert client.post(of(story, f"papers/{paper.uuid}/remove/"), {"reason": ""}).status_code == 422
    assert client.post(of(story, f"papers/{paper.uuid}/remove/"), {"reason": "погрешан"}).status_code == 302
    assert client.get(of(story, f"papers/{paper.uuid}/")).status_code == 404


def test_letters_are_downloaded_and_issued_again_in_latin(story: Story) -> None:
    story.move("ana", "submit")
    client, letter = at(story.world, "ana"), story.case.letters.get()
    assert client.get(of(story, f"letters/{letter.uuid}/")).content.startswith(b"%PDF-")
    assert client.get(of(story, f"letters/{letter.uuid}/word/")).content.startswith(b"PK")
    assert client.get(of(story, f"letters/{letter.uuid}/again/")).status_code == 200
    assert client.post(of(story, f"letters/{letter.uuid}/again/"), {"language": "sr-latn"}).status_code == 302
    assert set(story.case.letters.values_list("language", flat=True)) == {"sr", "sr-latn"}


def test_the_plan_is_written_line_by_line(story: Story) -> None:
    story.to_deciding()
    client = at(story.world, "csaba")
    sent = {
        "code": "individualised_teaching", "legal_group": "realised", "goal": "Чита.", "frequency": "недељно",
        "responsible": str(story.world.organisations["school"].pk), "cost": "12000", "payer": "municipality",
    }  # fmt: skip
    nobody = client.post(of(story, "plan/new/"), sent | {"responsible": ""})
    assert nobody.status_code == 422
    assert client.post(of(story, "plan/new/"), sent).status_code == 302
    row = story.case.measures.get()
    assert row.cost == 12000
    page = text(client.get(of(story, "plan/")))
    assert "12,000 RSD" in page
    assert client.get(of(story, f"plan/{row.uuid}/")).status_code == 200
    assert "Чита." in text(client.get(of(story, f"plan/{row.uuid}/change/")))
    assert client.post(of(story, f"plan/{row.uuid}/change/"), sent | {"goal": "Пише."}).status_code == 302
    assert at(story.world, "ana").get(of(story, "plan/new/")).status_code == 404
    assert client.post(of(story, f"plan/{row.uuid}/drop/")).status_code == 302
    assert not story.case.measures.exists()


def test_implementers_say_how_far_a_measure_has_come(story: Story) -> None:
    story.to_implementation()
    row = story.case.measures.get()
    client = at(story.world, "ana")
    assert client.get(of(story, f"plan/{row.uuid}/")).status_code == 200
    assert client.post(of(story, f"plan/{row.uuid}/"), {"state": "running"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "running"


def test_opinions_are_drafted_alone_and_read_by_those_whose_ties_open_them(story: Story) -> None:
    story.to_deciding()
    client = at(story.world, "hana")
    assert client.post(of(story, "opinions/"), {"text": "Нацрт који нико не види."}).status_code == 302
    assert "Нацрт који нико не види." in text(client.get(of(story, "opinions/")))
    other = text(at(story.world, "goran").get(of(story, "opinions/")))
    assert "Нацрт који нико не види." not in other
    assert "Потребна је подршка." in other


def test_consent_is_recorded_on_the_case_and_withdrawn_in_the_file(story: Story) -> None:
    client, giver = at(story.world, "ana"), story.child.guardians.get()
    nobody = client.post(of(story, "consent/"), {"answer": "given", "given_on": str(today())})
    assert nobody.status_code == 422
    sent = {"answer": "given", "giver": str(giver.uuid), "given_on": str(today()), "proof": "у предмету"}
    assert client.post(of(story, "consent/"), sent).status_code == 302
    row = story.child.consents.get()
    assert list(row.recipients.all()) == [story.case.organisation]
    path = f"/work/child/{story.child.uuid}/consent/{row.uuid}/withdraw/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"withdrawn_on": str(today())}).status_code == 302
    assert client.get(path).status_code == 404


def test_the_childs_file_is_changed(story: Story) -> None:
    client, path = at(story.world, "ana"), f"/work/child/{story.child.uuid}/"
    sent = {"given_name": "Ђорђе", "family_name": "Њежић", "birth_date": "2016-05-04", "address": "Нова 5", "sex": "M"}
    assert client.post(f"{path}change/", sent | {"family_name": ""}).status_code == 422
    assert client.post(f"{path}change/", sent).status_code == 302
    assert "Нова 5" in text(client.get(path))
    mother = {"kind": "mother", "name": "Марија Њежић", "represents": "on", "phone": "024 555"}
    assert client.post(f"{path}guardian/", mother | {"phone": "зови"}).status_code == 422
    assert client.post(f"{path}guardian/", mother).status_code == 302
    row = story.child.guardians.get(kind="mother")
    assert client.post(f"{path}guardian/{row.uuid}/", mother | {"name": "Марија Нови"}).status_code == 302
    assert client.post(f"{path}guardian/{row.uuid}/end/").status_code == 302
    assert "Марија" not in text(client.get(path))
    enrol = {"organisation": str(story.world.organisations["school"].pk), "since": str(today()), "class_name": "3-1"}
    assert client.post(f"{path}enrol/", enrol).status_code == 302
    assert client.post(f"{path}enrol/", enrol).status_code == 422


def test_a_childs_file_shows_only_what_the_tie_opens(story: Story) -> None:
    tie = story.child.ties.get(purpose="registration")
    tie.fields = ["identity"]
    tie.save()
    for row in story.case.participants.all():
        row.tie.fields = ["identity"]
        row.tie.save()
    page = text(at(story.world, "ana").get(f"/work/child/{story.child.uuid}/"))
    assert "Ђорђе" in page
    assert "Филип" not in page
    assert "0405016820014" not in page
    assert at(story.world, "ana").get(f"/work/child/{story.child.uuid}/guardian/").status_code == 404
    assert at(story.world, "ana").get(of(story, "request/")).status_code == 404
