"""Registers of children with their truth: the given one, the given one made harder, and towns of invented families.

Reads the shared data folder (`people/`), which is not shipped. Own construction throughout: rates are guesses of what
offices do, set so that the result is harder than the given register.
"""

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from zajedno.children.logic.matching.entry import Entry
from zajedno.kernel.national_numbers import read_jmbg
from zajedno.kernel.script import latin
from zajedno.site.seed.names import Names
from zajedno.site.seed.names import cyrillic as in_cyrillic

PEOPLE = Path(__file__).parents[1].parent / "shared" / "data" / "people"
REGISTER = PEOPLE / "dev_register"
FILES = ("csr", "health", "school")


@dataclass(frozen=True)
class Row:
    """An entry and its truth."""

    entry: Entry
    person: str
    home: str


Town = list[Row]
Pairs = set[tuple[str, str]]


def given() -> Town:
    """The register of the shared folder."""
    with (REGISTER / "truth.csv").open(encoding="utf-8") as file:
        truth = {one["record_id"]: one for one in csv.DictReader(file)}
    rows = []
    for name in FILES:
        with (REGISTER / f"{name}.csv").open(encoding="utf-8") as file:
            for cells in csv.DictReader(file):
                known = truth[cells["record_id"]]
                rows.append(Row(_entry(cells), known["person_id"], known["household_id"]))
    return rows


def _entry(cells: dict[str, str]) -> Entry:
    return Entry(
        cells["record_id"], cells["given_name"], cells["surname"], cells["sex"], _day(cells["date_of_birth"]),
        cells["jmbg"], cells["mother_given_name"], cells["municipality"], cells["street"],
    )  # fmt: skip


def _day(text: str) -> date | None:
    parts = [int(part) for part in re.findall(r"\d+", text)]
    return date(*(parts if parts[0] > 1000 else parts[::-1])) if parts else None


def true_pairs(rows: Iterable[Row]) -> Pairs:
    persons = defaultdict(list)
    for row in rows:
        persons[row.person].append(row.entry.key)
    return {pair for keys in persons.values() for pair in combinations(sorted(keys), 2)}


def quality(truth: Pairs, said: Pairs) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    right = len(truth & said)
    precision, recall = right / max(1, len(said)), right / max(1, len(truth))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def of_one_home(rows: Iterable[Row], pairs: Pairs) -> int:
    """How many of these pairs are of one home: siblings, when the pairs are wrong."""
    home = {row.entry.key: row.home for row in rows}
    return sum(home[one] == home[other] for one, other in pairs)


# ---- invented towns

GROUPS = {"sr": 60, "hu": 15, "sq": 12, "bs": 9, "ro": 2, "hr": 2}
TOWNS = ("Subotica", "Bečej", "Tutin", "Bujanovac", "Požega", "Trstenik", "Žabalj", "Knjaževac")
STREETS = (
    "Njegoševa", "Svetosavska", "Cara Lazara", "Vuka Karadžića", "Đure Đakovića", "Petefi Šandora", "Omladinska",
    "Kralja Petra", "Nušićeva", "Miloša Obilića", "Žarka Zrenjanina", "Školska", "Železnička", "Skenderbegova",
)  # fmt: skip


def town(families: int, towns: int, seed: int) -> Town:
    """Families with one to four children, each child in one to three registers; nothing is wrong yet."""
    dice, names, rows = random.Random(seed), Names(), []
    for family in range(families):
        (group,) = dice.choices(list(GROUPS), GROUPS.values())
        home = f"{dice.choice(STREETS)} {dice.randrange(1, 140)}"
        shared = Entry(
            "", "", names.draw(dice, group, "family"), parent=names.draw(dice, group, "F"),
            municipality=TOWNS[dice.randrange(towns)], address=home,
        )  # fmt: skip
        for child in _children(dice, names, group, shared):
            person = f"Q{seed}-{family}-{child.given_name}"
            for register in dice.sample("CHS", dice.choices([1, 2, 3], [15, 40, 45])[0]):
                written = cyrillic(child) if dice.random() < 0.4 else child
                written = replace(
                    written, key=f"{register}{len(rows):06}", number=child.number if dice.random() < 0.8 else "",
                    parent=written.parent if dice.random() < 0.75 else "",
                    address=written.address if dice.random() < 0.7 else "",
                )  # fmt: skip
                rows.append(Row(written, person, f"F{seed}-{family}"))
    return rows


