"""Does a child have a difficulty, as its last assessment of functioning found? For counting alone, by the worker."""

from collections.abc import Iterator
from datetime import date

from zajedno.children.models import Assessment, DataKey

FORMS = ("cfm-2-4", "cfm-5-17")
ANY = "any"  # the finding of all areas together


def difficulties() -> Iterator[tuple[int, date, str]]:
    """(child, day, yes or no) of every assessment that stands. Opened in memory and handed on as this one word: no
    answer leaves here. What was erased, and what could not be said, is left out."""
    rows = Assessment.objects.filter(version__form__key__in=FORMS, corrected_by=None).order_by("child_id", "pk")
    of: int | None = None
    key = b""
    for row in rows.iterator(chunk_size=2000):
        if row.child_id != of:
            of, key = row.child_id, _key(row.child_id)
        if key and (word := _word(row, key)):
            yield row.child_id, row.holds_on, word


def _key(child: int) -> bytes:
    """Empty where it was destroyed."""
    found = DataKey.objects.filter(child=child, wrapped__isnull=False).first()
    return found.open() if found else b""


def _word(row: Assessment, key: bytes) -> str:
    found = [one for one in row.open(key)["findings"] if one["key"] == ANY and one["value"] is not None]
    return "" if not found else "yes" if int(found[0]["value"]) else "no"
