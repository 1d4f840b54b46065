"""Batches of any room: held by one transaction at a time, counted, their reasons told."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar
from zlib import crc32

from django.db import connection
from django.db.models import Count, QuerySet

from zajedno.access.models import Batch, BatchRow
from zajedno.kernel.spreadsheets import Problem, all_sayings

Item = TypeVar("Item")
Verdict = BatchRow.Verdict
COUNTED = (Verdict.CREATED, Verdict.UNCHANGED, Verdict.POSSIBLE_DUPLICATE, Verdict.REFUSED)


def portions(rows: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Rows some hundred at a time, so that memory does not grow with the file."""
    steady = iter(rows)
    while portion := list(islice(steady, size)):
        yield portion


def lock(batch: Batch) -> bool:
    """Take the batch for this transaction; False when another transaction is entering it right now.

    An advisory lock, because a lock of the row would also stop the line of progress that others look at.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [_class_of(batch), batch.pk])
        return bool(cursor.fetchone()[0])


def is_worked_on(batch: Batch) -> bool:
    """Does a transaction hold the batch? A batch "being entered" that nobody holds waits, or was broken off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks where locktype = 'advisory' and granted"
            " and classid = %s and objid = %s"
            " and database = (select oid from pg_database where datname = current_database()))",
            [_class_of(batch), batch.pk],
        )
        return bool(cursor.fetchone()[0])


def _class_of(batch: Batch) -> int:
    """One class of advisory locks for each table of batches: a positive int4."""
    return crc32(batch._meta.db_table.encode()) & 0x7FFF_FFFF


def verdicts(batch: Batch) -> list[tuple[str, int]]:
    """(verdict, rows) as they stand now."""
    rows: QuerySet[BatchRow] = batch.rows  # type: ignore[attr-defined]  # each room names its own table so
    return list(rows.order_by().values_list("verdict").annotate(Count("id")))


def counts(batch: Batch) -> dict[str, int]:
    """Rows by verdict; a row that is ready counts as one that will be created. `read` is the sum of the others."""
    found = dict(verdicts(batch))
    return {
        "read": sum(found.values()),
        **{verdict.value: found.get(verdict.value, 0) for verdict in COUNTED},
        "created": found.get(Verdict.CREATED, 0) + found.get(Verdict.READY, 0),
    }


def problems(row: BatchRow) -> list[Problem]:
    """Reasons of a row; a code of an older version that has no sentence any more is left out."""
    known = all_sayings()
    return [Problem(one["code"], one["column"]) for one in row.reasons if one["code"] in known]
