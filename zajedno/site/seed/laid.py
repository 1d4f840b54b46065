"""One pattern laid over many children: each of its rows becomes a row of every child, on other days, elsewhere."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from zajedno.site.seed import pattern as kinds
from zajedno.site.seed.children import Children, Key
from zajedno.site.seed.pattern import NULL, Cell, Pattern, Row
from zajedno.site.seed.text import Pages, dashed, hexed
from zajedno.site.seed.town import STAFF, Office, Town, stands_in

if TYPE_CHECKING:
    from zajedno.site.seed.cases import Cases

OF_CLOCK = (kinds.DUE, kinds.DUE_AT, kinds.PAUSES, kinds.MISSED, kinds.REMINDED)
OF_CASE = (kinds.ACL, kinds.DUE_ON, kinds.DUE_KEY)


class Laid:
    """`those`: places of the children in their block; `days`: of each, in the order of the pattern's."""

    def __init__(
        self, cases: "Cases", pages: Pages, children: Children, one: Pattern, those: Sequence[int], days: NDArray[Any]
    ) -> None:
        self.cases, self.pages, self.children, self.one = cases, pages, children, one
        self.those, self.count, self.days = those, len(those), days
        self.keys: list[Key] = [children.keys[at] for at in those]
        self.towns: list[Town] = [cases.families.towns[int(children.town[at])] for at in those]
        self.offices = [self._placed(at, town) for at, town in zip(those, self.towns, strict=True)]
        self.ids = {
            table: [pages.ids(table, self.count) for _each in range(many)]
            for table in one.columns
            if (many := one.many(table))
        }
        self.clocks = {row.place: cases.clocks.reckoned(row.clock, self.towns, days) for row in one.rows if row.clock}
        self._made: dict[Cell, list[str]] = {}

    def _placed(self, at: int, town: Town) -> list[tuple[Office, str]]:
        """The institutions of a case and their kinds: the child's own where it fits, else those of the town."""
        kind, own = self.children.kind[at], int(self.children.place[at])
        fitting = (number for number in (self.one.opener, *range(len(self.one.offices)))
                   if kind in (self.one.offices[number].kinds or STAFF))  # fmt: skip
        mine, found = next(fitting, -1), []
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

    def write(self) -> None:
        self._register()
        self._open()
        for row in self.one.rows:
            uuids = self.pages.uuids(self.count)
            cells = [self._column(row, cell, uuids) for cell in row.cells]
            self.pages.add(row.table, self.one.columns[row.table], cells)

    def _register(self) -> None:
        """Who begins a case knows the child: as its own institution, or because it registered it. Parents log in."""
        for at, offices in zip(self.those, self.offices, strict=True):
            opener = offices[self.one.opener][0]
            if opener is not self.cases.families.own(self.children, at):
                self.children.also[at] = opener
                self.children.acl[at].append(opener.id)
        if self.one.parents:
            accounts = map(str, self.ids["access_account"][0])
            self.children.parents.update(zip(self.those, accounts, strict=True))

    # ---- cells

    def _column(self, row: Row, cell: Cell, uuids: list[str]) -> list[str]:
        kind = str(cell[0])
        if kind == kinds.UUID:
            return uuids
        if kind == kinds.SEALED:
            plain, bound = cell[1:]
            return [hexed(key.seal(plain, f"{bound}|{dashed(one)}"))  # type: ignore[arg-type]  # a sealed cell holds bytes
                    for key, one in zip(self.keys, uuids, strict=True)]  # fmt: skip
        if kind in OF_CLOCK:
            return self.clocks[row.place].columns[kind]
        if kind in OF_CASE:
            return self._kept(row.place)[kind]
        return self._once(cell)

    def _once(self, cell: Cell) -> list[str]:
        """The same hole is filled once."""
        if cell not in self._made:
            self._made[cell] = _MAKE[str(cell[0])](self, *cell[1:])
        return self._made[cell]

    def as_is(self, text: str) -> list[str]:
        return [text] * self.count

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
        return ["-" + one for one in self._once(cell)]

    def day(self, place: int, later: int) -> list[str]:
        return self.cases.families.days.of((self.days[:, place] + later).tolist())

    def moment(self, place: int, later: int, time: str) -> list[str]:
        """Each a moment of its own: no two sittings of a commission begin at once."""
        first = self.ids["casework_case"][0].start
        return [f"{day} {time}.{(first + at) % 1_000_000:06}+01" for at, day in enumerate(self.day(place, later))]

    def bytes(self, length: int) -> list[str]:
        digits = self.pages.dice.bytes(length * self.count).hex()
        return [rf"\\x{digits[at : at + 2 * length]}" for at in range(0, len(digits), 2 * length)]

    def number(self, series: str, place: int) -> list[str]:
        """The next of the institution that keeps the case."""
        first = next(row for row in self.one.rows if row.table == "casework_case")
        keeper = first.cells[self.one.columns[first.table].index("organisation_id")]
        return [
            self.cases.next_number(int(at), series, date.fromordinal(day).year)
            for at, day in zip(self._once(keeper), self.days[:, place].tolist(), strict=True)
        ]

    def numbered(self, text: str) -> list[str]:
        number = next(cell for row in self.one.rows for cell in row.cells if cell[0] == kinds.NUMBER)
        return [text.replace("{}", one) for one in self._once(number)]

    def address(self) -> list[str]:
        return [f"parent{one}@demo.invalid" for one in self.ids["access_account"][0]]

    def clause(self, procedure: str) -> list[str]:
        return [str(town.clauses[procedure][0]) for town in self.towns]

    def clause_uuid(self, procedure: str) -> list[str]:
        return [town.clauses[procedure][1] for town in self.towns]

    # ---- what triggers keep

    def _open(self) -> None:
        """For each tie of the pattern the key that it opens the file to, where it holds today; children take them."""
        today, self.tied = self.cases.today, list[list[int | None]]()
        for key, since, until in self.one.ties:
            last = np.full(self.count, today) if until[0] == kinds.AS_IS else self._ordinals(*until[1:])
            holds = ((self.days[:, since] <= today) & (last >= today)).tolist()
            self.tied.append([int(one) if held else None for one, held in zip(self._once(key), holds, strict=True)])
        for column in self.tied:
            for at, one in zip(self.those, column, strict=True):
                if one is not None:
                    self.children.acl[at].append(one)

    def _ordinals(self, place: Any, later: Any) -> NDArray[Any]:
        return np.asarray(self.days[:, place] + later)

    def _kept(self, case: int) -> dict[str, list[str]]:
        ties = [self.tied[tie] for of, tie in self.one.parts if of == case]
        acl = [{one for one in row if one is not None} for row in zip(*ties, strict=True)] or [set()] * self.count
        running = [one for one in self.clocks.values() if one.clock.case == case and one.runs]
        nearest = [
            min(((one.last[at], number, one.clock.rule.key) for number, one in enumerate(running)), default=None)
            for at in range(self.count)
        ]
        days = self.cases.families.days
        return {
            kinds.ACL: ["{" + ",".join(map(str, sorted(one))) + "}" for one in acl],
            kinds.DUE_ON: [days.of(one[:1])[0] if one else NULL for one in nearest],
            kinds.DUE_KEY: [one[2] if one else "" for one in nearest],
        }  # fmt: skip


_MAKE: dict[str, Callable[..., list[str]]] = {
    kinds.AS_IS: Laid.as_is, kinds.OWN: Laid.own, kinds.CHILD: Laid.child,
    kinds.GUARDIAN: Laid.child,  # a guardian has the id of its child
    kinds.OFFICE: Laid.office, kinds.PERSON: Laid.person, kinds.POST: Laid.post, kinds.MINUS: Laid.minus,
    kinds.DAY: Laid.day, kinds.MOMENT: Laid.moment, kinds.BYTES: Laid.bytes, kinds.NUMBER: Laid.number,
    kinds.NUMBERED: Laid.numbered, kinds.ADDRESS: Laid.address, kinds.CLAUSE: Laid.clause,
    kinds.CLAUSE_UUID: Laid.clause_uuid,
}  # fmt: skip
