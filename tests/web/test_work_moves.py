"""Moving a case and taking one in, through the pages."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.casework.test_story import Story
from tests.web.test_work_pages import at, of, text
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.casework.models import Case, DraftRequest
from zajedno.casework.queries.case import find
from zajedno.children.models import Alias, Child
from zajedno.kernel.clock import today
from zajedno.procedures.logic.needs import ASKS, OF_CASES
from zajedno.web.work.asks import ASK
from zajedno.web.work.next_moves import BY_MOVE, WHERE, next_moves

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world: World) -> Story:
    return Story(world)


def send(story: Story, who: str, move: str, **answers: Any) -> HttpResponse:
    """Open the page of a move and send its form, as a browser does."""
    client = at(story.world, who)
    assert client.get(of(story, f"move/{move}/")).status_code == 200
    seen = Case.objects.get(pk=story.case.pk).moves_made
    return client.post(of(story, f"move/{move}/"), {"seen": seen, **answers})


def test_everything_a_procedure_may_ask_has_a_field(story: Story) -> None:
    assert set(ASK) == set(ASKS)
    file = find(story.world.actor("ana"), story.case.uuid)
    for name, ask in ASK.items():
        fields = ask.fields(file, True)
        assert name in fields, name
        assert all(str(field.label) for field in fields.values()), name


def test_every_need_leads_to_a_page_or_a_move() -> None:
    assert set(OF_CASES) == set(WHERE) | BY_MOVE


def test_moves_are_offered_with_what_is_missing(story: Story) -> None:
    moves = next_moves(find(story.world.actor("ana"), story.case.uuid))
    assert [task.href.rsplit("/", 2)[-2] for task in moves.now] == ["submit"]
    assert [task.href.rsplit("/", 2)[-2] for task in moves.endings] == ["discard"]
    story.move("ana", "submit")
    story.move("csaba", "register", registry_number="auto")
    story.move("csaba", "accept_as_complete")
    moves = next_moves(find(story.world.actor("csaba"), story.case.uuid))
    assert [task.href for task in moves.missing] == [of(story, "note/informed/"), of(story, "consent/")]
    for task in moves.missing:
        assert at(story.world, "csaba").get(task.href).status_code == 200


def test_what_others_wait_for_is_shown_to_who_can_do_it(story: Story) -> None:
    story.to_deciding()
    hrefs = [task.href for task in next_moves(find(story.world.actor("csaba"), story.case.uuid)).missing]
    assert hrefs == [f"/panel/case/{story.case.uuid}/decide/", of(story, "plan/")]
    for href in hrefs:
        assert at(story.world, "csaba").get(href).status_code == 200
    assert next_moves(find(story.world.actor("hana"), story.case.uuid)).now == []


def test_the_page_says_what_a_move_will_do(story: Story) -> None:
    page = text(at(story.world, "ana").get(of(story, "move/submit/")))
    assert "Request for assessment (Form 1)" in page
    assert "Coordinator of the commission" in page
    assert "Joint opinion, until" in page


def test_a_move_not_yet_possible_says_what_comes_first(story: Story) -> None:
    story.move("ana", "submit")
    story.move("csaba", "register", registry_number="auto")
    story.move("csaba", "accept_as_complete")
    page = text(at(story.world, "csaba").get(of(story, "move/record_consent/")))
    assert "What must come first" in page
    assert "This is done by: Coordinator" in text(at(story.world, "ana").get(of(story, "move/record_consent/")))
    assert "not possible" in text(at(story.world, "csaba").get(of(story, "move/adopt_opinion/")))
    assert at(story.world, "csaba").get(of(story, "move/nothing/")).status_code == 404


def test_a_request_moves_to_an_interim_member_by_forms_alone(story: Story) -> None:
    assert send(story, "ana", "submit").status_code == 302
    page = text(at(story.world, "csaba").get(of(story, "move/register/")))
    number = f"ИРК-001/{today().year}"
    assert number in page
    assert send(story, "csaba", "register", registry_number=number).status_code == 302
    assert send(story, "csaba", "accept_as_complete").status_code == 302
    story.note("csaba", "informed")
    story.world.consent(story.child)
    assert send(story, "csaba", "record_consent").status_code == 302
    ana = str(story.world.accounts["ana"].pk)
    assert send(story, "goran", "appoint_interim_member", **{"part-interim_member": ""}).status_code == 422
    assert send(story, "goran", "appoint_interim_member", **{"part-interim_member": ana}).status_code == 302
    when = str(today() + timedelta(days=4))
    assert send(story, "csaba", "schedule", date=when, place="Школа").status_code == 302
    assert send(story, "csaba", "begin_assessment").status_code == 302
    assert send(story, "hana", "write_individual_opinion", opinion="Потребна је подршка.").status_code == 302
    hana, besa = (str(story.world.accounts[who].pk) for who in ("hana", "besa"))
    assert send(story, "csaba", "replace_member", member=hana, deputy=besa, reason="Сродство").status_code == 302
    story.case.refresh_from_db()
    assert (story.case.number, story.case.step) == (number, "assessment")
    assert story.case.recusals.get().deputy_id == int(besa)
    assert "interim_member" in find(story.world.actor("ana"), story.case.uuid).parts


def test_a_sitting_is_called_new_or_chosen(story: Story) -> None:
    story.to_consented()
    story.move("goran", "appoint_interim_member", **{"part:interim_member": story.world.accounts["ana"]})
    story.move("csaba", "schedule", date=today() + timedelta(days=3), place="Школа")
    story.move("csaba", "begin_assessment")
    story.move("hana", "hear_family", note="Саслушани.")
    for who in ("goran", "hana", "jelena", "ana"):
        story.move(who, "write_individual_opinion", opinion="Потребна је подршка.")
    story.move("csaba", "finish_assessment")
    half = send(story, "csaba", "call_sitting", sitting="new", sitting_hour="9:30")
    assert half.status_code == 422
    assert "Write day, time and place of the new sitting." in text(half)
    day = str(today() + timedelta(days=5))
    new = {"sitting": "new", "sitting_day": day, "sitting_hour": "9.30", "sitting_place": "Градска кућа"}
    assert send(story, "csaba", "call_sitting", **new).status_code == 302
    planned = story.case.agenda.get().sitting
    assert planned.place == "Градска кућа"
    assert send(story, "csaba", "postpone_sitting", sitting=str(planned.uuid), reason="Болест").status_code == 302


def test_a_lost_race_is_told_on_the_filled_form(story: Story) -> None:
    late = at(story.world, "ana").post(of(story, "move/submit/"), {"seen": 99, "note": "моја белешка"})
    assert late.status_code == 409
    assert "Somebody has moved this case" in text(late)
    assert "моја белешка" in text(late)
    story.case.refresh_from_db()
    assert story.case.step == "draft"


# Taking a request in


CHILD = {"given_name": "Maja", "family_name": "Kovács", "birth_date": "2018-03-02", "sex": "F", "number": ""}
FAMILY = {"first_kind": "mother", "first_name": "Éva Kovács", "first_represents": "on", "trusted_name": "Нада Илић"}
REASONS = {"reasons": ["learning"], "difficulties": "Тешко чита.", "asked": "Прилагођен материјал."}


def begin(client: Client) -> str:
    return client.post("/work/request/")["Location"].removesuffix("who/")


def fill(client: Client, world: World, draft: str, **other: Any) -> None:
    school = world.organisations["school"]
    steps = {
        "who": {"asker": f"institution:{school.pk}", "commission": world.organisations["commission"].pk,
                "received_on": str(today())},
        "child": CHILD, "family": FAMILY, "school": {"school": school.pk, "class_name": "2-1"}, "reasons": REASONS,
        "papers": {"papers": ["medical"]},
        "consent": {"informed": "yes", "answer": "given", "giver": "0", "given_on": str(today())},
    } | other  # fmt: skip
    for step, sent in steps.items():
        response = client.post(f"{draft}{step}/", sent)
        assert response.status_code == 302, (step, text(response))


def test_a_request_is_taken_in_whole(world: World) -> None:
    client = at(world, "ana")
    draft = begin(client)
    fill(client, world, draft)
    check = text(client.get(f"{draft}check/"))
    assert "Maja" in check
    assert "Éva Kovács" in check
    done = client.post(f"{draft}check/", {"submit": "yes"})
    case = Case.objects.get()
    assert done["Location"] == f"/work/request/done/{case.uuid}/"
    assert "Request form to print and sign" in text(client.get(done["Location"]))
    assert (case.step, case.initiated_by) == ("submitted", world.organisations["school"])
    assert case.child.guardians.count() == 2
    assert case.child.enrolments.get().class_name == "2-1"
    assert case.child.consents.get().answer == "given"
    assert case.notes.get().kind == "informed"
    assert not DraftRequest.objects.exists()
    assert AuditEntry.objects.filter(verb="casework.open_case").count() == 1


def test_a_step_not_whole_is_shown_again_and_can_be_left(world: World) -> None:
    client = at(world, "ana")
    draft = begin(client)
    assert client.post(f"{draft}child/", {"given_name": "Maja"}).status_code == 422
    assert client.post(f"{draft}child/", {"given_name": "Maja", "later": "1"})["Location"] == "/work/"
    home = text(client.get("/work/"))
    assert "Go on with the request saved" in home
    assert "Maja" not in home
    assert client.get(draft)["Location"] == f"{draft}child/"
    assert "Maja" in text(client.get(f"{draft}child/"))
    assert "First finish these steps" in text(client.get(f"{draft}check/"))
    assert client.post(f"{draft}check/", {"submit": "yes"}).status_code == 200
    assert not Child.objects.exists()


def test_a_draft_is_its_owners_alone(world: World) -> None:
    draft = begin(at(world, "ana"))
    for step in ("", "who/", "child/", "check/", "drop/", "same/"):
        assert at(world, "csaba").get(f"{draft}{step}").status_code == 404
    assert at(world, "ana").post(f"{draft}drop/")["Location"] == "/work/"
    assert not DraftRequest.objects.exists()


def test_a_parents_request_comes_to_the_counter_of_the_commission(world: World) -> None:
    client, commission = at(world, "csaba"), world.organisations["commission"]
    draft = begin(client)
    page = text(client.get(f"{draft}who/"))
    assert "A parent, at the counter of" in page
    fill(client, world, draft, who={"asker": f"parent:{commission.pk}", "received_on": str(today())})
    assert client.post(f"{draft}check/", {"submit": "yes"}).status_code == 302
    case = Case.objects.get()
    assert (case.initiator, case.step, case.organisation) == ("parent", "submitted", commission)


def test_a_likely_same_child_of_ones_own_can_be_used(world: World) -> None:
    there = world.child("Маја", "Ковач", registered_by=world.organisations["school"])
    client = at(world, "ana")
    draft = begin(client)
    again = CHILD | {"given_name": "Maja", "family_name": "Kovač", "birth_date": str(there.birth_date)}
    assert client.post(f"{draft}child/", again)["Location"] == f"{draft}same/"
    page = text(client.get(f"{draft}same/"))
    assert "Маја Ковач" in page
    assert client.post(f"{draft}same/", {"use": str(there.uuid)})["Location"] == f"{draft}family/"
    assert "already in your files" in text(client.get(f"{draft}child/"))
    fill(client, world, draft, child={}, family={}, consent={"informed": "no", "answer": "later"})
    assert client.post(f"{draft}check/", {"submit": "no"}).status_code == 302
    case = Case.objects.get()
    assert (case.child, case.step) == (there, "draft")


def test_a_foreign_likely_child_stays_nameless(world: World) -> None:
    there = world.child("Маја", "Ковач", registered_by=world.organisations["health"], address="Тајна 7")
    client = at(world, "ana")
    draft = begin(client)
    again = CHILD | {"given_name": "Maja", "family_name": "Kovač", "birth_date": str(there.birth_date)}
    assert client.post(f"{draft}child/", again)["Location"] == f"{draft}same/"
    page = text(client.get(f"{draft}same/"))
    assert "registered in another institution" in page
    assert "Маја Ковач" not in page
    assert client.post(f"{draft}same/", {"use": str(there.uuid)}).status_code == 404
    assert client.post(f"{draft}same/", {"another": "1"})["Location"] == f"{draft}family/"
    fill(client, world, draft, child=again)
    assert client.post(f"{draft}check/", {"submit": "yes"}).status_code == 302
    assert Alias.objects.get().same_as == there


def test_a_refusal_at_the_end_writes_nothing(world: World) -> None:
    """The child was registered by somebody else while this draft lay there."""
    client = at(world, "ana")
    draft = begin(client)
    fill(client, world, draft)
    world.child("Maja", "Kovács", born=date(2018, 3, 2))
    refused = client.post(f"{draft}check/", {"submit": "yes"})
    assert refused["Location"] == f"{draft}same/"
    assert Child.objects.count() == 1
    assert not Case.objects.exists()
    assert DraftRequest.objects.exists()


def test_a_wrong_citizen_number_is_told_at_its_field(world: World) -> None:
    client = at(world, "ana")
    draft = begin(client)
    wrong = client.post(f"{draft}child/", CHILD | {"number": "1234567890123"})
    assert wrong.status_code == 422
    assert "This number is not correct" in text(wrong)


def test_a_request_for_a_child_in_the_file_begins_there(story: Story) -> None:
    client = at(story.world, "ana")
    draft = client.post("/work/request/", {"child": str(story.child.uuid)})["Location"].removesuffix("who/")
    assert "Ђорђе Њежић" in text(client.get(f"{draft}child/"))
    assert at(story.world, "besa").post("/work/request/", {"child": str(story.child.uuid)}).status_code == 404
