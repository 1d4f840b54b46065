"""Checking a register and entering it: the same walk through the file, once without and once with writing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import audit
from zajedno.access.queries.batch import counts, is_worked_on, lock, portions
from zajedno.children.actions.batch.judge import SIZE, Judge, Judged
from zajedno.children.actions.batch.upload import needed, still_open
from zajedno.children.actions.entering import GuardianDetails, NewChild, enter
from zajedno.children.enums import IdentifierKind
from zajedno.children.logic.numbers import local
from zajedno.children.logic.register import Entry, read_register, to_json
from zajedno.children.models import Child, ChildBatch, ChildBatchRow
from zajedno.children.queries.batch import bound_to, file_of, row_bound_to, table_of
from zajedno.children.rules import IMPORT
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.aside import Progress
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.spreadsheets import Problem, Table, error_workbook
from zajedno.kernel.verbs import ask
from zajedno.places.queries.organisation import names

State, Verdict = ChildBatch.State, ChildBatchRow.Verdict
NOT_TAKEN = (Verdict.REFUSED, Verdict.POSSIBLE_DUPLICATE)


@dataclass
class _Walk:
    """One way through a batch's file."""

    by: Actor
    batch: ChildBatch
    table: Table = field(init=False)
    judge: Judge = field(init=False)
    read: int = 0

    def __post_init__(self) -> None:
        organisation = self.batch.organisation
        needed(self.batch.columns)
        self.table = table_of(self.batch)
        self.judge = Judge(organisation, names({organisation}).get(organisation, ""))

    def portions(self) -> Iterator[list[Judged]]:
        for portion in portions(read_register(self.table, self.batch.columns, self.by.today), SIZE):
            judged = self.judge.chunk(portion)
            self.read += len(judged)
            yield judged


@transaction.atomic
def check(*, by: Actor, batch: ChildBatch, progress: Progress | None = None) -> ChildBatch:
    """Give each row its verdict, and write no child. May be done again and again."""
    ask(by, IMPORT, batch.organisation)
    batch = still_open(batch)
    batch.rows.all().delete()
    walk = _Walk(by, batch)
    for judged in walk.portions():
        _keep(batch, judged)
        if progress:
            progress(walk.read)
    batch.read, batch.state, batch.counts = walk.read, State.CHECKED, counts(batch)
    batch.save(update_fields=["read", "state", "counts"])
    _write_down(by, batch, "check")
    return batch


@transaction.atomic
def start(*, by: Actor, batch: ChildBatch) -> ChildBatch:
    """Hand the register to the background job, which enters it. What was broken off may be started again."""
    from zajedno.children.tasks import enter_register  # the door opens to this module, too

    ask(by, IMPORT, batch.organisation)
    batch = ChildBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in (State.CHECKED, State.COMMITTING):
        raise Refused(gettext_lazy("Check the rows first."), "not_checked")
    if is_worked_on(batch):
        raise Overtaken(gettext_lazy("This register is being entered at this moment."))
    batch.state, batch.done, batch.started_on = State.COMMITTING, 0, clock.now()
    batch.save(update_fields=["state", "done", "started_on"])
    enter_register.enqueue(batch=batch.pk, account=by.account)
    return batch


@transaction.atomic
def fail(*, by: Actor, batch: ChildBatch) -> None:
    """It was refused on the way; nothing of it was kept, and it may be checked again."""
    ask(by, IMPORT, batch.organisation)
    batch.state = State.FAILED
    batch.save(update_fields=["state"])


