"""Pictures and papers of a practice."""

from uuid import UUID

from django.db.models import QuerySet

from zajedno.exchange.models import Practice, PracticeFile, PracticeVersion
from zajedno.kernel.refusal import NotFound


def files_of(practice: Practice) -> QuerySet[PracticeFile]:
    """What was not removed, in the order it came; without the content."""
    return PracticeFile.objects.filter(practice=practice, removed_on=None).defer("content").order_by("added_on", "pk")


def files_with(version: PracticeVersion) -> QuerySet[PracticeFile]:
    """What belongs to a version: a file that came after it was submitted waits for the next. Removed ones are gone."""
    rows = files_of(version.practice)
    return rows if version.frozen_on is None else rows.filter(added_on__lte=version.frozen_on)


def find_file(rows: QuerySet[PracticeFile], uuid: UUID) -> PracticeFile:
    """One of these."""
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found
