"""A place and the mean of those that did without, through periods; a line stands where it began."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from zajedno.exchange.queries.effect import Shown
from zajedno.figures.logic.effect.panel import told
from zajedno.web.shared.charts import WIDTH

LEFT, RIGHT, ABOVE, BELOW = 46, WIDTH - 20, 16, 168
Point = tuple[float, float]


@dataclass(frozen=True)
class EffectChart:
    """`rows`: period, value of the place, mean of the others (None: not told), and whether it lies before or after."""

    title: Any
    description: Any
    place: str
    unit: Any
    rows: Sequence[tuple[str, float | None, float | None, str]]

    id = "effect"
    width, height = WIDTH, 206

    def own(self) -> str:
        return self._path(1)

    def others(self) -> str:
        return self._path(2)

    def dots(self) -> list[Point]:
        return self._points(1)

    def marks(self) -> list[tuple[float, float]]:
        """Three lines of values: y and number."""
        low, high = self._bounds()
        return [(self._y(value), value) for value in (low, (low + high) / 2, high)]

    def is_cut(self) -> bool:
        """Does the scale leave zero out? What moves looks larger then."""
        low, high = self._bounds()
        return low > 0 or high < 0

    def ends(self) -> list[tuple[float, str]]:
        """Where the names of the first and the last period stand."""
        return [(self._x(at), self.rows[at][0]) for at in dict.fromkeys((0, len(self.rows) - 1))]

    def start(self) -> float | None:
        """Between what lies before and what comes after."""
        last = max((at for at, row in enumerate(self.rows) if row[3] == "before"), default=None)
        first = min((at for at, row in enumerate(self.rows) if row[3] == "after"), default=None)
        return None if last is None or first is None else round((self._x(last) + self._x(first)) / 2, 1)

    def _points(self, column: int) -> list[Point]:
        found = ((at, row[column]) for at, row in enumerate(self.rows))
        return [(self._x(at), self._y(value)) for at, value in found if isinstance(value, float)]

    def _path(self, column: int) -> str:
        points = self._points(column)
        return "M" + "L".join(f"{x} {y}" for x, y in points) if points else ""

    def _bounds(self) -> tuple[float, float]:
        values = [value for row in self.rows for value in row[1:3] if isinstance(value, float)]
        low, high = min(values, default=0.0), max(values, default=1.0)
        return (low, high) if high > low else (low - 1, high + 1)

    def _x(self, at: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * (at / (len(self.rows) - 1) if len(self.rows) > 1 else 0.5), 1)

    def _y(self, value: float) -> float:
        low, high = self._bounds()
        return round(BELOW - (BELOW - ABOVE) * (value - low) / (high - low), 1)


def drawn(shown: Shown, title: Any, description: Any, place: str, unit: Any) -> EffectChart | None:
    """None where nothing of the place is told."""
    known, effect = told(shown.figures), shown.effect
    own = known.get(shown.question.place, {})
    rows = []
    for period in sorted({one.period for one in shown.figures}):
        beside = [_middle(known[one][period]) for one in effect.places if period in known.get(one, {})]
        part = "before" if period in effect.before else "after" if period in effect.after else ""
        mean = fmean(beside) if len(beside) == len(effect.places) and beside else None
        rows.append((period, _middle(own[period]) if period in own else None, mean, part))
    return EffectChart(title, description, place, unit, rows) if own else None


def _middle(one: Any) -> float:
    return float(one.value) if one.value is not None else float(one.low + one.high) / 2
