"""Csaba keeps the price list and the budget of the network in Subotica."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from tests.networks.agreements import Agreements
from tests.world import World
from zajedno.kernel.actor import Actor
from zajedno.programmes.actions import budget, funding, price
from zajedno.programmes.models import Budget, BudgetLine, Price, Promise, Rate

YEAR = 2026


class Money:
    def __init__(self, world: World, agreements: Agreements | None = None) -> None:
        self.agreements = agreements or Agreements(world)
        self.world, self.keeper = world, self.agreements.keeper
        self.place = self.keeper.territory

    @contextmanager
    def at_work(self, who: str = "csaba") -> Iterator[Actor]:
        with self.agreements.at_work(who) as by:
            yield by

    def ids(self) -> dict[str, object]:
        """A price, a budget with a line and a grant, for the addresses of their pages."""
        budget, promise = self.budget(), self.grant()
        line = self.line(budget).uuid
        return {
            "prices/price": self.price().uuid, "prices/ending": "csv", "rates/rate": self.rate().uuid,
            "budgets/budget": budget.uuid, "budgets/line": line, "lines/line": line, "budgets/ending": "xlsx",
            "grants/grant": promise.grant.uuid, "grants/promise": promise.uuid,
        }  # fmt: skip

    def terms(self, **said: Any) -> price.Terms:
        values = {
            "unit": "дан", "amount": Decimal("900"), "currency": "RSD", "payer": "municipality", "code": "transport",
            "source": "Одлука (измишљено)", "valid_from": date(YEAR, 1, 1),
        }  # fmt: skip
        return price.Terms(**(values | said))

    def price(self, who: str = "csaba", **said: Any) -> Price:
        with self.at_work(who) as by:
            return price.set_price(by=by, territory=self.place, terms=self.terms(**said))

    def rate(self, **said: Any) -> Rate:
        values = {"currency": "EUR", "into": "RSD", "rate": Decimal("117.123456"), "valid_on": date(YEAR, 1, 1)} | said
        with self.at_work() as by:
            return price.enter_rate(by=by, territory=self.place, source="Курсна листа (измишљено)", **values)

    def budget(self, **said: Any) -> Budget:
        values = {"organisation": self.keeper.pk, "territory": self.place, "year": YEAR, "currency": "RSD"} | said
        with self.at_work() as by:
            return budget.begin(by=by, **values)

    def line(self, row: Budget, title: str = "Превоз", **said: Any) -> BudgetLine:
        with self.at_work() as by:
            return budget.add_line(by=by, budget=row, named=budget.Named(title, **said))

    def grant(self) -> Promise:
        """A grant of which a report is asked."""
        said = {"funder": "Донатор (измишљен)", "title": "Пратиоци", "amount": Decimal(5000), "currency": "EUR"}
        said |= {"agreed_on": date(YEAR, 1, 1), "ends_on": date(YEAR, 12, 31)}
        with self.at_work() as by:
            row = funding.enter_grant(by=by, organisation=self.keeper.pk, **said)
            return funding.promise(by=by, grant=row, text="Извештај", is_report=True, due_on=date(YEAR, 12, 1))

    def enter(self, line: BudgetLine, kind: str, amount: str, who: str = "csaba") -> None:
        with self.at_work(who) as by:
            budget.enter(by=by, line=line, kind=kind, amount=Decimal(amount), day=date(YEAR, 5, 1), reason="Одлука 1")
