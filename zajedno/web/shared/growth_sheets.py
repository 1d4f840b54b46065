"""Growth charts out of a child's sheets of the forms that measure growth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from zajedno.forms.logic.scores.answers import Impossible
from zajedno.forms.logic.scores.contract import Facts
from zajedno.forms.logic.scores.growth import child_of
from zajedno.forms.logic.scores.growth_school import pupil_of
from zajedno.forms.logic.scores.who_2006 import INDICES, MONTH, TWO_YEARS, growth
from zajedno.forms.logic.scores.who_2007 import INDICES as SCHOOL_INDICES
from zajedno.forms.logic.scores.who_2007 import school_growth
from zajedno.web.shared.growth_chart import MEASURES, GrowthChart, Point

GROWTH = ("who-growth", "who-growth-5-19")


@dataclass(frozen=True, slots=True)
class Measuring:
    """A sheet of one of the forms `GROWTH`; `facts.on`: the day it holds for."""

    score: str
    answers: Mapping[str, str]
    facts: Facts
    options: Mapping[str, Any]


def growth_charts(sheets: Iterable[Measuring]) -> list[GrowthChart]:
    """A chart of each measure that was taken of a child, in the order of `MEASURES`; sheets in any order."""
    points: dict[str, list[Point]] = {}
    sex = ""
    for sheet in sorted(sheets, key=lambda sheet: sheet.facts.on or date.min):
        sex = sheet.facts.sex
        try:
            found = _under_five(sheet) if sheet.score == GROWTH[0] else _school(sheet)
        except Impossible:  # nothing of it can be drawn
            continue
        for key, point in found.items():
            points.setdefault(key, []).append(point)
    charts = ((key, points.get(key, [])) for key in MEASURES)
    return [GrowthChart(f"growth-{key}", MEASURES[key], sex, taken) for key, taken in charts if taken]


def _under_five(sheet: Measuring) -> dict[str, Point]:
    child, _corrected = child_of(sheet.answers, sheet.facts, sheet.options)
    found = growth(child)
    age, points = child.age_days[0], {}
    for key, index in INDICES.items():
        name = "wfh" if key == "wfl" and age >= TWO_YEARS else key
        place = found.clenhei[0] if key == "wfl" else age / MONTH
        doubtful = bool(index.flags(found.z[key])[0])
        points[name] = _point(sheet, place, found.measured[key][0], found.z[key][0], doubtful)
    return {key: point for key, point in points.items() if not np.isnan(point.z)}


def _school(sheet: Measuring) -> dict[str, Point]:
    pupil = pupil_of(sheet.answers, sheet.facts)
    found = school_growth(pupil)
    years = pupil.age_months[0] / 12
    return {
        key: _point(sheet, years, found.measured[key][0], z[0], bool(SCHOOL_INDICES[key].flags(z)[0]))
        for key, z in found.z.items()
        if not np.isnan(z[0])
    }


def _point(sheet: Measuring, place: float, value: float, z: float, doubtful: bool) -> Point:
    on = sheet.answers.get("measured_on")
    day = date.fromisoformat(on) if on else sheet.facts.on or date.min
    return Point(day, float(place), float(value), float(z), doubtful)
