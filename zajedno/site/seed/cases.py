"""Cases of a block of children, each by a pattern: other days, other places and people, other words' seals."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from zajedno.procedures.logic.due import Pause, due
from zajedno.site.seed import pattern as kinds
from zajedno.site.seed.children import Children, Families, Key, dashed, hexed
from zajedno.site.seed.pattern import NULL, Cell, ClockRow, Pattern, Row
from zajedno.site.seed.text import Days, Pages
from zajedno.site.seed.town import STAFF, Office, Town, stands_in

SHARE = 0.28  # of children with a case
AGES = {  # of a procedure: years of the child at its end, how usual it is beside the others
    "additional-support": (3, 17, 3), "developmental-counselling": (1, 7, 5), "early-development": (1, 7, 5),
    "dropout-prevention": (10, 18, 4), "individual-education": (7, 18, 5), "personal-companion": (6, 15, 2),
    "referral": (2, 18, 4), "referral-team": (2, 18, 4), "transition": (6, 15, 4), "violence-response": (6, 18, 2),
    "violence-protocol": (3, 18, 2), "assessment-fbih": (3, 17, 3), "assessment-rs": (3, 17, 3), "assessment-bd": (3, 17, 3),
}  # fmt: skip
OFTEN = 6  # times as many cases have ended as stand in any one step
SEASONS = (6, 8, 9, 9, 10, 7, 2, 2, 12, 14, 12, 7)  # by month: how often something comes to an end
SLOWER = 5  # days that people add, on average, to each step of a story
NOON = 12  # the hour of the day at which stories happen
LATELY = 25  # days since something last happened in an open case, on average


class Cases:
    """Lays patterns over children and writes their rows."""

    def __init__(self, patterns: Sequence[Pattern], families: Families, today: date, years: int) -> None:
        self.patterns, self.families, self.towns = patterns, families, families.towns
        self.today, self.years, self.days = today.toordinal(), years, families.days
        self.numbers: dict[tuple[int, str, int], int] = defaultdict(int)  # by institution, series and year
        self.clocks = Clocks(self.days)
        every = np.arange(self.today - 365 * years, self.today + 1)
        weights = np.array([SEASONS[date.fromordinal(day).month - 1] for day in every.tolist()], dtype=float)
        self._every, self._season = every, (weights / weights.sum()).cumsum()

    # ---- which child has which

    def choose(self, dice: Generator, children: Children, each_once: bool) -> dict[int, NDArray[np.int64]]:
        """Children by pattern. `each_once`: no pattern is left out, whoever must stand for it."""
        found: dict[int, list[int]] = defaultdict(list)
        chance, pick = dice.random(len(children)), dice.random(len(children))
        towns, ages = children.town.tolist(), children.age.tolist()
        for at in np.flatnonzero(chance < SHARE).tolist():
            fitting, weights = self._fitting(towns[at], children.kind[at], ages[at])
            if fitting:
                found[fitting[int(np.searchsorted(weights, pick[at]))]].append(at)
        if each_once:
            self._fill(children, found)
        return {pattern: np.array(those) for pattern, those in sorted(found.items())}

    def _fill(self, children: Children, found: dict[int, list[int]]) -> None:
        taken = {at for those in found.values() for at in those}
        free = [at for at in range(len(children)) if at not in taken]
        for number in range(len(self.patterns)):
            if number in found:
                continue
            fits = (at for at in free if number in self._fitting(
                int(children.town[at]), children.kind[at], int(children.age[at]))[0])  # fmt: skip
            somebody = next(fits, None)
            if somebody is None:
                somebody = next((at for at in free if number in self._within[int(children.town[at])]), None)
            if somebody is not None:
                free.remove(somebody)
                found[number].append(somebody)

    @cached_property
    def _within(self) -> list[tuple[int, ...]]:
        """Patterns that may happen in each town."""
        return [
            tuple(number for number, one in enumerate(self.patterns) if not one.within or town.codes & set(one.within))
            for town in self.towns
        ]

    def _fitting(self, town: int, kind: str, age: int) -> tuple[tuple[int, ...], NDArray[np.float64]]:
        key = (self._within[town], kind, age)
        if key not in self._known:
            self._known[key] = self._weighed(*key)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[tuple[int, ...], str, int], tuple[tuple[int, ...], NDArray[np.float64]]]:
        return {}

    def _weighed(self, within: Iterable[int], kind: str, age: int) -> tuple[tuple[int, ...], NDArray[np.float64]]:
        fitting, weights = [], []
        whole: dict[str, float] = defaultdict(float)
        for number in within:
            one = self.patterns[number]
            youngest, oldest, _usual = AGES.get(one.procedure, (3, 17, 2))
            opener = one.offices[one.opener]
            if youngest <= age <= oldest and (opener.kind not in STAFF or kind in (opener.kinds or STAFF)):
                fitting.append(number)
                weights.append(OFTEN if one.ended else 1)
                whole[one.procedure] += weights[-1]
        shares = [weight / whole[self.patterns[number].procedure] * AGES.get(self.patterns[number].procedure, (0, 0, 2))[2]
                  for number, weight in zip(fitting, weights, strict=True)]  # fmt: skip
        return tuple(fitting), np.array(shares).cumsum() / (sum(shares) or 1)

    # ---- days

    def _told(self, dice: Generator, one: Pattern, born: NDArray[np.int64]) -> NDArray[np.int64]:
        """Days of each case, in the order of the pattern's: nothing lies in the future, little on a Sunday."""
        count, gaps = len(born), np.diff(np.array(one.days))
        longer = dice.exponential(SLOWER, (count, len(gaps))) * (gaps > 0)
        later = np.rint((gaps + longer) * dice.lognormal(0, 0.4, (count, len(gaps)))).astype(np.int64)
        if one.ended:
            last = self._every[np.searchsorted(self._season, dice.random(count))]
        else:
            last = self.today - np.minimum(dice.exponential(LATELY, count), 300).astype(np.int64) - 1
        after = later.sum(axis=1)
        days = np.empty((count, len(one.days)), dtype=np.int64)
        days[:, 0] = last - after
        days[:, 1:] = days[:, :1] + later.cumsum(axis=1)
        weekday = (days + 6) % 7
        return np.minimum(days + np.where(weekday == 6, 1, np.where(weekday == 5, 2, 0)), self.today)

    def write(self, dice: Generator, pages: Pages, children: Children, chosen: dict[int, NDArray[np.int64]]) -> None:
        for number, those in chosen.items():
            one = self.patterns[number]
            days = self._told(dice, one, children.born[those])
            children.born[those] = np.minimum(children.born[those], days[:, 0] - 400)
            children.since[those] = np.minimum(children.since[those], days[:, 0] - 1)
            children.since[those] = np.maximum(children.since[those], children.born[those] + 20)
            for at in those.tolist():
                children.keys.setdefault(at, Key())
            Laid(self, pages, children, one, those, days).write()


