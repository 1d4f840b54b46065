"""A block of invented children: where they live, what they are called, where they go, what offices forgot to write."""

import hmac
import os
import secrets
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import repeat
from typing import Any

import numpy as np
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from numpy.random import Generator
from numpy.typing import NDArray

from zajedno.kernel import sealed
from zajedno.site.seed.names import BOY, COMMUNITIES, FAMILY, GIRL, Names
from zajedno.site.seed.pattern import NULL
from zajedno.site.seed.text import Days, Pages
from zajedno.site.seed.town import OLDEST, Office, Town

Ints = NDArray[np.int64]
NO_BIRTH, NO_SEX, NO_NUMBER, NO_HOME, NO_ADDRESS, NO_GUARDIAN, NO_PHONE = 0.01, 0.02, 0.12, 0.02, 0.07, 0.01, 0.15
NOT_IN_KINDERGARTEN, OUT_OF_SCHOOL, OUT_OF_SECONDARY = 0.3, 0.01, 0.1
CYRILLIC, SIBLING, DOUBLE, BORN_HERE = 0.6, 0.22, 0.03, 0.95
HALF_YEAR_TOLD = 0.4  # share of half-years whose marks and absences came in
CLASSES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
OWN_KEY = bytes([sealed.VERSION, 0, 0])
OWN_FIELDS = "{contact,enrolment,family,identifiers,identity}"
LANGUAGE = {"sr": "sr", "hu": "hu", "sq": "sq", "bs": "bs", "ro": "ro", "hr": "hr"}


class Key:
    """A child's own key, at hand until its block is written."""

    def __init__(self) -> None:
        self.raw = secrets.token_bytes(32)
        self._cipher = AESGCM(self.raw)

    def seal(self, plain: bytes, bound_to: str) -> bytes:
        """As `kernel.sealed.seal` does under a child's key."""
        nonce = os.urandom(sealed.NONCE)
        return OWN_KEY + nonce + self._cipher.encrypt(nonce, plain, bound_to.encode())


@dataclass
class Children:
    """Columns of a block; a child is a place in each."""

    ids: range
    town: Ints
    age: Ints
    born: Ints
    boy: NDArray[np.bool_]
    community: Ints
    in_cyrillic: NDArray[np.bool_]
    sibling: NDArray[np.bool_]  # of the one before
    kind: list[str]  # of the institution that registered the child and where it goes
    place: Ints  # of that institution among those of its kind in the town
    goes: NDArray[np.bool_]
    since: Ints  # registered on
    acl: list[list[int]]
    keys: dict[int, Key] = field(default_factory=dict)  # of children whose file holds sealed words
    parents: dict[int, str] = field(default_factory=dict)  # accounts of parents who came to the family desk
    also: dict[int, Office] = field(default_factory=dict)  # who registered the child, where it is another institution

    def __len__(self) -> int:
        return len(self.ids)


