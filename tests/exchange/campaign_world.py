"""A campaign that Edita leads, and a survey in two waves. Everybody who answers is invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from tests.world import World, load_forms
from zajedno.access.models import Account
from zajedno.exchange.actions import campaign, wave
from zajedno.exchange.models import Wave
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.places.models import Post

ITEMS = ("same_school", "same_class", "sits_beside", "best_friend", "visits", "neighbour", "colleague")


def sheet(value: str = "5", age: str = "18-29", sex: str = "f", settlement: str = "town") -> dict[str, str]:
    return {"age_group": age, "sex": sex, "settlement": settlement} | dict.fromkeys(ITEMS, value)


class Campaigning:
    """`open()` opens a wave for ten days, `answers(wave, yes, no)` sends so many that accept and that do not."""

    def __init__(self, world: World, at: str = "school", **fields: Any) -> None:
        self.world = world
        load_forms("attitude-inclusion")
        for who, role in (("edita", "exchange-editor"), ("jura", "exchange-reviewer")):
            if who in world.accounts:
                continue
            account = world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=who.title())
            Post.objects.create(
                account=account, organisation=world.organisations[at], role_id=role, since=date(2020, 1, 1)
            )
        fields = {
            "slug": "kampanja", "titles": {"sr": "Кампања", "en": "Campaign"}, "begins": today(),
            "objective": {"sr": "Да свако дете припада.", "en": "That every child belongs."}, "budget": 100,
            "currency": "EUR", "messages": "Порука | Poruka | Message",
        } | fields  # fmt: skip
        with self.at_work("edita") as by:
            self.campaign = campaign.open_campaign(by=by, organisation=world.organisations[at].pk, **fields)

    @contextmanager
    def at_work(self, who: str, on: date | None = None) -> Iterator[Actor]:
        with acting(EXCHANGE, self.world.accounts[who].pk):
            yield self.world.actor(who, on)

    def publish(self) -> None:
        with self.at_work("edita") as by:
            campaign.advance(by=by, campaign=self.campaign)
        self.campaign.refresh_from_db()

    def open(self, opens_on: date | None = None, **fields: Any) -> Wave:
        begins = opens_on or today()
        fields = {"kind": "baseline", "by_code": False, "closes_on": begins + timedelta(days=10)} | fields
        with self.at_work("edita", min(begins, today())) as by:
            return wave.open_wave(by=by, campaign=self.campaign, opens_on=begins, **fields)

    def codes(self, row: Wave, count: int = 1) -> list[str]:
        with self.at_work("edita") as by:
            return wave.draw_codes(by=by, wave=row, count=count)

    def answer(self, row: Wave, ticket: str, **answers: str) -> None:
        with acting(EXCHANGE):
            wave.answer(wave=row.uuid, answers=sheet() | answers, ticket=ticket)

    def answers(self, row: Wave, yes: int, no: int) -> None:
        with clock.on(row.opens_on):
            for number in range(yes + no):
                with acting(EXCHANGE):
                    wave.answer(
                        wave=row.uuid, answers=sheet("5" if number < yes else "1"), ticket=f"~{row.pk}-{number}"
                    )
