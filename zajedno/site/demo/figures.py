"""Figures of closed years for two whole countries, so that dashboards and reports have something to say: how many, how
well and for whom is invented by a fixed seed. They go through the same release, and so through the same protection, as
figures that are counted. Those of nobody's work (meetings, plans, practices) are counted from what the demo holds.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from django.conf import settings

from zajedno.figures.actions import release_period
from zajedno.figures.logic.partition import Counted
from zajedno.indicators.actions.period import LATE_DAYS, release_closed
from zajedno.indicators.logic.definition import Indicator, load
from zajedno.indicators.logic.span import closed
from zajedno.indicators.queries.period import said
from zajedno.kernel import clock
from zajedno.kernel.fence import STATISTICS, acting
from zajedno.places.queries.population import children_of
from zajedno.places.queries.territory import units

YEARS = 3
# How many of a thousand children it is about in a year, and how many of a hundred go well at first.
ABOUT = {
    "k1": (9, 100), "k2": (8, 52), "k3": (12, 45), "k4": (12, 40), "r1": (7, 38), "r2": (7, 0), "d1": (380, 3),
}  # fmt: skip
WORSE = frozenset({"k4", "d1"})  # fewer is better: they fall
PARTS = {
    "girl": 41,
    "boy": 58,
    "0-2": 9,
    "3-6": 22,
    "0-6": 31,
    "7-14": 49,
    "15-18": 20,
    "yes": 37,
    "no": 45,
    "unknown": 4,
}
CHILDREN_ELSEWHERE = 3500  # of a place whose people nobody published by age
BANDS = (4, 14, 31, 26, 14, 8, 3)  # of a hundred, from the shortest or youngest on


def seed_figures(progress: Callable[[str], None]) -> None:
    progress("figures of closed years")
    known = load(settings.PACKS_DIR)
    for country in ("RS", "BA"):
        sizes = _sizes(country)
        for code in ABOUT:
            what = known[code]
            if what.holds_in(country):
                for turn, span in enumerate(reversed(closed(what.period, clock.today(), LATE_DAYS)[:YEARS])):
                    _release(what, country, span.name, sizes, turn)
    release_closed(today=clock.today(), only=[one.code for one in known.values() if one.is_work])


def _sizes(country: str) -> dict[str, int]:
    """Children of each unit, as published, or an invented number."""
    _year, found = children_of(country, ("0-6", "7-14", "15-18"), clock.today().year)
    return {
        one.code: sum(found.get(one.code, {}).values()) or CHILDREN_ELSEWHERE + Random(one.code).randrange(-2500, 9000)
        for one in units(country)
    }


def _release(what: Indicator, country: str, period: str, sizes: dict[str, int], turn: int) -> None:
    counted = [one for place, children in sizes.items() for one in _counted(what, place, children, turn)]
    sent = {place: int(Random(f"{place} {period}").random() > 0.12) for place in sizes}
    with acting(STATISTICS):
        release_period(
            indicator=what.code, country=country, period=period, counted=counted, divisions=what.divisions,
            method=what.method, reported=sent, expected=dict.fromkeys(sizes, 1),
        )  # fmt: skip


def _counted(what: Indicator, place: str, children: int, turn: int) -> Iterator[Counted]:
    """Blocks of a place, and each of them divided."""
    chance = Random(f"{what.code} {place} {turn}")
    many = round(children * ABOUT[what.code][0] / 1000 * chance.uniform(0.4, 1.6))
    for outcome, count in zip(what.outcomes, _split(many, _weights(what, place, turn), chance), strict=True):
        if not count:
            continue
        told = said(what, outcome)
        yield Counted(place, told, count, _events(what, count))
        for axis, words in what.divisions.items():
            parts = _split(count, [PARTS.get(word, 20) for word in words], chance)
            yield from (
                Counted(place, told, part, _events(what, part), axis, word)
                for word, part in zip(words, parts, strict=True) if part
            )  # fmt: skip


def _events(what: Indicator, children: int) -> int | None:
    return children if what.counts == "events" else None


def _weights(what: Indicator, place: str, turn: int) -> Sequence[float]:
    """Of each outcome; every place keeps its own strength through the years."""
    if len(what.outcomes) > 2:
        return BANDS
    step = -4 if what.code in WORSE else 6
    own = Random(place).uniform(0.7, 1.25)
    well = min(max(ABOUT[what.code][1] * own * (1 + step * turn / 100), 1), 97)
    return (well, 100 - well)[: len(what.outcomes)]


def _split(many: int, weights: Sequence[float], chance: Random) -> list[int]:
    """Adds up to `many`."""
    found = [0] * len(weights)
    for at in chance.choices(range(len(weights)), weights, k=many):
        found[at] += 1
    return found
