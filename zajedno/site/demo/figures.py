"""Figures of closed years for two whole countries, so that dashboards and reports have something to say: how many, how
well and for whom is invented by a fixed seed. They go through the same release, and so through the same protection, as
figures that are counted. Those of nobody's work (meetings, plans, practices) are counted from what the demo holds.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from django.conf import settings

from zajedno.figures.actions import release_period
from zajedno.figures.actions.target import Decided, set_target
from zajedno.figures.logic.figure import Said
from zajedno.figures.logic.partition import Counted
from zajedno.figures.queries import figures, indicators_released
from zajedno.indicators.actions.period import LATE_DAYS, release_closed
from zajedno.indicators.logic.definition import Indicator, load
from zajedno.indicators.logic.span import closed
from zajedno.indicators.queries.period import said
from zajedno.kernel import clock
from zajedno.kernel.fence import STATISTICS, acting
from zajedno.places.queries.population import children_of
from zajedno.places.queries.territory import by_code, units
from zajedno.site.demo.institutions import Towns, days_ago

YEARS = 3
WORKED, LONG, BETTER = ("71188", "k2"), 9, 25  # where a model works, in what, over how many years; points more in YEARS
# Who sets it, where, of what, how much, and where it is decided.
TARGETS = (
    ("csaba", "80438", "k2", 90, "Измишљено: Акциони план мреже Суботица, стр. 4"),
    ("csaba", "80438", "k4", 20, "Измишљено: Акциони план мреже Суботица, стр. 6"),
    ("komisija.jajce", "ba-jajce", "r1", 80, "Izmišljeno: Akcioni plan komisije u Jajcu, str. 3"),
    ("admin", "RS", "k2", 75, "Измишљено: Стратегија, стр. 12"),
    ("admin", "RS", "k3", 70, "Измишљено: Стратегија, стр. 13"),
    ("admin", "BA", "r1", 65, "Izmišljeno: Strategija, str. 9"),
)  # fmt: skip
WATCHED = frozenset(place for _who, place, *_more in TARGETS)  # all its institutions send every year
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
SILENT, EACH = 0.12, 1500  # of institutions in a year; children for whom there is one, where a place has several
BANDS = (4, 14, 31, 26, 14, 8, 3)  # of a hundred, from the shortest or youngest on


def seed_figures(progress: Callable[[str], None]) -> None:
    progress("figures of closed years")
    known = load(settings.PACKS_DIR)
    for country in ("RS", "BA"):
        sizes = _sizes(country)
        for code in ABOUT:
            what = known[code]
            if what.holds_in(country):
                many = LONG if code == WORKED[1] and country == "RS" else YEARS
                for back, span in enumerate(closed(what.period, clock.today(), LATE_DAYS, many)):
                    _release(what, country, span.name, sizes, YEARS - 1 - back)
    release_closed(today=clock.today(), only=[one.code for one in known.values() if one.is_work])


def seed_targets(towns: Towns, progress: Callable[[str], None]) -> None:
    """Invented, as their sources say: of two municipalities by coordinators, of countries by the administrator."""
    for who, place, code, value, source in TARGETS:
        territory = by_code(place)
        if territory is None:
            continue
        first = figures(code, [place], indicators_released(territory.country_id)[code][-1:])[0]
        known: dict[str, Any] = {"baseline": first.value, "since": first.period} if first.said == Said.EXACT else {}
        decided = Decided(Decimal(value), str(clock.today().year + 2), source, **known)
        days_ago(towns, who, 60, set_target, territory=territory, indicator=code, decided=decided)
    progress(f"{len(TARGETS)} targets")


def _sizes(country: str) -> dict[str, int]:
    """Children of each unit, as published, or an invented number."""
    _year, found = children_of(country, ("0-6", "7-14", "15-18"), clock.today().year)
    return {
        one.code: sum(found.get(one.code, {}).values()) or CHILDREN_ELSEWHERE + Random(one.code).randrange(-2500, 9000)
        for one in units(country)
    }


def _release(what: Indicator, country: str, period: str, sizes: dict[str, int], turn: int) -> None:
    """Where nobody sent anything, nothing is counted."""
    from zajedno.indicators.logic.facts import OF_ALL_PUPILS, WHERE_IT_WORKS

    expected = {place: _working(what, children) for place, children in sizes.items()}
    sent = {place: many for place, all_ in expected.items() if (many := _sent(place, period, all_))}
    counted = [one for place in sent for one in _counted(what, place, sizes[place], turn)]
    with acting(STATISTICS):
        release_period(
            indicator=what.code, country=country, period=period, counted=counted, divisions=what.divisions,
            method=what.method, reported=sent, expected=expected, where_it_works=what.code in WHERE_IT_WORKS,
            whole_is_known=what.code in OF_ALL_PUPILS,
        )  # fmt: skip


def _working(what: Indicator, children: int) -> int:
    """Institutions of a place that are expected to send something: one commission, several schools."""
    return 1 if len(what.reports) == 1 else 1 + children // EACH


def _sent(place: str, period: str, expected: int) -> int:
    """How many did."""
    chance = Random(f"{place} {period}")
    silent = sum(chance.random() < SILENT for _one in range(expected))
    return expected if place in WATCHED else expected - silent


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
    """Of each outcome; every place keeps its own strength through the years. `turn`: 0 is the first of all YEARS."""
    if len(what.outcomes) > 2:
        return BANDS
    step = -4 if what.code in WORSE else 6
    own = Random(place).uniform(0.7, 1.25)
    well = min(max(ABOUT[what.code][1] * own * (1 + step * turn / 100), 1), 97)
    if (place, what.code) == WORKED and turn >= 0:
        well = min(well + BETTER, 97)
    return (well, 100 - well)[: len(what.outcomes)]


def _split(many: int, weights: Sequence[float], chance: Random) -> list[int]:
    """Adds up to `many`."""
    found = [0] * len(weights)
    for at in chance.choices(range(len(weights)), weights, k=many):
        found[at] += 1
    return found
