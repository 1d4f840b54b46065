"""Dino asks colleagues, is warned of what may name a child, is answered and helped; Edita hides; Ana ends her letters.

In a real browser, in Serbian and English, at 320 px too.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.exchange.community_world import Talk
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.world import World
from zajedno.exchange.actions import community
from zajedno.exchange.models import Contribution, Subscription
from zajedno.exchange.queries.digest import token

pytestmark = pytest.mark.browser  # axe looks at each page, at 320 px too
HOME = "/exchange/community/"
GO = "main form:not(.z-filters) button.govuk-button[type=submit]"


@pytest.fixture
def talk(world: World) -> Talk:
    made = Talk(world)
    for account in made.world.accounts.values():
        account.set_password(PASSWORD)
        account.save()
    return made


class Visitor:
    """A browser used by one person after another."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def enter(self, who: str, language: str, to: str) -> None:
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": "language", "value": language, "url": self.site}])
        log_in(self.page, self.site, f"{who}@demo.invalid", PASSWORD)
        self.page.wait_for_url(re.compile(r"/(exchange/mine|work)/"))
        self.look(to)

    def look(self, to: str) -> None:
        self.page.goto(self.site + to)
        self.check(to)

    def check(self, name: str) -> None:
        check_page(self.page)
        picture(self.page, "community-" + "-".join(part for part in name.split("/") if part and len(part) < 30))

    def follow(self, rest: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(f"main a[href$='{rest}']").first.click()
        self.check(rest)

    def send(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(GO).first.click()
        self.check(name)


def test_colleagues_help_each_other(talk: Talk, site: str, narrow_page: Page) -> None:
    visitor, page = Visitor(narrow_page, site), narrow_page
    visitor.enter("dino", "sr", HOME)
    visitor.follow("/ask/")
    page.select_option("[name=theme]", "peers")
    page.select_option("[name=language]", "bs")
    page.fill("[name=title]", "Ko čuva kutak?")
    page.fill("[name=text]", "Učenik M. P. je ostao sam.")
    visitor.send("named")
    expect(page.locator("[name=checked]")).to_have_count(1)
    assert page.input_value("[name=text]") == "Učenik M. P. je ostao sam."
    page.fill("[name=text]", "Kad pada kiša, u holu je tijesno.")
    visitor.send("asked")
    topic = Contribution.objects.get()
    assert not topic.confirmed

    visitor.enter("ana", "en", HOME)
    visitor.follow(f"/{topic.uuid}/")
    visitor.follow("/answer/")
    page.fill("[name=text]", "Код нас дежурни наставник.")
    page.select_option("[name=language]", "sr")
    visitor.send("answered")
    visitor.look(f"{HOME}themes/")
    page.locator("[name=themes][value=peers]").check()
    page.locator("[name=digest][value=daily]").check()
    visitor.send("followed")

    visitor.enter("dino", "sr", f"{HOME}{topic.uuid}/")
    visitor.follow("/accept/")
    visitor.send("helped")
    assert Contribution.objects.filter(accepted_on__isnull=False).count() == 1
    row = talk.said(topic, text="Најбоље је да нико не чува.")
    visitor.look(f"{HOME}{topic.uuid}/")
    page.locator(f"a[href$='/{row.uuid}/report/']").click()
    page.fill("[name=reason]", "Ne pomaže nikome.")
    visitor.send("reported")


def test_an_editor_looks_and_letters_end_by_their_link(talk: Talk, site: str, page: Page) -> None:
    topic = talk.asked()
    row = talk.said(topic)
    talk.does("ana", community.report, row=row, why="Imenuje nekoga.")
    talk.follows("ana")
    visitor = Visitor(page, site)
    visitor.enter("edita", "en", f"{HOME}reports/")
    visitor.follow("/hide/")
    page.fill("[name=reason]", "It names somebody.")
    visitor.send("hidden")
    assert "It names somebody." in page.locator("main").inner_text()
    visitor.look(f"{HOME}reports/")
    page.context.clear_cookies()
    letter = Subscription.objects.get()
    visitor.look(f"{HOME}unsubscribe/{letter.uuid}/{token(letter)}/")
    visitor.send("unsubscribed")
    assert Subscription.objects.get().digest == "none"
    visitor.look(f"{HOME}unsubscribe/{letter.uuid}/x/")
