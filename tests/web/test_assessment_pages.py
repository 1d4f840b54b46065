"""The pages of a child's assessments through Django's client: what waits, what was begun, what can be compared."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.web.panel_world import English, words
from tests.world import World, load_forms
from zajedno.children.actions.assessment import begin, take_in
from zajedno.children.models import Assessment, AssessmentDraft, Child
from zajedno.forms.logic.sheet import Sheet
from zajedno.forms.queries.form import find
from zajedno.kernel.clock import today

pytestmark = [pytest.mark.django_db, pytest.mark.pages]  # every page of an assessment
RISK, CFM = "dropout-risk", "cfm-5-17"


@pytest.fixture
def child(world: World) -> Child:
    load_forms(RISK, CFM, enable=["school"])
    return world.child(sex="M")


@pytest.fixture
def ana(world: World, go: English) -> Client:
    return go("ana")


def main(response: HttpResponse) -> str:
    return words(response).split("<main")[1].split("</main>")[0]


def kept(world: World, child: Child, key: str, level: str, ago: int = 0) -> Assessment:
    """A sheet with the same answer to every question."""
    by = world.actor("ana")
    form = find(key, [world.organisations["school"].pk], "child", by.today)
    sheet = Sheet(form.form, today=by.today)
    for question in form.form.questions():
        if question.asks:
            sheet.put(question.path, "mother" if question.name == "respondent" else level)
    return take_in(by=by, child=child, form=form, answers=sheet.answers(), day=today() - timedelta(days=ago))


def consent_to_screening(world: World, child: Child) -> None:
    world.consent(child, purpose="screening").recipients.set([world.organisations["school"]])


def test_a_form_without_consent_leads_to_recording_it(world: World, ana: Client, child: Child) -> None:
    here = f"/work/child/{child.uuid}/"
    refused = ana.post(f"{here}assessments/", {"form": CFM})
    assert refused.status_code == 422
    way = f"{here}consent/?purpose=screening"
    assert f'href="{way}"' in main(refused)
    school = str(world.organisations["school"].pk)
    asked = main(ana.get(way))
    assert f'<option value="{school}" selected>' in asked
    assert '<option value="screening" selected>' in asked
    giver = str(child.guardians.get().uuid)
    told = {"answer": "given", "giver": giver, "purpose": "screening", "recipient": school, "given_on": str(today())}
    assert ana.post(way, told)["Location"] == f"{here}assessments/"
    assert ana.post(f"{here}assessments/", {"form": CFM})["Location"].startswith("/work/sheet/")


def test_what_was_begun_stands_on_ones_desk(world: World, ana: Client, child: Child) -> None:
    assert "Forms you have begun" not in main(ana.get("/work/"))
    form = find(RISK, [world.organisations["school"].pk], "child", today())
    draft = begin(by=world.actor("ana"), child=child, form=form)
    desk = main(ana.get("/work/"))
    assert "Forms you have begun" in desk
    assert f"/work/sheet/{draft.uuid}/" in desk
    assert child.full_name in desk


def test_a_page_that_nobody_has_seen_is_not_done(ana: Client, child: Child) -> None:
    ana.post(f"/work/child/{child.uuid}/assessments/", {"form": RISK})
    address = f"/work/sheet/{AssessmentDraft.objects.get().uuid}/"
    assert main(ana.get(address)).count("Not begun") == 6
    ana.post(f"{address}1/", {"data_presence_attendance": "1", "shown": "data_presence_attendance"})
    tasks = main(ana.get(address))
    assert tasks.count("Not begun") == 5
    assert tasks.count("Done") == 1


def test_what_two_scores_call_alike_is_not_subtracted(world: World, ana: Client, child: Child) -> None:
    consent_to_screening(world, child)
    risk = kept(world, child, RISK, "1", ago=3)
    screened = kept(world, child, CFM, "2")
    page = main(ana.get(f"/work/child/{child.uuid}/assessments/compare/?first={risk.uuid}&second={screened.uuid}"))
    assert "Changed" not in page
    assert "+" not in page
    assert "selfcare" not in page
    assert "Self-care" in page


def test_a_change_is_written_as_the_language_writes_it(world: World, ana: Client, child: Child) -> None:
    kept(world, child, RISK, "1", ago=9)
    kept(world, child, RISK, "2")
    page = main(ana.get(f"/work/child/{child.uuid}/assessments/"))
    assert "Risk index: 100 – Very high\n+50 since" in page.replace("<br>", "\n")
