"""Csaba, Goran and Hana in a real browser: from a request at their desk to an issued opinion in both scripts."""

import io
from datetime import timedelta

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.web.panel_world import Another
from tests.world import World
from zajedno.casework.models import Clock, Sitting
from zajedno.kernel import clock

GO = "main form:not(.z-filters) button[type=submit]"
pytestmark = pytest.mark.browser  # axe looks at every page; the same works without JavaScript


class Desk:
    """A browser at the desk, used by one person after another."""

    def __init__(self, page: Page, site: str, language: str, *, checked: bool) -> None:
        self.page, self.site, self.language, self.checked = page, site, language, checked

    def enter(self, who: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto(self.site)
        self.page.context.add_cookies([{"name": "language", "value": self.language, "url": self.site}])
        log_in(self.page, self.site, f"{who}@demo.invalid", PASSWORD)
        self.page.wait_for_url("**/panel/")

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)
        self.look(path)

    def look(self, name: str) -> None:
        lang = {"sr": "sr-Cyrl", "sr-latn": "sr-Latn"}[self.language]
        assert self.page.locator("html").get_attribute("lang") == lang
        if self.checked:
            check_page(self.page)
        short = "-".join(part for part in name.split("?")[0].split("/") if part and len(part) < 30)
        picture(self.page, f"{short}-{self.language}")

    def move(self, case: str, move: str, **values: str) -> None:
        self.go(f"{case}move/{move}/")
        for name, value in values.items():
            self.page.fill(f"[name={name}]", value)
        self.send()

    def send(self, button: str = GO) -> None:
        self.page.locator(button).first.click()
        assert not self.page.locator(".govuk-error-summary").count(), self.page.locator("main").inner_text()

    def day(self, name: str, days: int) -> None:
        day = clock.today() + timedelta(days=days)
        for part in ("day", "month", "year"):
            self.page.fill(f"[name={name}_{part}]", str(getattr(day, part)))


def register(desk: Desk, story: Another, case: str) -> None:
    """Csaba finds the new request in his queue and carries it to consent."""
    desk.enter("csaba")
    desk.look("/panel/")
    desk.page.click("main a[href='/panel/cases/?queue=register']")
    desk.look("/panel/cases/queue")
    desk.page.click(f"main table a[href='{case}']")
    desk.move(case, "register")
    desk.move(case, "accept_as_complete")
    story.case.refresh_from_db()
    story.note("csaba", "informed")
    story.world.consent(story.child)
    desk.move(case, "record_consent")


def assess(desk: Desk, story: Another, case: str) -> None:
    """The assessment, as its verbs; Hana writes her opinion at the desk, first as a draft."""
    story.move("goran", "appoint_interim_member", **{"part:interim_member": story.world.accounts["ana"]})
    story.move("csaba", "schedule", date=clock.today(), place="Школа")
    story.move("csaba", "begin_assessment")
    story.move("hana", "hear_family", note="Родитељ и дете су саслушани.")
    for who in ("goran", "jelena", "ana"):
        story.move(who, "write_individual_opinion", opinion="Потребна је подршка.")
    desk.enter("hana")
    desk.look("/panel/member")
    desk.page.locator(f"main a[href='/panel/case/{story.case.uuid}/opinion/']").first.click()
    desk.look("/panel/opinion")
    desk.page.fill("[name=text]", "Логопедски третман два пута недељно.")
    desk.send("button[name=draft]")
    assert desk.page.input_value("[name=text]") == "Логопедски третман два пута недељно."
    desk.send("button[name=submit]")
    desk.page.wait_for_url(f"**{case}")
    story.move("csaba", "finish_assessment")


def sit(desk: Desk, story: Another, case: str) -> None:
    """Csaba calls a sitting from the calendar, puts the case on it, records who came and what was said."""
    desk.enter("csaba")
    desk.go("/panel/sittings/")
    desk.go("/panel/sittings/new/")
    desk.day("day", 0)
    desk.page.fill("[name=hour]", "9:30")
    desk.page.fill("[name=place]", "Градска кућа, сала 2")
    desk.send()
    desk.look("/panel/sitting-empty")
    sitting = Sitting.objects.get()
    desk.go(f"{case}move/call_sitting/")
    desk.page.select_option("[name=sitting]", str(sitting.uuid))
    desk.send()
    page = f"/panel/sittings/{sitting.uuid}/"
    desk.go(page)
    for row in sitting.attendees.all():
        desk.page.select_option(f"[name=who_{row.account_id}]", "present")
    desk.send("form[action$='attendance/'] button")
    desk.page.click("main a[href*='/minutes/']")
    desk.look("/panel/minutes")
    desk.page.fill("[name=text]", "Сви чланови су изнели мишљења.")
    desk.send()
    desk.page.click("main a[href$='/move/hold_sitting/']")
    desk.send()
    desk.go(page)
    desk.send("form[action$='close/'] button")
    sitting.refresh_from_db()
    assert sitting.state == "held"


