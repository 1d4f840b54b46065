"""In a real browser: Csaba writes and issues the annual report of the commission and corrects it; Eva reads SPIS."""

import io
import tomllib

import docx
import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.web.browser import PASSWORD, WIDE, check_page, log_in, picture
from tests.world import World
from zajedno.casework.models import OfficeReport
from zajedno.kernel import clock
from zajedno.programmes.actions.frame import load_frame

pytestmark = pytest.mark.browser
YEAR = clock.today().year
HERE = f"/panel/report/w-commission/year/{YEAR}/"


class Desk:
    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def enter(self, who: str, language: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto(self.site)
        self.page.context.add_cookies([{"name": "language", "value": language, "url": self.site}])
        log_in(self.page, self.site, f"{who}@demo.invalid", PASSWORD)
        self.page.wait_for_load_state()

    def go(self, path: str, name: str) -> None:
        self.page.goto(self.site + path)
        self.look(name)

    def look(self, name: str) -> None:
        check_page(self.page)
        picture(self.page, name)
        self.page.set_viewport_size(WIDE)

    def press(self, href: str, name: str) -> None:
        self.page.locator(f"main a[href*='{href}']").first.click()
        self.look(name)

    def send(self) -> None:
        self.page.locator("main form button[type=submit]").first.click()

    def file(self, href: str) -> bytes:
        with self.page.expect_download() as found:
            self.page.locator(f"main a[href$='{href}']").first.click()
        return found.value.path().read_bytes()


def test_a_commission_issues_its_report_and_eva_reads_a_framework(page: Page, site: str, world: World) -> None:
    load_frame(tomllib.loads((settings.PACKS_DIR / "ba/frames/spis.toml").read_text()), country="BA", by=None)
    desk = Desk(page, site)
    desk.enter("csaba", "sr")
    desk.go(HERE, "report")
    desk.press("words/", "report-words")
    page.fill("[name=introduction]", "Година у којој смо стигли до свих школа.")
    page.fill("[name=section_sittings]", "Седели смо сваког месеца.")
    desk.send()
    desk.press("issue/", "report-issue")
    desk.send()
    desk.look("report-issued")
    desk.press("issue/", "report-again")
    desk.send()
    expect(page.locator(".govuk-error-summary")).to_have_count(1)
    page.fill("[name=reason]", "Исправљен број седница.")
    desk.send()
    second = OfficeReport.objects.get(number=2)
    desk.press(f"issued/{second.uuid}/read/", "report-edition")
    paper = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(desk.file(f"{second.uuid}/"))).pages)
    word = "\n".join(one.text for one in docx.Document(io.BytesIO(desk.file("report.docx"))).paragraphs)
    for said in ("Година у којој смо стигли до свих школа.", "Исправљен број седница."):
        assert said in " ".join(paper.split())
        assert said in word
    desk.enter("eva", "sr-latn")
    desk.go("/monitor/frames/", "frames")
    desk.press("/frames/spis/", "frame")
    assert "26" in page.locator("#tree").inner_text()
    desk.enter("hana", "bs")
    desk.go(HERE, "report-of-member")
    assert not page.locator("main a[href*='issue/']").count()
