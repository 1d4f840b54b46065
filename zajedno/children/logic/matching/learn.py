"""Weights from registers whose truth is known: a logistic regression over the levels, which is additive as splink is.

Splink's own way (m and u of each field for itself) takes the fields for independent. Here they are not: siblings
share all but a name and a day. Learned on pairs that the blocks bring together, so the weights know what is hard.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from zajedno.children.logic.matching.entry import Entry
from zajedno.children.logic.matching.fields import FIELDS
from zajedno.children.logic.matching.pairs import Bench, Weights

SIBLING = 2
"""To merge two children of one home counts as this many pairs missed."""
RIDGE = 1.0
LEVELS = [(field, level) for field, levels in FIELDS.items() for level in levels if level != "unsaid"]


@dataclass(frozen=True, slots=True)
class Known:
    """A register with its truth: who each entry is, and of which home."""

    entries: Sequence[Entry]
    person: Sequence[str]
    home: Sequence[str]


def learn(registers: Sequence[Known]) -> Weights:
    """Bits for each level and the prior, from all pairs that the blocks find in each register."""
    none: Weights = {"prior": {"bits": 0.0}}
    counted: dict[tuple[int, ...], float] = {}
    for known in registers:
        for left, right, _bits, *levels in Bench(known.entries, none).weighed():
            same = known.person[left] == known.person[right]
            case = (*levels, int(same))
            counted[case] = counted.get(case, 0) + (1 if same or known.home[left] != known.home[right] else SIBLING)
    cases = np.array(list(counted))
    found = _fit(_columns(cases[:, :-1]), cases[:, -1], np.array(list(counted.values()))) / log(2)
    weights: dict[str, dict[str, float]] = {"prior": {"bits": round(float(found[-1]), 2)}}
    for (field, level), bits in zip(LEVELS, found, strict=False):
        weights.setdefault(field, {})[level] = round(float(bits), 2)
    return weights


def _columns(levels: "np.ndarray") -> "np.ndarray":
    """One column of 0 and 1 for each level of each field, and one of ones."""
    parts = []
    for place, field in enumerate(FIELDS):
        count = len(FIELDS[field]) - 1
        parts.append(levels[:, place, None] == np.arange(count - 1, -1, -1))  # splink counts from the last level up
    return np.hstack([*parts, np.ones((len(levels), 1))]).astype(float)


def _fit(seen: "np.ndarray", same: "np.ndarray", weight: "np.ndarray") -> "np.ndarray":
    """Newton's steps of a weighted logistic regression with a ridge on all but the last column."""
    ridge = np.full(seen.shape[1], RIDGE)
    ridge[-1] = RIDGE / 100
    found = np.zeros(seen.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-seen @ found))
        slope = seen.T @ (weight * (same - chance)) - ridge * found
        bend = (seen * (weight * np.maximum(chance * (1 - chance), 1e-6))[:, None]).T @ seen + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        found += step
        if np.abs(step).max() < 1e-5:
            break
    return found
