"""Batches of any room: found, read again, held by one transaction at a time, counted, their reasons told."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar
from uuid import UUID
from zlib import crc32

from django.db import connection
from django.db.models import Count, Model, QuerySet

from zajedno.access.models import Batch, BatchRow
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import Cell, Problem, Table, all_sayings
from zajedno.kernel.verbs import Verb

Item = TypeVar("Item")
B = TypeVar("B", bound=Batch)
R = TypeVar("R", bound=BatchRow)
M = TypeVar("M", bound=Model)
Verdict = BatchRow.Verdict
COUNTED = (Verdict.CREATED, Verdict.UNCHANGED, Verdict.POSSIBLE_DUPLICATE, Verdict.REFUSED)


@dataclass(frozen=True)
class Reads(Generic[B, R]):
    """What the asker may read of a room's registers; `shows`: the key to what a row became, for its list."""

    verb: Verb
    of: type[B]
    of_rows: type[R]
    shows: str

    def visible_to(self, by: Actor) -> QuerySet[B]:
        """Registers of the institutions for which the asker may bring one in, the newest first; without the files."""
        found = self.of._default_manager.filter(organisation__in=by.organisations_for(self.verb.key))
        return found.order_by("-added_on", "-id").defer("content")

    def find(self, by: Actor, uuid: UUID | str) -> B:
        """The batch, or NotFound: the same whether it is another institution's or none."""
        return only(self.visible_to(by), uuid=uuid)

    def find_row(self, by: Actor, uuid: UUID, number: int) -> R:
        found = self.of_rows._default_manager.filter(batch__in=self.visible_to(by))
        return only(found.select_related("batch").defer("batch__content"), batch__uuid=uuid, number=number)

    def rows(self, by: Actor, batch: B, verdict: str = "") -> QuerySet[R]:
        """Rows in the order of the file; those of one verdict when it is known."""
        found = self.of_rows._default_manager.filter(batch__in=self.visible_to(by), batch=batch)
        found = found.select_related(self.shows).defer("content").order_by("number")
        return found.filter(verdict=verdict) if verdict in Verdict.values else found


def only(rows: QuerySet[M], **by: Any) -> M:
    """The one, or NotFound: the same whether it is somebody else's or none."""
    found = rows.filter(**by).first()
    if found is None:
        raise NotFound("")
    return found


def bound_to(batch: Batch) -> str:
    """What the batch's sealed file is bound to."""
    return f"{batch._meta.db_table}.content|{batch.uuid}"


def row_bound_to(row: BatchRow) -> str:
    return f"{row._meta.db_table}.content|{row.batch.uuid}|{row.number}"


def file_of(batch: Batch) -> bytes:
    """The file that was sent or, after entering, the workbook of rows that were refused; empty when neither."""
    return sealed.unseal(batch.content, bound_to(batch)) if batch.content else b""


def has_file(batch: Batch) -> bool:
    return type(batch)._default_manager.filter(pk=batch.pk, content__isnull=False).exists()


def kept_in(row: BatchRow) -> bytes:
    """What a row says while a person must decide on it; empty when it is kept no more."""
    return sealed.unseal(row.content, row_bound_to(row)) if row.content else b""


def cells_of(batch: Batch, table: Table, numbers: Collection[int]) -> dict[int, dict[str, str]]:
    """What the file says in some rows: row number -> field -> text, by the columns matched."""
    return {
        row.number: {
            field: _text(row.values[at])
            for field, at in batch.columns.items()
            if at < len(row.values) and row.values[at] is not None
        }
        for row in table.rows()
        if row.number in numbers
    }


def samples(table: Table, most: int = 3) -> list[list[str]]:
    """The first filled cells of each column, for a person who says which column is which."""
    found: list[list[str]] = [[] for _name in table.header]
    for row in islice(table.rows(), 50):
        for at, value in enumerate(row.values[: len(found)]):
            if value is not None and len(found[at]) < most:
                found[at].append(_text(value)[:40])
    return found


def _text(value: Cell) -> str:
    """A cell as the office sees it: a whole number without decimals."""
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


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


def take_turn() -> None:
    """Wait until no other register is being entered, in whichever room; the next waits until this transaction ends.

    Two at once would not see whom the other brings, and could wait for each other over children both know.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, 0)", [crc32(b"registers") & 0x7FFF_FFFF])


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


def rows_of(batch: Batch) -> QuerySet[BatchRow]:
    """Each room names its own table so."""
    rows: QuerySet[BatchRow] = batch.rows.all()  # type: ignore[attr-defined]  # the way back of a key in a room
    return rows


def verdicts(batch: Batch) -> list[tuple[str, int]]:
    """(verdict, rows) as they stand now."""
    return list(rows_of(batch).order_by().values_list("verdict").annotate(Count("id")))


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
