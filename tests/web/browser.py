"""A real browser for the tests, and the checks every page must pass.

`from tests.web.browser import *` in a conftest or test module; fixtures: `browser`, `page`, `quiet_page` (no script),
`narrow_page` (320 px). Tests that use the live server need `transactional_db`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
PASSWORD = "tri reči i četvrta"  # of everybody in the stories
LOOK = os.environ.get("ZAJEDNO_LOOK", "")  # a folder: keep a picture of every page there
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
AXE = {  # what holds is not told of, node by node: half of the time
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"],
}  # fmt: skip

os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # Playwright's loop runs in this thread; Django objects to it


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"There is no browser at {CHROMIUM}. Install Debian's chromium or set CHROMIUM.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def _page(browser: Browser, **options: Any) -> Iterator[Page]:
    context = browser.new_context(locale="sr-Cyrl-RS", **options)
    context.set_default_timeout(10_000)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert not troubles, troubles


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, viewport=WIDE)


@pytest.fixture
def narrow_page(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, viewport=NARROW)


@pytest.fixture
def quiet_page(browser: Browser) -> Iterator[Page]:
    """Without JavaScript."""
    yield from _page(browser, viewport=WIDE, java_script_enabled=False)


def log_in(page: Page, server: str, email: str, password: str) -> None:
    """Through the log-in page, as a person does."""
    page.goto(f"{server}/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")


def picture(page: Page, name: str) -> None:
    """Keep the page as it looks, wide and narrow, when somebody asked for pictures."""
    if LOOK:
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict, as playwright takes it
            page.screenshot(path=str(Path(LOOK) / f"{name}-{size['width']}.png"), full_page=True)


# What axe does not see. Each entry of the result is one complaint.
_LOOK = """() => {
  const wrong = [];
  const text = (element) => element.outerHTML.slice(0, 120);
  const seen = (element) => element.checkVisibility();
  const headings = [...document.querySelectorAll("h1")];
  if (headings.length !== 1) wrong.push(`${headings.length} h1`);
  if (!document.title.trim() || document.title.trim().startsWith("–")) wrong.push("no title");
  if (!/^(sr-Cyrl|sr-Latn|bs|hr|hu|sq|en)$/.test(document.documentElement.lang)) wrong.push("lang of the page");
  const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")]
    .filter((h) => !h.closest("[role=alert],[role=region]"));
  levels.forEach((h, at) => {
    if (at && +h.tagName[1] > +levels[at - 1].tagName[1] + 1) wrong.push(`heading skips: ${text(h)}`);
  });
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => wrong.push(`id twice: ${id}`));
  const named = (input) => (input.getAttribute("aria-labelledby") ?? "").split(" ")
    .every((id) => document.getElementById(id)?.textContent.trim());
  for (const input of document.querySelectorAll("input:not([type=hidden]),select,textarea")) {
    if (!input.labels?.length && !input.ariaLabel && !named(input)) wrong.push(`no label: ${text(input)}`);
    for (const id of (input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean))
      if (!document.getElementById(id)) wrong.push(`described by nothing: ${text(input)}`);
  }
  for (const image of document.querySelectorAll("img:not([alt])")) wrong.push(`no alt: ${text(image)}`);
  for (const drawing of document.querySelectorAll("svg:not([aria-hidden=true])"))
    if (drawing.getAttribute("role") !== "img" || !drawing.hasAttribute("aria-labelledby"))
      wrong.push(`svg without a name: ${text(drawing)}`);
  for (const table of document.querySelectorAll("table")) {
    if (!table.querySelector("th[scope]")) wrong.push(`table without headers: ${text(table)}`);
    if (!table.caption?.textContent.trim()) wrong.push(`table without caption: ${text(table)}`);
  }
  for (const link of document.querySelectorAll("a[href^='#']"))
    if (!document.getElementById(link.getAttribute("href").slice(1))) wrong.push(`leads nowhere: ${text(link)}`);
  for (const words of document.querySelectorAll(".z-procedure svg text")) {
    let box = words.previousElementSibling;
    while (box && box.tagName !== "rect") box = box.previousElementSibling;
    const right = box && +box.getAttribute("x") + +box.getAttribute("width");
    const end = words.getBBox().x + words.getBBox().width;
    if (box && end > right + 1) wrong.push(`sticks out of its box: ${text(words)}`);
  }
  for (const card of document.querySelectorAll(".govuk-summary-card, .z-card"))
    for (const link of card.querySelectorAll("a, button, .govuk-tag"))
      if (seen(link) && !link.closest(".z-scroll, .govuk-visually-hidden")
        && link.getBoundingClientRect().right > card.getBoundingClientRect().right + 1)
        wrong.push(`sticks out of its card: ${text(link)}`);
  const inline = "script:not([src]):not([type$=json]), style, [style]:not([style='']), [onclick]";
  if (document.querySelector(inline)) wrong.push("inline script or style");
  const targets = "main button, main input:not([type=hidden]), header a, header button, footer button";
  for (const target of document.querySelectorAll(targets)) {
    const box = target.getBoundingClientRect();
    if (seen(target) && (box.width < 24 || box.height < 24)) wrong.push(`smaller than 24 px: ${text(target)}`);
  }
  return wrong;
}"""

_TOO_WIDE = """() => {
  if (document.documentElement.scrollWidth <= document.documentElement.clientWidth) return [];
  const room = document.documentElement.clientWidth, wide = `${document.documentElement.scrollWidth} px in ${room}`;
  return [wide, ...[...document.querySelectorAll("body *")].filter((element) => !element.closest(".z-scroll")
    && element.getBoundingClientRect().right > room + 1).map((element) => element.outerHTML.slice(0, 120)).slice(0, 5)];
}"""

# What has the focus and does not show it: its beginning; null at the end of the page.
_FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  if (at === document.body) return null;
  return style.outlineStyle !== "none" || style.boxShadow !== "none" ? "" : at.outerHTML.slice(0, 120);
}"""


