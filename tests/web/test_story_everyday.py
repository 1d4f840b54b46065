"""Ana's everyday work in a real browser: a flag, a task, the calendar, the same for many cases, and a deputy."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.casework.everyday import Everyday
from tests.web.test_story_ana import GO, day_in, enter, look
from tests.world import World
from zajedno.casework.models import Flag, Task
from zajedno.kernel.clock import today
from zajedno.places.models import Post

pytestmark = pytest.mark.browser


def test_a_flag_a_task_and_the_calendar(site: str, page: Page, world: World) -> None:
    everyday = Everyday(world)
    enter(page, site, "ana")
    here = f"{site}/work/case/{everyday.case.uuid}/"
    page.goto(f"{here}tasks/")
    look(page, "tasks-none")
    page.goto(f"{here}tasks/flag/")
    page.click(GO)
    look(page, "flag-refused")
    page.fill("[name=message]", "Пре седнице позвати мајку.")
    day_in(page, "due_on", today() + timedelta(days=2))
    page.click(GO)
    page.wait_for_url("**/tasks/")
    page.goto(f"{here}tasks/new/")
    look(page, "task-new")
    page.fill("[name=what]", "Прибавити налаз логопеда.")
    page.select_option("[name=to]", str(everyday.id("ana")))
    day_in(page, "due_on", today())
    page.click(GO)
    page.wait_for_url("**/tasks/")
    everyday.task("ana", "maja", days=-1, what="Јуче.")
    for path, name in (
        (f"{here}tasks/", "tasks"), (here, "case-flagged"), (f"{site}/work/", "mine-flagged"),
        (f"{site}/work/flags/", "flags"), (f"{site}/work/calendar/", "calendar"),
        (f"{site}/work/calendar/?whose=given", "calendar-given"), (f"{site}/work/calendar/month/", "month"),
        (f"{here}flags/{Flag.objects.get().uuid}/remove/", "flag-remove"),
    ):  # fmt: skip
        assert page.goto(path).status == 200
        look(page, name)
    page.goto(f"{here}tasks/{Task.objects.get(due_on=today()).uuid}/")
    look(page, "task")
    page.click("main form[action$='/done/'] button")
    page.wait_for_load_state()
    look(page, "task-done")
    assert Task.objects.get(due_on=today()).done_by == everyday.id("ana")


def test_the_same_for_many_cases_without_script(site: str, quiet_page: Page, world: World) -> None:
    everyday, page = Everyday(world), quiet_page
    other = everyday.another("Савић")
    enter(page, site, "ana")
    page.goto(f"{site}/work/bulk/")
    page.click(GO)
    assert page.locator(".govuk-error-summary").is_visible()
    for case in (everyday.case, other):
        page.check(f"[name=case][value='{case.uuid}']")
    page.click(GO)
    page.click("main a[href$='/flag/']")
    page.fill("[name=message]", "Школа се сели у понедељак.")
    page.click(GO)
    assert not Flag.objects.exists()
    page.click(GO)
    expect(page.locator("#bulk tbody tr")).to_have_count(2)
    assert Flag.objects.count() == 2
    with page.expect_download() as download:
        page.click("main a[href$='report.csv']")
    assert download.value.suggested_filename == "cases.csv"


def test_its_pages_and_those_of_deputies_can_be_used_by_everybody(site: str, page: Page, world: World) -> None:
    everyday = Everyday(world)
    everyday.another("Савић")
    enter(page, site, "ana")
    page.goto(f"{site}/work/bulk/")
    look(page, "bulk-choose")
    for box in page.locator("[name=case]").all():
        box.check()
    page.click(GO)
    look(page, "bulk-acts")
    page.click("main a[href$='/task/']")
    look(page, "bulk-task")
    page.fill("[name=what]", "Позвати.")
    page.select_option("[name=to]", str(everyday.id("maja")))
    day_in(page, "due_on", today())
    page.click(GO)
    look(page, "bulk-preview")
    page.click(GO)
    look(page, "bulk-report")
    page.goto(f"{site}/work/deputies/")
    look(page, "deputies-none")
    page.click("main .govuk-list a")
    look(page, "deputy-name")
    page.select_option("[name=account]", str(everyday.id("maja")))
    day_in(page, "last", today() + timedelta(days=5))
    page.click(GO)
    page.wait_for_url("**/deputies/")
    look(page, "deputies")
    assert Post.objects.get(account=everyday.id("maja"), deputy_for__isnull=False).until == today() + timedelta(days=6)
