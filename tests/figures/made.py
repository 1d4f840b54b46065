"""Figures by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

from zajedno.figures.logic.figure import Figure, Said


def figure(value: float | str | None = None, **fields: Any) -> Figure:
    """Exact where there is a value, between where there are ends, else absent."""
    number = None if value is None else Decimal(str(value))
    ends = {key: Decimal(str(fields.pop(key))) for key in ("low", "high") if key in fields}
    said = Said.EXACT if number is not None else Said.BETWEEN if ends else Said.ABSENT
    usual = {
        "indicator": "opinions_in_time", "place": "80438", "period": "2025", "said": said, "unit": "%",
        "edition": "2026-1", "released_on": date(2026, 1, 15), "reported": 17, "expected": 20,
    }  # fmt: skip
    return Figure(**(usual | {"value": number} | ends | fields))