class Laid:
    """One pattern over many children: each of its rows becomes a row of every child."""

    def __init__(
        self, cases: Cases, pages: Pages, children: Children, one: Pattern, those: NDArray[np.int64],
        days: NDArray[np.int64],
    ) -> None:  # fmt: skip
        self.cases, self.pages, self.children, self.one = cases, pages, children, one
        self.those, self.count, self.days = those.tolist(), len(those), days
        self.keys = [children.keys[at] for at in self.those]
        self._made: dict[Cell, list[str]] = {}
        self.towns: list[Town] = [cases.towns[at] for at in children.town[those].tolist()]
        self.offices = [self._placed(at, town) for at, town in zip(self.those, self.towns, strict=True)]
        self.ids: dict[str, list[range]] = {}
        for table in one.columns:
            if many := one.many(table):
                self.ids[table] = [pages.ids(table, self.count) for _each in range(many)]
        self._registered()
        self.lasts: dict[int, list[int]] = {}
        self.clocks = {row.place: cases.clocks.of(self, row.place, row.clock) for row in one.rows if row.clock}

    def _placed(self, at: int, town: Town) -> list[tuple[Office, str]]:
        """The institutions of a case and their kinds: the child's own where it fits, else those of the town."""
        kind, own = self.children.kind[at], int(self.children.place[at])
        mine = self.one.opener if kind in (self.one.offices[self.one.opener].kinds or STAFF) else next(
            (number for number, office in enumerate(self.one.offices) if kind in (office.kinds or STAFF)), -1
        )  # fmt: skip
        found = []
        for number, office in enumerate(self.one.offices):
            there = town.offices[office.kind]
            if number == mine:
                found.append((town.offices[kind][own], kind))
            elif office.kind == kind:
                found.append((there[(own + 1 + office.place) % len(there)], kind))
            else:
                spread = at if office.kind in STAFF else 0
                found.append((there[(spread + office.place) % len(there)], office.kind))
        return found

    def _registered(self) -> None:
        """Who begins a case knows the child: it registered it, or the child's own institution did and told of it."""
        for at, offices in zip(self.those, self.offices, strict=True):
            opener = offices[self.one.opener][0]
            if opener is not self.cases.families.own(self.children, at):
                self.children.also[at] = opener
                self.children.acl[at].append(opener.id)

    def write(self) -> None:
        if self.one.parents:
            for at, account in zip(self.those, self.ids["access_account"][0], strict=True):
                self.children.parents[at] = str(account)
        self._keys_of_ties()
        for row in self.one.rows:
            self._uuids = self.pages.uuids(self.count)
            self.pages.add(row.table, self.one.columns[row.table], [self._column(row, cell) for cell in row.cells])

    def _column(self, row: Row, cell: Cell) -> list[str]:
        kind = cell[0]
        if kind == kinds.AS_IS:
            return self._once(cell, lambda: [str(cell[1])] * self.count)
        if kind == kinds.UUID:
            return self._uuids
        if kind == kinds.SEALED:
            bound = f"{cell[2]}|"
            return [hexed(key.seal(cell[1], bound + dashed(one)))  # type: ignore[arg-type]
                    for key, one in zip(self.keys, self._uuids, strict=True)]  # fmt: skip
        if kind in (kinds.DUE, kinds.DUE_AT, kinds.PAUSES, kinds.MISSED, kinds.REMINDED):
            return self.clocks[row.place][str(kind)]
        if kind in (kinds.ACL, kinds.DUE_ON, kinds.DUE_KEY):
            return self._kept(row.place)[str(kind)]
        return self._once(cell, lambda: _MAKE[str(kind)](self, *cell[1:]))

    def _once(self, cell: Cell, make: Callable[[], list[str]]) -> list[str]:
        if cell not in self._made:
            self._made[cell] = make()
        return self._made[cell]

    # ---- cells

    def own(self, table: str, place: int) -> list[str]:
        return list(map(str, self.ids[table][place]))

    def child(self) -> list[str]:
        return [str(self.children.ids[at]) for at in self.those]

    def office(self, number: int) -> list[str]:
        return [str(one[number][0].id) for one in self.offices]

    def _held(self, number: int) -> list[tuple[int, int]]:
        """Account and post of a person in each case."""
        who = self.one.people[number]
        kind, found = self.one.offices[who.office].kind, []
        for offices in self.offices:
            office, here = offices[who.office]
            role = who.role if here == kind else stands_in(here, who.role)
            found.append(office.people[role, who.seat, who.place])
        return found

    def person(self, number: int) -> list[str]:
        return [str(account) for account, _post in self._held(number)]

    def post(self, number: int) -> list[str]:
        return [str(post) for _account, post in self._held(number)]

    def minus(self, cell: Cell) -> list[str]:
        return ["-" + one for one in self._once(cell, lambda: _MAKE[str(cell[0])](self, *cell[1:]))]

    def day(self, place: int, later: int) -> list[str]:
        return self.cases.days.of((self.days[:, place] + later).tolist())

    def moment(self, place: int, later: int, time: str) -> list[str]:
        """Each a moment of its own: no two sittings of a commission begin at once."""
        first = self.ids["casework_case"][0].start % 1_000_000
        return [f"{day} {time}.{(first + at) % 1_000_000:06}+01" for at, day in enumerate(self.day(place, later))]

    def bytes(self, length: int) -> list[str]:
        digits = self.pages.dice.bytes(length * self.count).hex()
        return [rf"\\x{digits[at : at + 2 * length]}" for at in range(0, len(digits), 2 * length)]

    def number(self, series: str, place: int) -> list[str]:
        """The next of the institution that keeps the case."""
        keeper = self.one.columns["casework_case"].index("organisation_id")
        first = next(row for row in self.one.rows if row.table == "casework_case")
        kept, found = self._column(first, first.cells[keeper]), []
        for at, day in zip(kept, self.days[:, place].tolist(), strict=True):
            year = date.fromordinal(day).year
            self.cases.numbers[int(at), series, year] += 1
            found.append(f"{series}{'-' if series else ''}{self.cases.numbers[int(at), series, year]:03d}/{year}")
        return found

    def numbered(self, text: str) -> list[str]:
        if text == "{}":  # an address of a parent
            return [f"parent{one}@demo.invalid" for one in self.ids["access_account"][0]]
        cell = next(cell for row in self.one.rows for cell in row.cells if cell[0] == kinds.NUMBER)
        return [text.replace("{}", one) for one in self._once(cell, lambda: self.number(*cell[1:]))]  # type: ignore[arg-type]

    def clause(self) -> list[str]:
        return [str(town.clauses[self.one.procedure][0]) for town in self.towns]

    def clause_uuid(self) -> list[str]:
        return [town.clauses[self.one.procedure][1] for town in self.towns]

    # ---- what triggers keep

    def _keys_of_ties(self) -> None:
        """For each tie of the pattern the key it opens the file to, where it holds today; children take them."""
        self.tied: list[list[int | None]] = []
        for key, since, until in self.one.ties:
            opened = self._once(key, lambda key=key: _MAKE[str(key[0])](self, *key[1:]))
            last = None if until[1] == NULL else self.days[:, until[1]] + until[2]  # type: ignore[operator,index]
            holds = (self.days[:, since] <= self.cases.today) & (True if last is None else last >= self.cases.today)
            self.tied.append([int(one) if held else None for one, held in zip(opened, holds.tolist(), strict=True)])
        for column in self.tied:
            for at, one in zip(self.those, column, strict=True):
                if one is not None:
                    self.children.acl[at].append(one)

    def _kept(self, case: int) -> dict[str, list[str]]:
        ties = [self.tied[tie] for of, tie in self.one.parts if of == case]
        acl = [{one for one in row if one is not None} for row in zip(*ties, strict=True)] or [set()] * self.count
        due_on, due_key = self.cases.clocks.nearest(self, case)
        return {
            kinds.ACL: ["{" + ",".join(map(str, sorted(one))) + "}" for one in acl],
            kinds.DUE_ON: due_on, kinds.DUE_KEY: due_key,
        }  # fmt: skip


