"""Functions about places in the sheet: repeats and their positions."""

import math
from collections.abc import Sequence
from typing import Any

from zajedno.forms.logic.values import Value, number, texts


def indexed_repeat(wanted: Value, *pairs: Value) -> Sequence[Any]:
    """The nodes of `wanted` in the repeats counted off by pairs of a repeat and a position, the outer ones first."""
    inside: Any = None
    ordered = sorted(zip(pairs[::2], pairs[1::2], strict=False), key=lambda pair: _depth(pair[0]))
    for repeats, position in ordered:
        found = [one for one in repeats if inside is None or _within(one, inside)] if isinstance(repeats, list) else []
        at = number(position)
        if not 1 <= at <= len(found) or at != int(at):
            return []
        inside = found[int(at) - 1]
    return [one for one in wanted if _within(one, inside)] if isinstance(wanted, list) else []


def _depth(value: Value) -> int:
    return sum(1 for _ in value[0].iterancestors()) if isinstance(value, list) and value else 0


def _within(node: Any, outer: Any) -> bool:
    return node is outer or any(one is outer for one in node.iterancestors())


def position(value: Value) -> float:
    """Which of its neighbours with the same name a node is, from 1."""
    if not isinstance(value, list) or not value:
        return math.nan
    node = value[0]
    return float(1 + sum(1 for _ in node.itersiblings(node.tag, preceding=True)))


def count_non_empty(value: Value) -> float:
    return float(sum(1 for one in texts(value) if one))
