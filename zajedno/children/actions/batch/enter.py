"""Children of a register are entered: judged some hundred at a time, or one by one as a person decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zajedno.access.queries.batch import portions
from zajedno.children.actions.batch.judge import SIZE, Judge, Judged
from zajedno.children.actions.entering import GuardianDetails, NewChild, enter
from zajedno.children.enums import IdentifierKind
from zajedno.children.logic.numbers import local
from zajedno.children.logic.register import Entry, read_register
from zajedno.children.models import Child, ChildBatch, ChildBatchRow
from zajedno.children.queries.batch import table_of
from zajedno.kernel.actor import Actor
from zajedno.places.queries.organisation import names

Verdict = ChildBatchRow.Verdict


@dataclass
class Walk:
    """One way through a batch's file."""

    by: Actor
    batch: ChildBatch
    judge: Judge = field(init=False)

    def __post_init__(self) -> None:
        organisation = self.batch.organisation
        self.judge = Judge(organisation, names({organisation}).get(organisation, ""))

    def portions(self) -> Iterator[Sequence[Judged]]:
        rows = read_register(table_of(self.batch), self.batch.columns, self.by.today)
        return map(self.judge.chunk, portions(rows, SIZE))

    def enter(self, judged: Sequence[Judged]) -> None:
        enter_judged(self.by, self.batch, [one for one in judged if one.verdict == Verdict.READY])

    def end(self) -> None:
        """Nothing."""


def enter_judged(by: Actor, batch: ChildBatch, ready: Sequence[Judged]) -> list[Child]:
    """Children for rows that are to be entered, in their order."""
    entries = [new_child(one.row, one.residence) for one in ready if one.row]
    children = enter(by=by, organisation=batch.organisation, entries=entries, batch=batch) if entries else []
    for one, child in zip(ready, children, strict=True):
        one.verdict, one.made = Verdict.CREATED, child.pk
    return children


def new_child(entry: Entry, residence: int | None) -> NewChild:
    """The row as it is entered. A municipality that is not recognised stays with the address; nothing is lost."""
    row = entry.child
    address = (
        row.address if residence or not row.municipality else ", ".join(filter(None, (row.address, row.municipality)))
    )
    numbers = {IdentifierKind.NATIONAL: row.national_number, IdentifierKind.LOCAL: local(row.record)[:60]}
    return NewChild(
        given_name=row.given_name, family_name=row.family_name, birth_date=row.birth_date, sex=row.sex,
        residence=residence, address=address[:250], settlement=row.settlement, school_class=row.school_class[:60],
        guardians=(GuardianDetails(row.parent[:200], entry.parent_kind),) if row.parent else (),
        numbers={kind: value for kind, value in numbers.items() if value},
    )  # fmt: skip
