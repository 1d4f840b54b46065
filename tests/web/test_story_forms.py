"""A form of an office on its way into use, in a real browser: faults, a good file, the difference, a word, the use."""

import pytest
from playwright.sync_api import Page, expect

from tests.forms.small import FACTS, workbook
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.web.manage_world import administered
from tests.world import World, load_forms
from zajedno.forms.actions.approval import approve
from zajedno.forms.actions.upload import upload
from zajedno.forms.models import Approval, Enabling, Form, Version

pytestmark = pytest.mark.browser  # files are chosen and downloaded there, and each page is measured at 320 px
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEND = "main form[enctype] button[type=submit]"


@pytest.fixture
def world(transactional_db: None) -> World:
    return administered()


def look(page: Page, name: str) -> None:
    check_page(page)
    picture(page, name)


def enter(page: Page, site: str, who: str) -> None:
    page.context.clear_cookies()
    log_in(page, site, f"{who}@demo.invalid", PASSWORD)
    page.wait_for_url("**/manage/")


def file(content: bytes) -> dict[str, object]:
    return {"name": "Читање.xlsx", "mimeType": XLSX, "buffer": content}


def open_the_form(page: Page) -> None:
    """From the desk to where the next version is sent."""
    page.click("main a[href='/manage/forms/']")
    look(page, "forms")
    page.click("main a[href='/manage/forms/any/reading/']")
    look(page, "form")
    page.click("main a[href='upload/']")
    look(page, "form-send")


def send_it_until_it_is_right(page: Page) -> None:
    """The first file has a fault; the second is taken and waits for a word."""
    assert page.input_value("[name=source]") == FACTS["source"]["text"]
    page.fill("[name=licence]", "Дозвола аутора, 2026")
    page.set_input_files("[name=file]", file(workbook(". <= 99", ". <= (99")))  # type: ignore[arg-type]
    page.click(SEND)
    look(page, "form-faults")
    assert "survey" in page.inner_text("#faults")
    expect(page.locator("#faults tbody tr")).to_have_count(1)
    assert page.input_value("[name=licence]") == "Дозвола аутора, 2026"
    with page.expect_download() as download:
        page.click("main form[action='/manage/forms/faults/'] button")
    assert download.value.suggested_filename.endswith(".xlsx")
    page.set_input_files("[name=file]", file(workbook(". <= 99", ". <= 50")))  # type: ignore[arg-type]
    page.click(SEND)
    page.wait_for_url("**/manage/forms/any/reading/")
    look(page, "form-waits")


def compare_and_try_it(page: Page) -> None:
    """What is different from the version in use, and what a filled-in one looks like."""
    page.click("main a[href='/manage/forms/?state=waiting']")
    page.click("main a[href='/manage/forms/any/reading/']")
    page.click(".govuk-notification-banner a")
    look(page, "form-difference")
    said = page.inner_text("main details")
    assert "survey pages › constraint: . >= 0 and . <= 99 → . >= 0 and . <= 50" in said
    page.click("main a[href$='/preview/']")
    look(page, "form-preview")
    page.check("input[value=yes]")
    page.click("main form[method=post] button[type=submit]")
    look(page, "form-tried")
    assert "Колико страна дневно?" in page.inner_text("main")
    page.go_back()
    page.go_back()


def say_the_word(page: Page) -> None:
    """No refusal without a reason; an approval needs none."""
    page.check("input[value=refuse]")
    page.click("main form[method=post] button[type=submit]")
    look(page, "form-refusal-without-reason")
    page.check("input[value=approve]")
    page.click("main form[method=post] button[type=submit]")
    page.wait_for_url("**/manage/forms/any/reading/")


def take_it_into_use(page: Page) -> None:
    page.click("main form[action='use/'] button")
    page.wait_for_url("**/manage/forms/any/reading/")
    look(page, "form-in-use")


def test_the_next_version_of_an_offices_form_comes_into_use(site: str, page: Page, world: World) -> None:
    """In Cyrillic and at last in Latin, every page wide and at 320 px."""
    school = world.organisations["school"]
    first = upload(by=world.actor("mira"), organisation=school.pk, key="reading", content=workbook(), facts=FACTS)
    approve(by=world.actor("admin"), version=first)
    enter(page, site, "mira")
    open_the_form(page)
    send_it_until_it_is_right(page)
    enter(page, site, "admin")
    compare_and_try_it(page)
    say_the_word(page)
    assert Approval.objects.get(version__number=2).approved
    enter(page, site, "mira")
    page.goto(f"{site}/manage/forms/any/reading/")
    take_it_into_use(page)
    assert Enabling.objects.get().organisation == school.pk
    page.click("main a[href='retire/']")
    look(page, "form-retire")
    page.goto(f"{site}/manage/forms/any/reading/2/")
    page.click("footer button[value=sr-latn]")
    look(page, "form-latin")
    assert "Da li dete čita?" in page.inner_text("#questions")


def test_a_first_form_is_sent_in_latin_without_script(site: str, quiet_page: Page, world: World) -> None:
    page = quiet_page
    world.accounts["mira"].language = "sr-latn"
    world.accounts["mira"].save()
    enter(page, site, "mira")
    assert page.get_attribute("html", "lang") == "sr-Latn"
    page.goto(f"{site}/manage/forms/upload/")
    page.set_input_files("[name=file]", file(workbook()))  # type: ignore[arg-type]
    page.fill("[name=key]", "Čitanje!")
    page.check("[name=about][value=child]")
    page.select_option("[name=purpose]", "education")
    page.check("[name=parts][value=education]")
    page.fill("[name=source]", "Škola, 2026")
    page.fill("[name=licence]", "Naša dozvola")
    page.click(SEND)
    assert page.input_value("[name=source]") == "Škola, 2026"
    page.fill("[name=key]", "citanje")
    page.set_input_files("[name=file]", file(workbook()))  # type: ignore[arg-type]
    page.click(SEND)
    page.wait_for_url("**/manage/forms/any/citanje/")
    assert "Da li dete čita?" in page.inner_text("#questions")
    assert Version.objects.get(form__key="citanje").facts["parts"] == ["education"]


def test_the_platforms_administrator_does_the_rest_by_hand(site: str, narrow_page: Page, world: World) -> None:
    """Taking a form of a pack into use in any institution, on a narrow screen."""
    load_forms("who-growth", "cfm-5-17")
    enter(narrow_page, site, "admin")
    titles = set()
    for path in ("", "any/who-growth/", "any/who-growth/1/", "any/who-growth/1/preview/", "any/cfm-5-17/1/",
                 "any/who-growth/retire/", "any/who-growth/use/?q=dom"):  # fmt: skip
        narrow_page.goto(f"{site}/manage/forms/{path}")
        check_page(narrow_page)
        titles.add(narrow_page.title())
    assert len(titles) == 7
    narrow_page.click("main form[method=post] button[name=on]")
    narrow_page.wait_for_url("**/manage/forms/any/who-growth/")
    assert Enabling.objects.get().form == Form.objects.get(key="who-growth")
