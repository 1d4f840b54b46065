"""Every total over every axis, with the children behind it.

A child that stands in two cells is one child in their total, so children do not add up: they are united. PostgreSQL
would sort all measures once for each axis to say the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

Leaf = tuple[tuple[str, ...], Decimal, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum, or a number of measures, and how many children stand behind it."""

    value: Decimal
    children: int


def with_totals(leaves: Iterable[Leaf]) -> dict[tuple[str, ...], Sum]:
    """Cells with a word for each axis, and their totals, in which "" stands for all words."""
    values: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    behind: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for cell, value, children in leaves:
        few = frozenset(children)
        for kept in product((True, False), repeat=len(cell)):
            total = tuple(word if stays else "" for word, stays in zip(cell, kept, strict=True))
            values[total] += value
            behind[total] |= few
    return {cell: Sum(values[cell], len(behind[cell])) for cell in values}