_MAKE: dict[str, Any] = {
    kinds.OWN: Laid.own, kinds.CHILD: Laid.child, kinds.GUARDIAN: Laid.child,  # a guardian has the id of its child
    kinds.OFFICE: Laid.office, kinds.PERSON: Laid.person, kinds.POST: Laid.post, kinds.MINUS: Laid.minus,
    kinds.DAY: Laid.day, kinds.MOMENT: Laid.moment, kinds.BYTES: Laid.bytes, kinds.NUMBER: Laid.number,
    kinds.NUMBERED: Laid.numbered, kinds.CLAUSE: Laid.clause, kinds.CLAUSE_UUID: Laid.clause_uuid,
}  # fmt: skip


class Clocks:
    """Last days of clocks, each reckoned once for a rule and a day."""

    def __init__(self, days: Days) -> None:
        self.days = days
        self._known: dict[Any, int] = {}

    def _last(self, clock: ClockRow, town: Town, started: int, pauses: tuple[tuple[int, int], ...]) -> int:
        rule = clock.rule
        calendar = town.calendars.get(rule.calendar, town.calendar) if rule.calendar else town.calendar
        key = (rule.length, rule.unit, rule.roll, calendar.key, calendar.country, started, pauses)
        if key not in self._known:
            paused = [Pause(date.fromordinal(since), date.fromordinal(until)) for since, until in pauses]
            last = due(rule, date.fromordinal(started), calendar, paused)
            self._known[key] = last.toordinal()
        return self._known[key]

    def of(self, laid: Laid, place: int, clock: ClockRow) -> dict[str, list[str]]:
        """What stands in the row: also that it was missed and told of, as the daily round would have written."""
        today, count = laid.cases.today, laid.count
        started = laid.days[:, clock.started].tolist()
        stopped = [today] * count if clock.stopped is None else laid.days[:, clock.stopped].tolist()
        spans = [
            tuple((int(days[since]), int(days[until])) for since, until, _move in clock.pauses) for days in laid.days
        ]
        hours = clock.rule.length if clock.rule.unit == "hours" else 0
        if hours:
            last = [day + (NOON + hours) // 24 + sum(until - since for since, until in span)
                    for day, span in zip(started, spans, strict=True)]  # fmt: skip
        else:
            last = [self._last(clock, *one) for one in zip(laid.towns, started, spans, strict=True)]
        laid.lasts[place] = last
        texts = self.days.of(last)
        missed = [day if day < until else None for day, until in zip(last, stopped, strict=True)]
        remind = sorted(clock.rule.remind_before, reverse=True)
        return {
            kinds.DUE: texts,
            kinds.DUE_AT: [f"{day} {(NOON + hours) % 24:02}:00:00+01" for day in texts],
            kinds.PAUSES: [_pauses(clock, span) for span in spans],
            kinds.MISSED: [NULL if day is None or clock.paused is not None else self.days.of([day + 1])[0] for day in missed],
            kinds.REMINDED: ["[" + ", ".join(str(one) for one in remind if day - one <= until) + "]"
                             for day, until in zip(last, stopped, strict=True)],
        }  # fmt: skip

    def nearest(self, laid: Laid, case: int) -> tuple[list[str], list[str]]:
        """Of the clocks of a case that run: the nearest day and its key."""
        running = [
            (row.clock.rule.key, laid.lasts[row.place])
            for row in laid.one.rows
            if row.clock and row.clock.case == case and row.clock.stopped is None and row.clock.paused is None
        ]
        found = [
            min(((days[at], number, key) for number, (key, days) in enumerate(running)), default=None)
            for at in range(laid.count)
        ]
        return (
            [NULL if one is None else self.days.of([one[0]])[0] for one in found],
            ["" if one is None else one[2] for one in found],
        )


def _pauses(clock: ClockRow, spans: Sequence[tuple[int, int]]) -> str:
    said = (
        f'{{"since": "{date.fromordinal(since)}", "until": "{date.fromordinal(until)}", "move": "{move}"}}'
        for (since, until), (_since, _until, move) in zip(spans, clock.pauses, strict=True)
    )
    return "[" + ", ".join(said) + "]"
