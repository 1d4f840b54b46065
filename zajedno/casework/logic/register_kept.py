"""A request of a register as it is kept while a person must decide: JSON, which is sealed before it is stored."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from zajedno.casework.logic.register import RegisterRow
from zajedno.casework.logic.register_words import PlannedText
from zajedno.children.logic.rows import ChildRow


def to_json(row: RegisterRow) -> bytes:
    """All but the warnings, which are kept apart, as reasons of the row."""
    content = {**asdict(row), "warnings": [], "child": {**asdict(row.child), "warnings": []}}
    return json.dumps(content, ensure_ascii=False, default=date.isoformat).encode()


def from_json(content: bytes) -> RegisterRow:
    """What `to_json` wrote."""
    found: dict[str, Any] = json.loads(content)
    child = {**found["child"], "birth_date": _day(found["child"]["birth_date"]), "warnings": ()}
    days = {name: _day(found[name]) for name in ("received", "sitting", "opinion")}
    measures = tuple(PlannedText(**one) for one in found["measures"])
    return RegisterRow(**{**found, **days, "child": ChildRow(**child), "measures": measures, "warnings": ()})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
