"""The report of an institution on its year, and what it counts of itself: sittings and seats, never children."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from zajedno.casework.enums import SittingState
from zajedno.casework.models import OfficeReport, OfficeWords, Sitting
from zajedno.casework.rules import ISSUE_REPORT
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import ZONE
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.organisation import by_code
from zajedno.procedures.queries.definition import of_version, procedures

if TYPE_CHECKING:
    from zajedno.places.models import Organisation
    from zajedno.procedures.logic.definition import Definition


def may_issue(by: Actor, organisation: int) -> bool:
    return by.may(ISSUE_REPORT.key, organisation)


def reads(by: Actor) -> set[int]:
    """Institutions whose issued reports the actor reads: those of posts that open files, as the fence has it."""
    return {seat.organisation for seat in by.seats if seat.opens_files}


def office(by: Actor, code: str) -> "Organisation":
    """An institution by its short code; NotFound for that of others as for none."""
    found = by_code(code)
    if found is None or found.pk not in reads(by):
        raise NotFound("")
    return found


def words(organisation: int, year: int) -> dict[str, str]:
    """What the author wrote, by section."""
    rows = OfficeWords.objects.filter(organisation=organisation, year=year)
    return dict(rows.values_list("section", "text"))


def issued(organisation: int, year: int) -> QuerySet[OfficeReport]:
    """Editions without what is in them, the newest first."""
    rows = OfficeReport.objects.filter(organisation=organisation, year=year)
    return rows.defer("content", "word", "said").order_by("-number")


def edition(by: Actor, organisation: int, uuid: UUID) -> OfficeReport:
    found = OfficeReport.objects.filter(organisation=organisation, uuid=uuid).first()
    if found is None or organisation not in reads(by):
        raise NotFound("")
    return found


@dataclass(frozen=True)
class Sat:
    """Sittings of a year, by what became of them."""

    held: int
    cancelled: int
    planned: int


def sat(organisation: int, year: int) -> Sat:
    """A sitting counts in the year in which it was to begin, by the clock of the place."""
    rows = Sitting.objects.filter(organisation=organisation)
    days = ((begins.astimezone(ZONE).year, state) for begins, state in rows.values_list("begins", "state"))
    found = Counter(state for begun, state in days if begun == year)
    return Sat(*(found[state] for state in (SittingState.HELD, SittingState.CANCELLED, SittingState.PLANNED)))


def kept_procedures(organisation: "Organisation") -> "list[Definition]":
    """Procedures whose cases an institution of this kind keeps, in its country."""
    country = organisation.territory.country_id
    rows = (of_version(row.pk) for row in procedures() if row.definition.country in (country, ""))
    return [one for one in rows if any(part.keeps and organisation.kind_id in part.kinds for part in one.parts)]
