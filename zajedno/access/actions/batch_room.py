"""What only a room knows of the registers it takes in; and a row on its way in, which every room judges for itself."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, Self, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zajedno.access.models import Batch, BatchRow
from zajedno.access.queries.batch import problems, row_bound_to, rows_of
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.spreadsheets import Problem, RefusedRow, Table, error_workbook
from zajedno.kernel.verbs import Verb

Said = TypeVar("Said")
B = TypeVar("B", bound=Batch)
R = TypeVar("R", bound=BatchRow)


@dataclass
class Judged(Generic[Said]):
    """A row with its verdict, and the reasons, which hold no values. `row`: what it says; `made`: id of what it is."""

    number: int
    verdict: str
    digest: bytes
    reasons: tuple[Problem, ...] = ()
    row: Said | None = None
    made: int | None = None

    @classmethod
    def refused(cls, row: RefusedRow) -> Self:
        digest = sealed.blind(f"refused|{row.number}", "batch_row")
        return cls(row.number, BatchRow.Verdict.REFUSED, digest, row.problems)

    def codes(self) -> list[dict[str, str]]:
        return [{"code": problem.code, "column": problem.column} for problem in self.reasons]


J = TypeVar("J", bound=Judged[Any])


class Walk(Protocol[J]):
    """One way through a batch's file."""

    def portions(self) -> Iterator[Sequence[J]]:
        """Judged rows, some hundred at a time."""

    def enter(self, judged: Sequence[J]) -> None:
        """Write those that are ready: they become created."""

    def end(self) -> None:
        """What comes after all rows."""


class Room(ABC, Generic[B, R, J]):
    """`made` is what rows become; `used` says why a register can be undone no more."""

    verb: Verb
    batches: type[B]
    rows: type[R]
    made: type[Model]
    used: str | Promise

    @abstractmethod
    def table_of(self, batch: B) -> Table:
        """The table in the batch's file. Raises UnreadableTable."""

    @abstractmethod
    def fields(self, batch: B) -> Collection[str]:
        """What a column may be."""

    @abstractmethod
    def matched(self, batch: B) -> dict[str, int]:
        """Field -> column from 0, as far as the headings tell."""

    @abstractmethod
    def needed(self, columns: Mapping[str, int]) -> None:
        """Refuse a file of which too little could be read."""

    @abstractmethod
    def walk(self, by: Actor, batch: B) -> Walk[J]: ...

    @abstractmethod
    def words(self, judged: J) -> bytes:
        """What a row says, to be kept while a person must decide."""

    @abstractmethod
    def beside(self, by: Actor, row: R, words: bytes) -> Any:
        """A row that was kept, with the children it may be."""

    @abstractmethod
    def enter_row(self, by: Actor, row: R, words: bytes, same: bool | UUID) -> J:
        """Enter a row that was kept, as a person decided."""

    @abstractmethod
    def take_back(self, batch: B) -> int:
        """Remove what came with the batch; how many are gone. The database refuses while one of them is used."""

    def told(self, made: QuerySet[Any]) -> QuerySet[Any]:
        """Of whom the audit tells when rows became `made`."""
        return made

    @property
    def key(self) -> str:
        """The column in which a row holds what it became."""
        return f"{self.made._meta.model_name}_id"

    def row(self, batch: B, one: J) -> R:
        """What is kept of a row: verdict, reasons without values, a keyed digest; its words while it waits."""
        row = self.rows(batch=batch, number=one.number, verdict=one.verdict, digest=one.digest, reasons=one.codes())
        setattr(row, self.key, one.made)
        if one.verdict == BatchRow.Verdict.POSSIBLE_DUPLICATE:
            row.content = sealed.seal(self.words(one), row_bound_to(row))
        return row


def refused(batch: B, table_of: Callable[[B], Table]) -> bytes:
    """An .xlsx of the rows that are refused, as they stood, with their reasons; empty when there are none."""
    rows = rows_of(batch).filter(verdict=BatchRow.Verdict.REFUSED).defer("content")
    why, columns = {row.number: problems(row) for row in rows}, batch.columns
    if not why:
        return b""
    table = table_of(batch)
    found = (
        (row, " ".join(one.sentence(_) for one in why[row.number]),
         [columns[one.column] for one in why[row.number] if one.column in columns])
        for row in table.rows() if row.number in why
    )  # fmt: skip
    return error_workbook(table.header, found, _("Why not taken"), number=_("Row"))
