"""What if: worked by hand."""

from decimal import Decimal

import pytest

from zajedno.kernel.money import MixedCurrencies, Money
from zajedno.programmes.logic.scenario import Outcome, Scenario, outcome


def rsd(text: str) -> Money:
    return Money(Decimal(text), "RSD")


WHOLE = rsd("1000")
MEASURES = {"personal_companion": rsd("600"), "transport": rsd("300"), "day_care": None}
EXAMPLES = {
    "as it is": (Scenario(), rsd("1000"), "100.0", rsd("0")),
    "two thirds covered": (Scenario(coverage=Decimal("66.5")), rsd("665"), "66.5", rsd("0")),
    "a ceiling": (Scenario(ceiling=rsd("400.50")), rsd("400.50"), "40.1", rsd("599.50")),
    "a ceiling that is not reached": (Scenario(ceiling=rsd("2000")), rsd("1000"), "100.0", rsd("0")),
    "two share a companion": (Scenario(share=Decimal(2)), rsd("700"), "100.0", rsd("0")),
    "three share, exact to the hundredth": (Scenario(share=Decimal(3)), rsd("600"), "100.0", rsd("0")),
    "dearer by a tenth": (Scenario(price_change=Decimal(10)), rsd("1100"), "100.0", rsd("0")),
    "all at once": (
        Scenario(Decimal(50), rsd("300"), Decimal(2), Decimal(10)), rsd("300"), "39.0", rsd("85"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    scenario, cost, met, short = EXAMPLES[name]
    assert outcome(WHOLE, MEASURES, scenario) == Outcome(cost, Decimal(met), short)


def test_what_is_withheld_is_not_shared_out() -> None:
    assert outcome(WHOLE, {"personal_companion": None}, Scenario(share=Decimal(2))) is None
    assert outcome(WHOLE, {}, Scenario(share=Decimal(2))) is None  # few, or none: nobody is told which


def test_a_ceiling_in_other_money_is_refused() -> None:
    with pytest.raises(MixedCurrencies):
        outcome(WHOLE, MEASURES, Scenario(ceiling=Money(Decimal(1), "EUR")))
