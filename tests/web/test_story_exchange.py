"""Dino's practice from Tutin, written in Bosnian: reviewed, published, translated, shown in Belgrade, asked about and
replicated in a municipality of BiH with changes, until the result comes back to him. In a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.exchange.gathering_world import Gatherings
from tests.exchange.practice_world import FACTS, MARKS, TEXTS, Authors
from tests.exchange.site_world import Sites
from tests.exchange.test_practice import JPEG
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.world import World
from zajedno.exchange.enums import State
from zajedno.exchange.logic import template
from zajedno.exchange.models import Gathering, Practice, PracticeFile, PracticeText, Session, Site, Taking

pytestmark = pytest.mark.browser  # a picture is chosen there, and axe looks at each page at 320 px
GO = "main form:not(.z-filters) button.govuk-button[type=submit]"
CHOSEN = {"about": "themes", "why": "targets", "how": "sectors"}


@pytest.fixture
def authors(world: World) -> Authors:
    """With a gathering in Belgrade that Edita opened, and Amra of a municipality in BiH."""
    Gatherings(world)
    made = Authors(world)
    Sites(world)
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
        if step == "how":
            desk.fill({"partners": "Школа Дуга\nUstanova koje nema u registru"})
        if step == "results":
            desk.page.check("[name=evidence][value=counted]")
            desk.page.check("[name=validated_by][value=users]")
        if step == "learned":
            desk.fill({"lessons": "Dječak Amar je prvi došao."})
        if step == "end":
            desk.fill({"contact": FACTS["contact"]})
        desk.send()
    desk.look("one")
    desk.follow("/figures/")
    desk.fill({"indicator": "Pregledana djeca", "before": "31", "after": "118", "source": "Izvještaj doma zdravlja"})
    desk.send()
    desk.look("figures/added")
    desk.page.goto(f"{desk.site}/exchange/mine/{row.uuid}/")
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


def show_in_belgrade(desk: Desk, row: Practice) -> None:
    """Dino proposes it from its page; Edita accepts, gives it a slot and releases the programme; everybody reads it."""
    gathering = Gathering.objects.get()
    at = f"/exchange/gathering-desk/{gathering.slug}/"
    desk.enter("dino", "bs", f"/exchange/practices/{row.slug}/")
    desk.follow(f"/propose/?practice={row.slug}")
    assert desk.page.locator("[name=practice]").input_value() == row.slug
    desk.page.locator("[name=track]").first.check()
    desk.fill({"title": "Mobilno savjetovalište", "abstract": "Kako smo došli do svakog sela."})
    desk.send()
    desk.enter("edita", "sr", f"{at}call/")
    with desk.page.expect_navigation():
        desk.page.locator("main a[href*='/proposals/']").first.click()
    desk.page.check("[name=accept][value=yes]")
    desk.send()
    desk.page.goto(f"{desk.site}{at}programme/new/")
    desk.look("slot")
    desk.page.locator("[name=proposal]").select_option(index=1)
    desk.page.locator("[name=room]").select_option(index=1)
    desk.fill({"title": "Покретно саветовалиште", "begins": "9:30", "ends": "10:15"})
    desk.send()
    assert Session.objects.get().proposal is not None
    desk.page.goto(f"{desk.site}{at}programme/release/")
    desk.fill({"name": "1.0"})
    desk.send()
    desk.page.context.clear_cookies()
    desk.page.goto(f"{desk.site}/exchange/gatherings/{gathering.slug}/")
    desk.look("shown")
    assert "Београд" in desk.page.locator("main").inner_text()
    with desk.page.expect_navigation():
        desk.page.get_by_role("link", name="Покретно саветовалиште", exact=True).click()
    assert desk.page.url.endswith(f"/exchange/practices/{row.slug}/")
    assert desk.page.locator(f"main a[href='/exchange/gatherings/{gathering.slug}/']").count()


def ask_from_bih(desk: Desk, row: Practice) -> None:
    """Amra asks, Dino answers, and the question stands on the page."""
    desk.enter("amra", "bs", f"/exchange/practices/{row.slug}/")
    desk.follow("/ask/")
    desk.fill({"text": "Koliko sati sedmično traje jedna posjeta?"})
    desk.send()
    desk.enter("dino", "bs", f"/exchange/practices/{row.slug}/")
    with desk.page.expect_navigation():
        desk.page.locator("main a[href*='/answer/']").first.click()
    desk.fill({"text": "Dva sata po selu."})
    desk.send()
    desk.page.context.clear_cookies()
    desk.page.goto(f"{desk.site}/exchange/practices/{row.slug}/")
    assert "Dva sata po selu." in desk.page.locator("main").inner_text()


def replicate(desk: Desk, row: Practice) -> Site:
    """Edita makes a model of it; Amra takes it over from Tutin, says what she does otherwise, and what came of it."""
    desk.enter("edita", "bs", f"/exchange/practices/{row.slug}/")
    desk.follow(f"/models/new/?practice={row.slug}")
    desk.fill({
        "title_bs": "Mobilno savjetovalište", "core": "Тим | Tim | Team", "conditions": "Возило | Vozilo | A car",
        "indicators": "Прегледана деца | Pregledana djeca | Children examined", "adaptable": "Дан | Dan | Day",
    })  # fmt: skip
    desk.send()
    slug = desk.page.url.rstrip("/").rpartition("/")[2]
    desk.enter("amra", "bs", f"/exchange/models/{slug}/")
    desk.follow(f"/sites/begin/{slug}/")
    desk.page.check(f"[name=origin][value='{row.slug}']")
    desk.send()
    site = Site.objects.get()
    assert site.practice == row
    at = f"/exchange/sites/{site.uuid}/"
    desk.follow("/readiness/")
    desk.page.locator("form [type=radio][value=yes], form [type=radio][value=True]").first.check()
    desk.send()
    desk.follow("/adapt/")
    desk.page.locator("[name=component]").select_option(index=1)
    desk.fill({"what": "Dolazimo subotom.", "reason": "Roditelji rade preko sedmice."})
    desk.send()
    desk.page.goto(f"{desk.site}{at}result/")
    desk.look("result")
    desk.page.locator("[name=indicator]").select_option(index=1)
    desk.fill({"before": "12", "after": "57", "source": "Evidencija doma zdravlja"})
    desk.page.check("[name=evidence][value=counted]")
    desk.send()
    desk.page.goto(f"{desk.site}{at}lesson/")
    desk.fill({"text": "Subotom dolazi dvostruko više roditelja."})
    desk.send()
    return site


def come_back(desk: Desk, row: Practice, site: Site) -> None:
    """Dino reads the lesson and answers; everybody reads on his practice's page what became of it in BiH."""
    desk.enter("dino", "bs", "/exchange/sites/")
    with desk.page.expect_navigation():
        desk.page.locator("main a[href*='/sites/lessons/']").first.click()
    desk.look("lesson/answer")
    desk.fill({"text": "Probaćemo i mi subotom."})
    desk.send()
    desk.page.context.clear_cookies()
    desk.page.goto(f"{desk.site}/exchange/practices/{row.slug}/?in=bs")
    desk.look("replicated")
    told = desk.page.locator("main").inner_text()
    assert "57" in told
    assert "Evidencija doma zdravlja" in told
    assert Taking.objects.get(practice=row).organisation == site.organisation
    desk.page.goto(f"{desk.site}/exchange/models/{site.model.package.slug}/sites/{site.uuid}/")
    told = desk.page.locator("main").inner_text()
    assert "Roditelji rade preko sedmice." in told
    assert "Probaćemo i mi subotom." in told


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
    show_in_belgrade(desk, row)
    ask_from_bih(desk, row)
    come_back(desk, row, replicate(desk, row))
