"""Two administrators of the platform, a researcher, an agreement, and children enough for an extract. All invented."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from tests.indicators.known import populate
from tests.places import factories
from tests.web.browser import PASSWORD
from tests.world import World, make_world
from zajedno.access.models import Account
from zajedno.indicators.actions.extract import Agreement, approve_extract, request_extract
from zajedno.indicators.actions.extract_make import make
from zajedno.indicators.models import Extract
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME, acting

TODAY = date(2026, 9, 15)
COLUMNS = ["sex", "age", "district", "school", "cases", "outcome", "measures"]


def agreement(**about: Any) -> Agreement:
    usual = {"number": "7/2026", "since": date(2026, 1, 1), "until": date(2026, 12, 31), "name": "ugovor.pdf",
             "media_type": "application/pdf", "content": b"%PDF-1.4 potpisano"}  # fmt: skip
    return Agreement(**usual | about)


class Extracts:
    """`asked()` by `admin`, `made()` by `second` and the worker; `vera` is the researcher."""

    def __init__(self, world: World | None = None) -> None:
        self.world = populate(world or make_world())
        self.handed: list[str] = []
        for who, role in (("admin", "platform-administrator"), ("second", "platform-administrator"), ("vera", "")):
            account = Account.objects.create_user(f"{who}@demo.invalid", PASSWORD, name=f"{who} Измишљена")
            self.world.accounts[who] = account
            if role:
                factories.Post.objects.create(
                    account=account, organisation=self.world.organisations["ministry"], role_id=role,
                    since=date(2020, 1, 1),
                )  # fmt: skip

    @contextmanager
    def as_(self, who: str, on: date = TODAY) -> Iterator[Actor]:
        with clock.on(on), acting(RUNTIME, self.world.accounts[who].pk):
            yield self.world.actor(who, on)

    @property
    def hand_over(self) -> Callable[..., None]:
        return lambda **ids: self.handed.append(ids.get("uuid", ""))

    def asked(self, who: str = "admin", signed: Agreement | None = None, **about: Any) -> Extract:
        usual: dict[str, Any] = {
            "country": "RS", "purpose": "Колико се чека на мишљење.", "researcher": "vera@demo.invalid",
            "institution": "Измишљени институт", "columns": COLUMNS, "years": (2024, 2026), "language": "en",
            "expires_on": date(2026, 10, 15),
        }  # fmt: skip
        with self.as_(who) as by:
            return request_extract(by=by, agreement=signed or agreement(), **usual | about)

    def approved(self, row: Extract | None = None, who: str = "second") -> Extract:
        row = row or self.asked()
        with self.as_(who) as by:
            return approve_extract(by=by, uuid=row.uuid, hand_over=self.hand_over)

    def made(self, row: Extract | None = None) -> Extract:
        row = self.approved(row)
        with clock.on(TODAY):
            make(uuid=str(row.uuid))
        return Extract.objects.get(pk=row.pk)
