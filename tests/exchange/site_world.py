"""Amra's municipality in BiH takes the SPI model over, Dino's association helps, Edita keeps models. All invented."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from tests.places import factories as places
from tests.world import World
from zajedno.access.models import Account
from zajedno.exchange.actions import model as keeping
from zajedno.exchange.actions import site as taking
from zajedno.exchange.actions import site_report as report
from zajedno.exchange.models import ModelPackage, Site
from zajedno.exchange.queries.model import newest
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.places.models import Country, Organisation, Post, Territory
from zajedno.procedures.actions.load import load_definition

# who: name, role, where
PEOPLE = {
    "amra": ("Amra Izmišljena", "practitioner-public", "town"),
    "mirza": ("Mirza Izmišljeni", "practitioner-public", "other"),
    "edita": ("Едита Уредник", "exchange-editor", "ministry"),
}
COMMON = settings.PACKS_DIR / "common"
TO_FOLLOW_UP = ("agree", "form_body", "finish_mapping", "adopt_plan", "sign_protocol", "begin_service")


def load_replication() -> ModelPackage:
    """The procedure and the model SPI, as a loading of the pack leaves them."""
    content = tomllib.loads((COMMON / "procedures" / "replication.toml").read_text())
    load_definition(content, by=None, key="replication", country="")
    keeping.load_model(tomllib.loads((COMMON / "models" / "spi.toml").read_text()), by=None)
    return ModelPackage.objects.get(slug="spi")


class Sites:
    """`begun()` is a site of Amra's, `ready(site)` answers its conditions, `told(site)` all that handing over needs."""

    def __init__(self, world: World) -> None:
        self.world, self.package = world, load_replication()
        country = Country.objects.get_or_create(code="BA", defaults={"labels": {"bs": "Bosna i Hercegovina"}})[0]
        whole = Territory.objects.create(country=country, code="BA", kind="country", name_lat="BiH", name_cyr="БиХ")
        for key, name in (("town", "Izmišljeno"), ("other", "Drugo Izmišljeno")):
            place = Territory.objects.create(
                country=country, code=f"BA-{key}", kind="municipality", is_unit=True, parent=whole, name_lat=name,
                name_cyr=name,
            )  # fmt: skip
            world.organisations[key] = places.organisation(
                f"Općina {name}", kind=places.kind("municipality", "local_government"), code=f"w-{key}",
                territory=place,
            )  # fmt: skip
        for who, (name, role, at) in PEOPLE.items():
            if who in world.accounts:
                continue
            account = world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=name)
            Post.objects.create(
                account=account, organisation=world.organisations[at], role_id=role, since=date(2020, 1, 1)
            )

    @contextmanager
    def at_work(self, who: str, on: date | None = None) -> Iterator[Actor]:
        with clock.on(on or today()), acting(EXCHANGE, self.world.accounts[who].pk):
            yield self.world.actor(who, on)

    def at(self, name: str) -> Organisation:
        return self.world.organisations[name]

    def begun(self, who: str = "amra", at: str = "town", on: date | None = None, **fields: Any) -> Site:
        with self.at_work(who, on) as by:
            return taking.begin_site(
                by=by, package=self.package, organisation=self.at(at).pk, **{"language": "bs"} | fields
            )

    def ready(self, site: Site, *, unmet: int = 0, in_spite: str = "", who: str = "amra") -> None:
        keys = [part["key"] for part in newest(self.package).conditions]
        answers = {key: number >= unmet for number, key in enumerate(keys)}
        with self.at_work(who) as by:
            taking.answer_conditions(by=by, uuid=site.uuid, answers=answers, in_spite=in_spite)

    def move(self, site: Site, move: str, who: str = "amra", **given: Any) -> Site:
        with self.at_work(who) as by:
            given = {"happened_on": today()} | given
            taking.move_site(
                by=by, uuid=site.uuid, move=move, seen=Site.objects.get(pk=site.pk).moves_made, given=given
            )
        site.refresh_from_db()
        return site

    def to_follow_up(self, site: Site) -> Site:
        self.ready(site)
        for move in ("settle_readiness", *TO_FOLLOW_UP):
            self.move(site, move)
        return site

    def told(self, site: Site, presence: str = "yes") -> None:
        core = [part["key"] for part in newest(self.package).core]
        with self.at_work("amra") as by:
            report.judge(by=by, uuid=site.uuid, said=dict.fromkeys(core, (presence, "Odluka i zapisnici.")))
            report.report_result(
                by=by, uuid=site.uuid, indicator="services", before=Decimal(1), after=Decimal(3),
                source="Izvještaj službe", evidence="counted",
            )  # fmt: skip
            report.return_lesson(by=by, uuid=site.uuid, text="Protokol potpisati prije plana.")
