"""A block of invented children: where they live, how old they are, where they go. What is written: `file.py`."""

import os
import secrets
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from numpy.random import Generator
from numpy.typing import NDArray

from zajedno.kernel import sealed
from zajedno.site.seed.text import Days, Pages
from zajedno.site.seed.town import OLDEST, Office, Town

Ints = NDArray[np.int64]
Yes = NDArray[np.bool_]
GOES_TO = ("health_centre", "kindergarten", "primary_school", "secondary_school")  # who knows a child of that age
NOT_IN_KINDERGARTEN, OUT_OF_SCHOOL, OUT_OF_SECONDARY = 0.3, 0.01, 0.1
BOYS, CYRILLIC, SIBLING = 0.514, 0.6, 0.22
OWN_KEY = bytes([sealed.VERSION, 0, 0])


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
    """Columns of a block; a child is a place in each. Days are ordinals."""

    ids: range
    town: Ints
    age: Ints
    born: Ints
    boy: Yes
    community: Ints
    in_cyrillic: Yes
    sibling: Yes  # of the one before
    kind: list[str]  # of the institution where it goes, which registered it
    place: Ints  # of that institution among those of its kind in the town
    goes: Yes
    since: Ints  # registered on
    acl: list[list[int]]
    keys: dict[int, Key] = field(default_factory=dict)  # of children whose file holds sealed words
    parents: dict[int, str] = field(default_factory=dict)  # accounts of parents who came to the family desk
    also: dict[int, Office] = field(default_factory=dict)  # who registered the child, where that is another institution

    def __len__(self) -> int:
        return len(self.ids)


class Families:
    """Makes children of towns, block after block."""

    def __init__(self, towns: list[Town], today: date, years: int, written_by: int) -> None:
        self.towns, self.today, self.years, self.written_by = towns, today.toordinal(), years, written_by
        self.days = Days(date(1990, 1, 1), date(today.year + 30, 12, 31))
        weights = np.array([town.children for town in towns])
        self._weights = weights.ravel() / weights.sum()
        self._communities = np.array([town.communities for town in towns]).cumsum(axis=1)
        self.school_year = today.year if today.month >= 9 else today.year - 1
        self.orders: dict[tuple[int, int, bool], int] = {}  # last order of national numbers by day, region and sex

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
        since = np.maximum(born + 30, self.today - dice.integers(30, 365 * self.years, count))
        return Children(
            pages.ids("children_child", count), town, age, born, dice.random(count) < BOYS, community, in_cyrillic,
            sibling, kind, place, goes, np.minimum(since, self.today), [[] for _each in range(count)],
        )  # fmt: skip

    def _goes(self, dice: Generator, town: Ints, born: Ints) -> tuple[list[str], Ints, Yes]:
        then, chance = self.age_in_september(born), dice.random(len(town))
        bands = [then < 3, then < 7, then < 15]
        goes = chance >= np.select(bands, [1.0, NOT_IN_KINDERGARTEN, OUT_OF_SCHOOL], OUT_OF_SECONDARY)
        kind = np.array(GOES_TO)[np.select(bands, [0, 1, 2], 3) * goes].tolist()
        many = np.array([len(self.towns[at].offices[one]) for at, one in zip(town.tolist(), kind, strict=True)])
        return kind, (dice.random(len(town)) * many).astype(np.int64), goes

    def age_in_september(self, born: Ints) -> Ints:
        """Years at the beginning of this school year."""
        return (date(self.school_year, 9, 1).toordinal() - born) // 365

    def own(self, children: Children, child: int) -> Office:
        """The institution where a child goes."""
        return self.towns[int(children.town[child])].offices[children.kind[child]][int(children.place[child])]

    @cached_property
    def terms(self) -> list[tuple[int, int]]:
        """Half-years that are over, the newest first: school year, 1 or 2."""
        years = range(self.school_year, self.school_year - self.years - 1, -1)
        ends = [(year, half, date(year + 1, month, 20)) for year in years for half, month in ((2, 6), (1, 1))]
        return [(year, half) for year, half, end in ends if end.toordinal() < self.today][: 2 * self.years]
