"""Columns of a file's cells as arrays. What cannot be read is left out, and its row keeps the reason."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from zajedno.forms.logic.scores.answers import EMPTY
from zajedno.forms.logic.scores.norms import Codes, Mask, Numbers

SMALLEST, LARGEST = 0.1, 1000.0  # no child weighs or measures less or more, in kg, cm or mm
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")


class Faults(defaultdict[int, list[str]]):
    """Reasons by the number of the row in a block. Never a cell's content: it may be about a child."""

    def __init__(self) -> None:
        super().__init__(list)

    def add(self, wrong: Mask, why: str) -> None:
        for row in np.flatnonzero(wrong).tolist():
            self[row].append(why)

    def of(self, row: int) -> str:
        return "; ".join(self[row]) if row in self else ""


def measures(cells: Sequence[str], name: str, faults: Faults) -> Numbers:
    """Measures of a body, NaN where there is none. A decimal comma is read too."""
    values = _numbers(cells, name, faults)
    _refuse(values, values < SMALLEST, f"{name} is less than {SMALLEST}", faults)
    _refuse(values, values > LARGEST, f"{name} is more than {LARGEST:.0f}: wrong unit?", faults)
    return values


def ages(cells: Sequence[str], name: str, faults: Faults, *, needed: bool = False) -> Numbers:
    """Ages from 0, NaN where there is none. "1,234" is refused: it may mean one or a thousand."""
    values = _numbers(cells, name, faults)
    _refuse(values, values < 0, f"{name} is negative", faults)
    if any("," in cell for cell in cells):
        doubtful = [re.fullmatch(r"\s*\d{1,3},\d{3}\s*", cell) is not None for cell in cells]
        _refuse(values, np.array(doubtful), f"{name} has a comma that may part thousands", faults)
    if needed:
        unsaid = np.isnan(values) & [cell.strip() in EMPTY for cell in cells]
        _refuse(values, unsaid, f"{name} is empty", faults)
    return values


def codes(cells: Sequence[str], name: str, faults: Faults, known: Mapping[str, int]) -> Codes:
    """Codes by what is written, in any case; 0 where that is not known, or nothing and nothing is not known."""
    found = np.array([known.get(cell, -1) for cell in cells], np.int8)
    for row in np.flatnonzero(found < 0).tolist():
        text = cells[row].strip()
        text = "" if text in EMPTY else text.casefold().removesuffix(".0")
        found[row] = known.get(text, 0)
        if text not in known:
            why = f"is none of {', '.join(filter(None, known))}" if text else "is empty"
            faults[row].append(f"{name} {why}")
    return found


def _numbers(cells: Sequence[str], name: str, faults: Faults) -> Numbers:
    values = _quickly(cells)
    if values is None:
        values = np.array([_number(cell) for cell in cells], np.float64)
    for row in np.flatnonzero(~np.isfinite(values)).tolist():
        if cells[row] and cells[row].strip() not in EMPTY:
            values[row] = np.nan
            faults[row].append(f"{name} is not a number")
    return values


def _quickly(cells: Sequence[str]) -> Numbers | None:
    """As Python reads numbers; None when a cell is none or has Python's own "1_000"."""
    try:
        values = np.array([float(cell) if cell else np.nan for cell in cells], np.float64)
    except ValueError:
        return None
    return None if "_" in "".join(cells) else values


def _number(cell: str) -> float:
    text = cell.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else np.nan


def _refuse(values: Numbers, wrong: Mask, why: str, faults: Faults) -> None:
    faults.add(wrong, why)
    values[wrong] = np.nan
