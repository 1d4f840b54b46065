"""Sums of money where several currencies may meet: one a currency, never one made into another."""

from collections.abc import Iterable

from zajedno.kernel.money import CURRENCIES, Money


def by_currency(amounts: Iterable[Money | None]) -> list[Money]:
    """Exact sums in the order of the currencies; none of a currency that does not occur."""
    found: dict[str, Money] = {}
    for one in amounts:
        if one is not None:
            found[one.currency] = found[one.currency] + one if one.currency in found else one
    return [found[code] for code in CURRENCIES if code in found]
