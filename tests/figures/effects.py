"""Invented series of invented places: an indicator in per cent, by place and year."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from zajedno.figures.logic.effect import Question
from zajedno.figures.logic.figure import Figure, Said

FIRST = 2016
ASKED = Question("kept", "P00", date(2021, 2, 1), date(2021, 9, 1), "share", "higher")  # 2016–2020 before, 2022– after


def figure(place: str, period: str, value: float, bottom: int = 200, said: Said = Said.EXACT, **more: Any) -> Figure:
    top = Decimal(round(value * bottom / 100))
    told = {"value": Decimal(str(round(value, 4))), "top": top, "bottom": Decimal(bottom)}
    return Figure("kept", place, period, said, **(told | more if said == Said.EXACT else more))


def figures(table: Mapping[str, Sequence[float]], first: int = FIRST, **more: Any) -> list[Figure]:
    return [
        figure(place, str(first + at), value, **more) for place, row in table.items() for at, value in enumerate(row)
    ]


def invented(
    seed: int, *, places: int = 25, years: int = 9, effect: float = 0.0, since: int = 6, noise: float = 3.0,
    bend: int | None = None,
) -> dict[str, list[float]]:  # fmt: skip
    """Levels of their own, years that are good or bad for all, chance that lasts a little. `effect` from year `since`
    at the first place; with `bend` a jump of 12 from that year there."""
    chance = np.random.default_rng(seed)
    levels, common = chance.normal(50, 5, places), chance.normal(0, 2, years).cumsum()
    table = {}
    for row in range(places):
        shock, course = chance.normal(0, noise), []
        for year in range(years):
            shock = 0.4 * shock + float(chance.normal(0, noise))
            jump = effect if row == 0 and year >= since else 0.0
            jump += 12.0 if row == 0 and bend is not None and year >= bend else 0.0
            course.append(float(levels[row] + common[year] + shock + jump))
        table[f"P{row:02}"] = course
    return table


def months(seed: int, *, effect: float = 0.0, before: int = 24, after: int = 12) -> list[Figure]:
    """A series of one place from January 2018 on, in which neighbours are alike."""
    chance, shock, found = np.random.default_rng(seed), 0.0, []
    for at in range(before + after):
        shock = 0.3 * shock + float(chance.normal(0, 3))
        value = 50 + 0.1 * at + shock + (effect if at >= before else 0.0)
        found.append(figure("P00", f"{2018 + at // 12}-{at % 12 + 1:02}", value))
    return found
