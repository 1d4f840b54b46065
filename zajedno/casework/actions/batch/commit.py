"""Checking a register and entering it: the same walk through the file, once without and once with writing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import audit
from zajedno.access.queries.batch import counts, lock, portions
from zajedno.casework.actions.batch.judge import NEW, SIZE, Judge, Judged, key_of
from zajedno.casework.actions.batch.places import commission
from zajedno.casework.actions.batch.rows import keep_rows
from zajedno.casework.actions.batch.upload import match, still_open
from zajedno.casework.actions.given import next_number
from zajedno.casework.actions.register_case import PROCEDURE, Entry, Register, enter
from zajedno.casework.logic.register import read_register
from zajedno.casework.models import Case, CaseBatch, CaseBatchRow
from zajedno.casework.queries.batch import bound_to, table_of
from zajedno.casework.queries.register import words_of
from zajedno.casework.rules import IMPORT_CASES
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.aside import Progress
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.spreadsheets import Problem, Table, error_workbook
from zajedno.kernel.verbs import ask
from zajedno.procedures.queries.definition import current

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

State, Verdict = CaseBatch.State, CaseBatchRow.Verdict


@dataclass
class _Walk:
    """One way through a batch's file."""

    by: Actor
    batch: CaseBatch
    organisation: "Organisation" = field(init=False)
    table: Table = field(init=False)
    judge: Judge = field(init=False)
    refused: dict[int, tuple[Problem, ...]] = field(default_factory=dict)
    read: int = 0

    def __post_init__(self) -> None:
        self.organisation = commission(self.batch.organisation)
        definition = current(PROCEDURE, self.organisation.territory.country_id).definition
        self.words = words_of(self.organisation, definition)
        self.table = table_of(self.batch, self.words)
        self.judge = Judge(self.by, self.organisation.pk)

    def portions(self) -> Iterator[list[Judged]]:
        """Judged rows, some hundred at a time."""
        rows = read_register(self.table, self.words, self.by.today, self.batch.columns)
        for portion in portions(rows, SIZE):
            judged = self.judge.chunk(portion)
            self.read += len(judged)
            self.refused |= {one.number: one.reasons for one in judged if one.verdict == Verdict.REFUSED}
            yield judged


@transaction.atomic
def check(*, by: Actor, batch: CaseBatch, progress: Progress | None = None) -> CaseBatch:
    """Give each row its verdict, and write no case. May be done again and again."""
    ask(by, IMPORT_CASES, batch.organisation)
    still_open(batch)
    batch.rows.all().delete()
    walk = _Walk(by, batch)
    for judged in walk.portions():
        keep_rows(batch, judged)
        if progress:
            progress(walk.read)
    batch.read, batch.state, batch.counts = walk.read, State.CHECKED, counts(batch)
    batch.save(update_fields=["read", "state", "counts"])
    audit.record(
        by=by, verb=IMPORT_CASES.key, about=batch, organisation=batch.organisation,
        detail={"step": "check", **batch.counts},
    )  # fmt: skip
    return batch


@transaction.atomic
def prepare(*, by: Actor, batch: CaseBatch, columns: Mapping[str, int]) -> CaseBatch:
    """Take the columns as a person said, and check the rows by them."""
    return check(by=by, batch=match(by=by, batch=batch, columns=columns))


@transaction.atomic
def start(*, by: Actor, batch: CaseBatch, hand_over: Callable[..., None]) -> None:
    """Say that the register is to be entered, and hand it to the background job (`tasks.commit_batch.enqueue`) in the
    same transaction. Asked again after a broken start it hands over again; the job enters once.
    """
    ask(by, IMPORT_CASES, batch.organisation)
    if batch.state not in (State.CHECKED, State.COMMITTING):
        raise Refused(gettext_lazy("Check the rows first."), "not_checked")
    batch.state, batch.done, batch.started_on = State.COMMITTING, 0, clock.now()
    batch.save(update_fields=["state", "done", "started_on"])
    hand_over(batch=str(batch.uuid), account=by.account)


@transaction.atomic
def fail(*, by: Actor, batch: CaseBatch) -> None:
    """It was refused on the way; nothing of it was kept, and it may be checked again."""
    ask(by, IMPORT_CASES, batch.organisation)
    batch.state = State.FAILED
    batch.save(update_fields=["state"])


