"""Dino writes a practice from Tutin in Bosnian; it is reviewed, published and translated. In a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.exchange.practice_world import FACTS, MARKS, TEXTS, Authors
from tests.exchange.test_practice import JPEG
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.world import World
from zajedno.exchange.enums import State
from zajedno.exchange.logic import template
from zajedno.exchange.models import Practice, PracticeFile, PracticeText

pytestmark = pytest.mark.browser
GO = "main form:not(.z-filters) button.govuk-button[type=submit]"
CHOSEN = {"about": "themes", "why": "targets", "how": "sectors"}


@pytest.fixture
def authors(world: World) -> Authors:
    made = Authors(world)
    for account in made.world.accounts.values():
        account.set_password(PASSWORD)
        account.save()
    return made


class Desk:
    """A browser used by one person after another."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def enter(self, who: str, language: str, to: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto(self.site)
        self.page.context.add_cookies([{"name": "language", "value": language, "url": self.site}])
        log_in(self.page, self.site, f"{who}@demo.invalid", PASSWORD)
        self.page.wait_for_url(re.compile(r"/exchange/mine/$"))
        self.page.goto(self.site + to)
        self.look(to)

    def look(self, name: str) -> None:
        check_page(self.page)
        picture(self.page, "exchange-" + "-".join(part for part in name.split("/") if part and len(part) < 30))

    def send(self, button: str = GO) -> None:
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        assert not self.page.locator(".govuk-error-summary").count(), self.page.locator("main").inner_text()

    def follow(self, rest: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(f"main a[href$='{rest}']").first.click()
        self.look(rest)

    def fill(self, texts: dict[str, str]) -> None:
        for key, text in texts.items():
            self.page.fill(f"[name={key}]", text)


def write(desk: Desk, folder: Path) -> Practice:
    """Begin, write step by step, stop and go on, add a picture, look through and hand in."""
    desk.enter("dino", "bs", "/exchange/mine/")
    desk.follow("/exchange/mine/new/")
    desk.page.locator("[name=organisation]").first.check()
    desk.fill({"title": TEXTS["title"]})
    desk.page.select_option("[name=language]", "bs")
    desk.send()
    row = Practice.objects.get()
    for step in template.STEPS:
        desk.look(f"step/{step}")
        desk.fill({field.key: TEXTS[field.key] for field in template.of_step(step) if field.key in TEXTS})
        if step in CHOSEN:
            desk.page.locator(f"[name={CHOSEN[step]}]").first.check()
        if step == "about":
            desk.fill({"begins_on_day": "1", "begins_on_month": "3", "begins_on_year": "2024"})
        if step == "results":
            desk.page.check("[name=evidence][value=counted]")
        if step == "learned":
            desk.fill({"lessons": "Dječak Amar je prvi došao."})
        if step == "end":
            desk.fill({"contact": FACTS["contact"]})
        desk.send()
    desk.look("one")
    photo = folder / "ambulanta.jpg"
    photo.write_bytes(JPEG)
    desk.follow("/files/")
    desk.follow("/files/add/")
    desk.page.set_input_files("[name=file]", str(photo))
    desk.fill({"alternative": "Ambulanta u selu", "consent": "Na slici nema ljudi"})
    desk.send()
    desk.look("files/added")
    assert b"GPS" not in bytes(PracticeFile.objects.get().content)
    desk.page.goto(f"{desk.site}/exchange/mine/{row.uuid}/check/")
    desk.look("check/named")
    assert "Amar" in desk.page.locator("main").inner_text()
    desk.page.goto(f"{desk.site}/exchange/mine/{row.uuid}/step/learned/")
    desk.fill({"lessons": TEXTS["lessons"]})
    desk.send("main button[name=back]")
    desk.page.goto(f"{desk.site}/exchange/mine/{row.uuid}/check/")
    desk.send()
    return row


def judge(desk: Desk, row: Practice) -> None:
    """Edita asks Rade; he writes; she publishes."""
    desk.enter("edita", "sr", "/exchange/editing/")
    desk.follow(f"/exchange/editing/{row.uuid}/")
    desk.follow("/reviewers/")
    desk.page.get_by_label("Раде Рецензент").check()
    desk.send()
    desk.enter("rade", "sr", "/exchange/reviews/")
    with desk.page.expect_navigation():
        desk.page.locator("main .govuk-task-list__link").first.click()
    desk.look("review")
    desk.follow("/write/")
    for key, mark in MARKS.items():
        desk.page.locator(f"[name={key}][value='{'none' if mark is None else mark}']").check()
    desk.page.check("[name=advice][value=publish]")
    desk.fill({"remarks": "Јасно и корисно."})
    desk.send()
    desk.look("review/written")
    desk.enter("edita", "sr", f"/exchange/editing/{row.uuid}/")
    assert "Јасно и корисно." in desk.page.locator("main").inner_text()
    desk.follow("/publish/")
    desk.send()
    desk.look("submission/published")


def translate(desk: Desk, row: Practice) -> None:
    """Petra translates it into English beside its source, and says that she has read it."""
    desk.enter("petra", "sr-latn", "/exchange/translations/")
    desk.follow(f"/exchange/translations/{row.uuid}/")
    desk.page.select_option("[name=language]", "en")
    desk.send()
    desk.look("translation")
    desk.fill({key: f"In English: {key}" for key in TEXTS})
    desk.send()
    desk.look("translation/saved")
    desk.send("main form[action$='/check/'] button")
    desk.look("translation/checked")


def test_a_practice_from_tutin(authors: Authors, site: str, narrow_page: Page, tmp_path: Path) -> None:
    desk = Desk(narrow_page, site)
    row = write(desk, tmp_path)
    judge(desk, row)
    row.refresh_from_db()
    assert row.state == State.PUBLISHED
    translate(desk, row)
    assert PracticeText.objects.get(language="en").state == "checked"
    narrow_page.context.clear_cookies()
    narrow_page.goto(f"{site}/exchange/practices/{row.slug}/?in=en")
    assert "In English: title" in narrow_page.locator("h1").inner_text()
