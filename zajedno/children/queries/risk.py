"""How a pupil's index of dropout risk stood at the ends of a school year. For counting alone, by the worker."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby

from zajedno.children.queries.found import found
from zajedno.kernel.calendars import school_year

FORM, INDEX = "dropout-risk", "index"


def indices(since: date) -> Iterator[tuple[int, date, int]]:
    """(file, day, index in hundredths of a point) of the first and the last assessment of each school year; one where
    there was no other. Of a day the last one counts. No sheet is opened that is of a day before `since`."""
    for child, sheets in groupby(found((FORM,), INDEX, since), key=lambda one: one[0]):
        by_day = {day: round(Decimal(value) * 100) for _child, day, value in sheets}
        for _year, days in groupby(sorted(by_day), key=school_year):
            first, *others = days
            for day in (first, *others[-1:]):
                yield child, day, by_day[day]
