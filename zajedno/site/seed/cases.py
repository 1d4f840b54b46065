"""Which child of a block lives through which pattern, and on which days. Shares are guesses, to be lifelike."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from zajedno.site.seed.children import Children, Families, Ints, Key
from zajedno.site.seed.clocks import Clocks
from zajedno.site.seed.laid import Laid
from zajedno.site.seed.pattern import Pattern
from zajedno.site.seed.text import Pages
from zajedno.site.seed.town import STAFF

SHARE = 0.28  # of children with a case
AGES = {  # of a procedure: youngest, oldest, how usual it is beside the others
    "additional-support": (3, 17, 3), "developmental-counselling": (1, 7, 5), "early-development": (1, 7, 5),
    "dropout-prevention": (10, 18, 4), "individual-education": (7, 18, 5), "personal-companion": (6, 15, 2),
    "referral": (2, 18, 4), "referral-team": (2, 18, 4), "transition": (6, 15, 4), "violence-response": (6, 18, 2),
    "violence-protocol": (3, 18, 2),
}  # fmt: skip
ANY_AGE = (3, 17, 3)
OFTEN = 6  # times as many cases have ended as stand in any one step
SEASONS = (6, 8, 9, 9, 10, 7, 2, 2, 12, 14, 12, 7)  # by month: how often something comes to an end
SLOWER, UNEVEN = 5, 0.4  # days that people add, on average, to each step of a story; how unlike each other they are
LATELY, LONGEST = 25, 300  # days since something last happened in an open case: on average, at most
Fitting = tuple[tuple[int, ...], NDArray[np.float64]]  # patterns, and their shares added up


class Cases:
    """Lays patterns over children. `numbers`: the last registry number by institution, series and year."""

    def __init__(self, patterns: Sequence[Pattern], families: Families) -> None:
        self.patterns, self.families, self.today = patterns, families, families.today
        self.clocks = Clocks(families.days, families.today)
        self.numbers: dict[tuple[int, str, int], int] = defaultdict(int)
        self._known: dict[tuple[tuple[int, ...], str, int], Fitting] = {}
        self._every = np.arange(self.today - 365 * families.years, self.today + 1)
        weights = np.array([SEASONS[date.fromordinal(day).month - 1] for day in self._every.tolist()], dtype=float)
        self._season = (weights / weights.sum()).cumsum()

    def next_number(self, keeper: int, series: str, year: int) -> str:
        self.numbers[keeper, series, year] += 1
        return f"{series}{'-' if series else ''}{self.numbers[keeper, series, year]:03d}/{year}"

    def choose(self, dice: Generator, children: Children, each_once: bool) -> dict[int, list[int]]:
        """Children by pattern. `each_once`: no pattern is left out, whoever must stand for it."""
        found: dict[int, list[int]] = defaultdict(list)
        chance, pick = dice.random(len(children)), dice.random(len(children))
        towns, ages = children.town.tolist(), children.age.tolist()
        for at in np.flatnonzero(chance < SHARE).tolist():
            fitting, shares = self._fitting(towns[at], children.kind[at], ages[at])
            if fitting:
                found[fitting[int(np.searchsorted(shares, pick[at]))]].append(at)
        if each_once:
            self._fill(children, found)
        return dict(sorted(found.items()))

    def _fill(self, children: Children, found: dict[int, list[int]]) -> None:
        taken = {at for those in found.values() for at in those}
        free = [at for at in range(len(children)) if at not in taken]
        for number in (one for one in range(len(self.patterns)) if one not in found):
            here = [at for at in free if number in self._within[int(children.town[at])]]
            fits = (at for at in here if number in self._fitting(
                int(children.town[at]), children.kind[at], int(children.age[at]))[0])  # fmt: skip
            somebody = next(fits, here[0] if here else None)
            if somebody is not None:
                free.remove(somebody)
                found[number].append(somebody)

    @cached_property
    def _within(self) -> list[tuple[int, ...]]:
        """Patterns that may happen in each town."""
        return [
            tuple(number for number, one in enumerate(self.patterns) if not one.within or town.codes & set(one.within))
            for town in self.families.towns
        ]

    def _fitting(self, town: int, kind: str, age: int) -> Fitting:
        key = (self._within[town], kind, age)
        if key not in self._known:
            self._known[key] = self._weighed(*key)
        return self._known[key]

    def _weighed(self, within: Iterable[int], kind: str, age: int) -> Fitting:
        weights, whole = dict[int, float](), defaultdict[str, float](float)
        for number in within:
            one = self.patterns[number]
            youngest, oldest, _usual = AGES.get(one.procedure, ANY_AGE)
            opener = one.offices[one.opener]
            if youngest <= age <= oldest and (opener.kind not in STAFF or kind in (opener.kinds or STAFF)):
                weights[number] = OFTEN if one.ended else 1
                whole[one.procedure] += weights[number]
        shares = np.array([
            weight / whole[self.patterns[number].procedure] * AGES.get(self.patterns[number].procedure, ANY_AGE)[2]
            for number, weight in weights.items()
        ])  # fmt: skip
        return tuple(weights), shares.cumsum() / (shares.sum() or 1)

    def write(self, dice: Generator, pages: Pages, children: Children, chosen: dict[int, list[int]]) -> None:
        for number, those in chosen.items():
            days = self._days(dice, self.patterns[number], len(those))
            children.born[those] = np.minimum(children.born[those], days[:, 0] - 400)
            children.since[those] = np.minimum(children.since[those], days[:, 0] - 1)
            children.since[those] = np.maximum(children.since[those], children.born[those] + 20)
            for at in those:
                children.keys.setdefault(at, Key())
            Laid(self, pages, children, self.patterns[number], those, days).write()

    def _days(self, dice: Generator, one: Pattern, count: int) -> Ints:
        """Of each case, in the order of the pattern's: nothing lies in the future, nothing on a weekend."""
        gaps = np.diff(np.array(one.days))
        longer = dice.exponential(SLOWER, (count, len(gaps))) * (gaps > 0)
        later = np.rint((gaps + longer) * dice.lognormal(0, UNEVEN, (count, len(gaps)))).astype(np.int64)
        if one.ended:
            last = self._every[np.searchsorted(self._season, dice.random(count))]
        else:
            last = self.today - 1 - np.minimum(dice.exponential(LATELY, count), LONGEST).astype(np.int64)
        days = np.empty((count, len(one.days)), dtype=np.int64)
        days[:, 0] = last - later.sum(axis=1)
        days[:, 1:] = days[:, :1] + later.cumsum(axis=1)
        weekday = (days + 6) % 7
        return np.minimum(days + np.select([weekday == 6, weekday == 5], [1, 2], 0), self.today)