def _children(dice: random.Random, names: Names, group: str, shared: Entry) -> list[Entry]:
    children: dict[str, Entry] = {}
    born = date(2006, 1, 1)
    for _ in range(dice.choices([1, 2, 3, 4], [50, 33, 12, 5])[0]):
        if not children or dice.random() > 0.04:  # else a twin
            born = date(2006, 1, 1) + timedelta(dice.randrange(6500))
        sex = dice.choice("MF")
        given_name = names.draw(dice, group, sex)
        number = national(dice, born, sex)
        children.setdefault(given_name, replace(shared, given_name=given_name, sex=sex, birth_date=born, number=number))
    return list(children.values())


def national(dice: random.Random, born: date, sex: str) -> str:
    """A well-formed number of that day and sex, issued to nobody we know of."""
    start = f"{born:%d%m}{born.year % 1000:03}{dice.randrange(71, 90)}{dice.randrange(500) + 500 * (sex == 'F'):03}"
    return next(number for digit in "0123456789" if read_jmbg(number := start + digit).valid)


# ---- what offices do to them

_HUNGARIAN = (("dž", "dzs"), ("đ", "gy"), ("s", "sz"), ("š", "s"), ("ž", "zs"), ("č", "cs"), ("ć", "ty"), ("nj", "ny"))
_ALBANIAN = (("dž", "xh"), ("đ", "gj"), ("š", "sh"), ("ž", "zh"), ("č", "ç"), ("ć", "q"))
_NAMES = ("given_name", "family_name", "parent")


def cyrillic(entry: Entry) -> Entry:
    """Its names letter by letter in Cyrillic, as a clerk's converter does it, Hungarian letters left standing."""
    return replace(entry, **{part: in_cyrillic(getattr(entry, part)) for part in _NAMES})


def _spelled(text: str, table: Sequence[tuple[str, str]]) -> str:
    known = dict(table)
    pattern = "|".join(sorted(known, key=len, reverse=True))
    return re.sub(pattern, lambda found: known[found[0]], latin(text).lower()).title()


def slip(dice: random.Random, text: str, letters: str = "aeiouknrstm") -> str:
    """Two signs swapped, one lost, one too many, or another one."""
    if len(text) < 3:
        return text
    at = dice.randrange(len(text) - 1)
    before, one, two, after = text[:at], text[at], text[at + 1], text[at + 2 :]
    other = dice.choice(letters)
    return before + dice.choice((two + one, two, other + one + two, other + two)) + after


def harden(rows: Town, seed: int, rate: float = 1.0, *, twins: float = 0.15, lent: float = 0.04) -> Town:
    """The same people, written worse. `twins`: share of homes that get one more; `lent`: of rows with a sibling's
    number; `rate` multiplies all other faults."""
    dice, homes = random.Random(seed), defaultdict(list)
    for row in rows:
        homes[row.home].append(row)
    clerk = Clerk(dice, rate, [row.entry for row in rows])
    out: Town = []
    for home in homes.values():
        people = home + (_twin(dice, home, clerk.entries) if dice.random() < twins else [])
        numbers = {row.person: row.entry.number for row in people if read_jmbg(row.entry.number).valid}
        for row in people:
            others = [number for person, number in sorted(numbers.items()) if person != row.person]
            entry = row.entry
            if others and dice.random() < lent:
                entry = replace(entry, number=dice.choice(others))
            out.append(replace(row, entry=clerk.write(entry)))
    dice.shuffle(out)
    return out


