"""A browser at the desks that one person after another uses, in one language and script; every page is looked at."""

import re
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.web.browser import PASSWORD, WIDE, check_page, log_in, picture
from zajedno.casework.models import Case
from zajedno.kernel import clock

GO = "main form:not(.z-filters) button[type=submit]:not([name=find])"
LANGUAGES = {"sr": "sr-Cyrl", "sr-latn": "sr-Latn", "bs": "bs"}  # the cookie, and what the page says of itself
# What no wording of the house has in a language. Names, laws and addresses carry a language of their own.
_ENGLISH = r"\b(?:the|and|with|from|for|this|not|you|case|child|of|is|as|in|has|have|your|was|are|be|by|at)\b"
ALIEN = {
    "sr": r"(?<![\w@./-])[A-Za-zČĆŽŠĐčćžšđ]{2,}(?![\w@./-])",
    "sr-latn": _ENGLISH + "|[а-шА-Шђјљњћџ]{3,}",
    "bs": _ENGLISH + "|[а-шА-Шђјљњћџ]{3,}",
}
SPARED = {"PDF", "JPG", "PNG", "MB", "iCal", "Word", "Excel", "CSV", "FHIR", "Zajedno"}
# What stands in a language of its own, or was typed by somebody, is not the house's wording.
_WORDS = """() => {
  const main = document.querySelector("main").cloneNode(true);
  main.querySelectorAll("[lang], input, textarea, option, .govuk-visually-hidden").forEach((one) => one.remove());
  return main.innerText ?? main.textContent;
}"""


class Desk:
    """`said` are names and words of the story, which are nobody's mistake."""

    def __init__(self, page: Page, site: str, language: str, story: str, *said: str) -> None:
        self.page, self.site, self.language, self.story = page, site, language, story
        self.said, self.number = said, 0

    def enter(self, who: str) -> None:
        self.come(who)
        self.page.wait_for_url(re.compile(r"/(work|panel|family|network)/(classes/)?$"))
        self.look(f"{who}-home")

    def come(self, who: str) -> None:
        """Somebody logs in, wherever that leads."""
        self.page.context.clear_cookies()
        self.page.goto(self.site)
        self.page.context.add_cookies([{"name": "language", "value": self.language, "url": self.site}])
        log_in(self.page, self.site, f"{who}@demo.invalid", PASSWORD)
        self.page.wait_for_load_state()

    def go(self, path: str, name: str = "") -> None:
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        self.look(name or "-".join(part for part in path.split("/") if part and len(part) < 30))

    def status(self, path: str) -> int:
        answer: Response | None = self.page.goto(self.site + path)
        assert answer is not None
        return int(answer.status)

    def look(self, name: str) -> None:
        """The page as it stands: nothing is wrong with it, and it speaks the language that was chosen."""
        self.page.wait_for_load_state()
        assert self.page.get_attribute("html", "lang") == LANGUAGES[self.language]
        check_page(self.page)
        self.number += 1
        picture(self.page, f"{self.story}-{self.language}-{self.number:02}-{name}")
        assert not (alien := self.alien()), f"{self.page.url}: {alien}"

    def word(self, text: str, context: str = "") -> str:
        """How the house says it."""
        with override(self.language):
            return pgettext(context, text) if context else gettext(text)

    def alien(self) -> set[str]:
        text = self.page.evaluate(_WORDS)
        for said in self.said:
            text = text.replace(said, "")
        return set(re.findall(ALIEN[self.language], text, re.IGNORECASE)) - SPARED

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def fill(self, **values: Any) -> None:
        """`part__receiver` fills the input `part-receiver`; a day fills three; True checks a box."""
        for key, value in values.items():
            name = key.replace("__", "-")
            if isinstance(value, date):
                for part in ("day", "month", "year"):
                    self.page.fill(f"[name={name}_{part}]", str(getattr(value, part)))
                continue
            field = self.page.locator(f"[name='{name}']:not([type=hidden])").first
            kind = field.evaluate("one => one.tagName === 'SELECT' ? 'select' : one.type")
            if kind == "select":
                field.select_option(label=value)
            elif kind in ("radio", "checkbox"):
                self.page.check(f"[name='{name}']" + ("" if value is True else f"[value='{value}']"))
            else:
                field.fill(str(value))

    def send(self, button: str = GO) -> None:
        """Taken at once."""
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        assert not self.page.locator(".govuk-error-summary").count(), self.text

    def send_wrong(self, name: str, button: str = GO) -> str:
        """Not taken: what is said in the summary, which stands above the filled form."""
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        self.look(name)
        return str(self.page.locator(".govuk-error-summary").inner_text())

    def move(self, case: Case, move: str, **values: Any) -> Case:
        """From the page of the case, by its own link, through the page of the move; the case afterwards."""
        assert self.status(f"/work/case/{case.uuid}/") == 200
        self.page.click(f"main a[href$='/move/{move}/']")
        self.look(f"move-{move}")
        self.fill(**values)
        self.send()
        self.look(f"after-{move}")
        case.refresh_from_db()
        return case

    def note(self, case: Case, kind: str, text: str) -> None:
        self.go(f"/work/case/{case.uuid}/note/{kind}/", f"note-{kind}")
        self.fill(text=text)
        self.send()


def another(browser: Browser) -> BrowserContext:
    """Of somebody at another computer."""
    context = browser.new_context(locale="sr-Cyrl-RS", viewport=WIDE)
    context.set_default_timeout(10_000)
    return context


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)
