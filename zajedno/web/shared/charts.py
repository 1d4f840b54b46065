"""Charts as SVG: no script, printable, with the numbers in a table. Geometry is reckoned here, drawn by a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

WIDTH = 640  # units of the drawing, which scales with the page
_LABELS = 236
_ROW = 30
_NUMBERS = 56


@dataclass(frozen=True)
class Bar:
    """A bar, or one part of a stacked bar."""

    label: Any
    value: float
    x: float
    y: float
    width: float
    tone: int


@dataclass(frozen=True)
class Chart:
    """`series` names the parts of stacked bars; `rows` are (label, values) for the table under the drawing."""

    id: str
    title: Any
    description: Any
    series: Sequence[Any]
    rows: Sequence[tuple[Any, Sequence[float]]]
    unit: Any = ""

    width = WIDTH
    labels = _LABELS

    @property
    def height(self) -> int:
        return _ROW * max(len(self.rows), 1) + 6

    @property
    def stacked(self) -> bool:
        return len(self.series) > 1

    @property
    def most(self) -> float:
        return max((sum(values) for _label, values in self.rows), default=0) or 1

    def lines(self) -> list[dict[str, Any]]:
        """One line per row: its label, its bars and its total."""
        scale = (WIDTH - _LABELS - _NUMBERS) / self.most
        lines = []
        for number, (label, values) in enumerate(self.rows):
            x, bars = float(_LABELS), []
            for tone, value in enumerate(values):
                bars.append(Bar(label, value, round(x, 1), _ROW * number + 7, round(value * scale, 1), tone))
                x += value * scale
            total = sum(values)
            lines.append(
                {"label": label, "bars": bars, "total": total, "end": round(x + 6, 1), "base": _ROW * number + 22}
            )
        return lines


@dataclass(frozen=True)
class Due:
    """A deadline. `tone`: late, soon, later."""

    label: Any
    day: date
    tone: str


@dataclass(frozen=True)
class Deadlines:
    """Dots on a line of days: what is late on the left of today, what is coming on the right."""

    id: str
    title: Any
    description: Any
    today: date
    dues: Sequence[Due]

    width = WIDTH
    height = 84

    def dots(self) -> list[dict[str, Any]]:
        """Where each dot stands; dots of one day stand one above another, at most four high."""
        first, last = self._span()
        stacked: dict[date, int] = {}
        dots = []
        for due in sorted(self.dues, key=lambda due: due.day):
            level = stacked[due.day] = stacked.get(due.day, -1) + 1
            x = 20 + (WIDTH - 40) * (due.day - first).days / max((last - first).days, 1)
            dots.append({"due": due, "x": round(x, 1), "y": 50 - 11 * min(level, 3)})
        return dots

    @property
    def today_x(self) -> float:
        first, last = self._span()
        return round(20 + (WIDTH - 40) * (self.today - first).days / max((last - first).days, 1), 1)

    def ends(self) -> tuple[date, date]:
        return self._span()

    def _span(self) -> tuple[date, date]:
        days = [self.today, *(due.day for due in self.dues)]
        return min(days), max(days)


@dataclass(frozen=True)
class Trend:
    """A value through time, from 0 to `top`, as one line. `points` are (day, value), by day; at least one."""

    id: str
    title: Any
    description: Any
    points: Sequence[tuple[date, float]]
    top: int
    unit: Any = ""

    width, height, left, right, above, below = WIDTH, 150, 30, WIDTH - 20, 14, 120

    def dots(self) -> list[tuple[float, float]]:
        """Where each point stands; one alone stands in the middle."""
        first, days = self.points[0][0], (self.points[-1][0] - self.points[0][0]).days
        return [
            (
                round(self.left + (self.right - self.left) * ((on - first).days / days if days else 0.5), 1),
                self._y(value),
            )
            for on, value in self.points
        ]

    @property
    def path(self) -> str:
        return "M" + "L".join(f"{x} {y}" for x, y in self.dots())

    def marks(self) -> list[tuple[float, int]]:
        """Lines of whole values: y and number."""
        return [(self._y(value), value) for value in range(self.top + 1)]

    def ends(self) -> list[date]:
        """First and last day; one where they are the same."""
        return list(dict.fromkeys((self.points[0][0], self.points[-1][0])))

    def _y(self, value: float) -> float:
        return round(self.below - (self.below - self.above) * value / self.top, 1)
