"""Ana and Besa fill in forms about a child in a real browser: page by page, with and without script, in both."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.world import World, load_forms
from zajedno.children.models import Assessment, AssessmentDraft, Child
from zajedno.children.queries import assessment as assessments
from zajedno.kernel.clock import today

pytestmark = pytest.mark.browser  # a sheet opens questions by script, and must do without
GO = "main form:not(.z-filters) button[type=submit].govuk-button:not(.govuk-button--secondary)"
PAINFUL = {"FCF10": "3", "FCF21": "4"}


@pytest.fixture
def besas(world: World) -> Child:
    load_forms("who-growth", "cfm-2-4", enable=["health"])
    child = world.child("Агим", "Краснићи", today() - timedelta(days=1100), sex="M",
                        registered_by=world.organisations["health"])  # fmt: skip
    world.consent(child, purpose="screening").recipients.set([world.organisations["health"]])
    return child


@pytest.fixture
def anas(world: World) -> Child:
    load_forms("cfm-5-17", enable=["school"])
    child = world.child(sex="M")
    world.consent(child, purpose="screening").recipients.set([world.organisations["school"]])
    return child


def enter(page: Page, site: str, who: str, child: Child) -> None:
    log_in(page, site, f"{who}@demo.invalid", PASSWORD)
    page.wait_for_url("**/work/")
    page.goto(f"{site}/work/child/{child.uuid}/assessments/")


def look(page: Page, name: str) -> None:
    check_page(page)
    picture(page, f"sheet-{name}")


def answer_all(page: Page, answers: dict[str, str], see: Callable[[str], Any]) -> None:
    """Page after page: the answer in `answers`, or else the first choice of each question, until the check."""
    for _turn in range(40):
        if page.url.rstrip("/").endswith("/check"):
            return
        see("page")
        radios = page.locator("#questions input[type=radio]").all()
        for name in dict.fromkeys(str(radio.get_attribute("name")) for radio in radios):
            value = answers.get(name.rsplit("_", 1)[-1])
            wanted = f"input[name={name}]" + (f"[value='{value}']" if value else "")
            if not page.locator(f"input[name={name}]:checked").count():
                page.locator(wanted).first.check()
        page.locator(GO).last.click()
        page.wait_for_load_state()
    raise AssertionError(f"the form never ends: {page.url}")


def test_besa_measures_a_child(site: str, page: Page, world: World, besas: Child) -> None:
    enter(page, site, "besa", besas)
    look(page, "none-yet")
    page.click("button[name=form][value=who-growth]")
    look(page, "growth")
    page.locator(GO).last.click()
    look(page, "growth-refused")
    assert page.locator(".govuk-error-summary li").count() >= 2
    for part, value in zip(("day", "month", "year"), (today().day, today().month, today().year), strict=True):
        page.fill(f"[name=data_measured_on_{part}]", str(value))
    page.fill("[name=data_weight_kg]", "десет")
    page.fill("[name=data_lenhei_cm]", "93,5")
    page.check("[name=data_oedema][value=n]")
    page.wait_for_selector("[name=data_measure]")  # asked once there is a length
    page.locator(GO).last.click()
    assert page.input_value("[name=data_weight_kg]") == "десет"
    look(page, "growth-not-a-number")
    page.fill("[name=data_weight_kg]", "13,8")
    page.check("[name=data_measure][value=h]")
    page.locator(GO).last.click()
    page.wait_for_url("**/check/")
    look(page, "growth-check")
    page.locator(GO).last.click()
    page.wait_for_url("**/assessments/*/")
    look(page, "growth-sent")
    expect(page.locator(".z-growth svg .z-growth__dot")).to_have_count(4)
    made = assessments.find(world.actor("besa"), besas, Assessment.objects.get().uuid)
    assert made.content["answers"]["weight_kg"] == "13.8"
    page.check("[name=led_to][value=talk]")
    page.locator("main form:has([name=led_to]) button").click()
    look(page, "growth-judged")
    assert assessments.find(world.actor("besa"), besas, made.row.uuid).judgements[0]["led_to"] == "talk"


@pytest.mark.parametrize("script", ["sr", "sr-latn"])
def test_ana_screens_a_pupil_without_script(
    site: str, quiet_page: Page, world: World, anas: Child, script: str
) -> None:
    page = quiet_page
    enter(page, site, "ana", anas)
    if script != "sr":
        page.click(f"footer button[value={script}]")
        page.goto(f"{site}/work/child/{anas.uuid}/assessments/")
    page.click("button[name=form][value=cfm-5-17]")
    page.click(".govuk-task-list a >> nth=0")
    answer_all(page, PAINFUL, lambda name: None)
    picture(page, f"cfm-check-{script}")
    page.locator(GO).last.click()
    page.wait_for_url("**/assessments/*/")
    picture(page, f"cfm-sent-{script}")
    read = assessments.of_child(world.actor("ana"), anas)[0]
    assert any(one.flagged for one in read.findings)


def test_leave_and_come_back_correct_and_compare(site: str, page: Page, world: World, anas: Child) -> None:
    enter(page, site, "ana", anas)
    page.click("button[name=form][value=cfm-5-17]")
    page.click(".govuk-task-list a >> nth=0")
    page.locator("#questions input[type=radio]").first.check()
    page.click("button[name=later]")
    page.wait_for_url("**/assessments/")
    look(page, "left")
    assert AssessmentDraft.objects.count() == 1
    page.click("main a[href^='/work/sheet/']")
    look(page, "come-back")
    page.click(".govuk-task-list a >> nth=0")
    answer_all(page, {}, lambda name: look(page, "cfm-page"))
    page.locator(GO).last.click()
    page.wait_for_url("**/assessments/*/")
    page.locator("main form[action$='/correct/'] button").click()
    page.goto(f"{page.url}check/")
    page.fill("[name=reason]", "Погрешно дете на првој страници.")
    page.locator(GO).last.click()
    page.wait_for_url("**/assessments/*/")
    assert Assessment.objects.filter(corrects__isnull=False).count() == 1
    page.goto(f"{site}/work/child/{anas.uuid}/assessments/")
    look(page, "timeline")
    page.click("a[href*='compare/?first']")
    look(page, "compare")
    page.goto(f"{site}/work/child/{anas.uuid}/")
    look(page, "child-with-assessments")


def test_a_narrow_screen_is_enough(site: str, narrow_page: Page, world: World, besas: Child) -> None:
    page = narrow_page
    enter(page, site, "besa", besas)
    page.click("button[name=form][value=cfm-2-4]")
    look(page, "narrow-tasks")
    page.click(".govuk-task-list a >> nth=0")
    answer_all(page, {}, lambda name: check_page(page))
    look(page, "narrow-check")
    page.locator(GO).last.click()
    page.wait_for_url("**/assessments/*/")
    look(page, "narrow-sent")
    (read,) = assessments.of_child(world.actor("besa"), besas)
    assert read.form.key == "cfm-2-4"
    assert read.findings
    assert not AssessmentDraft.objects.exists()
