"""Prices never overlap; a budget's rows stay as they were entered; sums are exact and of one currency."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.programmes.money import YEAR, Money
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.figures.models import Edition, Value
from zajedno.kernel import money
from zajedno.kernel.fence import EXCHANGE, RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.programmes.actions import budget as budgets
from zajedno.programmes.actions import price as prices
from zajedno.programmes.actions.classification import load_codes
from zajedno.programmes.models import Code, Entry, Price
from zajedno.programmes.queries import budget as queries
from zajedno.programmes.queries.price import find, in_other_money
from zajedno.web.manage.unverified import unverified

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(world: World) -> Money:
    return Money(world)


def test_a_later_price_ends_the_one_before(here: Money) -> None:
    first = here.price()
    here.price(valid_from=date(YEAR, 7, 1), amount=Decimal("1000"))
    first.refresh_from_db()
    assert first.valid_until == date(YEAR, 6, 30)
    assert AuditEntry.objects.filter(verb="programmes.keep_prices").count() == 2


def test_two_prices_for_a_day_are_refused(here: Money) -> None:
    row = here.price(valid_until=date(YEAR, 6, 30))
    with pytest.raises(Refused, match="overlap"):
        here.price(valid_from=date(YEAR, 6, 30))
    row.pk, row.uuid = None, "00000000-0000-4000-8000-000000000001"
    with pytest.raises(IntegrityError, match="price_of_a_code_once_a_day"), transaction.atomic():
        row.save(force_insert=True)
    here.price(valid_from=date(YEAR, 7, 1))
    here.price(code="day_care")


BROKEN = {
    "price_of_one_thing": {"code": ""},
    "price_not_negative": {"amount": -1},
    "price_in_a_known_currency": {"currency": "USD"},
    "price_payer_known": {"payer": "somebody"},
    "price_says_of_what_and_whence": {"source": ""},
    "price_ends_later": {"valid_until": date(YEAR - 1, 1, 1)},
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_a_price(here: Money, name: str) -> None:
    row = here.price()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Price.objects.filter(pk=row.pk).update(**BROKEN[name])


def test_only_who_keeps_the_place_writes_and_finds(here: Money) -> None:
    row = here.price()
    for who in ("ana", "dino"):
        with pytest.raises(NotPermitted):
            here.price(who, code="day_care")
        with here.at_work(who) as by, pytest.raises(NotFound):
            find(by, row.uuid)
    said = {"unit": "x", "amount": 1, "currency": "RSD", "source": "x", "payer": "unknown", "written_by": 0}
    ana = here.world.accounts["ana"].pk
    with acting(RUNTIME, ana), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        Price.objects.create(territory=here.place, code="x", valid_from=date(YEAR, 1, 1), **said)


def test_public_pages_see_no_money(here: Money) -> None:
    here.price()
    for table in ("price", "budget", "entry"):
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic(), acting(EXCHANGE):
            connection.cursor().execute(f"select * from programmes_{table}")


def test_plan_revision_and_execution_are_rows(here: Money) -> None:
    row = here.budget()
    line, other = here.line(row), here.line(row, "Лични пратилац")
    here.enter(line, "plan", "1000.10")
    here.enter(line, "revision", "1500.20")
    here.enter(line, "revision", "1200.05")
    here.enter(line, "execution", "300.01")
    here.enter(line, "execution", "-0.02")
    here.enter(other, "plan", "0.10")
    sheet = queries.sheet(row)
    assert [str(one.amount) for one in (sheet.planned, sheet.revised, sheet.executed, sheet.left)] == [
        "1000.20", "1200.15", "299.99", "900.16",
    ]  # fmt: skip
    for change in ("update programmes_entry set amount = 1", "delete from programmes_entry"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(change)


def test_first_the_plan_and_only_once(here: Money) -> None:
    line = here.line(here.budget())
    with pytest.raises(Refused, match="order"):
        here.enter(line, "execution", "1")
    here.enter(line, "plan", "1")
    with pytest.raises(Refused, match="order"):
        here.enter(line, "plan", "2")
    with pytest.raises(NotPermitted):
        here.enter(line, "execution", "1", who="ana")
    with pytest.raises(IntegrityError, match="budget_line_planned_once"), transaction.atomic():
        Entry.objects.create(line=line, kind="plan", amount=1, entered_for=date(YEAR, 1, 1), reason="x", written_by=0)


def test_nothing_is_converted_by_itself(here: Money) -> None:
    with here.at_work() as by:
        rate = prices.enter_rate(
            by=by, territory=here.place, currency="EUR", into="RSD", rate=Decimal("117.123456"),
            valid_on=date(YEAR, 1, 1), source="Курсна листа (измишљено)",
        )  # fmt: skip
        with pytest.raises(Refused, match="twice"):
            prices.enter_rate(by=by, territory=here.place, currency="EUR", into="RSD", rate=Decimal(1),
                              valid_on=date(YEAR, 1, 1), source="x")  # fmt: skip
    assert in_other_money(money.Money(Decimal(100), "EUR"), rate) == money.Money(Decimal("11712.35"), "RSD")
    with pytest.raises(ValueError, match="EUR"):
        in_other_money(money.Money(Decimal(100), "BAM"), rate)
    with pytest.raises(money.MixedCurrencies):
        money.total([money.Money(Decimal(1), "EUR")], "RSD")


def test_a_budget_is_begun_once_and_where_one_serves(here: Money) -> None:
    from tests.places.factories import territory

    here.budget()
    with pytest.raises(Refused, match="twice"):
        here.budget()
    here.budget(currency="EUR")
    with pytest.raises(Refused, match="place"):
        here.budget(territory=territory("Тутин", "Tutin", "71200"))


def test_codes_hold_in_their_years(here: Money) -> None:
    import tomllib

    from django.conf import settings

    content = tomllib.loads((settings.PACKS_DIR / "rs" / "budget.toml").read_text())
    assert load_codes(content, country="RS") == len(content["code"])
    assert load_codes(content, country="RS") == 0
    meant = {year: next(one for one in queries.codes("RS", year) if (one.kind, one.code) == ("programme", "2002"))
             for year in (2019, YEAR)}  # fmt: skip
    assert [one.labels["en"] for one in meant.values()] == ["Primary education (older code)", "Preschool education"]
    assert not Code.objects.filter(verified=True).exists()
    (marked,) = [one for one in unverified() if one.source.law == content["source"]["law"]]  # for the administrator
    assert (marked.country, marked.rule.startswith("2002 ")) == ("RS", True)


def test_a_line_is_named_once_and_says_for_what(here: Money) -> None:
    row = here.budget()
    here.line(row)
    with pytest.raises(Refused, match="twice"):
        here.line(row)
    with pytest.raises(Refused, match="empty"), here.at_work() as by:
        budgets.add_line(by=by, budget=row, named=budgets.Named(" "))


def test_a_line_answers_to_no_figure_of_another_place(here: Money) -> None:
    from tests.places.factories import territory

    tutin = territory("Тутин", "Tutin", "71200")
    made = Edition.objects.create(
        indicator="cost_of_need", territory=tutin, period=str(YEAR), unit="RSD", number="2026-4", axes=["measure"],
        released_on=date(YEAR, 10, 1),
    )  # fmt: skip
    figure = Value.objects.create(edition=made, cell=[""], value=Decimal(100), count=9)
    with pytest.raises(NotFound):
        here.line(here.budget(), figure=figure)


def test_who_looks_at_a_price_that_was_ended_meanwhile_does_not_prolong_it(here: Money) -> None:
    row = here.price()
    here.price(valid_from=date(YEAR, 7, 1))
    with here.at_work() as by, pytest.raises(Refused, match="over"):
        prices.end_price(by=by, price=row, last_day=date(YEAR, 9, 30))