@transaction.atomic
def commit(*, by: Actor, batch: CaseBatch, progress: Progress | None = None) -> CaseBatch:
    """Enter what is right, all of it or nothing: one transaction, so that a crash in the middle leaves no row.

    Rows are judged anew, for the world may have changed since they were checked. `progress` is told the rows done;
    it must write through another connection (see `kernel.aside`), and until the end nothing here touches the
    batch's own row, so that it can. Entering twice at once is refused; entering again changes nothing.
    """
    seat = ask(by, IMPORT_CASES, batch.organisation)
    if not lock(batch):
        raise Overtaken(_("This register is being entered at this moment."))
    batch.refresh_from_db(fields=["state", "started_on"])
    batch.started_on = batch.started_on or clock.now()
    if batch.state not in (State.CHECKED, State.COMMITTING):
        raise Refused(_("This register was entered already, or its rows were not checked."), "entered")
    batch.rows.all().delete()
    walk = _Walk(by, batch)
    register = Register(by, walk.organisation, batch, seat.post)
    unnumbered: list[Case] = []
    for judged in walk.portions():
        unnumbered += [case for case in enter_judged(register, judged) if not case.number]
        walk.judge.brought.clear()  # from here on the database knows them
        keep_rows(batch, judged)
        if progress:
            progress(walk.read)
    _number(register, unnumbered)
    _finish(walk)
    return batch


def enter_judged(register: Register, judged: Sequence[Judged]) -> list[Case]:
    """Enter the rows that are ready; a second request for a child whom the same rows bring comes after the first."""
    ready = [(one, Entry(one.row)) for one in judged if one.verdict == Verdict.READY and one.row]
    brought: dict[str, Entry] = {}
    for one, entry in ready:
        if one.child is None:
            brought |= {key: entry for key in (key_of(entry.row.child), entry.row.child.national_number) if key}
        elif one.child != NEW:
            entry.child = one.child
    enter(register, _with_earlier(register, [entry for one, entry in ready if one.child != NEW]))
    again = [(one, entry) for one, entry in ready if one.child == NEW]
    for _one, entry in again:
        first = brought.get(key_of(entry.row.child)) or brought[entry.row.child.national_number]
        entry.child = first.case.child_id if first.case else None
    enter(register, _with_earlier(register, [entry for _one, entry in again]))
    for one, entry in ready:
        one.verdict, one.case = Verdict.CREATED, entry.case.pk if entry.case else None
    return [entry.case for _one, entry in ready if entry.case]


def _with_earlier(register: Register, entries: list[Entry]) -> list[Entry]:
    """Say of each further request of a child which case of the commission it repeats: the last one before it."""
    known = {entry.child for entry in entries if entry.child is not None}
    rows = Case.objects.filter(organisation=register.organisation, child__in=known).order_by("received_on", "pk")
    cases = list(rows.values_list("child", "pk", "received_on")) if known else []
    for entry in entries:
        before = [pk for child, pk, day in cases if child == entry.child and day <= entry.row.received]
        entry.repeats = before[-1] if before else None
    return entries


def _number(register: Register, cases: list[Case]) -> None:
    """Numbers of the commission's own series for rows without one; last, so that they avoid the file's own."""
    for case in cases:
        case.number = next_number(case, case.received_on, take=True)
        case.save(update_fields=["number"])


def _finish(walk: _Walk) -> None:
    """The batch's own row, and the audit: both at the end, because both are locked until the transaction ends."""
    by, batch = walk.by, walk.batch
    batch.read = batch.done = walk.read
    batch.counts, batch.state, batch.ended_on = counts(batch), State.COMMITTED, clock.now()
    batch.content = sealed.seal(not_taken(walk), bound_to(batch)) if walk.refused else None
    batch.save(update_fields=["read", "done", "counts", "state", "started_on", "ended_on", "content"])
    audit.record(
        by=by, verb=IMPORT_CASES.key, about=batch, organisation=batch.organisation,
        detail={"step": "commit", **batch.counts},
    )  # fmt: skip
    with connection.cursor() as cursor:  # one call for all cases; each is an entry of its own
        cursor.execute(
            "select count(app.audit_append(%s, %s, %s, 'casework.case', uuid::text, %s::jsonb))"
            " from (select uuid from casework_case where batch_id = %s order by id) entered",
            [by.account, batch.organisation, IMPORT_CASES.key, f'{{"batch": "{batch.uuid}"}}', batch.pk],
        )


def not_taken(walk: _Walk) -> bytes:
    """The rows that were refused, as they stood, with their reasons."""
    columns = walk.batch.columns
    rows = (
        (row, " ".join(problem.sentence(_) for problem in found),
         [columns[problem.column] for problem in found if problem.column in columns])
        for row in walk.table.rows()
        if (found := walk.refused.get(row.number)) is not None
    )  # fmt: skip
    return error_workbook(walk.table.header, rows, _("Why not taken"), number=_("Row"))


@transaction.atomic
def errors(*, by: Actor, batch: CaseBatch) -> bytes:
    """The workbook of rows that are not taken: of a checked file, or as it was kept when the register was entered."""
    ask(by, IMPORT_CASES, batch.organisation)
    if batch.state == State.COMMITTED:
        return sealed.unseal(batch.content, bound_to(batch)) if batch.content else b""
    walk = _Walk(by, batch)
    reasons = batch.rows.filter(verdict=Verdict.REFUSED).values_list("number", "reasons")
    walk.refused = {number: tuple(Problem(one["code"], one["column"]) for one in found) for number, found in reasons}
    return not_taken(walk)
