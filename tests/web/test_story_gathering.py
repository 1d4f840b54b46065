"""A gathering in a real browser: a stranger registers at 320 px and with axe; the organiser's pages are looked at."""

import re

import pytest
from playwright.sync_api import Page

from tests.exchange.gathering_world import Gatherings
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.world import World
from zajedno.exchange.models import Registration

pytestmark = pytest.mark.browser  # axe looks at each page, a stranger's and the organiser's
GO = "main form button.govuk-button[type=submit]"


@pytest.fixture
def gatherings(transactional_db: None, world: World) -> Gatherings:
    made = Gatherings(world, capacity=1)
    account = made.world.accounts["edita"]
    account.set_password(PASSWORD)
    account.save()
    made.place(made.at(9), made.at(10), "Гласна Особа", title="Посете селима")
    made.place(made.at(9, 30), made.at(11), "Гласна Особа", title="Панел родитеља", room=1)
    made.place(made.at(10), made.at(10, 30), title="Пауза", room=None, kind="break")
    made.release()
    made.propose()
    return made


def look(page: Page, name: str) -> None:
    check_page(page)
    picture(page, f"gathering-{name}")


def test_a_stranger_comes_and_the_organiser_sees_them(page: Page, live_server: object, gatherings: Gatherings) -> None:
    site, slug = str(live_server), gatherings.gathering.slug
    page.goto(site)
    page.context.add_cookies([{"name": "language", "value": "en", "url": site}])
    page.goto(f"{site}/exchange/gatherings/")
    look(page, "all")
    page.get_by_role("link", name="Exchange of practice").click()
    look(page, "one")
    page.get_by_role("button", name="Register").click()
    look(page, "register")
    page.get_by_label("Your name").fill("Гост")
    page.get_by_label("Your e-mail").fill("gost@demo.invalid")
    with page.expect_navigation():
        page.locator(GO).click()
    look(page, "sent")
    row = Registration.objects.get()
    own = f"{site}/exchange/gatherings/{slug}/registration/{row.uuid}/{gatherings.token(row)}/"
    page.goto(own)
    look(page, "asked")
    with page.expect_navigation():
        page.get_by_role("button", name="I come").click()
    look(page, "own")
    gatherings.come("druga")
    log_in(page, site, "edita@demo.invalid", PASSWORD)
    page.wait_for_url(re.compile("/exchange/"))
    desk = f"{site}/exchange/gathering-desk/"
    for path in ("", "new/", f"{slug}/", f"{slug}/call/", f"{slug}/programme/", f"{slug}/programme/new/",
                 f"{slug}/people/", f"{slug}/letters/new/", f"{slug}/visits/"):  # fmt: skip
        page.goto(desk + path)
        look(page, re.sub("[^a-z]+", "-", path) or "desk")
    page.goto(f"{desk}{slug}/programme/")
    assert "speaks in two places at once" in page.locator("main").inner_text()
    page.goto(f"{desk}{slug}/people/")
    assert "Гост" in page.locator("main").inner_text()
    page.goto(own)
    with page.expect_navigation():
        page.get_by_role("button", name="Cancel my registration").click()
    look(page, "cancelled")
    assert Registration.objects.filter(state="confirmed", name="Druga").exists()
