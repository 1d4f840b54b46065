"""A program and its token in a real browser: Mira makes one, it is shown once, it opens its door, she takes it back."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests.web.desk import Desk, in_days
from tests.web.manage_world import add_administrators
from tests.world import World
from zajedno.access.actions import token as tokens
from zajedno.access.models import Token
from zajedno.kernel import clock

pytestmark = pytest.mark.browser
HOME = "/manage/programs/"
REGISTER, OLD = "Регистар општине Суботица", "Стари програм"


@pytest.fixture
def desk(world: World, page: Page, site: str) -> Desk:
    add_administrators(world)
    names = [one.name for one in (*world.organisations.values(), *world.accounts.values())]
    return Desk(page, site, "sr", "programs", *names, "Authorization: Bearer")


def test_a_token_is_made_used_and_taken_back(desk: Desk, world: World) -> None:
    word = made(desk)
    assert [opens(desk, word, what) for what in ("services", "audit")] == [200, 403]
    expired(world)
    taken_back(desk, word)
    assert opens(desk, word, "services") == 401
    desk.come("ana")
    assert desk.status(HOME) == 403


def opens(desk: Desk, word: str, what: str) -> int:
    """What the program is answered."""
    path = f"{desk.site}/api/1/own/{what}"
    return desk.page.request.get(path, headers={"Authorization": f"Bearer {word}"}).status


def made(desk: Desk) -> str:
    """Nothing may be forgotten; what was written stays; the word stands there once."""
    desk.come("mira")
    desk.go(HOME, "none")
    desk.fill(label=REGISTER, expires_on=in_days(900))
    desk.send_wrong("nothing-chosen")
    assert desk.page.input_value("[name=label]") == REGISTER
    desk.page.check("[name=scopes][value='services:read']")
    assert desk.word("Choose a day that lies ahead, within a year.") in desk.send_wrong("too-long")
    assert desk.page.is_checked("[name=scopes][value='services:read']")
    desk.fill(expires_on=in_days(90))
    desk.send()
    desk.look("made")
    word = desk.page.locator(".z-secret").inner_text()
    assert Token.objects.get().label == REGISTER
    return word


def expired(world: World) -> None:
    """Made half a year ago, for a month."""
    then = clock.today() - timedelta(days=180)
    with clock.on(then):
        tokens.issue(by=world.actor("mira", then), organisation=world.organisations["school"].pk, label=OLD,
                     scopes=["audit:read", "services:write"], expires_on=then + timedelta(days=30))  # fmt: skip


def taken_back(desk: Desk, word: str) -> None:
    desk.page.click(f"main a[href='{HOME}']")
    desk.look("list")
    assert word not in desk.page.content()
    desk.page.click(f"main th a >> text={REGISTER}")
    desk.look("one")
    assert word not in desk.page.content()
    desk.send()
    desk.look("taken-back")
    assert [one.revoked_on is None for one in Token.objects.order_by("label")] == [False, True]
