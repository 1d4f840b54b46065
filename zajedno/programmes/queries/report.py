"""The report of a programme on a year: what its author wrote, and what was issued."""

from uuid import UUID

from django.db.models import QuerySet

from zajedno.kernel.refusal import NotFound
from zajedno.programmes.models import Grant, Programme, ProgrammeReport, ProgrammeWords, Session


def words(row: Programme, year: int) -> dict[str, str]:
    return dict(ProgrammeWords.objects.filter(programme=row, year=year).values_list("section", "text"))


def issued(row: Programme, year: int) -> QuerySet[ProgrammeReport]:
    """Editions without what is in them, the newest first."""
    rows = ProgrammeReport.objects.filter(programme=row, year=year)
    return rows.defer("content", "word", "said").order_by("-number")


def edition(row: Programme, uuid: UUID) -> ProgrammeReport:
    found = ProgrammeReport.objects.filter(programme=row, uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def sessions(row: Programme, year: int) -> QuerySet[Session]:
    """Meetings of a year that were held, in the order of days."""
    return Session.objects.filter(programme=row, on__year=year, girls__isnull=False).order_by("on", "id")


def grants(row: Programme, year: int) -> QuerySet[Grant]:
    """Grants of the institution that were agreed by the end of the year and not to be spent before it began."""
    rows = Grant.objects.filter(funder__organisation=row.organisation_id, agreed_on__year__lte=year)
    return rows.filter(ends_on__year__gte=year).select_related("funder").order_by("ends_on", "id")
