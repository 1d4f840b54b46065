"""A campaign's two waves in a real browser: Edita opens one, somebody answers at 320 px, both are compared."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.exchange.campaign_world import ITEMS, Campaigning
from tests.exchange.test_campaign import loaded
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.world import World
from zajedno.exchange.models import WaveAnswer
from zajedno.kernel.clock import today

pytestmark = pytest.mark.browser  # axe looks at each page, and a browser answers once
PUBLIC, MINE = "/exchange/campaigns/", "/exchange/campaigning/kampanja/"
SEND = "main form button.govuk-button[type=submit]"


@pytest.fixture
def led(world: World) -> Campaigning:
    national = loaded()
    made = Campaigning(world, parent=national)
    for account in world.accounts.values():
        account.set_password(PASSWORD)
        account.save()
    made.publish()
    return made


def look(page: Page, address: str, name: str) -> None:
    page.goto(address)
    check_page(page)
    picture(page, f"campaign-{name}")


def test_a_wave_is_answered_at_320_pixels_and_two_are_compared(led: Campaigning, narrow_page: Page, site: str) -> None:
    page = narrow_page
    first, second = led.open(today() - timedelta(days=790)), led.open(today() - timedelta(days=60), kind="end")
    led.answers(first, yes=9, no=21)
    led.answers(second, yes=24, no=6)
    now = led.open(kind="middle")
    look(page, site + PUBLIC, "all")
    look(page, f"{site}{PUBLIC}govorimo-o-mogucnostima/", "historical")
    look(page, f"{site}{PUBLIC}kampanja/survey/{now.uuid}/", "survey")
    page.locator("#id_data_age_group").check()
    page.locator("#id_data_sex").check()
    page.locator(SEND).last.click()
    expect(page.locator(".govuk-error-summary")).to_have_count(1)  # no question is answered
    check_page(page)
    assert page.locator("#id_data_sex").is_checked()
    for item in ITEMS:
        page.locator(f"[name=data_closeness_{item}][value='5']").check()
    page.locator(SEND).last.click()
    page.wait_for_url(re.compile("/survey/thanks/$"))
    check_page(page)
    page.goto(f"{site}{PUBLIC}kampanja/survey/{now.uuid}/")
    expect(page.locator(SEND)).to_have_count(0)  # once a browser
    assert WaveAnswer.objects.filter(wave=now).count() == 1

    look(page, f"{site}{PUBLIC}kampanja/", "compared")
    told = page.locator("main").inner_text()
    assert "од 100 људи" in told or "of 100 people" in told
    expect(page.locator("main svg")).to_have_count(2)


def test_an_organiser_opens_a_wave_and_prints_its_codes(led: Campaigning, page: Page, site: str) -> None:
    log_in(page, site, "edita@demo.invalid", PASSWORD)
    page.wait_for_url(re.compile(r"/exchange/mine/$"))
    for path in ("/exchange/campaigning/", "/exchange/campaigning/new/", MINE, f"{MINE}activity/", f"{MINE}material/"):
        look(page, site + path, path.strip("/").replace("/", "-"))
    look(page, f"{site}{MINE}wave/", "open-wave")
    page.locator("[name=kind]").first.check()
    last = today() + timedelta(days=9)
    for part, value in (("day", last.day), ("month", last.month), ("year", last.year)):
        page.locator(f"[name=closes_on_{part}]").fill(str(value))
    page.locator(SEND).last.click()
    page.wait_for_url(re.compile(r"/campaigning/kampanja/$"))
    check_page(page)
    page.locator("a[href$='/codes/']").click()
    page.locator("[name=count]").fill("4")
    page.locator(SEND).last.click()
    page.locator("main code").first.wait_for()
    expect(page.locator("main code")).to_have_count(4)
    check_page(page)
