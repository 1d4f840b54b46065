"""Csaba brings in the messy workbook his commission keeps, Ana the list of her class: in a real browser, each from the
file to what became of it, and back."""

import re
from dataclasses import dataclass
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Page

from tests.messy import TODAY, messy_workbook, requests
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.web.registers_world import work
from tests.world import World
from zajedno.casework.models import Case, CaseBatch
from zajedno.children.models import Child, ChildBatch, Tie
from zajedno.kernel.clock import today

ERRORS = ".govuk-error-summary"
CLASS = """Списак ученика, одељење 2/1
р.бр.;Презиме и име;Датум рођења;ЈМБГ;Мајка;Адреса;Одељење;Напомена
1;Ђурић Ана;27.2.2018.;;Мара;Школска 1;2/1;
2;Gashi Besa;1.3.2018;;Drita;Lipa 2;2/1;воли да црта
3;Њежић Ђорђе;4.5.2018.;;Љиљана;Улица 1;2/1;
4;Szűcs Zsófia;;;Ilona;Fő utca 3;2/1;
5;Његован Љубица;31.4.2018.;;;;2/1;
"""
pytestmark = pytest.mark.browser  # the page asks by script whether the background job is done


@pytest.fixture(autouse=True)
def day_of_the_registers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZAJEDNO_TODAY", str(TODAY))  # for the site's threads, too


@dataclass
class Desk:
    """A browser at a desk; `checked`: each page is looked at."""

    page: Page
    site: str
    name: str
    checked: bool

    def enter(self, who: str, language: str, section: str) -> None:
        self.page.goto(self.site)
        self.page.context.add_cookies([{"name": "language", "value": language, "url": self.site}])
        log_in(self.page, self.site, f"{who}@demo.invalid", PASSWORD)
        self.page.click(f"main a[href='{section}']")
        self.look("list-empty")

    def look(self, name: str) -> None:
        self.page.wait_for_load_state()
        assert re.fullmatch(r"[\w:/.?=-]+", self.page.url, re.ASCII)
        assert not re.search("Ђорђе|Ђурић|2-1|Регистар 2026", self.page.title())
        if self.checked:
            check_page(self.page)
        picture(self.page, f"{self.name}-{name}")

    def send(self, form: str, name: str, *, wrong: bool = False) -> None:
        self.page.locator(f"{form} button[type=submit]").first.click()
        self.page.wait_for_load_state()
        assert bool(self.page.locator(ERRORS).count()) == wrong, self.page.locator("main").inner_text()
        self.look(name)


def read(desk: Desk, file: FilePayload) -> None:
    """The file is sent, its columns are matched, its rows checked."""
    page = desk.page
    desk.send("main form[enctype]", "list-nothing-sent", wrong=True)
    page.set_input_files("[name=file]", {"name": "Ђорђе.docx", "mimeType": "", "buffer": b"\x00"})
    desk.send("main form[enctype]", "list-wrong-file", wrong=True)
    page.set_input_files("[name=file]", file)
    desk.send("main form[enctype]", "columns")
    before = page.input_value("[name=address]")
    page.select_option("[name=address]", page.input_value("[name=parent]"))
    desk.send("form[action$='columns/']", "columns-wrong", wrong=True)
    assert page.input_value("[name=address]") == page.input_value("[name=parent]")
    page.select_option("[name=address]", before)
    desk.send("form[action$='columns/']", "rows")
    page.click("main a[href='?verdict=refused']")
    desk.look("rows-refused")


def enter(desk: Desk) -> None:
    """Handed to the background job; the page sees by itself that it is done."""
    desk.send("form[action$='enter/']", "progress")
    assert "z-work" in desk.page.content()
    work()
    desk.page.wait_for_selector("main a[href$='/undo/']", timeout=20_000)
    desk.look("result")


def decide(desk: Desk, answer: str) -> None:
    """The one row that waits, reached by the banner."""
    desk.page.click("main .govuk-notification-banner a")
    desk.page.click("main table a[href*='/row/']")
    desk.look("row")
    desk.send("main form", "row-nothing-said", wrong=True)
    desk.page.check(f"[name=answer][value={answer}]")
    desk.send("main form", "decided")
    assert not desk.page.locator("main table a[href*='/row/']").count()


def take_errors(desk: Desk) -> list[int]:
    """Numbers of the rows in the workbook of those that are not taken."""
    with desk.page.expect_download() as download:
        desk.page.click("main a[href$='errors.xlsx']")
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).active
    return [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]


def take_back(desk: Desk) -> None:
    desk.page.click("main a[href$='/undo/']")
    desk.look("undo")
    desk.send("main form", "undone")


def csaba(desk: Desk, world: World, language: str) -> None:
    """From the file to what became of it, and back."""
    rows = requests(40)
    person = rows[7].person
    world.child(person.given, person.family, person.born)
    content = messy_workbook(rows)
    desk.enter("csaba", language, "/panel/register/")
    read(desk, {"name": "Регистар 2026.xlsx", "mimeType": "", "buffer": content})
    enter(desk)
    batch = CaseBatch.objects.get()
    entered, refused = batch.counts["created"], batch.rows.filter(verdict="refused")
    assert entered == Case.objects.count() > 20
    assert batch.counts["possible_duplicate"] == 1
    assert take_errors(desk) == list(refused.order_by("number").values_list("number", flat=True))
    decide(desk, "same")
    assert Case.objects.count() == entered + 1
    Case.objects.update(moves_made=2)
    desk.page.click("main a[href$='/undo/']")
    desk.send("main form", "undo-refused", wrong=True)
    Case.objects.update(moves_made=1)
    desk.send("main form", "undone")
    desk.page.goto(f"{desk.site}/panel/register/")
    desk.look("list")


def ana(desk: Desk, world: World, language: str) -> Child:
    """The same with her class; returns the child whom she knew before."""
    child = world.child("Ђорђе", "Њежић", TODAY.replace(year=2018, month=5, day=4), address="Улица 1")
    assert today() == TODAY
    desk.enter("ana", language, "/work/register/")
    read(desk, {"name": "2-1.csv", "mimeType": "text/csv", "buffer": CLASS.encode("utf-8")})
    enter(desk)
    assert ChildBatch.objects.get().counts == {
        "read": 5, "created": 2, "unchanged": 0, "possible_duplicate": 1, "refused": 2,
    }  # fmt: skip
    assert take_errors(desk) == [6, 7]
    decide(desk, "same")
    assert Child.objects.count() == 4
    desk.page.click("main table a[href^='/work/child/']")
    desk.page.go_back()
    take_back(desk)
    desk.page.goto(f"{desk.site}/work/")
    desk.look("my-work")
    return child


def test_csaba_and_the_register_of_his_commission(site: str, world: World, page: Page) -> None:
    csaba(Desk(page, site, "requests", checked=True), world, "sr")
    assert not Case.objects.exists()


def test_csaba_in_latin_without_script(site: str, world: World, quiet_page: Page) -> None:
    csaba(Desk(quiet_page, site, "requests-quiet", checked=False), world, "sr-latn")
    assert not Case.objects.exists()


def test_ana_and_her_class(site: str, world: World, page: Page) -> None:
    child = ana(Desk(page, site, "children", checked=True), world, "sr")
    assert list(Child.objects.all()) == [child]
    assert Tie.objects.count() == 1


def test_ana_in_latin_without_script(site: str, world: World, quiet_page: Page) -> None:
    child = ana(Desk(quiet_page, site, "children-quiet", checked=False), world, "sr-latn")
    assert list(Child.objects.all()) == [child]
    assert Tie.objects.count() == 1
