"""People and institutions beside those of the world, for stories of referring and handing over. All invented."""

import tomllib
from datetime import date
from typing import Any

from django.conf import settings
from django.test import Client

from tests.casework.test_story import Story
from tests.places import factories
from tests.web.test_work_pages import text
from tests.world import World
from zajedno.access.models import Account
from zajedno.casework.actions.transfer import offer_transfer
from zajedno.casework.models import Case
from zajedno.places.models import Organisation, Post

__all__ = ["add", "address", "approvals", "at", "elsewhere", "from_a_service", "offered", "seen", "text"]


def add(world: World, who: str, role: str, place: str) -> Account:
    """Somebody with a post at an institution of the world."""
    account = world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=who.capitalize())
    Post.objects.create(account=account, organisation=world.organisations[place], role_id=role, since=date(2020, 1, 1))
    return account


def elsewhere(world: World, name: str, like: str, label: str, **fields: Any) -> Organisation:
    """Another institution of the same kind as one of the world."""
    kind = world.organisations[like].kind
    made = factories.organisation(label, kind=kind, code=f"w-{name}", **fields)
    world.organisations[name] = made
    return made


def at(world: World, who: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(world.accounts[who])
    return client


def address(case: Case, rest: str = "") -> str:
    return f"/work/case/{case.uuid}/{rest}"


def seen(case: Case) -> int:
    return Case.objects.get(pk=case.pk).moves_made


def offered(world: World, *, afterwards: str = "read", person: str = "") -> Story:
    """Csaba's commission offers a registered case to that of Zita, where Nada is who may answer for others."""
    elsewhere(world, "zita", "commission", "Комисија Нови Сад")
    for who, role in (("zita", "commission-coordinator"), ("nada", "commission-president")):
        add(world, who, role, "zita")
    story = Story(world)
    story.to_consented()
    world.consent(story.child).recipients.set([world.organisations["commission"], world.organisations["zita"]])
    with story.as_("csaba"):
        offer_transfer(
            by=world.actor("csaba"), uuid=story.case.uuid, receiver=world.organisations["zita"], message="Селе се.",
            seen=seen(story.case), afterwards=afterwards, person=world.accounts[person] if person else None,
        )  # fmt: skip
    story.case.refresh_from_db()
    return story


def from_a_service() -> dict[str, Any]:
    """The referral of the packs in which a service may refer on, with no more than a service passes on."""
    content = tomllib.loads((settings.PACKS_DIR / "ba" / "procedures" / "referral.toml").read_text()) | {
        "country": "RS"
    }
    labels = {"labels": {"sr": "Даље", "bs": "Dalje", "en": "On"}, "hint": {"sr": "Даље.", "bs": "Dalje.", "en": "On."}}
    on = {"key": "refer_on", "from": ["accepted"], "by": ["receiver"], "asks": ["part:next"], **labels,
          "tie": [{"part": "next", "fields": ["identity", "contact", "reports"], "until": ["end"]}]}  # fmt: skip
    content["part"] = [*content["part"], {"key": "next", "kind": "organisation", **labels}]
    content["move"] = [*content["move"], on]
    return content


def approvals() -> dict[str, Any]:
    """A procedure of tests alone: an assessment, a plan and the closure are asked for, and another decides."""
    words = {"labels": {"sr": "Реч", "en": "Word"}, "hint": {"sr": "Реч.", "en": "Word."}}
    steps = [{"key": "work", "kind": "start", **words}, {"key": "closed", "kind": "end", **words}]
    moves: list[dict[str, Any]] = []
    for what, to in (("assessment", "work"), ("plan", "work"), ("closure", "closed")):
        waits = f"{what}_asked"
        steps.append({"key": waits, "kind": "wait", **words})
        common = {"from": [waits], "by": ["school"], "four_eyes": [f"request_{what}"], "notifies": ["school"], **words}
        moves += [
            {"key": f"request_{what}", "from": ["work"], "to": waits, "by": ["school"], "asks": ["note"],
             "notifies": ["school"], **words},
            {"key": f"approve_{what}", "to": to, **common},
            {"key": f"reject_{what}", "to": "work", "asks": ["reason"], **common},
        ]  # fmt: skip
    tie = [{"part": "school", "fields": ["identity", "request"], "until": []}]
    return {
        "key": "approvals", "country": "RS", "languages": ["sr", "en"], "purpose": "education",
        "labels": words["labels"], "source": {"law": "x", "verified": False, "note": "for tests"},
        "opening": {"by": ["school"], "tie": tie},
        "part": [{"key": "school", "kind": "organisation", "keeps": True, "labels": words["labels"]}],
        "step": steps, "move": moves,
    }  # fmt: skip
