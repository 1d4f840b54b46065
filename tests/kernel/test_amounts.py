"""Amounts and rows as offices write them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zajedno.kernel.spreadsheets import all_sayings
from zajedno.kernel.spreadsheets.amounts import Amount, currency_in, read_price
from zajedno.kernel.spreadsheets.asides import is_aside


@pytest.mark.parametrize(
    ("cell", "amount", "currency", "unit"),
    [
        ("1.250,00", "1250.00", "", ""), ("1250.00 РСД", "1250.00", "RSD", ""), ("KM 12,5", "12.50", "BAM", ""),
        ("КМ 12,5", "12.50", "BAM", ""), ("12 500", "12500.00", "", ""), ("12\u00a0500,50 дин.", "12500.50", "RSD", ""),
        ("1.250", "1250.00", "", ""), ("1,250.00", "1250.00", "", ""), ("2.500.000,00", "2500000.00", "", ""),
        ("1250,-", "1250.00", "", ""), ("1.250,- дин.", "1250.00", "RSD", ""), ("€ 15", "15.00", "EUR", ""),
        ("15 евра", "15.00", "EUR", ""), ("конвертибилних марака 12,50", "12.50", "BAM", ""),
        ("1.250,00 динара", "1250.00", "RSD", ""), ("dinárë 12", "12.00", "RSD", ""), ("12.5000", "12.50", "", ""),
        ("900 дин/дан", "900.00", "RSD", "дан"), ("12,5 KM po satu", "12.50", "BAM", "satu"), (0, "0.00", "", ""),
        (12.5, "12.50", "", ""), (1250.1000000000001, "1250.10", "", ""), (1250, "1250.00", "", ""),
        (9_999_999_999.99, "9999999999.99", "", ""),
    ],
)  # fmt: skip
def test_prices(cell: Any, amount: str, currency: str, unit: str) -> None:
    found = read_price(cell)
    assert found == Amount(Decimal(amount), currency, unit)
    assert found.amount is not None
    assert found.amount.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("12,500", "amount_doubtful"), ("1.250.00", "amount_doubtful"), ("500-700", "amount_many"),
        ("од 500 до 700", "amount_many"), ("12 KM ili 6 EUR", "amount_many"), ("-5", "amount_negative"),
        (-5.0, "amount_negative"), ("0,125", "amount_fine"), (33.333333, "amount_fine"),
        ("po dogovoru", "amount_unreadable"),
        (True, "amount_unreadable"), (date(2026, 5, 12), "amount_unreadable"), (1e10, "amount_large"),
    ],
)  # fmt: skip
def test_what_is_no_price(cell: Any, problem: str) -> None:
    assert read_price(cell) == Amount(problem=problem)
    assert all_sayings()[problem]


@pytest.mark.parametrize(
    ("cells", "aside"),
    [
        (("Укупно", None, 12.0, 4.0), True), (("I. СОЦИЈАЛНА ЗАШТИТА", None, None, None), True),
        ((None, "Напомена: цене су са ПДВ", "од 2026.", None), True), (("М. П.", "Председник", None, None), True),
        (("Totalna fizikalna terapija", "dan", None, None), False), (("Превоз", "дан", 900.0, None), False),
        ((1.0, "Превоз", None, None), False),
    ],
)  # fmt: skip
def test_what_is_no_row(cells: tuple[Any, ...], aside: bool) -> None:
    assert is_aside(cells, 4) is aside


def test_a_currency_is_a_whole_word() -> None:
    assert currency_in("Пројекат Европске уније, Марковац, 10 километара") == set()
    assert currency_in("све цене у конвертибилним маркама") == {"BAM"}
    assert currency_in("dinar, eurima") == {"RSD", "EUR"}


def test_one_cell_is_a_row_of_a_narrow_table() -> None:
    assert not is_aside(("Логопед", None), 2)
