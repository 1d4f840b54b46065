"""Ana entrusts a class; its teacher fills in the risk sheet for all pupils on one screen: in Cyrillic by keyboard, in
Latin without JavaScript, and on a narrow screen. In a real browser."""

import re

import pytest
from playwright.sync_api import Locator, Page

from tests.children.classes import OTHER_CLASS, RISK, THIS_CLASS, School
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.world import World
from zajedno.children.models import Assessment, Attendance
from zajedno.children.queries.assessment import of_child
from zajedno.children.queries.enrolment import school_year
from zajedno.kernel.clock import today

pytestmark = pytest.mark.browser  # the table is written in by keyboard, and a narrow screen scrolls
GO = "main form button[type=submit]:not([hidden])"
ITEMS = 24
IN_SIGHT = """() => { const cell = document.activeElement, box = cell.getBoundingClientRect();
  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === cell }"""
FIRST, BELOW = "Ana Čavić: Редовност", "Ђорђе Њежић: Редовност"


@pytest.fixture
def school(world: World) -> School:
    made = School(world)
    for who in ("vera", "ivan"):
        account = world.accounts[who]
        account.set_password(PASSWORD)
        account.save()
    return made


def enter(page: Page, site: str, who: str) -> None:
    log_in(page, site, f"{who}@demo.invalid", PASSWORD)
    page.wait_for_url("**/work/**")


def look(page: Page, name: str) -> None:
    check_page(page)
    picture(page, f"class-{name}")


def open_sheet(page: Page) -> None:
    page.locator(f"main td a[href$='/{RISK}/']").click()
    page.wait_for_url(f"**/{RISK}/")


def cell(page: Page, name: str) -> Locator:
    """By what a screen reader says of it."""
    return page.get_by_role("textbox", name=name, exact=True)


def focused(page: Page) -> str:
    """Row and column of the cell that has the focus, as "r0-1"."""
    return str(page.evaluate("() => document.activeElement.name ?? ''"))


def test_ana_entrusts_a_class(site: str, page: Page, school: School) -> None:
    enter(page, site, "ana")
    page.locator("main a[href='/work/classes/']").click()
    look(page, "list-ana")
    page.get_by_role("link", name=f"Entrust to a teacher: {THIS_CLASS}").or_(
        page.locator(f"tr:has-text('{THIS_CLASS}') a[href$='#entrust']")
    ).first.click()
    look(page, "entrust")
    page.locator(GO).last.click()
    look(page, "entrust-nobody-chosen")
    page.get_by_role("combobox").select_option(label="Вера Лукић")
    page.locator(GO).last.click()
    look(page, "entrusted")
    assert page.locator("dl").inner_text().count("Вера Лукић") == 1


def write_and_walk(page: Page) -> None:
    """A whole row down to the next pupil; Tab, arrows and Shift+Enter lead where they do in a spreadsheet."""
    cell(page, FIRST).focus()
    for _item in range(ITEMS):
        page.keyboard.type("1")
        page.keyboard.press("Enter")
    assert focused(page) == "r1-0"
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("0")
    assert focused(page) == "r1-1"
    ways = {"ArrowDown": "r2-1", "ArrowLeft": "r2-0", "ArrowUp": "r1-0", "Shift+Enter": f"r0-{ITEMS - 1}"}
    for key, there in ways.items():
        page.keyboard.press(key)
        assert focused(page) == there


def write_a_level_that_there_is_not(page: Page) -> None:
    cell(page, "Пера Перић: Повратак после дугог лечења или смештаја").focus()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # on the button
    page.wait_for_selector(".govuk-error-summary")


def put_it_right(page: Page) -> None:
    """Led to the cell by the summary."""
    page.locator(".govuk-error-summary a").click()
    assert focused(page) == f"r2-{ITEMS - 1}"
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")


