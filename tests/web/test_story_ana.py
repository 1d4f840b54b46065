"""Ana at her desk in a real browser: she takes in a request, follows it, and finds the child again."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.casework.test_story import Story
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.world import World
from zajedno.casework.models import Case
from zajedno.kernel.clock import today

pytestmark = pytest.mark.browser  # axe looks at every page, and a case is submitted by keyboard alone
GO = "main form:not(.z-filters) button[type=submit]"
LANGUAGES = {"sr-latn": "sr-Latn", "bs": "bs", "en": "en"}  # that a button chooses, as the page says it


def look(page: Page, name: str) -> None:
    check_page(page)
    picture(page, f"work-{name}")


def enter(page: Page, site: str, who: str) -> None:
    log_in(page, site, f"{who}@demo.invalid", PASSWORD)
    page.wait_for_url("**/work/" if who in ("ana", "besa") else "**/panel/")


def day_in(page: Page, name: str, day: object) -> None:
    year, month, number = str(day).split("-")
    for part, value in (("day", number), ("month", month), ("year", year)):
        page.fill(f"[name={name}_{part}]", value)


def take_in(page: Page, site: str, shown: bool) -> None:
    """The whole way from the button on the desk to the case; `shown`: check each page."""
    see = look if shown else lambda page, name: None
    page.click("main a[href='/work/request/']")
    see(page, "start")
    page.click(GO)
    see(page, "who")
    page.check("[name=asker]")
    page.select_option("[name=commission]", index=1)
    page.click(GO)
    see(page, "child")
    page.click(GO)
    see(page, "child-refused")
    page.fill("[name=given_name]", "Ђорђе")
    page.fill("[name=family_name]", "Његован-Џинић")
    day_in(page, "birth_date", "2017-05-09")
    page.click(GO)
    see(page, "family")
    page.select_option("[name=first_kind]", "mother")
    page.fill("[name=first_name]", "Љиљана Његован")
    page.click(GO)
    see(page, "school")
    page.click(GO)
    see(page, "reasons")
    page.check("[name=reasons][value=learning]")
    page.fill("[name=difficulties]", "Тешко чита и брзо се умори.")
    page.fill("[name=asked]", "Прилагођен материјал и помоћ при учењу.")
    page.click(GO)
    see(page, "papers-step")
    page.check("[name=papers][value=medical]")
    page.click(GO)
    see(page, "consent-step")
    page.check("[name=informed][value=yes]")
    page.check("[name=answer][value=given]")
    page.check("[name=giver]")
    page.click(GO)
    see(page, "check")
    page.click(GO)
    page.wait_for_url("**/done/**")
    see(page, "done")


def test_ana_takes_in_a_request_and_follows_it(site: str, page: Page, world: World) -> None:
    enter(page, site, "ana")
    look(page, "empty")
    take_in(page, site, shown=True)
    case = Case.objects.get()
    assert case.step == "submitted"
    page.click("main a[role=button]")
    look(page, "case")
    assert page.locator(".z-identity__name").inner_text().startswith("Ђорђе Његован-Џинић")
    assert "Његован" not in page.title()
    for section in ("request/", "papers/", "people/", "history/", "note/"):
        page.goto(f"{site}/work/case/{case.uuid}/{section}")
        look(page, f"case-{section.strip('/')}")
    page.goto(f"{site}/work/child/{case.child.uuid}/")
    look(page, "child-file")
    for section in ("change/", "guardian/", "consent/", "enrol/"):
        page.goto(f"{site}/work/child/{case.child.uuid}/{section}")
        look(page, f"child-{section.strip('/')}")
    page.goto(f"{site}/work/")
    look(page, "mine")
    page.goto(f"{site}/work/search/")
    page.fill("[name=text]", "njegovan")
    page.click(GO)
    look(page, "search")
    assert "njegovan" not in page.url
    page.click("#found a")
    page.wait_for_url(f"**/work/child/{case.child.uuid}/")


def test_the_same_without_script_and_in_latin(site: str, quiet_page: Page, world: World) -> None:
    enter(quiet_page, site, "ana")
    quiet_page.click("footer button[value=sr-latn]")
    assert quiet_page.locator("html").get_attribute("lang") == "sr-Latn"
    take_in(quiet_page, site, shown=False)
    case = Case.objects.get()
    quiet_page.goto(f"{site}/work/case/{case.uuid}/")
    assert "Ђорђе Његован-Џинић" in quiet_page.content()  # a name stays as it is registered
    assert case.letters.count() == 1


def test_latin_and_english_pages_can_be_used(site: str, page: Page, world: World) -> None:
    story = Story(world)
    enter(page, site, "ana")
    for language in LANGUAGES:
        page.goto(f"{site}/work/")
        page.click(f"footer button[value={language}]")
        assert page.get_attribute("html", "lang") == LANGUAGES[language]
        for path in ("/work/", f"/work/case/{story.case.uuid}/", f"/work/child/{story.child.uuid}/", "/work/request/"):
            assert page.goto(site + path).status == 200
            look(page, f"{language}-{path.split('/')[2] or 'mine'}")


def test_a_narrow_screen_and_the_keyboard_are_enough_to_submit(site: str, narrow_page: Page, world: World) -> None:
    story, page = Story(world), narrow_page
    enter(page, site, "ana")
    page.goto(f"{site}/work/case/{story.case.uuid}/")
    page.locator("a[href$='/move/submit/']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/move/submit/")
    look(page, "move-submit")
    page.locator(GO).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/case/{story.case.uuid}/")
    story.case.refresh_from_db()
    assert story.case.step == "submitted"


def test_the_commission_works_on_the_same_case(site: str, page: Page, world: World) -> None:
    story = Story(world)
    story.to_deciding()
    story.write_opinion_and_plan()
    clock = story.case.clocks.get()
    clock.started_on, clock.due_on = today() - timedelta(days=62), today() - timedelta(days=2)
    clock.save()
    enter(page, site, "csaba")
    uuid = story.case.uuid
    row = story.case.measures.get()
    letter = story.case.letters.first()
    paths = ["", "opinions/", "plan/", "plan/new/", f"plan/{row.uuid}/", f"plan/{row.uuid}/change/",
             f"plan/{row.uuid}/drop/", "papers/", f"letters/{letter.uuid}/again/", "people/", "history/", "consent/",
             "note/informed/", "move/withdraw/", "move/adopt_opinion/", "move/return_to_assessment/",
             "move/transfer/"]  # fmt: skip
    for path in paths:
        assert page.goto(f"{site}/work/case/{uuid}/{path}").status == 200
        assert page.url.endswith(f"/{uuid}/{path}")  # each is a page of its own, and leads nowhere else
        look(page, "full-" + (path.split("/")[0] or "case") + "-" + (path.strip("/").split("/")[-1][-12:] or "x"))


def test_a_refused_move_keeps_what_was_written(site: str, page: Page, world: World) -> None:
    story = Story(world)
    enter(page, site, "ana")
    page.goto(f"{site}/work/case/{story.case.uuid}/move/submit/")
    page.fill("[name=note]", "Моја белешка.")
    story.move("ana", "submit")
    page.click(GO)
    look(page, "move-overtaken")
    assert page.input_value("[name=note]") == "Моја белешка."
    expect(page.locator(".govuk-error-summary")).to_have_count(1)
