"""A cycle of champions: Edita runs it, Jura and Besa's colleague Nada judge, a nurse is nominated. All invented."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.world import World
from zajedno.access.models import Account, Message
from zajedno.exchange.actions import award, nomination
from zajedno.exchange.actions.nomination import Said
from zajedno.exchange.actions.score import score
from zajedno.exchange.models import Cycle, Honour, Juror, Nomination
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.places.models import Post

SITE = "https://demo.invalid"
CRITERIA = "Ефекат | Efekat | Effect = 3\nСарадња | Saradnja | Cooperation"
NURSE = Said(
    kind="person", nominee="Невена Измишљена", email="nevena@demo.invalid", sector="health", adult=True,
    role="патронажна сестра", institution="Дом здравља Далеко", place="Тутин",
    story="Довела је саветовалиште до сваког села.", evidence="Записници мреже.",
)  # fmt: skip
# who: role, where
PEOPLE = {
    "edita": ("exchange-editor", "ministry"),
    "jura": ("exchange-reviewer", "school"),
    "nada": ("exchange-reviewer", "health"),
}


def like(**fields: Any) -> Said:
    """The nurse, otherwise."""
    return replace(NURSE, **fields)


class Champions:
    """`add()` nominates and confirms, `agree(row)` is the nominee's yes, `to(row)` the newest link to them."""

    def __init__(self, world: World, **fields: Any) -> None:
        self.world = world
        for who, (role, at) in PEOPLE.items():
            account = world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=who.title())
            Post.objects.create(
                account=account, organisation=world.organisations[at], role_id=role, since=date(2020, 1, 1)
            )
        self.cycle = self.open(**fields)

    @contextmanager
    def at_work(self, who: str, on: date | None = None) -> Iterator[Actor]:
        with acting(EXCHANGE, self.world.accounts[who].pk):
            yield self.world.actor(who, on)

    def open(self, **fields: Any) -> Cycle:
        fields = {
            "titles": {"sr": "Шампиони", "en": "Champions"}, "mode": "one", "criteria": CRITERIA, "opens_on": today(),
            "closes_on": today() + timedelta(days=10),
        } | fields  # fmt: skip
        with self.at_work("edita") as by:
            return award.open_cycle(by=by, organisation=self.world.organisations["ministry"].pk, **fields)

    def jury(self, *who: str) -> list[Juror]:
        posts = Post.objects.filter(account__in=[self.world.accounts[one] for one in who])
        with self.at_work("edita") as by:
            return award.name_jurors(by=by, cycle=self.cycle, posts=list(posts.values_list("uuid", flat=True)))

    def add(self, said: Said = NURSE, **fields: Any) -> Nomination:
        fields = {"name": "Сусетка", "email": "susetka@demo.invalid"} | fields
        with acting(EXCHANGE):
            made = nomination.nominate(
                cycle=self.cycle.uuid, said=said, language=fields.pop("language", "sr"), site=SITE, **fields
            )
            if made.confirmed_on is None:
                nomination.confirm(token=self.to(made, "confirm"), site=SITE)
        made.refresh_from_db()
        return made

    def to(self, row: Nomination, key: str = "") -> str:
        """The token in the newest letter about a nomination."""
        letter = Message.objects.filter(key__endswith=str(row.uuid), key__startswith=key).latest("pk")
        found = re.search(r"/champions/(?:confirm|consent)/([\w-]+)/", letter.body)
        assert found
        return found.group(1)

    def agree(self, row: Nomination) -> str:
        with acting(EXCHANGE):
            token = nomination.agree(token=self.to(row), site=SITE)
        row.refresh_from_db()
        return token

    def agreed(self, said: Said = NURSE, **fields: Any) -> Nomination:
        row = self.add(said, **fields)
        self.agree(row)
        return row

    def score(self, who: str, row: Nomination, *values: int) -> None:
        keys = self.cycle.criteria.values_list("pk", flat=True)
        with self.at_work(who) as by:
            score(by=by, nomination=row, values=dict(zip(keys, values, strict=True)))

    def decide(self, *rows: Nomination, citation: str = "За упорност.") -> list[Honour]:
        """After the last day."""
        day = self.cycle.closes_on + timedelta(days=1)
        with clock.on(day), self.at_work("edita", day) as by:
            return award.decide(by=by, cycle=self.cycle, citations={row.uuid: citation for row in rows})

    def publish(self) -> None:
        day = self.cycle.closes_on + timedelta(days=1)
        with clock.on(day), self.at_work("edita", day) as by:
            award.publish(by=by, cycle=self.cycle, site=SITE)
