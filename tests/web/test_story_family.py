"""Filip, a father in Subotica, comes in with the code of a letter and follows the procedure of his child: in a real
browser, each page looked at, also at 320 px, in three languages and scripts; the main way without a script."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import FilePayload, Page

from tests.casework.family_world import FILIP, PASSWORD, Family
from tests.web.browser import check_page, picture
from tests.world import World
from zajedno.casework.actions.note import write_note
from zajedno.casework.actions.reading import open_file
from zajedno.casework.models import Case
from zajedno.children.models import Consent, FamilyRequest

pytestmark = pytest.mark.browser
FINDING: FilePayload = {"name": "nalaz.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
WORDS = {
    "sr": ("Враћено на допуну", "Координатор комисије"),
    "sr-latn": ("Vraćeno na dopunu", "Koordinator komisije"),
    "bs": ("Vraćeno na dopunu", "Koordinator komisije"),
}


class Filip:
    def __init__(self, page: Page, site: str, language: str, checked: bool = True) -> None:
        self.page, self.site, self.language, self.checked = page, site, language, checked
        page.goto(site)
        page.context.add_cookies([{"name": "language", "value": language, "url": site}])

    def go(self, path: str, name: str) -> None:
        self.page.goto(f"{self.site}{path}")
        self.look(name)

    def look(self, name: str) -> None:
        self.page.wait_for_load_state()
        assert re.fullmatch(r"[\w:/.?=&#-]+", self.page.url, re.ASCII)
        assert "Њежић" not in self.page.title()
        if self.checked:
            check_page(self.page)
        picture(self.page, f"family-{self.language}-{name}")

    def send(self, name: str) -> None:
        self.page.click("main form:not([enctype]) button[type=submit]")
        self.look(name)

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def comes_in(self, code: str) -> None:
        self.go("/family/enter/", "enter")
        self.page.fill("[name=code]", "ABCD-EFGH-2345")
        self.account()
        self.send("enter-wrong")
        self.page.fill("[name=code]", code.lower())
        self.account()
        self.send("log-in")
        self.page.fill("[name=login]", FILIP)
        self.page.fill("[name=password]", PASSWORD)
        self.send("home")
        assert self.page.url == f"{self.site}/family/"

    def account(self) -> None:
        self.page.fill("[name=email]", FILIP)
        for name in ("password", "again"):
            self.page.fill(f"[name={name}]", PASSWORD)


@pytest.fixture
def family(world: World) -> Family:
    cache.clear()
    return Family(world)


@pytest.fixture
def case(family: Family) -> Case:
    case = family.begin()
    family.moved(case, "submit")
    family.moved(case, "register", "csaba", registry_number="auto")
    family.moved(case, "return_for_completion", "csaba", reason="Недостаје налаз.")
    return case


def follow(family: Family, case: Case, filip: Filip) -> str:
    """From the letter to what he takes back; the step in which the procedure is then."""
    at, own = f"/family/case/{case.uuid}/", f"/family/child/{family.child.uuid}/"
    filip.comes_in(family.letter())
    filip.page.click("main table a")
    filip.look("case")
    for said in WORDS[filip.language]:
        assert said in filip.text()
    filip.go(f"{at}papers/", "papers")
    filip.page.select_option("[name=kind]", "medical")
    filip.page.set_input_files("[name=file]", FINDING)
    filip.page.click("main form[enctype] button[type=submit]")
    filip.look("papers-handed-in")
    filip.go(f"{at}papers/view/", "view")
    filip.page.fill("[name=text]", "Воли музику.")
    filip.send("view-kept")
    filip.go(at, "case-again")
    filip.page.click(f"main a[href='{at}move/send_completion/']")
    filip.look("move")
    filip.send("moved")
    accepted(family, case)
    filip.go(f"{at}consent/", "consent")
    filip.page.check("[name=agree]")
    filip.send("consented")
    filip.go(f"{at}move/record_consent/", "record")
    filip.send("recorded")
    filip.go(f"{at}history/", "history")
    filip.go(f"{own}looked/", "looked")
    assert "Csaba Nagy" in filip.text()
    filip.go(f"{own}ask/copy/", "ask")
    filip.send("asked")
    filip.go(f"{own}consents/", "consents")
    filip.page.click("main table a")
    filip.look("take-back")
    filip.page.check("[name=sure]")
    filip.send("taken-back")
    assert Consent.objects.get().withdrawn_on
    assert FamilyRequest.objects.get().kind == "copy"
    case.refresh_from_db()
    return case.step


def accepted(family: Family, case: Case) -> None:
    """Csaba reads what Filip sent, and tells him what consent means."""
    with family.as_("csaba"):
        by = family.world.actor("csaba")
        write_note(
            by=by, file=open_file(by=by, uuid=case.uuid), kind="informed", text="Разговор.", happened_on=by.today
        )
    family.moved(case, "accept_as_complete", "csaba")


@pytest.mark.parametrize("language", WORDS)
def test_filip(site: str, family: Family, case: Case, page: Page, language: str) -> None:
    assert follow(family, case, Filip(page, site, language)) == "consent_refused"


def test_filip_without_script(site: str, family: Family, case: Case, quiet_page: Page) -> None:
    assert follow(family, case, Filip(quiet_page, site, "sr", checked=False)) == "consent_refused"


def test_leaving_quickly(site: str, family: Family, page: Page) -> None:
    """The page that was left is not the one before: the way back does not lead to it."""
    page.goto(f"{site}/places/")
    page.goto(f"{site}/family/safety/")
    check_page(page)
    picture(page, "family-safety")
    page.click("a[data-quick-exit]")
    page.wait_for_url("**/exchange/events/")
    page.go_back()
    assert page.url == f"{site}/places/"


def test_leaving_quickly_without_script(site: str, family: Family, quiet_page: Page) -> None:
    quiet_page.goto(f"{site}/help/")
    quiet_page.click("a[data-quick-exit]")
    assert quiet_page.url == f"{site}/exchange/events/"


def test_where_to_begin(site: str, family: Family, page: Page, quiet_page: Page) -> None:
    place = family.world.organisations["school"].territory
    type(place).objects.filter(pk=place.pk).update(is_unit=True)
    for one, checked in ((page, True), (quiet_page, False)):
        guide = Filip(one, site, "sr", checked)
        guide.go("/begin/child/", "guide")
        one.select_option("[name=place]", place.code)
        one.select_option("[name=age]", "6-14")
        guide.send("guide-told")
        assert "ОШ „Пример”" in guide.text()
