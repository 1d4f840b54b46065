"""Opinions of members, the joint opinion, and the follow-up of measures."""

import re
from datetime import timedelta

import pytest

from tests.casework.test_story import Story
from tests.web.panel_world import Another, English, words
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.casework.models import JointOpinion, Opinion
from zajedno.kernel import clock

pytestmark = pytest.mark.django_db
JOINT = {
    "findings": "Налаз.",
    "strengths": "Воли цртање.",
    "needs": "",
    "outcomes": "",
    "family_view": "",
    "dissent": "",
}


@pytest.fixture
def assessed(world: World) -> Story:
    """A case in assessment: opinions may be written."""
    story = Story(world)
    story.to_consented()
    story.move("goran", "appoint_interim_member", **{"part:interim_member": world.accounts["ana"]})
    story.move("csaba", "schedule", date=clock.today(), place="Школа")
    story.move("csaba", "begin_assessment")
    return story


def test_a_draft_is_one_persons_own_until_submitted(assessed: Story, go: English) -> None:
    page, joint = (f"/panel/case/{assessed.case.uuid}/{one}/" for one in ("opinion", "decide"))
    client = go("hana")
    assert "Тешко чита." in words(client.get(page))
    client.post(page, {"text": "Нацрт мишљења.", "draft": "1", "seen": assessed.case.moves_made})
    assert "Нацрт мишљења." in words(client.get(page))
    assert "Нацрт мишљења." not in words(go("goran").get(joint))
    seen = assessed.case.moves_made
    answer = client.post(page, {"text": "Коначно мишљење.", "submit": "1", "seen": seen})
    assert answer.headers["Location"] == f"/work/case/{assessed.case.uuid}/"
    assert "Коначно мишљење." in words(go("goran").get(joint))
    assert Opinion.objects.get().submitted_on
    assert AuditEntry.objects.filter(verb="casework.open_case_file", detail__page="opinion").count() == 2


def test_the_interim_member_writes_too_and_the_coordinator_does_not(assessed: Story, go: English) -> None:
    page = f"/panel/case/{assessed.case.uuid}/opinion/"
    assert go("ana").get(page).status_code == 200
    assert go("csaba").get(page).status_code == 403
    empty = go("ana").post(page, {"text": " ", "submit": "1", "seen": assessed.case.moves_made})
    assert (empty.status_code, Opinion.objects.count()) == (422, 0)


def test_an_opinion_written_on_an_old_page_is_not_lost(assessed: Story, go: English) -> None:
    page, seen = f"/panel/case/{assessed.case.uuid}/opinion/", assessed.case.moves_made
    assessed.move("goran", "write_individual_opinion", opinion="Моје.")
    answer = go("hana").post(page, {"text": "Дуго писано мишљење.", "submit": "1", "seen": seen})
    assert (answer.status_code, "Дуго писано мишљење." in words(answer)) == (409, True)


def test_before_the_assessment_only_a_draft_is_kept(world: World, go: English) -> None:
    story = Story(world)
    story.to_consented()
    text = words(go("hana").get(f"/panel/case/{story.case.uuid}/opinion/"))
    assert 'name="submit"' not in text
    assert "an opinion cannot be submitted there" in text


@pytest.fixture
def deciding(world: World) -> Story:
    story = Another(world, world.child())
    story.to_deciding()
    return story


def test_the_joint_opinion_is_written_by_those_who_decide(deciding: Story, go: English) -> None:
    page = f"/panel/case/{deciding.case.uuid}/decide/"
    day = clock.today() + timedelta(days=180)
    review = {"review_on_day": day.day, "review_on_month": day.month, "review_on_year": day.year}
    assert go("goran").post(page, {**JOINT, **review, "seen": ""}).status_code == 302
    row = JointOpinion.objects.get()
    row.case = deciding.case
    assert ("Воли цртање." in row.text, row.review_on) == (True, day)
    assert "Воли цртање." in words(go("csaba").get(page))
    assert "Воли цртање." in words(go("hana").get(page))
    assert "<textarea" not in words(go("hana").get(page))
    assert go("hana").post(page, {**JOINT, "findings": "Друго."}).status_code == 403
    assert "Потребна је подршка." in words(go("goran").get(page))


