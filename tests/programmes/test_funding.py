"""A grant is for one thing; what it asks for is told of once, in time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.programmes.money import Money
from tests.world import World
from zajedno.access.models import Message
from zajedno.kernel import clock
from zajedno.kernel.fence import WORKER, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.programmes.actions import funding
from zajedno.programmes.models import Grant
from zajedno.programmes.queries.funding import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(world: World) -> Money:
    return Money(world)


def grant(here: Money, who: str = "csaba", **said: object) -> Grant:
    today = clock.today()
    values = {"funder": "Донатор (измишљен)", "title": "Пратиоци", "amount": Decimal("5000"), "currency": "EUR",
              "agreed_on": today, "ends_on": today + timedelta(days=300)} | said  # fmt: skip
    with here.at_work(who) as by:
        return funding.enter_grant(by=by, organisation=here.keeper.pk, **values)


def asked(here: Money, row: Grant, day: date | None, is_report: bool = True) -> object:
    with here.at_work() as by:
        return funding.promise(by=by, grant=row, text="Извештај", is_report=is_report, due_on=day)


def letters() -> int:
    return Message.objects.filter(key__startswith="grant-").count()


def test_who_keeps_it_is_told_once_and_in_time(here: Money) -> None:
    row, today = grant(here), clock.today()
    asked(here, row, today + timedelta(days=40))
    done = asked(here, row, today + timedelta(days=5))
    asked(here, row, None, is_report=False)
    with here.at_work() as by:
        funding.keep(by=by, promise=done)
        with pytest.raises(Overtaken):
            funding.keep(by=by, promise=done)
    for after, told in ((0, 0), (9, 0), (10, 1), (11, 1), (60, 1)):
        with clock.on(today + timedelta(days=after)), acting(WORKER):
            funding.warn()
        assert letters() == told


def test_a_report_has_a_day_and_a_grant_an_amount(here: Money) -> None:
    with pytest.raises(Refused, match="day"):
        asked(here, grant(here), None)
    for said, code in (({"amount": Decimal(0)}, "amount"), ({"currency": "USD"}, "amount"), ({"title": " "}, "empty"),
                       ({"ends_on": date(2000, 1, 1)}, "days")):  # fmt: skip
        with pytest.raises(Refused, match=code):
            grant(here, **said)


def test_others_neither_write_nor_find(here: Money) -> None:
    row = grant(here)
    with pytest.raises(NotPermitted):
        grant(here, who="ana")
    with here.at_work("ana") as by, pytest.raises(NotFound):
        find(by, row.uuid)
