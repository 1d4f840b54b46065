"""Agreements between institutions of the world, written by the network's Csaba and signed by a person of each."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from tests.places import factories as places
from tests.world import World
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.networks.actions import agreement, clause, signature
from zajedno.networks.logic.sides import Sides
from zajedno.networks.models import Agreement, Clause
from zajedno.places.models import Organisation, Post

SIGNERS = {"school": "ana", "health": "besa", "commission": "goran", "network": "csaba"}  # who signs for whom
SEEN = ("identity", "contact", "family", "request", "reports")  # all that a referral opens


class Agreements:
    """`signed("school", "health")` is one in force today, with one clause; further words go into the clause."""

    def __init__(self, world: World) -> None:
        self.world = world
        if "network" not in world.organisations:
            kind = places.kind("inclusion_network", "intersectoral")
            world.organisations["network"] = places.organisation("Мрежа Суботица", kind=kind, code="w-network")
        self.keeper: Organisation = world.organisations["network"]
        for place, who in SIGNERS.items():
            self._post(who, place, "network-coordinator" if place == "network" else "network-member")

    def _post(self, who: str, place: str, role: str) -> None:
        at = self.world.organisations[place]
        Post.objects.get_or_create(
            account=self.world.accounts[who], organisation=at, role_id=role, defaults={"since": date(2020, 1, 1)}
        )

    @contextmanager
    def at_work(self, who: str) -> Iterator[Actor]:
        """Behind their own fence, on the day that the test's clock says."""
        with acting(RUNTIME, self.world.accounts[who].pk):
            yield self.world.actor(who, clock.today())

    def head(self, **fields: Any) -> agreement.Head:
        values = {
            "titles": {"sr": "Протокол о упућивању", "en": "Protocol of referral"}, "kind": "protocol",
            "territory": self.keeper.territory, "organ": "Скупштина града", "valid_from": clock.today(),
        } | fields  # fmt: skip
        return agreement.Head(**values)

    def draft(self, *signing: str, **head: Any) -> Agreement:
        with self.at_work("csaba") as by:
            row = agreement.draft(by=by, organisation=self.keeper.pk, head=self.head(**head))
            for place in signing:
                agreement.name_signatory(by=by, agreement=row, organisation=self.world.organisations[place])
        return row

    def terms(self, **said: Any) -> clause.Terms:
        values = {"procedure": "referral", "fields": SEEN, "texts": {"sr": "Школа упућује дому здравља."}} | said
        for side in ("gives", "receives"):
            if isinstance(values.get(side), str):
                values[side] = Sides(organisations=[self.world.organisations[values[side]].pk])
        return clause.Terms(**values)

    def clause(self, row: Agreement, **said: Any) -> Clause:
        with self.at_work("csaba") as by:
            return clause.write(by=by, agreement=row, terms=self.terms(**said))

    def sign(self, row: Agreement, *places: str) -> Agreement:
        for place in places or list(names_of(row, self.world)):
            with self.at_work(SIGNERS[place]) as by:
                one = row.signatories.get(organisation=self.world.organisations[place])
                signature.sign(by=by, signatory=one, representative="Директор")
        row.refresh_from_db()
        return row

    def signed(self, *signing: str, head: dict[str, Any] | None = None, **said: Any) -> Agreement:
        row = self.draft(*signing, **(head or {}))
        self.clause(row, **said)
        return self.sign(row)

    def end(self, row: Agreement) -> None:
        with self.at_work("csaba") as by:
            agreement.end(by=by, agreement=row, reason="Није продужен.")


def names_of(row: Agreement, world: World) -> list[str]:
    """Names in the world of who signs."""
    there = {one.pk: name for name, one in world.organisations.items()}
    return [there[one.organisation_id] for one in row.signatories.order_by("pk")]


def later(days: int) -> date:
    return clock.today() + timedelta(days=days)
