"""Numbers people can trust, in a real browser: Eva of the ministry, the coordinator in Cyrillic, and everybody. Each
chart has its drawing, its table and its sentence; whoever follows every link of the ministry finds no person."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from tests.networks.bodies import Bodies
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.web.figures_world import country, opinions
from tests.world import World

pytestmark = pytest.mark.browser
PEOPLE = ("Њежић", "Njegić", "Вуковић", "Vuković", "Nagy", "Илић", "Ilić")
DESKS = ("/monitor/", "/work/", "/panel/", "/network/", "/family/", "/manage/")
# Of each chart: what it lacks.
_LACKS = """() => [...document.querySelectorAll("figure.z-figure")].flatMap((one) => {
  const name = one.querySelector("figcaption").textContent, wrong = [];
  const drawn = one.querySelector("svg[role=img]");
  if (!drawn || !drawn.querySelector("desc").textContent.trim()) wrong.push(`${name}: no drawing with words`);
  if (!one.querySelector("table caption")) wrong.push(`${name}: no table`);
  if (!/[.!]$/.test(one.querySelector(".z-figure__said").textContent.trim())) wrong.push(`${name}: no sentence`);
  if (one.querySelectorAll("a[href*='.csv'], a[href*='.png']").length !== 2) wrong.push(`${name}: no files`);
  return wrong;
})"""


def look(page: Page, name: str, charts: int) -> None:
    """The page is in order, also 320 px wide; each chart is whole, and its table opens."""
    page.wait_for_load_state()
    assert page.evaluate(_LACKS) == []
    assert page.locator("figure.z-figure").count() == charts
    picture(page, f"figures-{name}")
    for one in page.locator("figure.z-figure details summary").all():
        one.click()
    check_page(page)


def enter(page: Page, site: str, who: str, language: str) -> None:
    page.goto(site)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "language", "value": language, "url": site}])
    if who:
        log_in(page, site, f"{who}@demo.invalid", PASSWORD)
        page.wait_for_url(re.compile(r"/(monitor|panel)/$"))


def test_eva_the_coordinator_and_everybody_read_one_number(world: World, page: Page, site: str) -> None:
    country(world)
    opinions()
    body = Bodies(world).set_up()
    assert {eva(page, site), coordinator(page, site), public(page, site, body.slug)} == {"66%"}


def number(page: Page) -> str:
    return "".join(page.locator(".z-number__value").inner_text().split())


def eva(page: Page, site: str) -> str:
    """From the list to one figure, its map and its municipality; then every link, and none leads to a person."""
    enter(page, site, "eva", "en")
    look(page, "eva-list", 0)
    page.click("main td a, main th a >> text=Opinions given in time")
    look(page, "eva-country", 5)
    text = page.locator("main").inner_text()
    assert "Opinions given in time: two in three. A year before, one in two." in text
    assert "Open Database Licence" in text
    page.locator("main summary", has_text="How it was counted").click()
    assert "opinions in time" in page.locator("main").inner_text()
    page.select_option("[name=place]", "80438")
    with page.expect_navigation():
        page.click("main form.z-filters button")
    look(page, "eva-town", 5)
    read = number(page)
    with page.expect_download() as taken:
        page.click("a[href*='trend.png']")
    assert taken.value.suggested_filename == "opinions_in_time-80438-2025-trend.png"
    assert_no_person(page, site)
    return read


def assert_no_person(page: Page, site: str) -> None:
    """Every page that can be reached from hers by links, and what each says."""
    seen: set[str] = set()
    ahead = [f"{site}/monitor/"]
    while ahead:
        address = ahead.pop()
        path = urlsplit(address).path
        if path in seen:
            continue
        seen.add(path)
        assert path.startswith("/monitor/"), path
        answer = page.request.get(address)
        assert answer.ok, address
        if "html" not in answer.headers["content-type"]:
            continue
        html = answer.text()
        assert not [one for one in PEOPLE if one in html.split("<main")[1]], path
        links = [urljoin(address, href.replace("&amp;", "&")) for href in re.findall(r'href="([^"#]+)"', html)]
        ahead += [one for one in links if urlsplit(one).path.startswith(DESKS)]
    assert {"/monitor/", "/monitor/networks/", "/monitor/opinions_in_time/"} <= seen
    assert [page.request.get(site + path).status for path in ("/work/children/", "/panel/", "/network/")] == [403] * 3


def coordinator(page: Page, site: str) -> str:
    """In Cyrillic: her municipality, where cases wait, and how a figure was counted."""
    enter(page, site, "csaba", "sr")
    page.goto(f"{site}/network/figures/")
    look(page, "coordinator-list", 0)
    page.click("main th a >> text=Мишљења дата у року")
    look(page, "coordinator-town", 4)
    assert "66\u00a0%" in page.locator(".z-number").inner_text()
    read = number(page)
    page.goto(f"{site}/network/figures/cases_by_step/")
    look(page, "coordinator-funnel", 3)
    return read


def public(page: Page, site: str, slug: str) -> str:
    """Without an account, from the page of the network; the same number."""
    enter(page, site, "", "sr-latn")
    page.goto(f"{site}/networks/{slug}/")
    page.click("main a[href$='/figures/']")
    look(page, "public-list", 0)
    page.click("main th a[href*='opinions_in_time']")
    look(page, "public-town", 4)
    assert "66\u00a0%" in page.locator(".z-number").inner_text()
    assert page.locator("html").get_attribute("lang") == "sr-Latn"
    return number(page)
