"""The administrator's day, in a real browser: every page in Cyrillic, on a narrow screen, with and without script."""

import pytest
from playwright.sync_api import Page

from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.web.manage_world import administered, at
from tests.world import World
from zajedno.access.actions import audit
from zajedno.access.models import Account, Message
from zajedno.places.models import Organisation, Post
from zajedno.places.queries.actor import actor_for

pytestmark = pytest.mark.browser  # axe looks at every page, wide and at 320 px, and without script


@pytest.fixture
def world(transactional_db: None) -> World:
    return administered()


def look(page: Page, name: str) -> None:
    check_page(page)
    picture(page, name)


def date_in(page: Page, name: str, text: str) -> None:
    for part, value in zip(("day", "month", "year"), text.split(), strict=True):
        page.fill(f"[name={name}_{part}]", value)


def test_a_commission_is_entered_and_its_member_appointed(site: str, page: Page, world: World) -> None:
    log_in(page, site, "admin@demo.invalid", PASSWORD)
    page.wait_for_url("**/manage/")
    look(page, "overview")
    page.goto(f"{site}/manage/institutions/")
    look(page, "institutions")
    page.click("main a[href='/manage/institutions/new/']")
    page.fill("[name=name]", "Интерресорна комисија за децу Суботице и Његоша")
    page.fill("[name=covers]", "Нигдина")
    page.click("main form:not(.z-filters) button[type=submit]")
    look(page, "institution-refused")
    assert page.input_value("[name=name]").startswith("Интерресорна")
    assert page.input_value("[name=covers]") == "Нигдина"
    page.fill("[name=covers]", "opština Subotica")
    page.select_option("[name=kind]", "intersectoral_commission")
    page.select_option("[name=territory]", label="Суботица (RS)")
    page.click("main form:not(.z-filters) button[type=submit]")
    page.wait_for_url("**/institutions/*-*/")
    look(page, "institution-new")
    made = Organisation.objects.get(name__startswith="Интерресорна комисија за децу")
    assert made.code.startswith("interresorna-komisija-za-decu")
    assert [place.code for place in made.covers.all()] == ["80438"]

    page.click("main a[href='appoint/']")
    look(page, "appoint")
    page.fill("[name=email]", "zorica@demo.invalid")
    page.select_option("[name=role]", "commission-member")
    page.click("main form[method=post] button[type=submit]")
    look(page, "appoint-refused")
    assert page.input_value("[name=email]") == "zorica@demo.invalid"
    page.fill("[name=name]", "Зорица Љубичић")
    page.click("main form[method=post] button[type=submit]")
    page.wait_for_url(f"**{at(made)}")
    post = Post.objects.get(organisation=made)
    assert (post.account.name, post.role_id) == ("Зорица Љубичић", "commission-member")
    letters = Message.objects.filter(account=post.account)
    assert letters.count() == 2
    assert f"{site}/invitation/" in letters.get(key__startswith="invitation").body
    look(page, "institution-with-post")

    page.click("main a[href$='/end/']")
    look(page, "end-post")
    page.fill("[name=reason]", "Одлазак у пензију")
    page.click("main form[method=post] button[type=submit]")
    page.wait_for_url(f"**{at(made)}")
    post.refresh_from_db()
    assert post.reason == "Одлазак у пензију"
    assert actor_for(post.account_id, post.until).seats == ()
    look(page, "institution-past")


def test_every_other_page_can_be_used_by_everybody(site: str, page: Page, world: World) -> None:
    ana, school = world.accounts["ana"], world.organisations["school"]
    audit.record(by=world.actor("goran"), verb="access.break_glass", about=ana, detail={"reason_given": True})
    log_in(page, site, "admin@demo.invalid", PASSWORD)
    page.wait_for_url("**/manage/")
    titles = set()
    pages = {
        "institution": at(school), "institution-change": at(school, "change/"), "close": at(school, "close/"),
        "service": at(school, "services/new/"), "people": "/manage/people/", "person": at(ana),
        "roles": "/manage/roles/",
        "packs": "/manage/packs/", "load": "/manage/packs/load/", "unverified": "/manage/packs/unverified/",
        "measures": "/manage/packs/lists/RS/measures/", "audit": "/manage/audit/", "verify": "/manage/audit/verify/",
        "procedure": "/manage/packs/procedures/RS/additional-support/", "break-glass": "/manage/break-glass/",
        "mail": "/manage/mail/", "audit-refused": "/manage/audit/?since=1.1.2026&until=1.1.2020&subject=x",
    }  # fmt: skip
    for name, path in pages.items():
        page.goto(site + path)
        look(page, name)
        titles.add(page.title())
    assert len(titles) == len(pages) - 1  # the refused filter is the page of the trail again


def test_the_desk_works_without_script(site: str, quiet_page: Page, world: World) -> None:
    """Finding, closing and reopening a person, by forms alone."""
    log_in(quiet_page, site, "mira@demo.invalid", PASSWORD)
    assert quiet_page.url == f"{site}/manage/"
    quiet_page.goto(f"{site}/manage/people/")
    quiet_page.fill("[name=q]", "vuković")
    quiet_page.click(".z-filters button")
    quiet_page.click(f"main a[href='{at(world.accounts['ana'])}']")
    quiet_page.click("details summary")
    quiet_page.click("button[name=close]")
    assert not Account.objects.get(pk=world.accounts["ana"].pk).is_active
    quiet_page.click("main form[action='state/'] button")
    assert Account.objects.get(pk=world.accounts["ana"].pk).is_active