def check_page(page: Page) -> None:
    """Fail with everything that is wrong with the page as it stands, also at 320 px wide."""
    page.wait_for_load_state()  # a click only waits until the new page begins
    wrong: list[str] = list(page.evaluate(_LOOK))
    wrong += [
        f"axe {rule['id']}: {node['html'][:160]}"
        for rule in Axe().run(page, options=AXE).response["violations"]
        for node in rule["nodes"]
        if not _accepted(rule["id"], node["html"])
    ]
    wrong += [*_error_summary(page), *too_wide(page), *_keyboard(page)]
    assert not wrong, f"{page.url}\n" + "\n".join(wrong)


def too_wide(page: Page) -> list[str]:
    """What sticks out at 320 px."""
    before = page.viewport_size or WIDE
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    wrong = [f"too wide at 320 px: {html}" for html in page.evaluate(_TOO_WIDE)]
    page.set_viewport_size(before)
    return wrong


def _accepted(rule: str, html: str) -> bool:
    """GOV.UK's radios say `aria-expanded` of what they reveal: outside the standard, but tested with people."""
    return rule == "aria-allowed-attr" and "govuk-radios__input" in html and "aria-expanded" in html


def _error_summary(page: Page) -> list[str]:
    """The summary has the focus when the page opens, and each of its links reaches an input."""
    summary = page.locator(".govuk-error-summary")
    if not summary.count():
        return []
    wrong = []
    if not summary.evaluate("element => element === document.activeElement"):
        wrong.append("the error summary does not have the focus")
    for link in summary.locator("a").all():
        link.click()
        if not page.evaluate("() => ['INPUT', 'SELECT', 'TEXTAREA'].includes(document.activeElement.tagName)"):
            wrong.append(f"the summary's link does not reach an input: {link.inner_text()}")
    return wrong


def _keyboard(page: Page, steps: int = 12) -> list[str]:
    """The first steps of a walk with Tab: each shows where it is."""
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
    wrong = []
    for _step in range(steps):
        page.keyboard.press("Tab")
        unseen = page.evaluate(_FOCUS)
        if unseen is None:
            break
        wrong += [f"focus not seen: {unseen}"] if unseen else []
    return wrong