def _twin(dice: random.Random, home: Town, entries: Sequence[Entry]) -> Town:
    """A twin of one child of the home, with another usual name, a third of them one that begins alike."""
    person = dice.choice(sorted({row.person for row in home}))
    rows = [row for row in home if row.person == person]
    child, sex = rows[0].entry, dice.choice("MF")
    own = latin(child.given_name).lower()
    often = Counter(latin(one.given_name).lower() for one in entries if one.sex == sex)  # a slip of the pen is no name
    taken = {latin(row.entry.given_name).lower() for row in home}
    names = sorted(name for name, count in often.items() if count >= 6 and name not in taken)
    alike = [name for name in names if name[:2] == own[:2]] if dice.random() < 0.3 else []
    name = dice.choice(alike or names).title()
    born = next((row.entry.birth_date for row in rows if row.entry.birth_date), None)
    number = national(dice, born, sex) if born else ""
    return [
        Row(
            replace(
                row.entry, key=f"{row.entry.key}t", sex=sex, number=number if row.entry.number else "",
                given_name=name if latin(row.entry.family_name) == row.entry.family_name else in_cyrillic(name),
            ),
            f"{person}t", row.home,
        )
        for row in rows
    ]  # fmt: skip


class Clerk:
    """Writes entries with faults, each as often as guessed."""

    def __init__(self, dice: random.Random, rate: float, entries: Sequence[Entry]) -> None:
        self._dice, self._rate, self.entries = dice, rate, entries

    def _now(self, share: float) -> bool:
        return self._dice.random() < share * self._rate

    def write(self, entry: Entry) -> Entry:
        for fault in (self._number, self._names, self._spelling, self._birth, self._home):
            entry = fault(entry)
        return replace(entry, sex="") if self._now(0.05) else entry

    def _number(self, entry: Entry) -> Entry:
        if self._now(0.25):
            return replace(entry, number="")
        if self._now(0.05):
            return replace(entry, number=slip(self._dice, entry.number, "0123456789"))
        filler = self._dice.choice(("0000000000000", "1111111111111", "9999999999999", "1234567890123"))
        return replace(entry, number=filler) if self._now(0.02) else entry

    def _names(self, entry: Entry) -> Entry:
        given_name, family, other = entry.given_name, entry.family_name, self._dice.choice(self.entries)
        given_name = slip(self._dice, given_name) if self._now(0.1) else given_name
        family = slip(self._dice, family) if self._now(0.1) else family
        if self._now(0.04):
            family += self._dice.choice((" ", "-", " - ")) + other.family_name
        elif self._now(0.03):
            family = other.family_name
        family += f" ({other.given_name})" if self._now(0.02) else ""
        if self._now(0.04):
            given_name, family = family, given_name
        return replace(entry, given_name=given_name, family_name=family)

    def _spelling(self, entry: Entry) -> Entry:
        if self._now(0.1):
            if latin(entry.family_name) == entry.family_name:
                return cyrillic(entry)
            return replace(entry, **{part: latin(getattr(entry, part)) for part in _NAMES})
        if self._now(0.05):
            table = self._dice.choice((_HUNGARIAN, _ALBANIAN))
            return replace(entry, **{part: _spelled(getattr(entry, part), table) for part in _NAMES[:2]})
        return entry

    def _birth(self, entry: Entry) -> Entry:
        born = entry.birth_date
        if born is None or self._now(0.04):
            return replace(entry, birth_date=None)
        if self._now(0.03):
            born = born.replace(month=born.day, day=born.month) if born.day < 13 else born
        elif self._now(0.03):
            born = born.replace(year=born.year + self._dice.choice((-1, 1)), day=min(born.day, 28))
        elif self._now(0.03):
            born = born.replace(month=1, day=1)
        elif self._now(0.03):
            born = born.replace(day=max(1, min(28, born.day + self._dice.choice((-10, -1, 1, 10)))))
        return replace(entry, birth_date=born)

    def _home(self, entry: Entry) -> Entry:
        parent, other = entry.parent, self._dice.choice(self.entries)
        parent = "" if self._now(0.1) else slip(self._dice, parent) if self._now(0.03) else parent
        if self._now(0.05):
            entry = replace(entry, municipality=other.municipality, address=other.address)
        address = "" if self._now(0.15) else slip(self._dice, entry.address) if self._now(0.04) else entry.address
        return replace(entry, parent=parent, address=address)
