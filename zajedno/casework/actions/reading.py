"""Opening a case to read it is an act: it is recorded."""

from uuid import UUID

from django.db import transaction

from zajedno.access.actions import audit
from zajedno.casework.queries.case import CaseFile, find
from zajedno.kernel.actor import Actor

OPENED = "casework.open_case_file"


@transaction.atomic
def open_file(*, by: Actor, uuid: UUID, page: str = "") -> CaseFile:
    """The case for an actor who takes part in it, with an entry in the audit trail that says which page was read.

    A foreign and an invented case raise the same NotFound after the same one query; nothing is recorded then.
    """
    file = find(by, uuid)
    note_reading(by=by, file=file, verb=OPENED, detail={"page": page} if page else {})
    return file


def note_reading(*, by: Actor, file: CaseFile, verb: str, detail: dict[str, str]) -> None:
    """An entry for something of a case that was read."""
    audit.record(by=by, verb=verb, about=file.case, organisation=by.reads_for, detail=detail)
