"""How a report is kept, whatever it is of: its words, and the next edition. The verb of the room has asked first."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Manager, Max
from django.utils.translation import gettext_lazy as _

from zajedno.access.models.report import Report, ReportWords
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused

FIRST, LAST = 2000, 2100  # years that can be reported on
LONGEST = 10_000
Kept = TypeVar("Kept", bound=Report)
Written = TypeVar("Written", bound=ReportWords)


@dataclass(frozen=True, slots=True)
class Papers:
    """An edition as it is printed; `said` is its content as data, so that it can be read again in a hundred years."""

    pdf: bytes
    word: bytes
    said: Mapping[str, Any]


def known_year(by: Actor, year: int) -> None:
    if not FIRST <= year <= min(by.today.year, LAST):
        raise Refused(_("There is no report of a year that has not begun."), "year")


def keep_words(
    rows: "Manager[Written]", *, by: Actor, year: int, texts: Mapping[str, str], **of: Any
) -> None:  # fmt: skip
    """The last words of each section count. A section in which nothing was ever said has no row."""
    known_year(by, year)
    before: dict[str, str] = dict(rows.filter(**of, year=year).values_list("section", "text"))
    for section, text in texts.items():
        said = text.strip()
        if len(said) > LONGEST:
            raise Refused(_("Write fewer than 10,000 characters in one section."), section)
        if said != before.get(section, ""):
            now = {"text": said, "written_by": by.account, "written_on": clock.now()}
            rows.update_or_create(**of, year=year, section=section, defaults=now)


def next_edition(
    rows: "Manager[Kept]", *, by: Actor, year: int, language: str, reason: str, papers: Callable[[int], Papers],
    **of: Any,
) -> Kept:  # fmt: skip
    """The next edition of the year, printed with its number: from now on it stays as it is."""
    known_year(by, year)
    number = (rows.filter(**of, year=year).aggregate(last=Max("number"))["last"] or 0) + 1
    if number > 1 and not reason.strip():
        raise Refused(_("Say why a new edition is made: the one before stays beside it."), "reason")
    made = papers(number)
    return rows.create(
        **of, year=year, number=number, language=language, reason=reason.strip() if number > 1 else "",
        name=f"report-{year}-{number}.pdf", media_type="application/pdf", size=len(made.pdf), content=made.pdf,
        word=made.word, said=made.said, sha256=hashlib.sha256(made.pdf).digest(), added_by=by.account,
        added_on=clock.now(),
    )  # fmt: skip