class Families:
    """Makes children of towns, block after block."""

    def __init__(self, towns: list[Town], today: date, years: int, written_by: int) -> None:
        self.towns, self.today, self.years, self.written_by = towns, today.toordinal(), years, written_by
        self.names, self.days = Names(), Days(date(1990, 1, 1), date(today.year + 30, 12, 31))
        weights = np.array([town.children for town in towns])
        self._weights = weights.ravel() / weights.sum()
        self._communities = np.array([town.communities for town in towns]).cumsum(axis=1)
        self._orders: dict[tuple[int, int, bool], int] = {}
        self.school_year = today.year if today.month >= 9 else today.year - 1

    def block(self, dice: Generator, pages: Pages, count: int) -> Children:
        town, age = np.divmod(dice.choice(len(self._weights), count, p=self._weights), OLDEST + 1)
        order = np.argsort(town, kind="stable")  # so that brothers and sisters stand beside each other
        town, age = town[order], age[order]
        sibling = (dice.random(count) < SIBLING) & (np.diff(town, prepend=-1) == 0)
        community = (self._communities[town] < dice.random(count)[:, None]).sum(axis=1)
        in_cyrillic = (community == 0) & (dice.random(count) < CYRILLIC)
        for one in np.flatnonzero(sibling).tolist():
            community[one], in_cyrillic[one] = community[one - 1], in_cyrillic[one - 1]
        born = self.today - age * 365 - dice.integers(1, 365, count)
        kind, place, goes = self._goes(dice, town, born)
        since = np.minimum(np.maximum(born + 30, self.today - dice.integers(30, 365 * self.years, count)), self.today)
        return Children(
            pages.ids("children_child", count), town, age, born, dice.random(count) < 0.514, community, in_cyrillic,
            sibling, kind, place, goes, since, [[] for _each in range(count)],
        )  # fmt: skip

    def _goes(self, dice: Generator, town: Ints, born: Ints) -> tuple[list[str], Ints, NDArray[np.bool_]]:
        starts = date(self.school_year, 9, 1).toordinal()
        then, chance = (starts - born) // 365, dice.random(len(town))
        conditions = [then < 3, then < 7, then < 15]
        kinds = np.select(conditions, [0, 1, 2], 3)
        out = np.select(conditions, [1.0, NOT_IN_KINDERGARTEN, OUT_OF_SCHOOL], OUT_OF_SECONDARY)
        goes = chance >= out
        kind = np.array(["health_centre", "kindergarten", "primary_school", "secondary_school"])[kinds * goes].tolist()
        many = np.array([len(self.towns[at].offices[one]) for at, one in zip(town.tolist(), kind, strict=True)])
        return kind, (dice.random(len(town)) * many).astype(np.int64), goes

    def own(self, children: Children, child: int) -> Office:
        return self.towns[int(children.town[child])].offices[children.kind[child]][int(children.place[child])]

    # ---- rows, once the cases of the block are known

    def write(self, dice: Generator, pages: Pages, children: Children) -> None:
        offices = [self.own(children, one) for one in range(len(children))]
        registered = [children.also.get(at, office).id for at, office in enumerate(offices)]
        ids = list(map(str, children.ids))
        family = self._child(dice, pages, children, ids, registered)
        self._keys(pages, children, ids)
        self._number(dice, pages, children, ids)
        self._ties(pages, children, ids, offices)
        self._enrolment(dice, pages, children, ids, offices)
        self._marks(dice, pages, children, ids, offices)
        self._family(dice, pages, children, ids, family)

    def _written(self, dice: Generator, children: Children, kind: str, count: int) -> list[str]:
        """A name for each, of its community, in the script of its file."""
        found = np.empty(count, dtype=object)
        for number, community in enumerate(COMMUNITIES):
            for cyr in (True, False):
                those = (children.community == number) & (children.in_cyrillic == cyr)
                those = those & children.boy if kind == BOY else those & ~children.boy if kind == GIRL else those
                many = int(those.sum())
                if many:
                    places = self.names.many(dice, community, kind, many)
                    found[those] = self.names.written(community, kind, cyr)[places]
        return found.tolist()  # type: ignore[no-any-return]

    def _child(
        self, dice: Generator, pages: Pages, children: Children, ids: list[str], registered: list[int]
    ) -> list[str]:
        count = len(children)
        boys, girls = (self._written(dice, children, kind, count) for kind in (BOY, GIRL))
        given = [boy or girl for boy, girl in zip(boys, girls, strict=True)]
        family = self._written(dice, children, FAMILY, count)
        second, double = self._written(dice, children, FAMILY, count), dice.random(count) < DOUBLE
        for at in np.flatnonzero(double).tolist():
            family[at] = f"{family[at]}-{second[at]}"
        for at in np.flatnonzero(children.sibling).tolist():
            family[at] = family[at - 1]
        chance = dice.random((5, count))
        born = self.days.of(children.born.tolist())
        sex = np.where(children.boy, "M", "F").tolist()
        towns = [str(self.towns[at].territory) for at in children.town.tolist()]
        address = [f"Улица примера {one}" for one in dice.integers(1, 200, count).tolist()]
        for at in np.flatnonzero(children.sibling).tolist():
            address[at] = address[at - 1]
        language = [COMMUNITIES[at] for at in children.community.tolist()]
        pages.add(
            "children_child",
            ("id", "uuid", "given_name", "family_name", "birth_date", "sex", "residence_id", "address", "language",
             "created_on", "registered_by_id", "acl"),
            (ids, pages.uuids(count), given, family, _or(born, NULL, chance[0] < NO_BIRTH),
             _or(sex, "", chance[1] < NO_SEX), _or(towns, NULL, chance[2] < NO_HOME),
             _or(address, "", chance[3] < NO_ADDRESS), _or(language, "", chance[4] < 0.5),
             [f"{day} 10:00:00+00" for day in self.days.of(children.since.tolist())], map(str, registered),
             ["{" + ",".join(map(str, sorted({*acl, office}))) + "}"
              for acl, office in zip(children.acl, self._own_ids(children), strict=True)]),
        )  # fmt: skip
        return family

    def _own_ids(self, children: Children) -> list[int]:
        return [self.own(children, one).id for one in range(len(children))]

    def _keys(self, pages: Pages, children: Children, ids: list[str]) -> None:
        raw = [children.keys[at].raw if at in children.keys else secrets.token_bytes(32) for at in range(len(ids))]
        wrapped = [hexed(sealed.seal(key, f"children_datakey.wrapped|{pk}")) for key, pk in zip(raw, ids, strict=True)]
        pages.add("children_datakey", ("id", "child_id", "wrapped"),
                  (map(str, pages.ids("children_datakey", len(ids))), ids, wrapped))  # fmt: skip

    def _number(self, dice: Generator, pages: Pages, children: Children, ids: list[str]) -> None:
        """Well-formed national numbers, each once, issued to nobody we know of."""
        has = dice.random(len(ids)) >= NO_NUMBER
        rows, numbers = [], []
        for at in np.flatnonzero(has).tolist():
            number = self._national(int(children.born[at]), bool(children.boy[at]), int(children.town[at]))
            if number:
                rows.append(at)
                numbers.append(number)
        uuids = pages.uuids(len(rows))
        index = sealed.ring().index
        pages.add(
            "children_identifier", ("id", "uuid", "child_id", "kind", "sealed", "blind", "added_on"),
            (map(str, pages.ids("children_identifier", len(rows))), uuids, [ids[at] for at in rows], repeat("national"),
             [hexed(sealed.seal(number.encode(), f"children_identifier.sealed|{dashed(one)}"))
              for number, one in zip(numbers, uuids, strict=True)],
             [hexed(hmac.digest(index, f"national\0{number}".encode(), "sha256")) for number in numbers],
             [f"{day} 10:00:00+00" for day in self.days.of(children.since[rows].tolist())]),
        )  # fmt: skip

    def _national(self, born: int, boy: bool, town: int) -> str:
        region = self.towns[town].region
        order = self._orders.get((born, region, boy), -1) + 1
        day = date.fromordinal(born)
        while order < 500:
            stem = f"{day:%d%m}{day.year % 1000:03}{region}{order + 500 * (not boy):03}"
            total = sum(int(digit) * weight for digit, weight in zip(stem, (7, 6, 5, 4, 3, 2) * 2, strict=True))
            check = 11 - total % 11
            if check != 10:
                self._orders[born, region, boy] = order
                return f"{stem}{check % 11}"
            order += 1
        return ""

    def _ties(self, pages: Pages, children: Children, ids: list[str], offices: list[Office]) -> None:
        """Each institution that registered the child or has it in a class sees its own part of the file."""
        both = [(at, office) for at, office in enumerate(offices)]
        both += [(at, office) for at, office in children.also.items() if office is not offices[at]]
        since = self.days.of([int(children.since[at]) for at, _office in both])
        pages.add(
            "children_tie",
            ("id", "uuid", "child_id", "organisation_id", "purpose", "fields", "since", "written_on", "written_by",
             "reason", "reads"),
            (map(str, pages.ids("children_tie", len(both))), pages.uuids(len(both)), [ids[at] for at, _office in both],
             [str(office.id) for _at, office in both], repeat("registration"), repeat(OWN_FIELDS), since,
             [f"{day} 10:00:00+00" for day in since], repeat(str(self.written_by)), repeat(""), repeat("f")),
        )  # fmt: skip

    def _enrolment(
        self, dice: Generator, pages: Pages, children: Children, ids: list[str], offices: list[Office]
    ) -> None:
        """This school year, and for most the one before, in the same institution."""
        rows: list[tuple[int, int]] = []
        before = dice.random(len(ids)) < 0.6
        starts = date(self.school_year, 9, 1).toordinal()
        grade = np.clip((starts - children.born) // 365 - 6, 1, 8)
        for at in np.flatnonzero(children.goes & (np.array(children.kind) != "health_centre")).tolist():
            rows.append((at, self.school_year))
            if before[at] and (starts - int(children.born[at])) // 365 not in (3, 7, 15):
                rows.append((at, self.school_year - 1))
        section = dice.integers(1, 5, len(ids)).tolist()
        pages.add(
            "children_enrolment", ("id", "child_id", "organisation_id", "school_year", "class_name", "since", "until"),
            (map(str, pages.ids("children_enrolment", len(rows))), [ids[at] for at, _year in rows],
             [str(offices[at].id) for at, _year in rows], [str(year) for _at, year in rows],
             [_class(children.kind[at], int(grade[at]) - (self.school_year - year), section[at]) for at, year in rows],
             [f"{year}-09-01" for _at, year in rows],
             [NULL if year == self.school_year else f"{year + 1}-08-31" for _at, year in rows]),
        )  # fmt: skip

    def _marks(self, dice: Generator, pages: Pages, children: Children, ids: list[str], offices: list[Office]) -> None:
        """Half-years of the years asked for; worse in winter; some sheets leave columns out."""
        schools = np.isin(np.array(children.kind), ("primary_school", "secondary_school"))
        then = (date(self.school_year, 9, 1).toordinal() - children.born) // 365
        here = np.where(then < 15, then - 6, then - 14)  # the school year in this school
        halves = [(at, *self._terms[back]) for at in np.flatnonzero(schools).tolist()
                  for back in range(min(2 * int(here[at]) - 1, len(self._terms)))]  # fmt: skip
        halves = [one for one, told in zip(halves, dice.random(len(halves)) < HALF_YEAR_TOLD, strict=True) if told]
        count = len(halves)
        winter = np.array([half == 1 for _at, _year, half in halves], dtype=np.int64)
        excused = dice.poisson(14 + 8 * winter) * (dice.random(count) < 0.9)
        unexcused = dice.geometric(0.35, count) - 1 + (dice.random(count) < 0.03) * dice.integers(10, 80, count)
        mark = np.clip(dice.normal(4.0, 0.7, count), 1, 5).round(2)
        gone = dice.random((3, count))
        pages.add(
            "children_attendance",
            ("id", "child_id", "organisation_id", "school_year", "half_year", "lessons", "excused", "unexcused",
             "after_notice", "mean_mark", "negative_marks", "written_on"),
            (map(str, pages.ids("children_attendance", count)), [ids[at] for at, _year, _half in halves],
             [str(offices[at].id) for at, _year, _half in halves], [str(year) for _at, year, _half in halves],
             [str(half) for _at, _year, half in halves],
             _or(["420"] * count, NULL, gone[0] < 0.1), _or(list(map(str, excused.tolist())), NULL, gone[0] < 0.05),
             list(map(str, unexcused.tolist())), _or(list(map(str, (unexcused // 2).tolist())), NULL, gone[1] < 0.4),
             _or(list(map(str, mark.tolist())), NULL, gone[2] < 0.08),
             _or(list(map(str, (mark < 2).astype(int).tolist())), NULL, gone[2] < 0.15),
             [f"{year + 1}-{'01' if half == 1 else '06'}-20 10:00:00+00" for _at, year, half in halves]),
        )  # fmt: skip

    @cached_property
    def _terms(self) -> list[tuple[int, int]]:
        """Half-years that are over, the newest first: school year, 1 or 2."""
        over = [(year, half) for year in range(self.school_year, self.school_year - self.years - 1, -1)
                for half, ends in ((2, date(year + 1, 6, 20)), (1, date(year + 1, 1, 20)))
                if ends.toordinal() < self.today]  # fmt: skip
        return over[: 2 * self.years]

    def _family(
        self, dice: Generator, pages: Pages, children: Children, ids: list[str], family: list[str]
    ) -> None:
        count = len(ids)
        mother, mothers = dice.random(count) < 0.62, self._adults(dice, children, count)
        known = [at for at in np.flatnonzero(dice.random(count) >= NO_GUARDIAN).tolist()]
        known = sorted({*known, *children.keys})  # who consents in a case is known
        phone = dice.random(count) < NO_PHONE
        names = [f"{mothers[0 if mother[at] else 1][at]} {family[at]}" for at in known]
        pages.add(
            "children_guardian",
            ("id", "uuid", "child_id", "account_id", "kind", "name", "represents", "phone", "email", "address"),
            ([ids[at] for at in known], pages.uuids(len(known)), [ids[at] for at in known],  # the id of its child
             [children.parents.get(at, NULL) for at in known], ["mother" if mother[at] else "father" for at in known],
             names, repeat("t"), ["" if phone[at] else "000 000 000" for at in known], repeat(""),
             repeat("Улица примера 2")),
        )  # fmt: skip
        pages.next_ids["children_guardian"] = children.ids.stop
        pairs = [at for at in np.flatnonzero(children.sibling).tolist() if at % 3]
        pages.add("children_familylink", ("id", "first_id", "second_id", "kind"),
                  (map(str, pages.ids("children_familylink", len(pairs))), [ids[at - 1] for at in pairs],
                   [ids[at] for at in pairs], repeat("sibling")))  # fmt: skip

    def _adults(self, dice: Generator, children: Children, count: int) -> tuple[list[str], list[str]]:
        """A mother's and a father's given name for each."""
        everybody: Any = np.ones(count, dtype=bool)
        as_boys, boy = Children(**{**vars(children), "boy": everybody}), BOY
        as_girls = Children(**{**vars(children), "boy": ~everybody})
        return self._written(dice, as_girls, GIRL, count), self._written(dice, as_boys, boy, count)


def _or(texts: list[str], other: str, missing: NDArray[np.bool_]) -> list[str]:
    for at in np.flatnonzero(missing).tolist():
        texts[at] = other
    return texts


def _class(kind: str, grade: int, section: int) -> str:
    if kind == "kindergarten":
        return f"група {section}"
    return f"{CLASSES[max(grade, 1) - 1] if kind == 'primary_school' else CLASSES[(grade - 1) % 4]}-{section}"


def hexed(content: bytes) -> str:
    return rf"\\x{content.hex()}"


def dashed(digits: str) -> str:
    """A uuid as the platform writes it."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
