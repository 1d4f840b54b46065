"""What changes between two texts of the same definition, in lines a person reads before loading."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

NOT_STORED = ("story",)  # stories test the file; they are no part of what a case runs on


def canonical(content: Mapping[str, Any]) -> dict[str, Any]:
    """The tables as they are stored: without stories, dates as texts, lists in the order of the file."""
    kept = {key: value for key, value in content.items() if key not in NOT_STORED}
    stored: dict[str, Any] = json.loads(json.dumps(kept, default=_text, ensure_ascii=False))
    return stored


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 (hexadecimal) of canonical content; equal for equal meaning, whatever the order of fields."""
    text = json.dumps(canonical(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """One line for each value added, removed or changed, such as `deadline opinion › length: 60 → 45`."""
    before, after = _flat(canonical(old)), _flat(canonical(new))
    lines = []
    for place in [*before, *(place for place in after if place not in before)]:
        if place not in after:
            lines.append(f"- {place}: {_shown(before[place])}")
        elif place not in before:
            lines.append(f"+ {place}: {_shown(after[place])}")
        elif before[place] != after[place]:
            lines.append(f"  {place}: {_shown(before[place])} → {_shown(after[place])}")
    return lines


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a pack cannot hold a {type(value).__name__}")


def _flat(value: Any, place: str = "") -> dict[str, Any]:
    """Values by their place; tables in a list are found by key, so that moving one changes nothing else."""
    if isinstance(value, dict):
        parts = [(str(key), inner) for key, inner in value.items() if key != "key" or not place]
        if not parts:
            return {place: "there"}
    elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        parts = [(str(one.get("key") or one.get("part") or number), one) for number, one in enumerate(value, start=1)]
    else:
        return {place: value}
    found: dict[str, Any] = {}
    for name, inner in parts:
        joined = name if not place else f"{place} {name}" if isinstance(value, list) else f"{place} › {name}"
        found |= _flat(inner, joined)
    return found


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "none"
    return str(value)
