"""What if: less coverage, a ceiling, one companion for several children, other prices. Reckoned over released sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from zajedno.kernel.money import Money

COMPANION = "personal_companion"  # the measure that several children may share
ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scenario:
    """`coverage`: percent of the need that is met; `ceiling`: the most that may be spent; `share`: children for one
    companion; `price_change`: percent by which every price goes up (down below zero)."""

    coverage: Decimal = ALL
    ceiling: Money | None = None
    share: Decimal = Decimal(1)
    price_change: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`cost`: what it takes; `met`: percent of the need at its own prices; `short`: what the ceiling leaves out."""

    cost: Money
    met: Decimal
    short: Money


def outcome(whole: Money, by_measure: Mapping[str, Money | None], scenario: Scenario) -> Outcome | None:
    """None where a companion is to be shared whose sum is not told. `whole` is the released total, which may hold more
    than the measures that are told."""
    base = whole
    if scenario.share != 1:
        alone = by_measure.get(COMPANION)
        if alone is None:
            return None
        base = whole - alone + Money(alone.amount / scenario.share, whole.currency)
    full = base * (1 + scenario.price_change / ALL)
    wanted = full * (scenario.coverage / ALL)
    cost = wanted if scenario.ceiling is None or wanted <= scenario.ceiling else scenario.ceiling
    met = cost.amount / full.amount * ALL if full else ALL
    return Outcome(cost, met.quantize(Decimal("0.1"), ROUND_HALF_UP), wanted - cost)
