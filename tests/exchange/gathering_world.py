"""A gathering in two days that Edita prepares; Dino proposes; whoever comes is invented."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.world import World
from zajedno.access.models import Account, Message
from zajedno.exchange.actions import gathering as actions
from zajedno.exchange.actions import programme, proposal, registration
from zajedno.exchange.actions.gathering import Plan
from zajedno.exchange.actions.programme import Placed
from zajedno.exchange.actions.proposal import Said
from zajedno.exchange.actions.registration import Coming
from zajedno.exchange.models import Gathering, Proposal, Registration, Room, Session, Track
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import ZONE, today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.places.models import Post

SITE = "https://demo.invalid"
AHEAD = timedelta(days=30)


def plan(**fields: Any) -> Plan:
    return Plan(**{
        "titles": {"sr": "Размена пракси", "en": "Exchange of practice"}, "place": "Београд",
        "begins_on": today() + AHEAD, "ends_on": today() + AHEAD + timedelta(days=1), "languages": ["sr", "bs"],
        "capacity": 2, "online_link": "https://video.invalid/soba",
    } | fields)  # fmt: skip


class Gatherings:
    """`open` with two rooms and a track; `come("x")` registers and confirms; `place(…)` a slot by hours."""

    def __init__(self, world: World, **fields: Any) -> None:
        self.world = world
        for who, role, at in (("edita", "exchange-editor", "ministry"), ("esma", "exchange-editor", "ministry"),
                              ("strana", "exchange-editor", "ngo")):  # fmt: skip
            if who not in world.accounts:  # another world of the exchange may have brought them
                world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=who.title())
            Post.objects.get_or_create(
                account=world.accounts[who], organisation=world.organisations[at], role_id=role,
                defaults={"since": date(2020, 1, 1)},
            )  # fmt: skip
        with self.at_work("edita") as by:
            self.gathering = actions.prepare(
                by=by, organisation=world.organisations["ministry"].pk, plan=plan(**fields)
            )
            self.track: Track = actions.add_track(
                by=by, gathering=self.gathering, titles={"sr": "Праксе"}, deadline=today() + timedelta(days=5)
            )
            self.rooms: list[Room] = [
                programme.add_room(by=by, gathering=self.gathering, name=name) for name in ("Сала А", "Сала Б")
            ]
            actions.set_state(by=by, gathering=self.gathering, state="open")
        self.gathering.refresh_from_db()

    @contextmanager
    def at_work(self, who: str, on: date | None = None) -> Iterator[Actor]:
        with acting(EXCHANGE, self.world.accounts[who].pk):
            yield self.world.actor(who, on)

    def at(self, hour: int, minute: int = 0, day: int = 0) -> datetime:
        return datetime.combine(self.gathering.begins_on + timedelta(days=day), time(hour, minute), ZONE)

    def propose(self, who: str = "dino", on: date | None = None, **fields: Any) -> Proposal:
        said = Said(**{"track": "t1", "title": "Посете", "abstract": "Како смо почели.", "language": "bs"} | fields)
        with self.at_work(who, on) as by:
            return proposal.propose(by=by, gathering=self.gathering, said=said)

    def decide(self, row: Proposal, who: str = "edita", *, accept: bool = True, reason: str = "") -> Proposal:
        with self.at_work(who) as by:
            proposal.decide(by=by, proposal=row, accept=accept, reason=reason)
        row.refresh_from_db()
        return row

    def place(
        self, begins: datetime, ends: datetime, *speakers: str, title: str = "Слот", room: int | None = 0, **fields: Any
    ) -> Session:
        placed = Placed(
            kind=fields.pop("kind", "presentation"), title=title, begins=begins, ends=ends,
            room=None if room is None else self.rooms[room].pk, proposal=fields.pop("proposal", None),
        )  # fmt: skip
        with self.at_work("edita") as by:
            made = programme.place(by=by, gathering=self.gathering, placed=placed, **fields)
            for name in speakers:
                programme.add_speaker(
                    by=by, gathering=self.gathering, session=made.uuid, name=name, consents=name != "Тиха"
                )
        return made

    def release(self, name: str = "1.0") -> None:
        with self.at_work("edita") as by:
            programme.release(by=by, gathering=self.gathering, name=name)

    def ask(self, who: str, **fields: Any) -> Registration | None:
        coming = Coming(**{"name": who.title(), "email": f"{who}@demo.invalid"} | fields)
        with acting(EXCHANGE):
            return registration.register(gathering=self.gathering, coming=coming, language="sr", site=SITE)

    def come(self, who: str, **fields: Any) -> Registration:
        row = self.ask(who, **fields)
        assert row
        with acting(EXCHANGE):
            made = registration.confirm(slug=self.gathering.slug, uuid=row.uuid, token=self.token(row), site=SITE)
        return made

    def cancel(self, row: Registration) -> None:
        with acting(EXCHANGE):
            registration.cancel(slug=self.gathering.slug, uuid=row.uuid, token=self.token(row), site=SITE)

    def token(self, row: Registration) -> str:
        """From the newest letter to this person."""
        letter = Message.objects.filter(key__startswith=f"registration-{row.uuid}").latest("pk")
        found = re.search(r"/registration/[\w-]+/(\w+)/", letter.body)
        assert found
        return found.group(1)

    def fresh(self) -> Gathering:
        self.gathering.refresh_from_db()
        return self.gathering
