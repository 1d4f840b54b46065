"""Batches of a register that comes in: found, read again, and proved to be under way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from zajedno.casework.logic.register_words import Words
from zajedno.casework.models import CaseBatch, CaseBatchRow
from zajedno.casework.rules import IMPORT_CASES
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import Problem, Table, all_sayings, read_table

Verdict = CaseBatchRow.Verdict
COUNTED = (Verdict.CREATED, Verdict.UNCHANGED, Verdict.POSSIBLE_DUPLICATE, Verdict.REFUSED)
_LOCK = 0x7A_6A_63_62  # one class of advisory locks for batches of this room


def visible_to(by: Actor) -> QuerySet[CaseBatch]:
    """Batches of the commissions whose register the asker may bring in, the newest first."""
    return CaseBatch.objects.filter(organisation__in=by.organisations_for(IMPORT_CASES.key)).order_by("-added_on")


def listed(by: Actor) -> QuerySet[CaseBatch]:
    """The same for a list: without the files."""
    return visible_to(by).defer("content")


def find(by: Actor, uuid: UUID | str) -> CaseBatch:
    """The batch, or NotFound: the same whether it is another commission's or none."""
    batch = visible_to(by).filter(uuid=uuid).first()
    if batch is None:
        raise NotFound("")
    return batch


def find_row(by: Actor, uuid: UUID, number: int) -> CaseBatchRow:
    row = CaseBatchRow.objects.filter(batch__in=visible_to(by), batch__uuid=uuid, number=number).first()
    if row is None:
        raise NotFound("")
    return row


def lock(batch: CaseBatch) -> bool:
    """Take the batch for this transaction; False when another transaction is entering it right now.

    An advisory lock, because a lock of the row would also stop the line of progress that others look at.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [_LOCK, batch.pk])
        return bool(cursor.fetchone()[0])


def is_worked_on(batch: CaseBatch) -> bool:
    """Does a transaction hold the batch? A batch "being entered" that nobody holds waits, or was broken off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks where locktype = 'advisory' and classid = %s and objid = %s and granted"
            " and database = (select oid from pg_database where datname = current_database()))",
            [_LOCK, batch.pk],
        )
        return bool(cursor.fetchone()[0])


def bound_to(batch: CaseBatch) -> str:
    """What the batch's sealed file is bound to."""
    return f"casework_casebatch.content|{batch.uuid}"


def file_of(batch: CaseBatch) -> bytes:
    """The file that was sent or, after entering, the workbook of rows that were not taken; empty when neither."""
    return sealed.unseal(batch.content, bound_to(batch)) if batch.content else b""


def table_of(batch: CaseBatch, words: Words) -> Table:
    """The table of the file that was sent."""
    return read(file_of(batch), words)


def read(content: bytes, words: Words) -> Table:
    """A table in any file an office sends. Raises UnreadableTable."""
    return read_table(content, [name for names in words.columns.values() for name in names])


def counts(batch: CaseBatch) -> dict[str, int]:
    """Rows by verdict; a row that is ready counts as one that will be created."""
    found = dict(batch.rows.order_by().values_list("verdict").annotate(Count("id")))
    return {
        "read": sum(found.values()),
        **{verdict.value: found.get(verdict.value, 0) for verdict in COUNTED},
        "created": found.get(Verdict.CREATED, 0) + found.get(Verdict.READY, 0),
    }


def problems(row: CaseBatchRow) -> list[Problem]:
    """Reasons of a row; a code of an older version that has no sentence any more is left out."""
    known = all_sayings()
    return [Problem(one["code"], one["column"]) for one in row.reasons if one["code"] in known]


@dataclass(frozen=True)
class Undecided:
    """A row that may be a child who is here: what the row says of the child, and what may be told of the other."""

    row: CaseBatchRow
    content: Mapping[str, Any]


def undecided(by: Actor, batch: CaseBatch) -> QuerySet[CaseBatchRow]:
    """Rows that wait for a person, in the order of the file."""
    rows = CaseBatchRow.objects.filter(batch__in=visible_to(by), batch=batch, verdict=Verdict.POSSIBLE_DUPLICATE)
    return rows.exclude(content=None).order_by("number")