@transaction.atomic
def commit(*, by: Actor, batch: ChildBatch, progress: Progress | None = None) -> ChildBatch:
    """Enter what is right, all of it or nothing: one transaction, so that a crash in the middle leaves no row.

    Rows are judged anew, for the world may have changed since they were checked. `progress` is told the rows done;
    it must write through another connection (`kernel.aside`), and until the end nothing here touches the batch's own
    row, so that it can. Entering twice at once is refused; entering the same file again changes nothing.
    """
    ask(by, IMPORT, batch.organisation)
    if not lock(batch):
        raise Overtaken(gettext_lazy("This register is being entered at this moment."))
    batch = ChildBatch.objects.get(pk=batch.pk)
    if batch.state not in (State.CHECKED, State.COMMITTING):
        raise Refused(gettext_lazy("This register was entered already, or its rows were not checked."), "entered")
    batch.rows.all().delete()
    walk = _Walk(by, batch)
    for judged in walk.portions():
        enter_judged(by, batch, [one for one in judged if one.verdict == Verdict.READY])
        _keep(batch, judged)
        if progress:
            progress(walk.read)
    batch.started_on, batch.ended_on = batch.started_on or clock.now(), clock.now()
    batch.read = batch.done = walk.read
    batch.counts, batch.state = counts(batch), State.COMMITTED
    batch.content = sealed.seal(workbook, bound_to(batch)) if (workbook := _not_taken(walk)) else None
    batch.save()
    _write_down(by, batch, "commit")
    return batch


def enter_judged(by: Actor, batch: ChildBatch, ready: Sequence[Judged]) -> list[Child]:
    """Children for rows that are to be entered, in their order."""
    entries = [new_child(one.entry, one.residence) for one in ready if one.entry]
    children = enter(by=by, organisation=batch.organisation, entries=entries, batch=batch) if entries else []
    for one, child in zip(ready, children, strict=True):
        one.verdict, one.child = Verdict.CREATED, child.pk
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
        residence=residence, address=address[:250], school_class=row.school_class[:60],
        guardians=(GuardianDetails(row.parent[:200], entry.parent_kind),) if row.parent else (),
        numbers={kind: value for kind, value in numbers.items() if value},
    )  # fmt: skip


def without_record(entry: Entry) -> Entry:
    return replace(entry, child=replace(entry.child, record=""))


def _keep(batch: ChildBatch, judged: Sequence[Judged]) -> None:
    """Of each row: verdict, reasons without values, a keyed digest; its words while a person must decide."""
    waiting = (Verdict.READY, Verdict.POSSIBLE_DUPLICATE)
    ChildBatchRow.objects.bulk_create(
        ChildBatchRow(
            batch=batch, number=one.number, verdict=one.verdict, digest=one.digest,
            child_id=one.child if one.verdict == Verdict.CREATED else None,
            reasons=[{"code": problem.code, "column": problem.column} for problem in one.reasons],
            content=sealed.seal(to_json(one.entry), row_bound_to(batch, one.number))
            if one.entry and one.verdict in waiting else None,
        )
        for one in judged
    )  # fmt: skip


def _write_down(by: Actor, batch: ChildBatch, step: str) -> None:
    detail = {"step": step, **batch.counts}
    audit.record(by=by, verb=IMPORT.key, about=batch, organisation=batch.organisation, detail=detail)
    if step == "commit":
        with connection.cursor() as cursor:  # one call for all children; each is an entry of its own
            cursor.execute(
                "select count(app.audit_append(%s, %s, %s, 'children.child', uuid::text, %s::jsonb))"
                " from (select uuid from children_child where batch_id = %s order by id) entered",
                [by.account, batch.organisation, IMPORT.key, f'{{"batch": "{batch.uuid}"}}', batch.pk],
            )


def _not_taken(walk: _Walk) -> bytes:
    """The rows that were not entered, as they stood, with their reasons; empty when there are none."""
    columns = walk.batch.columns
    found = dict(walk.batch.rows.filter(verdict__in=NOT_TAKEN).values_list("number", "reasons"))
    if not found:
        return b""
    why = {number: [Problem(one["code"], one["column"]) for one in reasons] for number, reasons in found.items()}
    rows = (
        (row, " ".join(problem.sentence(_) for problem in why[row.number]),
         [columns[problem.column] for problem in why[row.number] if problem.column in columns])
        for row in walk.table.rows() if row.number in why
    )  # fmt: skip
    return error_workbook(walk.table.header, rows, _("Why not taken"), number=_("Row"))


@transaction.atomic
def errors_workbook(*, by: Actor, batch: ChildBatch) -> bytes:
    """An .xlsx of the rows that are not taken: of a checked file, or as it was kept when the register was entered."""
    ask(by, IMPORT, batch.organisation)
    _write_down(by, batch, "errors")
    return file_of(batch) if batch.state == State.COMMITTED else _not_taken(_Walk(by, batch))
