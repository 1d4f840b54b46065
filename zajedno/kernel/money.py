"""Amounts in the three currencies of the region. Adding dinars to marks is refused, not converted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CURRENCIES = {"RSD": "RSD", "BAM": "KM", "EUR": "€"}
_CENT = Decimal("0.01")


class MixedCurrencies(ValueError):
    """Two currencies met in one sum or comparison."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount, kept to the hundredth (half rounds away from zero). `currency`: RSD, BAM or EUR."""

    amount: Decimal
    currency: str = "RSD"

    def __post_init__(self) -> None:
        if self.currency not in CURRENCIES:
            raise ValueError(f"unknown currency {self.currency!r}")
        if isinstance(self.amount, float):
            raise TypeError("an amount of money is a Decimal or a whole number, never a float")
        amount = Decimal(self.amount)
        if not amount.is_finite():
            raise ValueError("an amount of money is a finite number")
        object.__setattr__(self, "amount", amount.quantize(_CENT, ROUND_HALF_UP))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __mul__(self, times: int | Decimal) -> "Money":
        if isinstance(times, float):
            raise TypeError("multiply money by a Decimal or a whole number, never by a float")
        return Money(self.amount * times, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        return f"{self.digits()} {CURRENCIES[self.currency]}"

    def digits(self) -> str:
        """The amount as the region writes it: 1.234,56, without the currency."""
        return f"{self.amount:,.2f}".translate(str.maketrans(",.", ".,"))

    def _same(self, other: "Money") -> Decimal:
        if not isinstance(other, Money):
            raise TypeError("money only meets money")
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self.currency} and {other.currency} do not add up")
        return other.amount


def total(amounts: Iterable[Money], currency: str = "RSD") -> Money:
    """The sum; nothing in `currency` when there are no amounts. Raises `MixedCurrencies`."""
    return sum(amounts, Money(Decimal(0), currency))


def read_amount(text: str) -> Decimal:
    """A number as people of the region type it: `1.234,56`, `1 234,5`, `1234.56`, `1234`. Raises ValueError.

    With one kind of mark only, a point before exactly three digits parts thousands (1.234 is one thousand).
    """
    bare = "".join(text.split())
    if re.fullmatch(r"-?[0-9]+(\.[0-9]{3})*,[0-9]+|-?[0-9]{1,3}(\.[0-9]{3})+", bare):
        bare = bare.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", bare):
        raise ValueError("not an amount")
    return Decimal(bare)
