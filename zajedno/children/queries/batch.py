"""Registers of children that come in: found, and read again."""

from uuid import UUID

from django.db.models import QuerySet

from zajedno.access.queries.batch import file_of, in_order, only, theirs
from zajedno.children.logic.columns import CHILD_COLUMNS
from zajedno.children.models import ChildBatch, ChildBatchRow
from zajedno.children.rules import IMPORT
from zajedno.kernel.actor import Actor
from zajedno.kernel.spreadsheets import Table, read_table


def visible_to(by: Actor) -> QuerySet[ChildBatch]:
    """Registers of the institutions for which the asker may bring one in, the newest first; without the files."""
    return theirs(ChildBatch.objects.all(), by, IMPORT)


def find(by: Actor, uuid: UUID | str) -> ChildBatch:
    """The batch, or NotFound: the same whether it is another institution's or none."""
    return only(visible_to(by), uuid=uuid)


def find_row(by: Actor, uuid: UUID, number: int) -> ChildBatchRow:
    found = ChildBatchRow.objects.filter(batch__in=visible_to(by)).select_related("batch").defer("batch__content")
    return only(found, batch__uuid=uuid, number=number)


def rows(by: Actor, batch: ChildBatch, verdict: str = "") -> QuerySet[ChildBatchRow]:
    """Rows in the order of the file; those of one verdict when it is known."""
    found = ChildBatchRow.objects.filter(batch__in=visible_to(by), batch=batch).select_related("child")
    return in_order(found, verdict)


def table_of(batch: ChildBatch) -> Table:
    """The table of the file that was sent. Raises UnreadableTable."""
    return read_table(file_of(batch), [name for names in CHILD_COLUMNS.values() for name in names])
