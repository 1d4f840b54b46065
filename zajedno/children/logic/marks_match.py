"""Whose a row of a sheet is, among the children who go to the institution. Sure only of whom nothing contradicts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from zajedno.children.logic.half_year import Class
from zajedno.children.logic.marks_rows import MarksRow
from zajedno.kernel.script import loose
from zajedno.kernel.spreadsheets import gettext_noop, sayings

sayings(
    {
        "child_unknown": gettext_noop(
            "Among the children who go to your institution and whom you see is nobody like this. "
            "Correct the name, or enrol the child first."
        ),
        "numbers_differ": gettext_noop("The numbers in this row are those of different children."),
        "number_and_name_differ": gettext_noop("The number is that of a child with another name."),
        "number_is_another": gettext_noop("The child of this name has another number here."),
        "birth_is_another": gettext_noop("The child of this name has another date of birth here."),
        "name_twice": gettext_noop("More than one child of this name may be meant."),
        "other_class": gettext_noop("A child of this name is here, but not in this class."),
        "name_only": gettext_noop("Only the name is known: neither a number, nor the class, nor the date of birth."),
        "name_near": gettext_noop("No child of this class has exactly this name, but one has a name like it."),
    }
)


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child who goes there. `classes` as they were in the year of the sheet; `numbers`: blind index by kind."""

    child: int
    words: frozenset[str]
    birth_date: date | None
    classes: tuple[Class, ...] = ()
    numbers: Mapping[str, bytes] | None = None

    def goes_to(self, place: Class) -> bool:
        return any(one.fits(place) for one in self.classes)

    def contradicts(self, numbers: Mapping[str, bytes]) -> bool:
        """Has another number of the same kind? Numbers of an own register are given anew too often to count."""
        mine = self.numbers or {}
        return any(mine.get(kind, blind) != blind for kind, blind in numbers.items() if kind != "local")


@dataclass(frozen=True, slots=True)
class Match:
    """Sure of the one child when there is no `doubt`, the code of why a person must look; nobody: no children."""

    children: tuple[int, ...] = ()
    doubt: str = ""


class Roster:
    """Children of one institution, found by number and by name."""

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        self.pupils = {one.child: one for one in pupils}
        self.by_number: dict[tuple[str, bytes], Pupil] = {}
        self.by_name: dict[frozenset[str], list[Pupil]] = {}
        self.by_grade: dict[int, list[Pupil]] = {}
        for one in self.pupils.values():
            self.by_number |= dict.fromkeys((one.numbers or {}).items(), one)
            self.by_name.setdefault(one.words, []).append(one)
            for grade in {place.grade for place in one.classes}:
                self.by_grade.setdefault(grade, []).append(one)

    def match(self, row: MarksRow, numbers: Mapping[str, bytes]) -> Match:
        """`numbers`: blind index of the row's numbers by kind."""
        found = {number[0]: self.by_number[number] for number in numbers.items() if number in self.by_number}
        if "local" in found and not _alike(found["local"].words, row.words):
            del found["local"]
        children = {one.child for one in found.values()}
        named = self.by_name.get(row.words, [])
        if len(children) > 1:
            return Match(tuple(sorted(children)), "numbers_differ")
        if not children:
            return self._by_name(row, numbers, named)
        child = children.pop()
        if not row.words or _alike(self.pupils[child].words, row.words):
            return Match((child,))
        return _doubtful("number_and_name_differ", [self.pupils[child], *named])

    def _by_name(self, row: MarksRow, numbers: Mapping[str, bytes], named: list[Pupil]) -> Match:
        if not named:
            near = self._near(row)
            return _doubtful("name_near", near) if near else Match()
        here = [one for one in named if row.school_class is None or one.goes_to(row.school_class)]
        born = [one for one in here if not row.birth_date or one.birth_date in (None, row.birth_date)]
        if not born:
            return _doubtful("birth_is_another" if here else "other_class", named)
        if len(born) > 1:
            return _doubtful("name_twice", born)
        if born[0].contradicts(numbers):
            return _doubtful("number_is_another", born)
        if row.school_class is None and (row.birth_date is None or born[0].birth_date is None):
            return _doubtful("name_only", born)
        return Match((born[0].child,))

    def _near(self, row: MarksRow) -> list[Pupil]:
        """Those of the class who have a name more or less, or one that is spelled otherwise."""
        place, words = row.school_class, row.words
        if place is None or not words:
            return []
        near = [one for one in self.by_grade.get(place.grade, ()) if one.goes_to(place)]
        return [one for one in near if _alike(one.words, words) or _sound(one.words) == _sound(words)]


def _doubtful(code: str, found: Iterable[Pupil]) -> Match:
    return Match(tuple(dict.fromkeys(one.child for one in found)), code)


def _alike(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Does one have all names of the other?"""
    return mine <= theirs or theirs <= mine


@lru_cache(maxsize=4096)
def _sound(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(loose, words))
