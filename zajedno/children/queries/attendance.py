"""Marks and absences as they may be read, and the levels of risk that they propose."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zajedno.children.enums import Field
from zajedno.children.models import Attendance, Child
from zajedno.children.queries.tie import fields_open
from zajedno.forms.logic.scores.dropout import Absences, History, Marks, automatic_levels
from zajedno.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class HalfYear:
    """A half-year in an institution; `before`: the half-year told before it, with which it is compared."""

    row: Attendance
    before: Attendance | None

    def change(self, name: str) -> int | Decimal | None:
        """By how much a value is more than before; None when it is not known of both."""
        here, before = getattr(self.row, name), getattr(self.before, name) if self.before else None
        return None if here is None or before is None else here - before


def of_child(by: Actor, child: Child) -> list[HalfYear]:
    """Of a child that the actor has found, the newest half-year first: all when a tie opens education, else those of
    the actor's own institutions. Two queries."""
    rows = Attendance.objects.filter(child=child).select_related("organisation")
    if Field.EDUCATION not in fields_open(by, child):
        rows = rows.filter(organisation__in=[key for key in by.keys if key > 0])
    told = list(rows.order_by("school_year", "half_year", "pk"))
    return [HalfYear(row, before) for row, before in zip(told, [None, *told], strict=False)][::-1]


def levels(
    children: Collection[int], school_year: int, options: Mapping[str, Any], *, organisation: int | None = None
) -> dict[int, dict[str, int]]:
    """Level by item of the risk sheet that registers propose, by child; one query for a whole class.

    `options`: those of the form's score; `organisation`: of its registers alone. A child of whom nothing is told is not
    in the answer.
    """
    rows = Attendance.objects.filter(child__in=children, school_year__in=(school_year - 1, school_year))
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    told: dict[int, list[Attendance]] = defaultdict(list)
    for row in rows.order_by("school_year", "half_year", "pk"):
        told[row.child_id].append(row)
    rules = options.get("automatic", ())
    found = {child: automatic_levels(*_measures(half_years, school_year), rules) for child, half_years in told.items()}
    return {child: items for child, items in found.items() if items}


def _measures(half_years: list[Attendance], school_year: int) -> tuple[Absences, Marks, History]:
    """Half-years in their order. Absences are counted anew each year; until a year's first closing its marks are those
    of the end of the year before."""
    now = [row for row in half_years if row.school_year == school_year]
    closed = [row for row in half_years if (row.school_year, row.half_year) >= (school_year - 1, 2)]
    negative = [row.negative_marks for row in closed if row.negative_marks is not None]
    means = [(row in closed, row.mean_mark) for row in half_years if row.mean_mark is not None]
    fall = means[-2][1] - means[-1][1] if len(means) > 1 and means[-1][0] else None
    absences = Absences(unexcused=_sum(now, "unexcused"), after_notice=_sum(now, "after_notice"), share=_share(now))
    return absences, Marks(negative=negative[-1] if negative else None, fall=fall), History()


def _sum(rows: Iterable[Attendance], name: str) -> int | None:
    told = [value for row in rows if (value := getattr(row, name)) is not None]
    return sum(told) if told else None


def _share(rows: Iterable[Attendance]) -> Decimal | None:
    """Percent of the lessons that were missed, over the half-years of which all is told."""
    whole = [row for row in rows if row.lessons and row.excused is not None and row.unexcused is not None]
    lessons = _sum(whole, "lessons")
    missed = (_sum(whole, "excused") or 0) + (_sum(whole, "unexcused") or 0)
    return Decimal(100 * missed) / lessons if lessons else None
