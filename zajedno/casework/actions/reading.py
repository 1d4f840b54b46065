"""Opening a case to read it is an act: it is recorded."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from zajedno.access.actions import audit
from zajedno.casework.queries.case import CaseFile, find, visible_to
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


@transaction.atomic
def note_list(*, by: Actor, cases: Iterable[int], page: str) -> None:
    """An entry for each case (by id) of which a list shows what was written, not only that it is there."""
    if read := set(cases):
        rows = visible_to(by).filter(pk__in=read)
        audit.record_each(by=by, verb=OPENED, about=rows, organisation=by.reads_for, detail={"page": page})
