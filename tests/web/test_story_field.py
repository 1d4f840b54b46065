"""Besa sets up her phone, prints the worklist, and decides on a form from the field that fits no child."""

import base64
import json
import re
import zlib
from datetime import date
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import check_page, picture
from tests.web.field_world import AT, JPEG, Field, Phone, sheet
from tests.web.test_story_ana import enter
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.children.models import Assessment, FieldCode, Submission
from zajedno.places.models import Device

pytestmark = pytest.mark.browser  # what stands on the page is what sets a phone up, and a list is printed
GO = "main .z-columns > div:first-child form button[type=submit]"
BECAME = ["", "", "refused"]  # of three sheets: two are with their child, one was put aside
ATTACK = "&lt;img src=x onerror=alert(1)&gt;"


@pytest.fixture
def field(world: World) -> Field:
    made = Field(world)
    made.consent(made.tied("Љиљана", "Krasniqi", date(2022, 2, 1)))
    return made


def look(page: Page, name: str, shown: bool) -> None:
    """No page of the desk has a name in its address or title."""
    page.wait_for_load_state()
    assert re.fullmatch(r"[\w:/.?=-]+", page.url, re.ASCII)
    assert not re.search("Ђорђе|Њежић|Љиљана|Ljiljana", page.title())
    if shown:
        check_page(page)
        picture(page, f"field-{name}")


def set_up(page: Page, site: str, shown: bool) -> Phone:
    """From the desk to a phone that logs in with what stands on the page."""
    page.click("main a[href='/work/field/']")
    look(page, "phones", shown)
    page.click(GO)
    expect(page.locator(".govuk-error-summary")).to_have_count(1)
    look(page, "phones-error", shown)
    page.fill("[name=label]", "Самсунг")
    page.click(GO)
    server, name, token = page.locator(".z-secret").all_inner_texts()
    look(page, "issued", shown)
    assert server == f"{site}{AT.rstrip('/')}"
    phone = Phone(Device.objects.get(name=name), token)
    assert phone.ask("GET", f"{AT}formList").status_code == 200
    assert "svg" in page.locator("img.z-qr").get_attribute("src")
    return phone


def put_on_the_list(page: Page, shown: bool) -> str:
    page.click("main a[href$='/add/']")
    look(page, "add", shown)
    page.fill("[name=text]", "jezic")
    page.click("main button[name=find]")
    assert page.locator("[name=children]").count() <= 1
    page.fill("[name=text]", "Ljiljana")
    page.click("main button[name=find]")
    look(page, "found", shown)
    page.check("[name=children]")
    page.click(GO)
    look(page, "worklist", shown)
    assert "Љиљана Krasniqi" in page.locator("main").inner_text()
    page.click("main a[href$='/print/']")
    look(page, "print", shown)
    text = page.locator("#worklist").inner_text()
    assert "Јасенова 7" in text
    found = re.search(r"\d{5} \d{2}", text)
    assert found
    return found[0]


def decide(page: Page, site: str, shown: bool) -> None:
    """One is given to a child, another put aside."""
    page.goto(f"{site}/work/")
    page.click("main a[href='/work/field/held/']")
    look(page, "held", shown)
    page.locator("#held a").last.click()  # the newest stands first; its answers do not fit
    look(page, "one", shown)
    expect(page.locator("main img")).to_have_count(0)  # what was written into an answer is text
    page.fill("[name=text]", "Ljiljana")
    page.click("main button[name=find]")
    page.check("[name=child]")
    look(page, "give", shown)
    page.click("main button[name=give]")
    page.wait_for_url("**/work/child/**")
    page.goto(f"{site}/work/field/held/")
    page.locator("#held a").first.click()
    look(page, "answers-do-not-fit", shown)
    page.check("[name=child]")  # the one that the code means
    page.click("main button[name=give]")
    expect(page.locator(".govuk-error-summary")).to_have_count(1)
    look(page, "not-given", shown)
    page.click("main a[href='aside/']")
    look(page, "aside", shown)
    page.fill("[name=reason]", "Проба")
    page.click("main .z-narrow form button[type=submit]")
    look(page, "nothing-waits", shown)
    page.click("main a[href='/work/field/held/?aside']")
    assert "Проба" in page.locator("#held").inner_text()
    look(page, "put-aside", shown)


def story(page: Page, site: str, field: Field, shown: bool) -> list[str]:
    """From setting up a phone to stopping it. Returns what became of each sheet, in the order they were sent."""
    enter(page, site, "besa")
    phone = set_up(page, site, shown)
    code = put_on_the_list(page, shown)
    assert phone.send(sheet(code)).status_code == 201
    assert phone.send(sheet("", note=ATTACK), ("a.jpg", "image/jpeg", JPEG)).status_code == 201
    assert phone.send(sheet(code, sleeps="maybe")).status_code == 201
    decide(page, site, shown)
    assert Assessment.objects.filter(child__given_name="Љиљана").count() == 2
    assert (
        AuditEntry.objects.filter(verb="children.print_worklist").count()
        == FieldCode.objects.filter(device=phone.device).count()
    )
    stop(page, site, phone, shown)
    return list(Submission.objects.order_by("pk").values_list("held", flat=True))


def stop(page: Page, site: str, phone: Phone, shown: bool) -> None:
    page.goto(f"{site}/work/field/{phone.device.uuid}/")
    page.click("main a[href$='/stop/']")
    look(page, "stop", shown)
    page.click("main .z-narrow form button[type=submit]")
    page.goto(f"{site}/work/field/{phone.device.uuid}/")
    look(page, "stopped", shown)
    assert phone.ask("GET", f"{AT}formList").status_code == 401


def test_at_a_desk_in_cyrillic(site: str, page: Page, field: Field) -> None:
    assert story(page, site, field, shown=True) == BECAME


def test_in_latin_without_script(site: str, quiet_page: Page, field: Field) -> None:
    quiet_page.goto(site)
    quiet_page.click("footer button[value=sr-latn]")
    assert story(quiet_page, site, field, shown=False) == BECAME


def test_on_a_telephone(site: str, narrow_page: Page, field: Field) -> None:
    assert story(narrow_page, site, field, shown=False) == BECAME
    check_page(narrow_page)


def test_the_picture_says_to_the_application_what_the_page_says_to_people(site: str, page: Page, field: Field) -> None:
    """Read back as a camera would: the modules of the code, drawn large."""
    enter(page, site, "besa")
    page.goto(f"{site}/work/field/")
    page.fill("[name=label]", "Самсунг")
    page.click(GO)
    server, name, token = page.locator(".z-secret").all_inner_texts()
    from zajedno.web.work import field_setup

    device = Device.objects.get(name=name)
    drawn = base64.b64decode(page.locator("img.z-qr").get_attribute("src").partition(",")[2])
    made = field_setup.settings_of(server, device.name or "", token)
    assert drawn == base64.b64decode(field_setup.picture_of(made).partition(",")[2])
    read = json.loads(zlib.decompress(base64.b64decode(field_setup.packed(made))))
    assert read["general"]["server_url"] == server
    assert (read["general"]["username"], read["general"]["password"]) == (name, token)
    assert {"general", "admin"} <= set(read)
    assert BytesIO(drawn).read(5) in (b"<?xml", b"<svg ")