def read_it_and_take_paper(page: Page) -> None:
    """The overview, a pupil's own page and back, the empty sheet to be filled in by hand."""
    page.locator("main a[href$='/overview/']").click()
    look(page, "overview")
    page.locator("main table a").first.click()
    page.wait_for_url("**/assessments/")
    page.go_back()
    page.goto(page.url.replace("overview", "by-hand"))
    look(page, "by-hand")


def test_the_teacher_fills_in_the_class_by_keyboard(site: str, page: Page, school: School) -> None:
    school.entrust()
    Attendance.objects.create(
        child=school.pupils[0], organisation=school.place, school_year=school_year(today()), half_year=1, unexcused=30,
        after_notice=20,
    )  # fmt: skip
    enter(page, site, "vera")
    look(page, "list")
    open_sheet(page)
    look(page, "grid")
    assert cell(page, "Пера Перић: Редовност").input_value() == "2"
    write_and_walk(page)
    assert not Assessment.objects.exists()
    write_a_level_that_there_is_not(page)
    look(page, "grid-refused")
    assert Assessment.objects.count() == 2
    assert cell(page, BELOW).input_value() == "2"
    put_it_right(page)
    page.wait_for_selector(".govuk-notification-banner--success")
    look(page, "grid-saved")
    (read,) = of_child(school.world.actor("vera"), school.pupils[2])
    assert str(read.findings[0].value) == "50.0"
    assert "50" in page.locator("tbody tr").first.inner_text()
    read_it_and_take_paper(page)
    assert re.search(rb"/MediaBox \[0 0 84[12]", page.pdf(prefer_css_page_size=True))  # a landscape sheet of paper


def test_the_same_without_script_and_in_latin(site: str, quiet_page: Page, school: School) -> None:
    school.entrust()
    page = quiet_page
    enter(page, site, "vera")
    page.click("footer button[value=sr-latn]")
    open_sheet(page)
    first = cell(page, "Ana Čavić: Redovnost")
    first.fill("2")
    first.press("Enter")  # must not send a table that is half filled in
    assert first.input_value() == "2"
    assert not Assessment.objects.exists()
    for item in range(1, ITEMS):
        page.locator(f"[name=r0-{item}]").fill("0")
    page.locator("[name=r1-0]").fill("x")
    page.locator(GO).last.click()
    page.wait_for_selector(".govuk-error-summary")
    assert page.locator("[name=r1-0]").input_value() == "x"
    assert "Ђорђе Њежић" in page.locator(".govuk-error-summary").inner_text()  # a name stays as it is registered
    page.locator("[name=r1-0]").fill("")
    page.locator(GO).last.click()
    page.wait_for_load_state()
    assert not page.locator(".govuk-error-summary").count()
    assert [row.child for row in Assessment.objects.all()] == [school.pupils[2]]


def test_a_narrow_screen_shows_the_cell_that_is_written_in(site: str, narrow_page: Page, school: School) -> None:
    for number in range(12):
        school.pupil(f"Ученик{number}", "Многи")
    school.entrust()
    page = narrow_page
    enter(page, site, "vera")
    look(page, "narrow-list")
    open_sheet(page)
    look(page, "narrow-grid")
    page.locator("[name=r0-0]").focus()
    for step in range(ITEMS + 5):
        page.keyboard.type("1")
        page.keyboard.press("Tab")
        assert page.evaluate(IN_SIGHT), f"after {step + 1} steps the cell is hidden"
    page.locator(GO).last.click()
    page.wait_for_selector(".govuk-notification-banner--success")
    assert Assessment.objects.count() == 2


def test_who_has_no_class_is_told_what_to_do(site: str, page: Page, school: School) -> None:
    enter(page, site, "ivan")
    look(page, "none")
    assert "психолога, педагога" in page.locator("main").inner_text()  # who can entrust one
    page.goto(f"{site}/work/")
    page.wait_for_url("**/work/classes/")
    school.entrust("ivan", class_name=OTHER_CLASS)
    page.reload()
    page.locator("main th a").click()
    look(page, "class")
    assert OTHER_CLASS in page.locator("h1").inner_text()
