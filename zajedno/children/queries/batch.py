"""Registers of children that come in: found, and read again."""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from zajedno.children.logic.columns import CHILD_COLUMNS
from zajedno.children.logic.register import Entry, from_json
from zajedno.children.models import ChildBatch, ChildBatchRow
from zajedno.children.rules import IMPORT
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import Table, all_sayings, read_table

Verdict = ChildBatchRow.Verdict


def visible_to(by: Actor) -> QuerySet[ChildBatch]:
    """Registers of the institutions for which the asker may bring one in, the newest first; without the files."""
    rows = ChildBatch.objects.filter(organisation__in=by.organisations_for(IMPORT.key))
    return rows.order_by("-added_on", "-id").defer("content")


def find(by: Actor, uuid: UUID) -> ChildBatch:
    """The batch, or NotFound: the same whether it is another institution's or none."""
    batch = visible_to(by).filter(uuid=uuid).first()
    if batch is None:
        raise NotFound("")
    return batch


def find_by_id(by: Actor, pk: int) -> ChildBatch:
    """For a job, which knows ids only."""
    batch = visible_to(by).filter(pk=pk).first()
    if batch is None:
        raise NotFound("")
    return batch


def rows(by: Actor, batch: ChildBatch, verdict: str = "", reason: str = "") -> QuerySet[ChildBatchRow]:
    """Rows in the order of the file, narrowed to a verdict or to the code of a reason."""
    found = ChildBatchRow.objects.filter(batch__in=visible_to(by), batch=batch).order_by("number")
    found = found.select_related("child")
    if verdict:
        found = found.filter(verdict=verdict)
    return found.filter(reasons__contains=[{"code": reason}]) if reason else found


def find_row(by: Actor, uuid: UUID, number: int) -> ChildBatchRow:
    row = ChildBatchRow.objects.filter(batch__in=visible_to(by), batch__uuid=uuid, number=number).first()
    if row is None:
        raise NotFound("")
    return row


def undecided(by: Actor, batch: ChildBatch) -> QuerySet[ChildBatchRow]:
    """Rows that wait for a person."""
    return rows(by, batch, Verdict.POSSIBLE_DUPLICATE).exclude(content=None)


def reasons_in(batch: ChildBatch) -> dict[str, int]:
    """Codes of reasons with the number of rows that have them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select reason ->> 'code', count(distinct r.id) from children_childbatchrow r,"
            " jsonb_array_elements(r.reasons) reason where r.batch_id = %s group by 1 order by 2 desc, 1",
            [batch.pk],
        )
        known = all_sayings()
        return {code: number for code, number in cursor.fetchall() if code in known}


def bound_to(batch: ChildBatch) -> str:
    """What the batch's sealed file is bound to."""
    return f"children_childbatch.content|{batch.uuid}"


def row_bound_to(batch: ChildBatch, number: int) -> str:
    return f"children_childbatchrow.content|{batch.uuid}|{number}"


def file_of(batch: ChildBatch) -> bytes:
    """The file that was sent or, after entering, the workbook of rows that were not taken; empty when neither."""
    return sealed.unseal(batch.content, bound_to(batch)) if batch.content else b""


def read(content: bytes) -> Table:
    """A table in any file an office sends. Raises UnreadableTable."""
    return read_table(content, [name for names in CHILD_COLUMNS.values() for name in names])


def table_of(batch: ChildBatch) -> Table:
    return read(file_of(batch))


def entry_of(row: ChildBatchRow) -> Entry | None:
    """What a row says while somebody must still decide; None when it is kept no more."""
    if not row.content:
        return None
    return from_json(sealed.unseal(row.content, row_bound_to(row.batch, row.number)))
