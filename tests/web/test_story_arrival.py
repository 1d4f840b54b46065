"""A municipality is invited in one sitting: one page, everything ready, taken back, invited again, and it comes."""

from io import BytesIO

import docx
import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.exchange.catalogue_world import load_events
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.web.manage_world import administered, client_of
from tests.world import World, load_forms
from zajedno.access.models import Account, Message
from zajedno.networks.models import Arrival
from zajedno.places.actions.load import load_kinds
from zajedno.places.models import Territory

HOME = "/manage/municipalities/"


def prepared() -> World:
    world = administered()
    load_forms("self-evaluation-network", "collaboration", "satisfaction-parents")
    load_events()
    load_kinds(settings.PACKS_DIR / "common" / "organisation_kinds.toml")
    return world


def look(page: Page, name: str) -> None:
    check_page(page)
    picture(page, f"arrival-{name}")


def letter() -> str:
    return str(Message.objects.filter(key__startswith="invitation-").latest("pk").body).strip().rpartition("\n")[2]


def fill(page: Page) -> None:
    page.select_option("[name=territory]", label="Тутин (RS)")
    page.fill("[name=name]", "Нова Особа")
    page.fill("[name=email]", "nova@demo.invalid")
    page.click("main form button[type=submit]")


@pytest.mark.browser  # axe looks at each page, and the letter's link is followed there
def test_a_municipality_is_invited_in_one_sitting(site: str, page: Page, transactional_db: None) -> None:
    prepared()
    log_in(page, site, "admin@demo.invalid", PASSWORD)
    page.wait_for_url("**/manage/")
    page.goto(site + HOME)
    look(page, "none")
    page.click(f"main a[href='{HOME}invite/']")
    look(page, "form")
    page.click("main form button[type=submit]")
    look(page, "refused")
    fill(page)
    page.wait_for_url(f"**{HOME}*-*/")
    look(page, "ready")
    first, link = Arrival.objects.get(), letter()
    assert len(first.posts) == len(first.made) == 2
    page.click("main form[action='take-back/'] button")
    look(page, "taken-back")
    page.goto(link)
    expect(page.locator("input[type=password]")).to_have_count(0)
    page.goto(f"{site}{HOME}invite/")
    fill(page)
    page.wait_for_url(f"**{HOME}*-*/")
    summary = page.url
    page.context.clear_cookies()
    page.goto(letter())
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    assert Account.objects.get(email="nova@demo.invalid").has_usable_password()
    page.context.clear_cookies()
    log_in(page, site, "admin@demo.invalid", PASSWORD)
    page.wait_for_url("**/manage/")
    page.goto(summary)
    look(page, "came")
    expect(page.locator("form[action='take-back/']")).to_have_count(0)
    page.goto(site + HOME)
    look(page, "list")


@pytest.mark.django_db
def test_the_protocol_names_the_bodies_and_says_that_it_is_a_template() -> None:
    world = prepared()
    client = client_of(world, "admin")
    known = {
        "territory": Territory.objects.get(code="71188").pk, "kinds": ["municipality", "inclusion_commission"],
        "forms": ["collaboration"], "name": "Н", "email": "n@x.rs", "language": "bs",
    }  # fmt: skip
    answer = client.post(f"{HOME}invite/", known)
    assert answer.status_code == 302
    address = answer["Location"]
    word, paper = (client.get(f"{address}protocol.{ending}") for ending in ("docx", "pdf"))
    assert word.content[:2] == b"PK"
    assert paper.content[:5] == b"%PDF-"
    assert client.get(f"{address}protocol.txt").status_code == 404
    assert "no-store" in word.headers["Cache-Control"]
    text = "\n".join(one.text for one in docx.Document(BytesIO(word.content)).paragraphs)
    assert "Komisija za socijalnu zaštitu i inkluziju, Tutin" in text
    assert "Nije tekst propisa" in text


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["mira", "ana", "dino"])
def test_nobody_else_opens_the_page(who: str) -> None:
    client = client_of(administered(), who)
    assert {client.get(f"{HOME}{tail}").status_code for tail in ("", "invite/")} == {403}
