"""Figures of places through periods as one table of bounds, and the places that may stand beside one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zajedno.figures.logic.figure import Figure, Said

Numbers = NDArray[np.float64]
MOST, SIZES, NEAR = 40, 3.0, 1.5  # places; times as many or as few; spreads of the level
NOTHING = 1e-9  # a change so small is none


@dataclass(frozen=True, slots=True)
class Panel:
    """A row for each of `places`, the one that is asked about first; a column for each period, `before` and then
    after. Of an exact figure `low` and `high` are the same; `noise` is how much chance alone moves it (a variance)."""

    places: tuple[str, ...]
    before: int
    low: Numbers
    high: Numbers
    noise: Numbers
    size: Numbers  # children behind a place before the start; 1 where nobody says

    @property
    def middle(self) -> Numbers:
        return (self.low + self.high) / 2

    def of(self, rows: Sequence[int]) -> "Panel":
        chosen = list(rows)
        return Panel(
            tuple(self.places[row] for row in chosen), self.before, self.low[chosen], self.high[chosen],
            self.noise[chosen], self.size[chosen],
        )  # fmt: skip


def told(figures: Iterable[Figure]) -> dict[str, dict[str, Figure]]:
    """Whole figures that say something, by place and period; of two editions the later one."""
    found: dict[str, dict[str, Figure]] = {}
    for one in figures:
        if one.by or one.word or _bounds(one) is None:
            continue
        kept = found.setdefault(one.place, {}).get(one.period)
        if kept is None or kept.edition <= one.edition:
            found[one.place][one.period] = one
    return found


def panel(known: dict[str, dict[str, Figure]], place: str, before: Sequence[str], after: Sequence[str]) -> Panel:
    """Of `place` and every other one of which all these periods are told."""
    periods = [*before, *after]
    whole = sorted(one for one, of in known.items() if one != place and all(period in of for period in periods))
    places = [place, *whole]
    rows = [[known[one][period] for period in periods] for one in places]
    bounds = np.array([[_bounds(one) for one in row] for row in rows], dtype=float)
    sizes = [[float(one.bottom or 0) for one in row[: len(before)]] for row in rows]
    return Panel(
        tuple(places), len(before), bounds[:, :, 0], bounds[:, :, 1],
        np.array([[_noise(one) for one in row] for row in rows]),
        np.array([max(float(np.mean(row)), 1.0) if row else 1.0 for row in sizes]),
    )  # fmt: skip


def alike(one: Panel, never: frozenset[str]) -> Panel:
    """The place with those that were like it before the start: of a similar size, at a similar level. What came after
    says nothing in this choice."""
    levels = one.middle[:, : one.before].mean(axis=1)
    others = [row for row in range(1, len(one.places)) if one.places[row] not in never]
    spread = float(np.std(levels[others])) if others else 0.0
    sizes = np.abs(np.log(one.size / one.size[0]))
    apart = np.abs(levels - levels[0]) / spread if spread else np.zeros(len(levels))
    near = [row for row in others if sizes[row] <= np.log(SIZES) and apart[row] <= NEAR]
    near.sort(key=lambda row: (sizes[row] + apart[row], one.places[row]))
    return one.of([0, *near[:MOST]])


def _bounds(one: Figure) -> tuple[float, float] | None:
    if one.said == Said.EXACT and one.value is not None:
        return float(one.value), float(one.value)
    if one.said == Said.BETWEEN and one.low is not None and one.high is not None:
        return float(one.low), float(one.high)
    return None


def _noise(one: Figure) -> float:
    """Of a part of a whole: as if each child fell into it by chance."""
    top, bottom, value = (float(number or 0) for number in (one.top, one.bottom, one.value))
    if not top or not bottom or top > bottom:
        return 0.0
    share: Any = top / bottom
    return float((value / share) ** 2 * share * (1 - share) / bottom)
