"""Notes and papers of a case that the asker may know of. The database keeps sealed ones from others as well."""

from collections.abc import Mapping

from django.db.models import QuerySet

from zajedno.casework.enums import Seal
from zajedno.casework.models import Note, Paper
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.rules import WRITE_HEALTH, WRITE_VIOLENCE
from zajedno.kernel.verbs import Verb

SEALED_BY: Mapping[str, Verb] = {Seal.HEALTH: WRITE_HEALTH, Seal.VIOLENCE: WRITE_VIOLENCE}


def seals_open(file: CaseFile) -> list[Seal]:
    """Seals that the asker reads and writes under: their tie opens the field, and their role there carries the verb."""
    keys = set(file.by.keys)
    mine = [row for row in file.participants if row.key in keys]
    return [seal for seal in Seal if any(seal in row.tie.fields and _may(file, seal, row.key) for row in mine)]


def _may(file: CaseFile, seal: Seal, key: int) -> bool:
    seats = file.by.seats_for(SEALED_BY[seal].key, key if key > 0 else None)
    return any(seat.opens_files for seat in seats)


def papers_of(file: CaseFile) -> QuerySet[Paper]:
    """Papers of a case that the asker may know of: all where they are open, else those one handed in oneself."""
    rows = file.case.papers.filter(removed_on=None)
    return rows if "papers" in file.fields else rows.filter(added_by=file.by.account)


def notes_of(file: CaseFile) -> QuerySet[Note]:
    """In the order of what happened; what is under a seal only for whom it is open."""
    return file.case.notes.filter(seal__in=["", *seals_open(file)])
