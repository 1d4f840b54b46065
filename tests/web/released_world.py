"""Released figures for pages and the API, made by hand: a municipality with girls and boys, one with few, a country."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.places import factories
from zajedno.figures import queries
from zajedno.figures.logic.figure import Figure, Said

RELEASED: dict[str, Any] = {
    "unit": "%",
    "edition": "1",
    "released_on": date(2026, 2, 1),
    "reported": 17,
    "expected": 20,
}
CODE = "opinions-in-time"


@dataclass
class Definition:
    """As `figures.models.Definition` has it."""

    code: str = CODE
    words: dict[str, Any] = field(default_factory=lambda: {
        "name": {"en": "Opinions in time", "sr": "Мишљења на време"},
        "definition": {"en": "Of all opinions, those given in the time the law sets."},
        "numerator": {"en": "Opinions given in time"}, "denominator": {"en": "All opinions"},
    })  # fmt: skip
    kind: str = "share"
    unit: str = "%"
    per: int = 100
    source: str = "Additional support, procedure"
    verified: bool = False
    by: tuple[str, ...] = ("sex",)


FIGURES = [
    Figure(CODE, "80438", "2025", Said.EXACT, value=Decimal("66.7"), top=Decimal(24), bottom=Decimal(36), **RELEASED),
    Figure(CODE, "80438", "2025", Said.BETWEEN, "sex", "girl", low=Decimal(70), high=Decimal("93.3"),
           bottom=Decimal(15), **RELEASED),
    Figure(CODE, "80438", "2025", Said.WITHHELD, "sex", "boy", value=Decimal("55.5"), **RELEASED),
    Figure(CODE, "70076", "2025", Said.EXACT, value=Decimal(50), top=Decimal(5), bottom=Decimal(10), is_small=True,
           **RELEASED),
    Figure(CODE, "80438", "2024", Said.EXACT, value=Decimal(48), top=Decimal(12), bottom=Decimal(25), **RELEASED),
    Figure(CODE, "RS", "2025", Said.EXACT, value=Decimal("1234.5"), top=Decimal(12345), bottom=Decimal(20000),
           **RELEASED),
]  # fmt: skip


def figures(indicator: str, places: Sequence[str], periods: Sequence[str], by: Sequence[str] = ("",)) -> list[Figure]:
    """The contract of `figures.queries.figures`."""
    found = []
    for place in places:
        for period in periods:
            for axis in by:
                asked = indicator, place, period, axis
                here = [one for one in FIGURES if (one.indicator, one.place, one.period, one.by) == asked]
                found += here or ([] if axis else [Figure(indicator, place, period, Said.ABSENT)])
    return found


def release(patch: pytest.MonkeyPatch) -> None:
    """Places as rows; figures as `figures.queries` would read them."""
    suboticas = factories.territory()
    suboticas.is_unit = True
    suboticas.save()
    factories.territory("Бујановац", "Bujanovac", "70076", is_unit=True)
    factories.territory("Ада", "Ada", "80012", is_unit=True)
    patch.setattr(queries, "figures", figures, raising=False)
    patch.setattr(queries, "indicators_released", lambda country: {CODE: ["2025", "2024"]} if country == "RS" else {},
                  raising=False)  # fmt: skip
    patch.setattr(queries, "definitions", lambda: [Definition()], raising=False)
    patch.setattr(queries, "definition", lambda code: Definition() if code == CODE else None, raising=False)
