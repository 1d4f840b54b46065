"""Filip brings his request to the counter of the commission; Csaba takes it in, is called away, and goes on."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import check_page
from tests.web.test_story_ana import GO, day_in, enter
from tests.world import World
from zajedno.casework.models import Case
from zajedno.children.models import Child

pytestmark = pytest.mark.browser  # on a telephone and without JavaScript; axe looks at it
LATER = "main button[name=later]"


def at_the_counter(page: Page, site: str) -> None:
    enter(page, site, "csaba")
    page.goto(f"{site}/work/")
    page.click("main a[href='/work/request/']")
    page.click(GO)
    page.check("[name=asker]")
    expect(page.locator("[name=commission]")).to_have_count(0)  # it is the one whose counter this is
    page.click(GO)
    page.fill("[name=given_name]", "Јован")
    page.fill("[name=family_name]", "Савић")
    day_in(page, "birth_date", "2018-03-14")
    page.click(GO)


def is_called_away_and_goes_on(page: Page, site: str) -> None:
    page.select_option("[name=first_kind]", "father")
    page.fill("[name=first_name]", "Филип Савић")
    page.click(LATER)
    page.wait_for_url("**/work/")
    page.click("main a[href^='/work/request/']:not([href='/work/request/'])")
    assert page.input_value("[name=first_name]") == "Филип Савић"
    page.click(GO)


def to_the_end(page: Page) -> None:
    page.click(GO)  # no school yet
    page.check("[name=reasons][value=developmental]")
    page.fill("[name=difficulties]", "Касније је проговорио.")
    page.fill("[name=asked]", "Логопед.")
    page.click(GO)
    page.check("[name=papers][value=medical]")
    page.click(GO)
    page.check("[name=informed][value=yes]")
    page.check("[name=answer][value=given]")
    page.check("[name=giver]")
    page.click(GO)
    page.click(GO)
    page.wait_for_url("**/done/**")


def entered(world: World) -> Case:
    case = Case.objects.select_related("child").get()
    assert (case.initiator, case.organisation, case.step) == ("parent", world.organisations["commission"], "submitted")
    assert case.child.full_name == "Јован Савић"
    assert case.child.guardians.get().name == "Филип Савић"
    return case


def test_on_a_telephone_in_cyrillic(site: str, narrow_page: Page, world: World) -> None:
    at_the_counter(narrow_page, site)
    check_page(narrow_page)
    is_called_away_and_goes_on(narrow_page, site)
    to_the_end(narrow_page)
    check_page(narrow_page)
    case = entered(world)
    form = narrow_page.context.request.get(f"{site}/work/case/{case.uuid}/letters/{case.letters.get().uuid}/")
    assert form.body().startswith(b"%PDF")


def test_in_latin_without_script(site: str, quiet_page: Page, world: World) -> None:
    quiet_page.goto(site)
    quiet_page.click("footer button[value=sr-latn]")
    at_the_counter(quiet_page, site)
    is_called_away_and_goes_on(quiet_page, site)
    to_the_end(quiet_page)
    entered(world)
    assert quiet_page.locator("h1").inner_text() == "Zahtev je unet"


def test_his_other_child_is_not_taken_for_this_one(site: str, page: Page, world: World) -> None:
    world.child("Јован", "Савић", date(2018, 3, 14))
    at_the_counter(page, site)
    page.wait_for_url("**/same/")
    check_page(page)
    assert "ОШ" not in page.locator("main").inner_text()  # nothing is told of a file elsewhere
    assert Child.objects.count() == 1
