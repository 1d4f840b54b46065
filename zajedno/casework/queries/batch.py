"""Batches of a register that comes in: found, read again, and whether somebody has worked on what came with them."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from zajedno.access.queries.batch import Reads, file_of
from zajedno.casework.models import (
    Case,
    CaseBatch,
    CaseBatchRow,
    JointOpinion,
    Move,
    Note,
    Participant,
    Request,
)
from zajedno.casework.queries.register import commission, words_of
from zajedno.casework.rules import IMPORT_CASES
from zajedno.children.queries.bulk import written_on
from zajedno.kernel.spreadsheets import Table, read_table

_reads = Reads(IMPORT_CASES, CaseBatch, CaseBatchRow, "case")
visible_to, find, find_row, rows = _reads.visible_to, _reads.find, _reads.find_row, _reads.rows


def table_of(batch: CaseBatch) -> Table:
    """The table of the file that was sent. Raises UnreadableTable."""
    words = words_of(commission(batch.organisation))
    return read_table(file_of(batch), [name for names in words.columns.values() for name in names])


def moved_on(batch: CaseBatch) -> QuerySet[Case]:
    """Imported cases on which somebody has worked since: moved, written, attached, flagged, joined, repeated."""
    end = OuterRef("entered")
    later = Exists(Request.objects.filter(case=OuterRef("pk"), changed_on__gt=end))
    told = Exists(Note.objects.filter(case=OuterRef("pk"), written_on__gt=end))
    said = Exists(JointOpinion.objects.filter(case=OuterRef("pk"), saved_on__gt=end))
    repeated = Exists(Case.objects.filter(repeats=OuterRef("pk")).exclude(batch=batch))
    joined = Exists(Participant.objects.filter(case=OuterRef("pk")).exclude(key=F("case__organisation")))
    things = (
        "papers", "letters", "opinions", "agenda", "recusals", "flags", "tasks", "goals", "entries", "measures__also",
    )  # fmt: skip
    anything = Q(*((f"{name}__isnull", False) for name in things), _connector=Q.OR)
    worked = Q(moves_made__gt=1) | anything | Q(later) | Q(told) | Q(said) | Q(repeated) | Q(joined)
    entered = Move.objects.filter(case=OuterRef("pk"), position=1).values("moment")[:1]
    return Case.objects.filter(batch=batch).annotate(entered=Subquery(entered)).filter(worked).distinct()


def is_moved_on(batch: CaseBatch) -> bool:
    """Can it no longer be undone as a whole?"""
    children = list(Case.objects.filter(batch=batch).values_list("child", flat=True))
    return moved_on(batch).exists() or written_on(children, batch.started_on)
