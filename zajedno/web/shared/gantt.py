"""Activities on a line of months, as SVG: no script, printable, with a table beside it that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

WIDTH = 760  # units of the drawing, which scales with the page
_LABELS, _HEAD, _ROW = 250, 30, 26


@dataclass(frozen=True)
class Span:
    """`tone`: ahead, underway, done, late, dropped. `said`: the tone in words, for who does not see the colour."""

    label: Any
    begins_on: date
    ends_on: date
    tone: str
    said: Any


@dataclass(frozen=True)
class Gantt:
    """From the first day of `first_year` to the last of `last_year`; a span outside is cut at the edge."""

    id: str
    title: Any
    description: Any
    first_year: int
    last_year: int
    spans: Sequence[Span]
    today: date
    keys: Sequence[tuple[str, Any]]  # tones with their words, for the legend

    width = WIDTH
    labels = _LABELS

    @property
    def height(self) -> int:
        return _HEAD + _ROW * len(self.spans) + 6

    def bars(self) -> list[dict[str, Any]]:
        """One a span; a single day is still to be seen."""
        found = []
        for number, span in enumerate(self.spans):
            begin, end = self._x(span.begins_on), self._x(span.ends_on, after=1)
            y = _HEAD + _ROW * number
            found.append({"span": span, "x": begin, "y": y + 4, "width": max(round(end - begin, 1), 3), "base": y + 18})
        return found

    def ticks(self) -> list[dict[str, Any]]:
        """Quarters; where one begins a year, its number is written."""
        days = [date(year, month, 1) for year in range(self.first_year, self.last_year + 1) for month in (1, 4, 7, 10)]
        several = self.last_year > self.first_year
        return [
            {"x": self._x(one), "text": str(one.year) if one.month == 1 else "" if several else f"{one.month}."}
            for one in days
        ]

    @property
    def today_x(self) -> float | None:
        """None when today lies outside."""
        return self._x(self.today) if self.first_year <= self.today.year <= self.last_year else None

    def _x(self, day: date, after: int = 0) -> float:
        first, last = date(self.first_year, 1, 1), date(self.last_year, 12, 31)
        inside = min(max(day, first), last)
        return round(_LABELS + (WIDTH - _LABELS - 10) * ((inside - first).days + after) / ((last - first).days + 1), 1)
