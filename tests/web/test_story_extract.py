"""An extract in a real browser: one administrator asks, another agrees, the researcher takes it with a second step."""

import io
import json
import time
import zipfile
from datetime import date
from typing import Any

import pyarrow.parquet as parquet
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.indicators.extracts import TODAY, Extracts
from tests.web.browser import PASSWORD
from tests.web.desk import Desk
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.indicators.actions.extract_make import make
from zajedno.indicators.models import Extract
from zajedno.kernel import clock

pytestmark = pytest.mark.browser
HOME, MINE = "/manage/extracts/", "/manage/extracts/mine/"
WHY, WHERE = "Колико се чека на мишљење.", "Измишљени институт"
PAPER = {"name": "ugovor.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 potpisano"}


@pytest.fixture
def desk(world: World, page: Page, site: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("ZAJEDNO_TODAY", str(TODAY))  # for the site's threads, too
    Extracts(world)
    names = [one.name for one in (*world.organisations.values(), *world.accounts.values())]
    return Desk(page, site, "sr", "extract", *names)


def test_an_extract_is_asked_for_agreed_to_taken_and_taken_back(desk: Desk, settings: Any) -> None:
    row = asked(desk)
    refused(desk)
    agreed(desk, row)
    settings.REQUIRE_SECOND_FACTOR = True  # as on a server
    taken(desk)
    settings.REQUIRE_SECOND_FACTOR = False
    taken_back(desk, row)
    assert Extract.objects.get() == row


def asked(desk: Desk) -> Extract:
    """What is missing is said, what was written stays, and who asked does not agree to it."""
    desk.come("admin")
    desk.go(HOME, "none")
    desk.page.click(f"main a[href='{HOME}new/']")
    desk.send_wrong("ask-empty")
    desk.fill(purpose=WHY, researcher="nobody@demo.invalid", institution=WHERE, number="7/2026",
              since=date(2026, 1, 1), until=date(2026, 12, 31), year_from=2024, year_until=2026,
              expires_on=date(2026, 10, 15))  # fmt: skip
    for column in ("sex", "age", "school", "cases"):
        desk.page.check(f"[name=columns][value={column}]")
    desk.page.set_input_files("[name=file]", PAPER)
    desk.send_wrong("ask-nobody")
    assert desk.page.input_value("[name=purpose]") == WHY
    assert desk.page.is_checked("[name=columns][value=school]")
    desk.fill(researcher="vera@demo.invalid")
    desk.page.set_input_files("[name=file]", PAPER)
    desk.send()
    desk.look("asked")
    assert not desk.page.locator("form[action='approve/']").count()
    return Extract.objects.get()


def refused(desk: Desk) -> None:
    desk.come("eva")
    assert desk.status(HOME) == 403
    desk.look("refused")


def agreed(desk: Desk, row: Extract) -> None:
    """The second person reads the agreement first."""
    desk.come("second")
    desk.page.goto(desk.site + HOME)
    desk.page.click(f"main a[href='{HOME}{row.uuid}/']")
    with desk.page.expect_download() as paper:
        desk.page.click("main a[href$='agreement/']")
    assert paper.value.path().read_bytes() == PAPER["buffer"]
    desk.send("form[action='approve/'] button")
    desk.look("approved")
    with clock.on(TODAY):
        make(uuid=str(row.uuid))
    desk.go(f"{HOME}{row.uuid}/", "made")


def taken(desk: Desk) -> None:
    """From the researcher's account; a file comes after the second step is set up, and not before."""
    page = desk.page
    desk.come("vera")
    desk.look("account")
    page.click(f"main a[href='{MINE}']")
    desk.look("mine")
    desk.send("main form button")
    page.click("main a[href$='/on/']")
    page.wait_for_load_state()
    if page.locator("[name=password]").count():  # who set this up is asked who they are
        page.fill("[name=password]", PASSWORD)
        desk.send("main form button")
    page.fill("[name=code]", _code(page.locator(".z-secret").inner_text()))
    desk.send("main form button")
    page.goto(desk.site + MINE)
    with page.expect_download() as taken:
        page.click("main form button")
    with zipfile.ZipFile(io.BytesIO(taken.value.path().read_bytes())) as archive:
        table = parquet.read_table(io.BytesIO(archive.read("data.parquet"))).to_pydict()
        told = json.loads(archive.read("dictionary.json"))
    assert (len(table["child"]), told["about"]["agreement"]) == (11, "7/2026")
    assert AuditEntry.objects.filter(verb="indicators.download_extract").count() == 1


def _code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def taken_back(desk: Desk, row: Extract) -> None:
    desk.come("admin")
    desk.page.goto(f"{desk.site}{HOME}{row.uuid}/")
    desk.send("form[action='revoke/'] button")
    desk.look("taken-back")
    row.refresh_from_db()
    assert row.revoked_on is not None
    desk.go(HOME, "list")
    desk.come("vera")
    assert desk.status(MINE) == 200  # without a code: she is asked for it
    expect(desk.page.locator("[name=code]")).to_have_count(1)
