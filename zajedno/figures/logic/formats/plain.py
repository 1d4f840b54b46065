"""Plain JSON: the rows of the table with the words of its indicators."""

from datetime import date
from decimal import Decimal
from typing import Any

from zajedno.figures.logic.formats.table import LICENCE, Meaning, Table, Value
from zajedno.figures.logic.formats.table import plain as number


def as_json(table: Table) -> dict[str, Any]:
    return {
        "title": table.title, "publisher": table.publisher, "licence": LICENCE, "language": table.language,
        "made_on": table.made_on.isoformat(), "indicators": [meaning(one) for one in table.used()],
        "figures": [row(one) for one in table.rows()],
    }  # fmt: skip


def row(told: dict[str, Value]) -> dict[str, Any]:
    """Of one figure: what is not told is null, never zero."""
    return {name: _value(value) for name, value in told.items()}


def meaning(one: Meaning) -> dict[str, Any]:
    return {
        "code": one.code, "name": dict(one.name), "definition": dict(one.definition),
        "numerator": dict(one.numerator), "denominator": dict(one.denominator), "kind": one.kind, "unit": one.unit,
        "per": one.per, "source": one.source, "verified": one.verified,
    }  # fmt: skip


def _value(value: Value) -> Any:
    match value:
        case Decimal():
            return number(value)
        case date():
            return value.isoformat()
        case _:
            return value
