"""Does a child have a difficulty, as its last assessment of functioning found? For counting alone, by the worker."""

from collections.abc import Iterator
from datetime import date

from zajedno.children.queries.found import found

FORMS = ("cfm-2-4", "cfm-5-17")
ANY = "any"  # the finding of all areas together


def difficulties() -> Iterator[tuple[int, date, str]]:
    """(file, day, yes or no) of every assessment that stands: this one word is all that goes on."""
    for child, day, value in found(FORMS, ANY):
        yield child, day, "yes" if int(value) else "no"
