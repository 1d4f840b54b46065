"""Growth norms as WHO publishes them: L, M and S of both sexes by day, month or 0.1 cm (`packs/common/norms`).

A measure y has z = ((y/M)^L - 1) / (L S). Method: WHO Child Growth Standards, methods and development, chapter 7.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from zajedno.forms.logic.scores.packs import PACKS

Numbers = NDArray[np.float64]
Codes = NDArray[np.int8]
Mask = NDArray[np.bool_]
FOLDER = PACKS / "common" / "norms"
STEPS = {"day": 1, "month": 1, "cm": 10}  # lines of a table for one unit


@dataclass(frozen=True, slots=True)
class Norm:
    """A table. `lms`: L, M, S in rows of length 2n, n lines for boys and then n for girls; the first is for `start`."""

    lms: Numbers
    start: float
    step: int

    @property
    def end(self) -> float:
        """The last day, month or centimetre there is a line for."""
        return self.start + (self.lms.shape[1] // 2 - 1) / self.step

    def at(self, sex: Codes, place: Numbers) -> Numbers:
        """L, M, S (3 x n) for sex 1 boy, 2 girl and places within the table, on a straight line between two lines."""
        lines = self.lms.shape[1] // 2
        position = (place - self.start) * self.step
        low = np.minimum(position.astype(np.intp), lines - 2)
        part = position - low
        low += (sex == 2) * lines
        below = self.lms[:, low]
        return below + part * (self.lms[:, low + 1] - below) if part.any() else below

    def z(self, sex: Codes, place: Numbers, measure: Numbers, *, restricted: bool) -> Numbers:
        """z, not rounded. `restricted`: beyond 3 SD the distance between 2 and 3 SD is the unit, as WHO does where a
        measure is skewed (all but length, height and head)."""
        lms = self.at(sex, place)
        low, median, spread = lms
        z = ((measure / median) ** low - 1) / (low * spread) if restricted else (measure / median - 1) / spread
        if restricted and (far := np.flatnonzero(np.abs(z) > 3)).size:
            sign, there = np.sign(z[far]), lms[:, far]
            third, second = _measure(there, 3 * sign), _measure(there, 2 * sign)
            z[far] = sign * (3 + (measure[far] - third) / (third - second))
        return z

    def curve(self, sex: int, places: Numbers, z: float) -> Numbers:
        """The measure that has `z` at each of the places."""
        return _measure(self.at(np.full(len(places), sex, np.int8), places), z)


def _measure(lms: Numbers, z: Numbers | float) -> Numbers:
    low, median, spread = lms
    measure: Numbers = median * (1 + low * spread * z) ** (1 / low)
    return measure


@cache
def norm(edition: str, table: str) -> Norm:
    """A table of `who-growth` or `who-growth-5-19`, such as "lhfa"."""
    path = FOLDER / edition / f"{table}.csv"
    with path.open(encoding="utf-8") as file:
        unit = file.readline().split(",")[0]
        lines = np.loadtxt(file, delimiter=",", ndmin=2)
    boys, girls = lines[:, 1:4], lines[:, 4:7]
    return Norm(np.concatenate([boys, girls]).T.copy(), float(lines[0, 0]), STEPS[unit])
