"""What is written of a block of children once their cases are known: names, numbers, keys, who sees the file."""

import hmac
import secrets
from datetime import date
from functools import cached_property
from itertools import repeat

import numpy as np
from numpy.random import Generator

from zajedno.kernel import sealed
from zajedno.site.seed.children import Children, Families, Yes
from zajedno.site.seed.names import BOY, COMMUNITIES, FAMILY, GIRL, Names
from zajedno.site.seed.pattern import NULL
from zajedno.site.seed.text import Pages, dashed, hexed

NO_BIRTH, NO_SEX, NO_NUMBER, NO_HOME, NO_ADDRESS = 0.01, 0.02, 0.12, 0.02, 0.07  # what offices forgot
NO_LANGUAGE, NO_SETTLEMENT, DOUBLE = 0.5, 0.2, 0.03
LEAST_URBAN, MOST_URBAN = 0.3, 0.9  # of the children of a municipality, invented
OWN_FIELDS = "{contact,enrolment,family,identifiers,identity}"
ORDERS = 500  # of national numbers, for a day, region and sex
NAMES = Names()


class File:
    """Writes the rows of one block; `ids`, `offices` and `family` in the order of the children."""

    def __init__(self, families: Families, dice: Generator, pages: Pages, children: Children) -> None:
        self.families, self.dice, self.pages, self.children = families, dice, pages, children
        self.ids, self.count = list(map(str, children.ids)), len(children)
        self.offices = [families.own(children, one) for one in range(self.count)]

    def write(self) -> None:
        self._child()
        self._key()
        self._number()
        self._ties()

    @cached_property
    def since(self) -> list[str]:
        return self.families.days.of(self.children.since.tolist())

    @cached_property
    def family(self) -> list[str]:
        """Family names: of brothers and sisters the same, some double."""
        names, second = self.named(FAMILY), self.named(FAMILY)
        for at in np.flatnonzero(self.dice.random(self.count) < DOUBLE).tolist():
            names[at] = f"{names[at]}-{second[at]}"
        return self.like_siblings(names)

    def named(self, kind: str) -> list[str]:
        """A name for each child, of its community, in the script of its file."""
        found, children = np.empty(self.count, dtype=object), self.children
        for number, community in enumerate(COMMUNITIES):
            for in_cyrillic in (True, False):
                those = (children.community == number) & (children.in_cyrillic == in_cyrillic)
                if many := int(those.sum()):
                    places = NAMES.many(self.dice, community, kind, many)
                    found[those] = NAMES.written(community, kind, in_cyrillic)[places]
        return list(found)

    def like_siblings(self, texts: list[str]) -> list[str]:
        for at in np.flatnonzero(self.children.sibling).tolist():
            texts[at] = texts[at - 1]
        return texts

    def missing(self, texts: list[str], share: float, other: str = NULL) -> list[str]:
        """Some of them were never written down."""
        for at in np.flatnonzero(self.dice.random(len(texts)) < share).tolist():
            texts[at] = other
        return texts

    def _child(self) -> None:
        children, towns = self.children, self.families.towns
        boys, girls, boy = self.named(BOY), self.named(GIRL), children.boy.tolist()
        registered = [children.also.get(at, office).id for at, office in enumerate(self.offices)]
        acl = ("{" + ",".join(map(str, sorted({*keys, office.id}))) + "}"
               for keys, office in zip(children.acl, self.offices, strict=True))  # fmt: skip
        address = [f"Улица примера {one}" for one in self.dice.integers(1, 200, self.count).tolist()]
        self.pages.add(
            "children_child",
            ("id", "uuid", "given_name", "family_name", "birth_date", "sex", "residence_id", "address", "settlement",
             "language", "created_on", "registered_by_id", "acl"),
            (self.ids, self.pages.uuids(self.count),
             [his if one else hers for one, his, hers in zip(boy, boys, girls, strict=True)], self.family,
             self.missing(self.families.days.of(children.born.tolist()), NO_BIRTH),
             self.missing(["M" if one else "F" for one in boy], NO_SEX, ""),
             self.missing([str(towns[at].territory) for at in children.town.tolist()], NO_HOME),
             self.missing(self.like_siblings(address), NO_ADDRESS, ""),
             self.missing(self.like_siblings(self._settlements()), NO_SETTLEMENT, ""),
             self.missing([COMMUNITIES[at] for at in children.community.tolist()], NO_LANGUAGE, ""),
             [f"{day} 10:00:00+00" for day in self.since], map(str, registered), acl),
        )  # fmt: skip

    def _settlements(self) -> list[str]:
        """Some municipalities are mostly a town, some mostly villages."""
        shares = LEAST_URBAN + (MOST_URBAN - LEAST_URBAN) * (self.children.town * 7 % 10) / 9
        return ["urban" if one else "rural" for one in (self.dice.random(self.count) < shares).tolist()]

    def _key(self) -> None:
        keys = self.children.keys
        raw = [keys[at].raw if at in keys else secrets.token_bytes(32) for at in range(self.count)]
        wrapped = [
            hexed(sealed.seal(key, f"children_datakey.wrapped|{pk}")) for key, pk in zip(raw, self.ids, strict=True)
        ]
        self.pages.add("children_datakey", ("id", "child_id", "wrapped"),
                       (self.pages.numbered("children_datakey", self.count), self.ids, wrapped))  # fmt: skip

    def _number(self) -> None:
        """Well-formed national numbers, each once, issued to nobody we know of."""
        has: Yes = self.dice.random(self.count) >= NO_NUMBER
        numbers = {at: number for at in np.flatnonzero(has).tolist() if (number := self._national(at))}
        uuids, index = self.pages.uuids(len(numbers)), sealed.ring().index
        self.pages.add(
            "children_identifier", ("id", "uuid", "child_id", "kind", "sealed", "blind", "added_on"),
            (self.pages.numbered("children_identifier", len(numbers)), uuids, [self.ids[at] for at in numbers],
             repeat("national"),
             [hexed(sealed.seal(number.encode(), f"children_identifier.sealed|{dashed(one)}"))
              for number, one in zip(numbers.values(), uuids, strict=True)],
             [hexed(hmac.digest(index, f"national\0{number}".encode(), "sha256")) for number in numbers.values()],
             [f"{self.since[at]} 10:00:00+00" for at in numbers]),
        )  # fmt: skip

    def _national(self, at: int) -> str:
        """The next of the day, region and sex; none when they are all given."""
        born, boy = int(self.children.born[at]), bool(self.children.boy[at])
        region, day = self.families.towns[int(self.children.town[at])].region, date.fromordinal(born)
        orders = self.families.orders
        for order in range(orders.get((born, region, boy), -1) + 1, ORDERS):
            stem = f"{day:%d%m}{day.year % 1000:03}{region}{order + ORDERS * (not boy):03}"
            total = sum(int(digit) * weight for digit, weight in zip(stem, (7, 6, 5, 4, 3, 2) * 2, strict=True))
            if (check := 11 - total % 11) != 10:
                orders[born, region, boy] = order
                return f"{stem}{check % 11}"
        return ""

    def _ties(self) -> None:
        """Each institution that registered the child or has it in a class sees its own part of the file."""
        both = list(enumerate(self.offices))
        both += [(at, office) for at, office in self.children.also.items() if office is not self.offices[at]]
        since = [self.since[at] for at, _office in both]
        self.pages.add(
            "children_tie",
            ("id", "uuid", "child_id", "organisation_id", "purpose", "fields", "since", "written_on", "written_by",
             "reason", "reads"),
            (self.pages.numbered("children_tie", len(both)), self.pages.uuids(len(both)),
             [self.ids[at] for at, _office in both], [str(office.id) for _at, office in both], repeat("registration"),
             repeat(OWN_FIELDS), since, [f"{day} 10:00:00+00" for day in since],
             repeat(str(self.families.written_by)), repeat(""), repeat("f")),
        )  # fmt: skip
