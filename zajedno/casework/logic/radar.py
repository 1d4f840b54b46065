"""Which passages a child comes to within a year: from the birth date, where it goes, and what the pack says of them."""

from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zajedno.casework.logic.passages import HOME, Age, Passage, Passages, YearDay
from zajedno.children.logic.half_year import read_class
from zajedno.kernel.calendars import school_year


class Why(StrEnum):
    """How a passage is known. Counted on: from the class of an earlier school year."""

    CLASS = "class"
    COUNTED = "counted"
    AGE = "age"
    ENDS = "ends"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Stay:
    """An enrolment: kind and primary key of the institution, its days, the class as it was in a school year."""

    kind: str
    organisation: int
    since: date
    until: date | None
    school_year: int
    class_name: str = ""

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until >= day)


@dataclass(frozen=True, slots=True)
class Met:
    """A passage that a child comes to: `on` None where no day is known; `sure`: does the class or age say it, and not
    what is counted on or may be; `stay`: where from."""

    passage: Passage
    on: date | None
    why: Why
    sure: bool = True
    stay: Stay | None = None

    @property
    def begins(self) -> date | None:
        """When the plan should begin."""
        return later(self.on, (0, -self.passage.begin)) if self.on and self.passage.begin else None


def later(day: date, age: Age) -> date:
    """The same day years and months on; the last of its month where there is none such: from 29 February to 28."""
    months = day.year * 12 + day.month - 1 + age[0] * 12 + age[1]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def ahead(
    passages: Passages, born: date | None, stays: Sequence[Stay], served: Collection[str], today: date
) -> list[Met]:
    """What is met from `today` to the same day of the next year, both included; one line for a passage.

    `served`: kinds of institutions that keep the file of a child who is enrolled nowhere.
    """
    now = [stay for stay in stays if stay.holds(today)]
    going = {stay.kind for stay in now}
    found: dict[str, Met] = {}
    for one in _met(passages, born, now, served, today):
        # goes there already, whatever else was left open
        entered = one.passage.at and going & (one.passage.to - one.passage.origins)
        if not entered and (one.passage.key not in found or one.sure > found[one.passage.key].sure):
            found[one.passage.key] = one
    return sorted(found.values(), key=lambda one: one.on or date.max)


def _met(
    passages: Passages, born: date | None, now: Sequence[Stay], served: Collection[str], today: date
) -> Iterator[Met]:
    for stay in now:
        dated = [met for one in _from(passages, stay.kind) if (met := _dated(one, born, stay, today))]
        yield from dated
        if not dated and stay.until and stay.until <= later(today, (1, 0)):
            undated = (one for one in _from(passages, stay.kind) if one.at is None)
            yield from (Met(one, stay.until + timedelta(days=1), Why.ENDS, stay=stay) for one in undated)
    if not now:
        kinds = (*sorted(served), HOME)  # who leaves a service comes from there, and not from the family
        each = ([met for one in _from(passages, kind) if (met := _dated(one, born, None, today))] for kind in kinds)
        yield from next(filter(None, each), [])


def _from(passages: Passages, kind: str) -> Iterator[Passage]:
    return (one for one in passages.every if kind in one.origins)


def _dated(passage: Passage, born: date | None, stay: Stay | None, today: date) -> Met | None:
    if passage.at is None:
        return None
    known = read_class(stay.class_name) if stay and passage.classes else None
    if stay and known and known.grade:
        return _by_class(passage, known.grade, stay, passage.at, today)
    return _by_age(passage, born, stay, passage.at, today) if born else None


def _by_class(passage: Passage, grade: int, stay: Stay, at: YearDay, today: date) -> Met | None:
    """After the school year of one of its classes. Nobody moves classes on, so an old one is counted on."""
    year = school_year(today)[0].year
    grade += year - stay.school_year
    for more in (0, 1):
        on = date(year + 1 + more, *at)
        if grade + more in passage.classes | passage.perhaps and today <= on <= later(today, (1, 0)):
            why = Why.CLASS if stay.school_year == year else Why.COUNTED
            return Met(passage, on, why, why == Why.CLASS and grade + more in passage.classes, stay)
    return None


def _by_age(passage: Passage, born: date, stay: Stay | None, at: YearDay, today: date) -> Met | None:
    """On the first such day on which the age is reached. Where classes tell, and this child's is not known, only in the
    year in which it is reached first; else also later: who was put off is still to go."""
    for on in (date(today.year, *at), date(today.year + 1, *at)):
        if today <= on <= later(today, (1, 0)) and _is_of_age(passage, born, on.year):
            if passage.classes and _is_of_age(passage, born, on.year - 1):
                return None
            return Met(passage, on, Why.AGE, not passage.classes, stay)
    return None


def _is_of_age(passage: Passage, born: date, year: int) -> bool:
    if passage.age is None or passage.reached is None:
        return False
    day = date(year, *passage.reached)
    return later(born, passage.age) <= day and (passage.before is None or later(born, passage.before) > day)
