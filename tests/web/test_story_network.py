"""Csaba, Ana and a network in a real browser: a round is opened, answered in Cyrillic, closed, and agreed on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.networks.world import SELF, TIES, Network
from tests.web.browser import NARROW, PASSWORD, check_page, log_in, picture
from tests.world import World
from zajedno.networks.models import Consensus, Round, RoundSheet

pytestmark = pytest.mark.browser  # a sheet opens questions by script, and must do without
GO = "main form:not(.z-filters) button.govuk-button[type=submit]"
LEVELS = {"anchoring": "2", "coordination": "1", "budget": "0"}
MEANS = {"2,33", "1,67"}  # with 3 and 2 of the others: of `anchoring`, and of `budget`


@pytest.fixture
def network(world: World) -> Network:
    made = Network(world)
    for account in made.world.accounts.values():
        account.set_password(PASSWORD)
        account.save()
    return made


class Desk:
    """A browser at the desk, used by one person after another."""

    def __init__(self, page: Page, site: str, language: str, *, scripted: bool) -> None:
        self.page, self.site, self.language, self.scripted = page, site, language, scripted

    def enter(self, who: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto(self.site)
        self.page.context.add_cookies([{"name": "language", "value": self.language, "url": self.site}])
        log_in(self.page, self.site, f"{who}@demo.invalid", PASSWORD)
        self.page.wait_for_url(re.compile(r"/(work|panel|network)/$"))
        self.go("/network/")

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)
        self.look(path)

    def look(self, name: str) -> None:
        assert self.page.locator("html").get_attribute("lang") == {"sr": "sr-Cyrl", "sr-latn": "sr-Latn"}[self.language]
        if self.scripted:
            check_page(self.page)
        short = "-".join(part for part in name.split("?")[0].split("/") if part and len(part) < 30)
        picture(self.page, f"{short}-{self.language}")

    def send(self, button: str = GO) -> None:
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        assert not self.page.locator(".govuk-error-summary").count(), self.page.locator("main").inner_text()

    def send_wrong(self) -> None:
        """What is missing is said, and the form comes back."""
        self.page.locator(GO).first.click()
        expect(self.page.locator(".govuk-error-summary")).to_have_count(1)
        self.look("/network/wrong")

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()


def open_round(desk: Desk) -> Round:
    """Csaba chooses the form, sets the days, finds people by name and by institution, and invites them."""
    desk.enter("csaba")
    desk.page.click("main a[href='/network/rounds/new/']")
    desk.look("/network/new")
    desk.page.locator(f"[name=form][value$=' {SELF}']").check()
    desk.page.fill("[name=title]", "Самовредновање, јесен")
    for part, value in zip(("day", "month", "year"), ("1", "6", "2099"), strict=True):
        desk.page.fill(f"[name=closes_on_{part}]", value)
    desk.send()
    desk.look("/network/invite")
    desk.page.get_by_label("Ана Вуковић").or_(desk.page.get_by_label("Ana Vuković")).check()
    desk.send()
    for words in ("palic", "социјални суботица"):
        desk.page.goto(f"{desk.page.url}people/")
        desk.page.fill("[name=q]", words)
        desk.page.click(".z-filters button")
        desk.page.locator("[name=posts]").first.check()
        desk.send()
    row = Round.objects.get()
    assert row.respondents.count() == 3
    desk.look("/network/round")
    return row


def answer(desk: Desk, row: Round) -> None:
    """Ana answers, leaves in the middle, comes back, reads what she wrote and sends it."""
    desk.enter("ana")
    desk.page.click(f"main a[href='/network/rounds/{row.uuid}/']")
    desk.look("/network/round-asked")
    desk.send()
    desk.look("/network/sheet")
    desk.page.click("main a[href$='/2/']")
    for name, level in LEVELS.items():
        desk.page.locator(f"[name$='_{name}'][value='{level}']").check()
        if not desk.scripted:
            desk.send()  # what the answer brings up comes with the page
        desk.page.fill(f"[name$='{name}_evidence']", f"Одлука о {name}")
        desk.send("button[name=later]" if name == "budget" else GO)
    desk.page.click("main form button[type=submit]")  # she comes back to the round and goes on
    desk.look("/network/sheet-begun")
    desk.page.click("main a[href$='/check/']")
    desk.look("/network/sheet-check")
    assert "Одлука о anchoring" in desk.text
    desk.send()
    assert RoundSheet.objects.get().answers["about_coordination"]["coordination"] == "1"
    desk.page.click("main a[href$='/sent/']")
    desk.look("/network/sent")


def settle(desk: Desk, network: Network, row: Round) -> None:
    """Two more have answered; Csaba closes the round and writes down what the meeting agreed on."""
    for who, level in (("doctor", "3"), ("worker", "2")):
        network.answer(row, who, **dict.fromkeys(LEVELS, level))
    desk.enter("csaba")
    desk.go(f"/network/rounds/{row.uuid}/time/")
    desk.go(f"/network/rounds/{row.uuid}/close/")
    desk.send()
    desk.look("/network/results")
    desk.page.click("main a[href$='/settle/budget/']")
    desk.look("/network/settle")
    desk.page.locator("[name=value][value='1']").check()
    desk.send_wrong()
    desk.page.fill("[name=evidence]", "Буџетска линија за 2027.")
    desk.send()
    assert Consensus.objects.get().value == "1"
    assert "Буџетска линија за 2027." in desk.text
    desk.look("/network/results-agreed")
    desk.go("/network/")


def whole_way(desk: Desk, network: Network) -> set[str]:
    """From opening a round to its results; the means that Ana reads there."""
    row = open_round(desk)
    answer(desk, row)
    settle(desk, network, row)
    desk.enter("ana")
    desk.page.click(f"main a[href='/network/results/{row.uuid}/']")
    return set(re.findall(r"\d,\d\d", desk.text))


def test_a_network_evaluates_itself(site: str, network: Network, page: Page) -> None:
    assert whole_way(Desk(page, site, "sr", scripted=True), network) >= MEANS


def test_the_same_in_latin_without_script(site: str, network: Network, quiet_page: Page) -> None:
    assert whole_way(Desk(quiet_page, site, "sr-latn", scripted=False), network) >= MEANS


def test_who_works_with_whom_on_a_narrow_screen(site: str, network: Network, page: Page) -> None:
    row = network.open(TIES, "ana", "doctor", "worker")
    desk = Desk(page, site, "sr", scripted=True)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    for who in ("ana", "doctor", "worker"):
        desk.enter(who)
        desk.go(f"/network/rounds/{row.uuid}/")
        desk.send()
        desk.page.click("main a[href$='/2/']")
        for turn in (1, 2):
            desk.page.locator(f"[name$='partners-{turn}_intensity'][value='{turn + 2}']").check()
        desk.look(f"/network/partners-{who}")
        desk.send("main .govuk-button-group button")
        desk.send()
    network.close(row)
    desk.go(f"/network/results/{row.uuid}/")
    assert "Дом здравља Палић" in desk.text