def decide(desk: Desk, story: Another, case: str) -> None:
    """Goran writes the joint opinion beside the members' words; the plan is written; he adopts it."""
    page = f"/panel/case/{story.case.uuid}/decide/"
    desk.enter("goran")
    desk.page.click("main a[href='/panel/cases/?queue=decide']")
    desk.page.click(f"main table a[href='{page}']")
    desk.look("/panel/decide")
    assert "Логопедски третман два пута недељно." in desk.page.locator("main").inner_text()
    desk.page.fill("[name=findings]", "Дете споро чита и брзо се умори.")
    desk.page.fill("[name=strengths]", "Воли да црта.")
    desk.day("review_on", 180)
    desk.send()
    desk.look("/panel/decide-kept")
    desk.go(f"{case}plan/new/")
    desk.page.select_option("[name=code]", "individualised_teaching")
    desk.page.check("[name=legal_group][value=realised]")
    desk.page.fill("[name=goal]", "Чита са разумевањем.")
    desk.page.fill("[name=responsible_person]", "Учитељица")
    desk.page.fill("[name=frequency]", "свакодневно")
    desk.send()
    desk.go(page)
    desk.page.click(f"main a[href='{case}move/adopt_opinion/']")
    desk.send()


def take_letters(desk: Desk, story: Another, case: str) -> dict[str, str]:
    """Csaba issues the opinion in the other script too; both as text, by language."""
    desk.enter("csaba")
    issued = story.case.letters.get(kind="joint-opinion")
    desk.go(f"{case}letters/{issued.uuid}/again/")
    other = "sr-latn" if issued.language == "sr" else "sr"
    desk.page.check(f"[name=language][value={other}]") if desk.page.locator("[type=radio]").count() else (
        desk.page.select_option("[name=language]", other)
    )
    desk.send()
    found = {}
    for row in story.case.letters.filter(kind="joint-opinion"):
        answer = desk.page.request.get(f"{desk.site}{case}letters/{row.uuid}/")
        assert answer.headers["content-type"] == "application/pdf"
        found[row.language] = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages)
    return found


def follow(desk: Desk, story: Another) -> None:
    """The opinion is delivered; Csaba says how far a measure has come."""
    story.note("csaba", "delivered")
    story.move("csaba", "deliver")
    story.move("csaba", "begin_implementation")
    desk.go("/panel/follow-up/")
    desk.page.click("#measures-table a[href^='/panel/follow-up/']")
    desk.look("/panel/measure")
    desk.page.check("[name=state][value=running]")
    desk.send()
    assert story.case.measures.get().state == "running"
    Clock.objects.filter(case=story.case, stopped_on=None).update(
        started_on=clock.today() - timedelta(days=200), due_on=clock.today() - timedelta(days=3)
    )
    desk.go("/panel/deadlines/")
    desk.go("/panel/cases/?state=all")
    desk.go("/panel/sittings/")
    desk.go("/panel/")


def whole_way(desk: Desk, world: World) -> dict[str, str]:
    """Chapter after chapter; returns the issued opinion as text, by language."""
    story = Another(world, world.child())
    story.move("ana", "submit")
    case = f"/work/case/{story.case.uuid}/"
    for chapter in (register, assess, sit, decide):
        chapter(desk, story, case)
        story.case.refresh_from_db()
    assert story.case.step == "adopted"
    letters = take_letters(desk, story, case)
    assert "Дете споро чита" in letters["sr"]
    assert "мишљење" in letters["sr"].lower()
    assert "mišljenje" in letters["sr-latn"].lower()
    assert "мишљење" not in letters["sr-latn"].lower().replace("дете споро чита", "")
    follow(desk, story)
    return letters


def test_from_a_request_to_an_issued_opinion(site: str, world: World, page: Page) -> None:
    assert set(whole_way(Desk(page, site, "sr", checked=True), world)) == {"sr", "sr-latn"}


def test_the_same_in_latin_without_script(site: str, world: World, quiet_page: Page) -> None:
    assert set(whole_way(Desk(quiet_page, site, "sr-latn", checked=False), world)) == {"sr", "sr-latn"}


def test_every_list_in_latin_for_a_member(site: str, world: World, page: Page) -> None:
    story = Another(world, world.child())
    story.to_implementation()
    desk = Desk(page, site, "sr-latn", checked=True)
    desk.enter("hana")
    for path in ("", "cases/", "sittings/", "follow-up/", "deadlines/", f"case/{story.case.uuid}/decide/"):
        desk.go(f"/panel/{path}")
        assert desk.page.locator("h1").count() == 1, path
