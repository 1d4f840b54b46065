"""A growth chart as SVG: WHO's curves, the child's measures on them, and one sentence for a parent.

No script; prints; the numbers are in a table. `growth_sheets` makes charts out of a child's sheets. Drawn by
`{% include "charts/growth.html" with chart=chart %}`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import inf
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zajedno.forms.logic.scores.norms import norm
from zajedno.forms.logic.scores.who_2006 import MONTH

WIDTH, HEIGHT = 640, 400  # units of the drawing, which scales with the page
LEFT, RIGHT, TOP, BOTTOM = 50, 34, 26, 46
CURVES = (-3, -2, 0, 2, 3)
SEX = {"M": 1, "F": 2}
MONTHS, YEARS, CM = _("Age in months"), _("Age in years"), _("Length or height, cm")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a chart is of. `per`: places of the norm's table in one unit of the axis below, marked every `step`
    units, which ends at the first of `ends` that holds all points, at the latest with the norm."""

    edition: str
    table: str
    name: Promise
    unit: str
    below: Promise = MONTHS
    per: float = MONTH
    ends: tuple[float, ...] = (24, inf)
    step: float = 6


def _by_length(table: str, name: Promise) -> Measure:
    return Measure("who-growth", table, name, "kg", CM, 1, (inf,), 10)


def _of_school(table: str, name: Promise, unit: str) -> Measure:
    return Measure("who-growth-5-19", table, name, unit, YEARS, 12, (inf,), 1)


MEASURES = {
    "len": Measure("who-growth", "lhfa", _("Length or height"), "cm"),
    "wei": Measure("who-growth", "wfa", _("Weight"), "kg"),
    "wfl": _by_length("wfl", _("Weight for length")),
    "wfh": _by_length("wfh", _("Weight for height")),
    "bmi": Measure("who-growth", "bfa", _("Body mass index"), "kg/m²"),
    "hc": Measure("who-growth", "hcfa", _("Head circumference"), "cm"),
    "ac": Measure("who-growth", "acfa", _("Arm circumference"), "cm"),
    "ts": Measure("who-growth", "tsfa", _("Skinfold of the upper arm"), "mm"),
    "ss": Measure("who-growth", "ssfa", _("Skinfold under the shoulder blade"), "mm"),
    "hfa": _of_school("hfa", _("Height"), "cm"),
    "wfa": _of_school("wfa", _("Weight"), "kg"),
    "bfa": _of_school("bfa", _("Body mass index"), "kg/m²"),
}
SENTENCES = (  # from below -3 SD to above 3
    _("%(measure)s: far less than in most children of this age."),
    _("%(measure)s: less than in most children of this age."),
    _("%(measure)s: as in most children of this age."),
    _("%(measure)s: more than in most children of this age."),
    _("%(measure)s: far more than in most children of this age."),
)
FOR_LENGTH = (
    _("%(measure)s: far less than in most children as tall."),
    _("%(measure)s: less than in most children as tall."),
    _("%(measure)s: as in most children as tall."),
    _("%(measure)s: more than in most children as tall."),
    _("%(measure)s: far more than in most children as tall."),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A measure: its day, its place on the axis below (months, years or cm), its value. `doubtful`: check the entry."""

    on: date
    place: float
    value: float
    z: float
    doubtful: bool = False


@dataclass(frozen=True)
class GrowthChart:
    """`sex` F or M. `points` by day, at least one."""

    id: str
    measure: Measure
    sex: str
    points: Sequence[Point]

    width, height, left, top = WIDTH, HEIGHT, LEFT, TOP
    bottom, right, middle = HEIGHT - BOTTOM, WIDTH - RIGHT, (LEFT + WIDTH - RIGHT) / 2

    @property
    def title(self) -> str:
        named = {"measure": self.measure.name, "unit": self.unit}
        if self.sex == "F":
            return gettext("%(measure)s (%(unit)s), girls") % named
        return gettext("%(measure)s (%(unit)s), boys") % named

    @property
    def unit(self) -> str:
        return self.measure.unit

    @property
    def below(self) -> Promise:
        return self.measure.below

    @property
    def sure(self) -> list[Point]:
        """Points that can be true; only they are drawn and spoken of."""
        return [point for point in self.points if not point.doubtful]

    @property
    def sentence(self) -> str:
        """The newest measure in words for a parent."""
        newest = self.points[-1]
        if newest.doubtful:
            return gettext("The newest measure cannot be right. It should be taken again.")
        place = 2 - (newest.z < -2) - (newest.z < -3) + (newest.z > 2) + (newest.z > 3)
        words = FOR_LENGTH if self.measure.below is CM else SENTENCES
        said = words[place] % {"measure": self.measure.name}
        return said if place == 2 else f"{said} {gettext('Speak about it with the child’s doctor.')}"

    @property
    def description(self) -> str:
        return gettext(
            "The middle line is the middle child; most children, 95 of 100, are between the lines +2 and −2."
        )

    @cached_property
    def _norm(self) -> Any:
        return norm(self.measure.edition, self.measure.table)

    @cached_property
    def _span(self) -> tuple[float, float]:
        """First and last place of the axis below."""
        last = max((point.place for point in self.sure), default=0)
        end = next(end for end in self.measure.ends if last <= end)
        return self._norm.start / self.measure.per, min(end, self._norm.end / self.measure.per)

    @cached_property
    def _curves(self) -> dict[int, Any]:
        return {z: self._norm.curve(SEX[self.sex], self._places * self.measure.per, z) for z in CURVES}

    @cached_property
    def _places(self) -> Any:
        return np.linspace(*self._span, 81)

    @cached_property
    def _range(self) -> tuple[float, float]:
        """Lowest and highest value of the axis at the left."""
        values = [point.value for point in self.sure]
        lowest, highest = min([self._curves[-3].min(), *values]), max([self._curves[3].max(), *values])
        margin = (highest - lowest) * 0.03
        return float(lowest - margin), float(highest + margin)

    def x(self, place: float) -> float:
        first, last = self._span
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (place - first) / (last - first), 1)

    def y(self, value: float) -> float:
        low, high = self._range
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low), 1)

    def curves(self) -> list[dict[str, Any]]:
        """Each curve of the norm: its name, its path, where its name stands."""
        return [
            {
                "name": f"{z:+d}".replace("-", "−").replace("+0", "0"),
                "kind": abs(z),
                "path": path(zip(map(self.x, self._places), map(self.y, values), strict=True)),
                "base": self.y(values[-1]) + 5,
            }
            for z, values in self._curves.items()
        ]

    def dots(self) -> list[tuple[str, str]]:
        return [(f"{self.x(point.place)}", f"{self.y(point.value)}") for point in self.sure]

    @property
    def line(self) -> str:
        """The path from the child's first point to its last."""
        return path((self.x(point.place), self.y(point.value)) for point in self.sure)

    def across(self) -> list[tuple[str, str]]:
        """Marks of the axis below: x and number."""
        first, last = self._span
        step = self.measure.step
        marks = np.arange(np.ceil(first / step) * step, last + step / 10, step)
        return [(f"{self.x(mark)}", f"{mark:.0f}") for mark in marks.tolist()]

    def up(self) -> list[tuple[str, str]]:
        """Marks of the axis at the left: y and number, about six."""
        low, high = self._range
        step = next(step for step in (1, 2, 5, 10, 20, 50) if (high - low) / step <= 8)
        marks = np.arange(np.ceil(low / step) * step, high, step)
        return [(f"{self.y(mark)}", f"{mark:.0f}") for mark in marks.tolist()]


def path(points: Iterable[tuple[float, float]]) -> str:
    """An SVG path through points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
