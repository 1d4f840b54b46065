"""Money: exact, one currency at a time, written as the region writes it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zajedno.kernel.money import MixedCurrencies, Money, read_amount, total


def test_it_adds_multiplies_and_compares() -> None:
    assert Money(Decimal("1234.56")) + Money(Decimal("0.44")) == Money(Decimal(1235))
    assert Money(Decimal("10.01"), "BAM") * 3 == 3 * Money(Decimal("10.01"), "BAM") == Money(Decimal("30.03"), "BAM")
    assert Money(Decimal(1)) - Money(Decimal(3)) == -Money(Decimal(2))
    assert Money(Decimal(1)) < Money(Decimal(2)) <= Money(Decimal(2))
    assert not Money(Decimal("0.004"))
    assert Money(Decimal("0.005")) == Money(Decimal("0.01"))


def test_currencies_never_mix() -> None:
    for sum_up in (
        lambda: Money(Decimal(1), "RSD") + Money(Decimal(1), "BAM"),
        lambda: Money(Decimal(1), "RSD") < Money(Decimal(1), "EUR"),
        lambda: total([Money(Decimal(1), "BAM")], "EUR"),
    ):
        with pytest.raises(MixedCurrencies):
            sum_up()
    assert Money(Decimal(1), "RSD") != Money(Decimal(1), "BAM")


def test_what_is_no_money_is_refused() -> None:
    for amount, currency, error in [
        (1.5, "RSD", TypeError),
        (Decimal("NaN"), "RSD", ValueError),
        (Decimal(1), "KM", ValueError),
    ]:
        with pytest.raises(error):
            Money(amount, currency)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(Decimal(1)) * 1.5  # type: ignore[operator]
    with pytest.raises(TypeError):
        Money(Decimal(1)) + 1  # type: ignore[operator]


def test_it_is_written_with_a_comma() -> None:
    assert str(Money(Decimal("1234567.5"), "BAM")) == "1.234.567,50 KM"
    assert Money(Decimal("-0.5")).digits() == "-0,50"


def test_total_of_nothing_is_nothing() -> None:
    assert total([], "EUR") == Money(Decimal(0), "EUR")
    assert total([Money(Decimal(2)), Money(Decimal(3))]) == Money(Decimal(5))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1 234,5", "1234.5"),
        ("1234.56", "1234.56"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("-3", "-3"),
    ],
)
def test_amounts_are_read_as_people_type_them(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "tri", "1,2,3", "NaN", "1e5", "1_000", "１２"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        read_amount(text)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_is_written_can_be_read(amount: Decimal) -> None:
    assert read_amount(Money(amount).digits()) == amount
