"""FHIR in a real browser: Ana hands a file out, Filip reads of it; Besa takes one referral in and turns one down."""

import json
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.casework.family_world import FILIP, Family
from tests.casework.test_arrival import load_referral, sent_today
from tests.places import factories as places
from tests.web.browser import PASSWORD
from tests.web.desk import Desk
from tests.world import World
from zajedno.access.actions import token as tokens
from zajedno.access.models import Account
from zajedno.casework.models import Case, Handout
from zajedno.children.models import Child
from zajedno.kernel import clock

pytestmark = pytest.mark.browser
AT, WHY = "/api/1/fhir/", "Тренутно немамо логопеда."


@pytest.fixture
def desk(world: World, page: Page, site: str) -> Desk:
    names = [one.name for one in (*world.organisations.values(), *world.accounts.values())]
    return Desk(page, site, "sr", "fhir", *names, "Филип Њежић")


def test_a_child_is_handed_out_and_referrals_come_in(desk: Desk, world: World) -> None:
    family = Family(world)
    family.comes_in()
    handed_out(desk, family, family.begin())
    filip(desk)
    load_referral()
    program = Program(desk, world)
    taken_in(desk, program)
    turned_down(desk, program)
    assert Handout.objects.count() == 1  # what came in sent nothing out


def handed_out(desk: Desk, family: Family, case: Case) -> None:
    """Nothing goes without a consent; with one, a file that says what the consent opens."""
    desk.come("ana")
    page = f"/work/case/{case.uuid}/fhir/"
    desk.go(page, "nothing")
    desk.page.click("main a[href$='/consent/']")
    desk.page.wait_for_load_state()
    desk.fill(answer="given", giver=str(family.father.uuid), recipient="Дом здравља Суботица")
    desk.send()
    desk.page.click(f"main a[href='{page}']")
    desk.send_wrong("nobody-chosen")
    desk.page.check("[name=receiver][value=w-health]")
    with desk.page.expect_download() as taken:
        desk.page.locator("main form button[type=submit]").first.click()
    made = json.loads(taken.value.path().read_text())
    assert (made["resourceType"], Handout.objects.count()) == ("Bundle", 1)
    assert taken.value.suggested_filename == "fhir.json"
    desk.go(page, "handed-out")


def filip(desk: Desk) -> None:
    account = Account.objects.get(email=FILIP)
    account.set_password(PASSWORD)
    account.save()
    desk.come("filip")
    desk.page.click("main a[href$='/looked/']")
    desk.page.wait_for_load_state()
    assert desk.word("Handed data out to the system of another institution") in desk.text


class Program:
    """The head of the school made it a token; it speaks to the site over HTTP."""

    def __init__(self, desk: Desk, world: World) -> None:
        school, self.desk = world.organisations["school"], desk
        head = places.post(account=world.accounts["ana"], organisation=school, role_id="institution-head")
        day = clock.today() + timedelta(days=30)
        _row, word = tokens.issue(by=world.actor("ana"), organisation=school.pk, label="Програм школе",
                                  scopes=["referrals:send"], expires_on=day)  # fmt: skip
        head.delete()
        self.headers = {"Authorization": f"Bearer {word}", "Content-Type": "application/fhir+json"}

    def send(self, content: dict[str, Any]) -> dict[str, Any]:
        at = f"{self.desk.site}{AT}ServiceRequest"
        answer = self.desk.page.request.post(at, headers=self.headers, data=json.dumps(content))
        assert answer.status == 201, answer.text()
        task: dict[str, Any] = answer.json()
        return task

    def read(self, task: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = self.desk.page.request.get(
            f"{self.desk.site}{AT}Task/{task['id']}", headers=self.headers
        ).json()
        return answer


def taken_in(desk: Desk, program: Program) -> None:
    """Besa looks for the child first, takes the referral in for a new one, and accepts the case."""
    task = program.send(sent_today(number="R-1", given="Ђорђе"))
    desk.come("besa")
    desk.page.goto(f"{desk.site}/work/")
    desk.page.click("main a[href='/work/arrivals/']")
    desk.look("arrivals")
    desk.page.click("main th a")
    desk.page.wait_for_load_state()
    desk.send("button[name=find]")  # the name stands there already
    desk.send_wrong("whose", "button[name=take]")
    desk.page.check("[name=child][value=new]")
    desk.send_wrong("alike", "button[name=take]")
    assert desk.page.is_checked("[name=child][value=new]")
    desk.send("button[name=take]")
    desk.page.click("main a[href$='/move/accept/']")
    desk.page.wait_for_load_state()
    desk.send()
    assert (Child.objects.count(), program.read(task)["status"]) == (2, "accepted")


def turned_down(desk: Desk, program: Program) -> None:
    task = program.send(sent_today(number="R-2", given="Мила"))
    desk.page.goto(f"{desk.site}/work/arrivals/")
    desk.page.click("main th a")
    desk.page.click("main a[href$='/down/']")
    desk.send_wrong("no-reason")
    desk.fill(reason=WHY)
    desk.send()
    desk.look("turned-down")
    answer = program.read(task)
    assert (answer["status"], answer["statusReason"]["text"]) == ("rejected", WHY)
