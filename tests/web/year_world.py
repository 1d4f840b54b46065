"""Two towns in which a coordinator spends a year: Subotica in Serbia, Jajce in Bosnia and Herzegovina. All invented."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.networks.world import SELF, Network
from tests.places import factories as places
from tests.web.browser import PASSWORD, picture, too_wide
from tests.web.desk import LANGUAGES, Desk
from tests.web.jajce_world import Jajce
from tests.world import World, load_forms
from zajedno.kernel.script import latin
from zajedno.places.models import OrganisationKind

YEAR = 2027
WHOLLY = "sr"  # axe and the keyboard find the same in every language
LETTER = "[A-Za-zČĆĐŠŽčćđšžЀ-ӿ]"  # the browser's \\w knows no other than a to z


@dataclass
class Town:
    """`signs`: who signs for which institution; `asks`: who is asked in a round."""

    coordinator: str
    signs: dict[str, str]
    place: str
    kind: str  # of the body
    currency: str
    names: list[str] = field(default_factory=list)

    @property
    def members(self) -> list[str]:
        return list(self.signs)


def subotica(world: World) -> Town:
    Network(world)
    at = world.organisations
    signs = {"ana": at["school"].name, "doctor": at["doctor"].name, "worker": at["worker"].name}
    places.post(account=world.accounts["ana"], organisation=at["school"], role_id="network-member",
                since=date(2020, 1, 1))  # fmt: skip
    return _named(world, Town("csaba", signs, "Суботица", "network", "RSD"))


def jajce(world: World) -> Town:
    Jajce(world)
    load_forms(SELF, enable=["mesh"])
    at = world.organisations
    signs = {"emina": at["team"].name, "senad": at["growth"].name, "lana": at["clinic"].name}
    return _named(world, Town("nura", signs, "Jajce", "referral_team", "BAM"))


def _named(world: World, town: Town) -> Town:
    """Kinds of institutions say what they are; names are nobody's mistake in a language."""
    for one in OrganisationKind.objects.filter(key__in=places.KINDS):
        one.labels = places.KINDS[one.key]["labels"]
        one.save()
    for account in world.accounts.values():
        account.set_password(PASSWORD)
        account.save()
    town.names = [one.name for one in world.organisations.values()] + [one.name for one in world.accounts.values()]
    return town


class Year(Desk):
    """The desk of the town on a day; whoever clicks reads words of the language."""

    town: Town
    patch: pytest.MonkeyPatch

    def on(self, month: int, day: int, who: str = "", year: int = YEAR) -> None:
        """Somebody comes to work on that day."""
        self.patch.setenv("ZAJEDNO_TODAY", str(date(year, month, day)))  # for the site's threads, too
        self.enter(who or self.town.coordinator)

    def typed(self, text: str) -> str:
        """What a person writes, in the script they read."""
        return text if self.language == "sr" else latin(text)

    def named(self, text: str, context: str = "") -> Locator:
        """A link or a button by its words."""
        said = re.compile(rf"^\s*{re.escape(self.word(text, context))}(?!{LETTER})")
        main = self.page.locator("main")
        return main.get_by_role("link", name=said).or_(main.get_by_role("button", name=said)).first

    def look(self, name: str) -> None:
        """Each page wholly in one language; in the others whether their words fit, and are theirs."""
        if self.language == WHOLLY:
            super().look(name)
            return
        self.page.wait_for_load_state()
        assert self.page.get_attribute("html", "lang") == LANGUAGES[self.language]
        assert not (wrong := too_wide(self.page)), f"{self.page.url}: {wrong}"
        self.number += 1
        picture(self.page, f"{self.story}-{self.language}-{self.number:02}-{name}")
        assert not (alien := self.alien()), f"{self.page.url}: {alien}"

    def press(self, text: str, name: str, context: str = "") -> None:
        with self.page.expect_navigation():
            self.named(text, context).click()
        self.look(name)

    def section(self, text: str, name: str, context: str = "") -> None:
        """One of the lists of the desk."""
        self.page.goto(f"{self.site}/network/")
        said = self.word(text, context)
        with self.page.expect_navigation():
            self.page.get_by_role("navigation").get_by_role("link", name=said, exact=True).first.click()
        self.look(name)

    def keep(self, page: str, said: str, **values: Any) -> None:
        """The form is filled in and sent; the page after it says so."""
        self.fill(**values)
        self.send()
        assert self.word(said) in self.page.locator("body").inner_text(), said
        self.look(page)

    def says(self, *texts: str) -> None:
        for text in texts:
            assert self.word(text) in self.text, (self.word(text), self.text)

    def paper(self, text: str, begins: bytes) -> bytes:
        """A link leads to a file."""
        with self.page.expect_download() as waiting:
            self.named(text).click()
        content = Path(waiting.value.path()).read_bytes()
        assert content.startswith(begins), content[:20]
        return content
