"""A nurse in a real browser: nominated by a neighbour, asked, scored, honoured; she withdraws and is gone."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.exchange.award_world import NURSE, Champions
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.world import World
from zajedno.exchange.enums import Consent
from zajedno.exchange.models import Honour, Nomination, Score

pytestmark = pytest.mark.browser  # axe looks at every page; the same works without script
GO = "main form:not(.z-filters) button.govuk-button[type=submit]"
WALL = "/exchange/champions/"


@pytest.fixture
def champions(world: World) -> Champions:
    made = Champions(world)
    for account in made.world.accounts.values():
        account.set_password(PASSWORD)
        account.save()
    made.jury("jura")
    return made


class Desk:
    """A browser used by one person after another; without scripts where `scripted` is off."""

    def __init__(self, page: Page, site: str, language: str, *, scripted: bool) -> None:
        self.page, self.site, self.language, self.scripted = page, site, language, scripted

    def enter(self, who: str = "") -> None:
        self.page.context.clear_cookies()
        self.page.goto(self.site)
        self.page.context.add_cookies([{"name": "language", "value": self.language, "url": self.site}])
        if who:
            log_in(self.page, self.site, f"{who}@demo.invalid", PASSWORD)
            self.page.wait_for_url(re.compile("/exchange/"))
            self.go("/exchange/awards/")

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)
        self.look(path)

    def look(self, name: str) -> None:
        if self.scripted:
            check_page(self.page)
        picture(self.page, f"{re.sub('[^a-z]+', '-', name)[:40]}-{self.language}")

    def send(self, button: str = GO) -> None:
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        assert not self.page.locator(".govuk-error-summary").count(), self.text

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()


def nominate(desk: Desk, champions: Champions) -> Nomination:
    """The neighbour sends the form once without the confirmation, is told, and then opens the link of her letter."""
    desk.enter()
    desk.go(WALL)
    desk.page.click("main a[href*='/nominate/']")
    desk.look("nominate")
    desk.page.locator("[name=kind][value=person]").check()
    desk.page.locator("[name=adult]").check()
    for name in ("nominee", "role", "institution", "place", "story", "email"):
        desk.page.fill(f"[name={name}]", getattr(NURSE, name))
    desk.page.select_option("[name=sector]", "health")
    desk.page.fill("[name=name]", "Сусетка")
    desk.page.fill("[name=your_email]", "susetka@demo.invalid")
    desk.page.locator(GO).first.click()
    expect(desk.page.locator(".govuk-error-summary")).to_have_count(1)
    desk.look("nominate-wrong")
    desk.page.locator("[name=unnamed]").check()
    desk.send()
    desk.look("said")
    row = Nomination.objects.get()
    desk.go(f"{WALL}confirm/{champions.to(row, 'confirm')}/")
    desk.send()
    return row


def judge(desk: Desk, champions: Champions) -> None:
    desk.enter("jura")
    desk.page.click(f"main a[href='/exchange/awards/{champions.cycle.uuid}/']")
    desk.look("cycle-jury")
    desk.page.locator(".govuk-task-list a").first.click()
    desk.look("ballot")
    for box in desk.page.locator("main input[type=text]").all():
        box.fill("9")
    desk.send()
    assert Score.objects.count() == 2


def honour(desk: Desk, champions: Champions) -> None:
    """Edita decides when the days are over (they are set back here), looks at the plaque's page and publishes."""
    desk.enter("edita")
    at = f"/exchange/awards/{champions.cycle.uuid}/"
    for path in ("/exchange/awards/", "/exchange/awards/new/", at, f"{at}jury/", f"{at}prolong/"):
        desk.go(path)
    type(champions.cycle).objects.update(opens_on=date(2000, 1, 1), closes_on=date(2001, 1, 1))
    desk.go(f"{at}decide/")
    desk.page.locator("[name^=yes-]").check()
    desk.page.fill("[name^=for-]", "За упорност.")
    desk.send()
    desk.page.click("main a[href*='/awards/nominations/']")
    desk.look("nomination-organiser")
    desk.go(f"{at}publish/")
    desk.send()
    desk.look("wall")


def whole_way(desk: Desk, champions: Champions, name: str) -> Nomination:
    """From the neighbour's form to the wall and off it again; the nomination that is left."""
    row = nominate(desk, champions)
    desk.go(f"{WALL}consent/{champions.to(row, 'ask')}/")
    desk.send("button[value=yes]")
    desk.look("agreed")
    judge(desk, champions)
    honour(desk, champions)
    desk.enter()
    desk.go(WALL)
    assert name in desk.text
    address = f"{WALL}{Honour.objects.get().slug}/"
    desk.go(address)
    assert name in desk.text
    desk.go(f"{WALL}consent/{champions.to(row, 'agreed')}/")
    desk.send("button[value=withdraw]")
    desk.look("said-withdrawn")
    desk.go(WALL)
    assert name not in desk.text
    desk.page.goto(desk.site + address)
    assert name not in desk.text
    return Nomination.objects.get()


def test_a_nurse_is_honoured_and_withdraws(site: str, champions: Champions, page: Page) -> None:
    left = whole_way(Desk(page, site, "sr", scripted=True), champions, "Невена Измишљена")
    assert (left.consent, left.nominee, left.story) == (Consent.WITHDRAWN, "", "")


def test_the_same_in_latin_without_script(site: str, champions: Champions, quiet_page: Page) -> None:
    left = whole_way(Desk(quiet_page, site, "sr-latn", scripted=False), champions, "Nevena Izmišljena")
    assert (left.consent, left.nominee, left.story) == (Consent.WITHDRAWN, "", "")
