"""Ana brings in the sheet that the head of class 5-2 keeps, in Cyrillic, and says whose the doubtful row is: in a real
browser, each page looked at, also at 320 px; the same without a script."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page

from tests.children.marks_sheets import CLASS, NUMBERS, TOTAL, workbook
from tests.children.test_marks import pupil
from tests.web.test_story_register import Desk, enter, take_back, take_errors
from tests.world import World
from zajedno.children.models import Attendance, Child, SchoolBatch

pytestmark = pytest.mark.browser  # the page asks by script whether the background job is done
TWIN = (4, "Његован Љубица", None, 612, 5, 1, None, "3,80", 0)
KEPT = {"Ана": Decimal("4.56"), "Љубица": Decimal("3.80")}
SHEET = {"name": "5-2.xlsx", "mimeType": "", "buffer": workbook(*CLASS, TWIN, TOTAL)}


@pytest.fixture(autouse=True)
def day_of_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZAJEDNO_TODAY", "2026-02-10")  # for the site's threads, too


def ana(desk: Desk, world: World) -> dict[str, Decimal]:
    """From the file to the child's page, and back. Returns the means (given name: mean) while the sheet was in."""
    child = pupil(world, "Ана Ђурић", national=NUMBERS["Ана"])
    older, younger = (pupil(world, "Љубица Његован", born=date(2012, month, 1)) for month in (3, 5))
    page = desk.page
    desk.enter("ana", "sr", "/work/marks/")
    page.set_input_files("[name=file]", {**SHEET, "buffer": workbook(*CLASS, titles=())})
    desk.send("main form[enctype]", "list-no-half-year", wrong=True)
    page.set_input_files("[name=file]", SHEET)
    desk.send("main form[enctype]", "columns")
    desk.send("form[action$='columns/']", "rows")
    enter(desk)
    assert SchoolBatch.objects.get().counts == {
        "read": 5, "created": 1, "unchanged": 0, "possible_duplicate": 1, "refused": 3,
    }  # fmt: skip
    assert take_errors(desk) == [9, 11, 15]
    page.click("main .govuk-notification-banner a")
    page.click("main table a[href*='/row/']")
    desk.look("row")
    desk.send("main form", "row-nothing-said", wrong=True)
    page.check(f"[name=answer][value='{younger.uuid}']")
    desk.send("main form", "decided")
    assert not Attendance.objects.filter(child=older).exists()
    look_at(desk, child, "4,56")
    kept = dict(Attendance.objects.values_list("child__given_name", "mean_mark"))
    page.goto(f"{desk.site}/work/marks/")
    page.click("main table a")
    take_back(desk)
    return kept


def look_at(desk: Desk, child: Child, mean: str) -> None:
    desk.page.goto(f"{desk.site}/work/child/{child.uuid}/")
    assert mean in desk.page.locator("main").inner_text()
    desk.look("child")


def test_ana_and_the_sheet_of_a_class(site: str, world: World, page: Page) -> None:
    assert ana(Desk(page, site, "marks", checked=True), world) == KEPT
    assert not Attendance.objects.exists()


def test_ana_without_script(site: str, world: World, quiet_page: Page) -> None:
    assert ana(Desk(quiet_page, site, "marks-quiet", checked=False), world) == KEPT
    assert not Attendance.objects.exists()