def test_newer_words_are_not_written_over(deciding: Story, go: English) -> None:
    page = f"/panel/case/{deciding.case.uuid}/decide/"
    assert go("goran").post(page, {**JOINT, "seen": ""}).status_code == 302
    answer = go("csaba").post(page, {**JOINT, "findings": "Старо.", "seen": ""})
    assert (answer.status_code, "Старо." in words(answer)) == (409, True)
    row = JointOpinion.objects.get()
    row.case = deciding.case
    assert "Старо." not in row.text
    told = words(answer)
    assert "Горан Илић has changed this in the meantime." in told
    assert "Воли цртање." in told.split("As it stands now")[1].split("<form")[0]
    seen = re.search(r'name="seen" value="([^"]+)"', told)
    assert seen
    assert go("csaba").post(page, {**JOINT, "findings": "Старо.", "seen": seen[1]}).status_code == 302


def test_without_consent_the_opinions_are_closed(deciding: Story, go: English) -> None:
    page = f"/panel/case/{deciding.case.uuid}/decide/"
    go("goran").post(page, {**JOINT, "seen": ""})
    deciding.move("csaba", "withdraw_consent")
    assert go("goran").get(page).status_code == 403
    assert go("goran").post(page, {**JOINT, "findings": "", "seen": ""}).status_code == 403
    row = JointOpinion.objects.get()
    row.case = deciding.case
    assert "Налаз." in row.text


def test_what_is_still_missing_is_named_and_then_the_president_adopts(deciding: Story, go: English) -> None:
    page = f"/panel/case/{deciding.case.uuid}/decide/"
    assert "Write the joint opinion." in words(go("goran").get(page))
    deciding.write_opinion_and_plan()
    assert f"/work/case/{deciding.case.uuid}/move/adopt_opinion/" in words(go("goran").get(page))
    assert "move/adopt_opinion/" not in words(go("csaba").get(page))
    deciding.move("goran", "adopt_opinion")
    text = words(go("goran").get(page))
    assert "<textarea" not in text
    assert "is no longer changed" in text
    assert go("goran").post(page, {**JOINT, "seen": ""}).status_code in (409, 422)


def test_measures_are_followed(world: World, go: English) -> None:
    story = Story(world)
    story.to_implementation()
    row = story.case.measures.get()
    row.until = clock.today() - timedelta(days=2)
    row.save(update_fields=["until"])
    assert "Past their last day" in words(go("hana").get("/panel/follow-up/"))
    for state, shown in (("overdue", True), ("planned", True), ("done", False), ("funds", False)):
        assert ("Њежић" in words(go("csaba").get(f"/panel/follow-up/?state={state}"))) == shown, state
    page = f"/panel/follow-up/{row.uuid}/"
    assert "Чита са разумевањем." in words(go("csaba").get(page))
    assert go("csaba").post(page, {"state": "unfunded"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.state_on) == ("unfunded", clock.today())
    assert go("csaba").post(page, {"state": "burnt"}).status_code == 422
    assert go("hana").post(page, {"state": "done"}).status_code == 403
    assert go("dino").get(page).status_code == 403


def test_a_plan_that_is_not_adopted_is_not_followed(deciding: Story, go: English) -> None:
    deciding.write_opinion_and_plan()
    assert "No measure is like this" in words(go("csaba").get("/panel/follow-up/"))
    assert go("csaba").get(f"/panel/follow-up/{deciding.case.measures.get().uuid}/").status_code == 404


def test_reports_that_are_due_are_shown(world: World, go: English) -> None:
    story = Story(world)
    story.to_implementation()
    assert "No report is due within 30 days." in words(go("csaba").get("/panel/follow-up/"))
    due = story.case.clocks.get(key="follow_up", stopped_on=None)
    with clock.on(due.due_on - timedelta(days=3)):
        assert "No report is due" not in words(go("csaba").get("/panel/follow-up/"))
        assert "Reports due" in words(go("csaba").get("/panel/"))
