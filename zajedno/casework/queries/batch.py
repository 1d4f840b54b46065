"""Batches of a register that comes in: found, and read again."""

from collections.abc import Collection
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from zajedno.casework.logic.register_words import Words
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
from zajedno.casework.rules import IMPORT_CASES
from zajedno.children.queries.bulk import written_on
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import Table, read_table

Verdict = CaseBatchRow.Verdict


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


def undecided(by: Actor, batch: CaseBatch) -> QuerySet[CaseBatchRow]:
    """Rows that wait for a person, in the order of the file."""
    rows = CaseBatchRow.objects.filter(batch__in=visible_to(by), batch=batch, verdict=Verdict.POSSIBLE_DUPLICATE)
    return rows.exclude(content=None).order_by("number")


def cells_of(batch: CaseBatch, table: Table, numbers: Collection[int]) -> dict[int, dict[str, str]]:
    """What the file says in some rows: row number -> field -> text, by the columns matched."""
    found = {}
    for row in table.rows():
        if row.number in numbers:
            found[row.number] = {
                field: str(row.values[at])
                for field, at in batch.columns.items()
                if at < len(row.values) and row.values[at] is not None
            }
    return found


def samples(table: Table, most: int = 3) -> list[list[str]]:
    """The first filled cells of each column, for a person who says which column is which."""
    found: list[list[str]] = [[] for _name in table.header]
    for row in islice(table.rows(), 50):
        for at, value in enumerate(row.values[: len(found)]):
            if value is not None and len(found[at]) < most:
                found[at].append(str(value)[:40])
    return found


def rows(by: Actor, batch: CaseBatch, verdict: str = "") -> QuerySet[CaseBatchRow]:
    """Rows in the order of the file; those of one verdict when it is known."""
    found = CaseBatchRow.objects.filter(batch__in=visible_to(by), batch=batch).select_related("case")
    found = found.defer("content").order_by("number")
    return found.filter(verdict=verdict) if verdict in Verdict.values else found


def moved_on(batch: CaseBatch) -> QuerySet[Case]:
    """Imported cases on which somebody has worked since: moved, written, attached, joined, repeated."""
    end = OuterRef("entered")
    later = Exists(Request.objects.filter(case=OuterRef("pk"), changed_on__gt=end))
    told = Exists(Note.objects.filter(case=OuterRef("pk"), written_on__gt=end))
    said = Exists(JointOpinion.objects.filter(case=OuterRef("pk"), saved_on__gt=end))
    repeated = Exists(Case.objects.filter(repeats=OuterRef("pk")).exclude(batch=batch))
    joined = Exists(Participant.objects.filter(case=OuterRef("pk")).exclude(part="commission"))
    things = ("papers", "letters", "opinions", "agenda", "recusals")
    anything = Q(*((f"{name}__isnull", False) for name in things), _connector=Q.OR)
    worked = Q(moves_made__gt=1) | anything | Q(later) | Q(told) | Q(said) | Q(repeated) | Q(joined)
    entered = Move.objects.filter(case=OuterRef("pk"), position=1).values("moment")[:1]
    return Case.objects.filter(batch=batch).annotate(entered=Subquery(entered)).filter(worked).distinct()


def is_moved_on(batch: CaseBatch) -> bool:
    """Can it no longer be undone as a whole?"""
    children = list(Case.objects.filter(batch=batch).values_list("child", flat=True))
    return moved_on(batch).exists() or written_on(children, batch.started_on)
