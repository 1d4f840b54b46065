"""What happens to a register in every room: it comes in, its columns are matched, its rows checked, entered at once,
decided on one by one where a person must look; and it can be taken back. What a row means only the room knows."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.access.actions.batch_room import B, J, R, Room, refused
from zajedno.access.models import Batch, BatchRow
from zajedno.access.queries.batch import bound_to, counts, file_of, is_worked_on, kept_in, lock, rows_of, take_turn
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.aside import Progress
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask

State, Verdict = Batch.State, BatchRow.Verdict
BUSY = _("This register is being entered at this moment.")
DECIDED = _("Somebody has decided on this row already.")


class Batches(Room[B, R, J]):
    """The verbs of a room that takes in registers."""

    @transaction.atomic
    def upload(self, *, by: Actor, organisation: int, name: str, content: bytes, **about: Any) -> B:
        """Keep a register's file, sealed, with what the room keeps `about` it, and match its columns. Raises
        UnreadableTable when it is no table."""
        ask(by, self.verb, organisation)
        batch = self.batches(organisation=organisation, added_by=by.account, added_on=clock.now(), **about)
        batch.name = name[:200]
        batch.content = sealed.seal(content, bound_to(batch))
        batch.columns = self.matched(batch)
        batch.save()
        self._write_down(by, batch, "upload", bytes=len(content))
        return batch

    @transaction.atomic
    def match(self, *, by: Actor, batch: B, columns: Mapping[str, int]) -> B:
        """Which column (from 0) is which field, as a person corrected it; what was checked before counts no more."""
        ask(by, self.verb, batch.organisation)
        _still_open(batch)
        width, fields = len(self.table_of(batch).header), self.fields(batch)
        chosen = {field: at for field, at in columns.items() if field in fields and 0 <= at < width}
        if len(set(chosen.values())) < len(chosen):
            raise Refused(_("Two fields are read from the same column. Choose one column for each."), "column_twice")
        self.needed(chosen)
        batch.columns, batch.state, batch.counts = chosen, State.UPLOADED, {}
        batch.save(update_fields=["columns", "state", "counts"])
        rows_of(batch).delete()
        return batch

    @transaction.atomic
    def check(self, *, by: Actor, batch: B, progress: Progress | None = None) -> B:
        """Give each row its verdict, and enter none. May be done again and again."""
        ask(by, self.verb, batch.organisation)
        _still_open(batch)
        self.needed(batch.columns)
        batch.read = self._through(by, batch, progress)
        batch.state, batch.counts = State.CHECKED, counts(batch)
        batch.save(update_fields=["read", "state", "counts"])
        self._write_down(by, batch, "check")
        return batch

    @transaction.atomic
    def prepare(self, *, by: Actor, batch: B, columns: Mapping[str, int]) -> B:
        """Take the columns as a person said, and check the rows by them."""
        return self.check(by=by, batch=self.match(by=by, batch=batch, columns=columns))

    @transaction.atomic
    def start(self, *, by: Actor, batch: B, hand_over: Callable[..., None]) -> B:
        """Say that the register is to be entered, and hand it to the room's background job: `enqueue` of its task.

        Asked again after a broken start it hands over again; the job enters once.
        """
        ask(by, self.verb, batch.organisation)
        _hold(batch)
        if batch.state not in (State.CHECKED, State.COMMITTING):
            raise Refused(_("Check the rows first."), "not_checked")
        if is_worked_on(batch):
            raise Overtaken(BUSY)
        batch.state, batch.done, batch.started_on = State.COMMITTING, 0, clock.now()
        batch.save(update_fields=["state", "done", "started_on"])
        hand_over(batch=str(batch.uuid), account=by.account)
        return batch

    @transaction.atomic
    def fail(self, *, by: Actor, batch: B) -> None:
        """It was refused on the way; nothing of it was kept, and it may be checked again."""
        ask(by, self.verb, batch.organisation)
        batch.state = State.FAILED
        batch.save(update_fields=["state"])

    @transaction.atomic
    def commit(self, *, by: Actor, batch: B, progress: Progress | None = None) -> B:
        """Enter what is right, all of it or nothing: one transaction, so that a crash in the middle leaves no row.

        Rows are judged anew, for the world may have changed since they were checked. `progress` is told the rows done;
        it must write through another connection (`kernel.aside`), and until the end nothing here touches the batch's
        own row, so that it can. Entering twice at once is refused; entering the same file again changes nothing.
        """
        ask(by, self.verb, batch.organisation)
        _alone(batch)
        if batch.state not in (State.CHECKED, State.COMMITTING):
            raise Refused(_("This register was entered already, or its rows were not checked."), "entered")
        take_turn()
        batch.started_on = batch.started_on or clock.now()
        batch.read = batch.done = self._through(by, batch, progress, entering=True)
        workbook = refused(batch, self.table_of)
        batch.counts, batch.state, batch.ended_on = counts(batch), State.COMMITTED, clock.now()
        batch.content = sealed.seal(workbook, bound_to(batch)) if workbook else None
        batch.save()
        self._write_down(by, batch, "commit")
        self._write_down_made(by, batch)
        return batch

    @transaction.atomic
    def errors(self, *, by: Actor, batch: B) -> bytes:
        """The workbook of rows that are refused: of a checked file, or as it was kept when the register was entered.
        Empty when there is none."""
        ask(by, self.verb, batch.organisation)
        is_kept = batch.state == State.COMMITTED or not batch.content
        workbook = file_of(batch) if is_kept else refused(batch, self.table_of)
        if workbook:
            self._write_down(by, batch, "errors")
        return workbook

    @transaction.atomic
    def look(self, *, by: Actor, row: R) -> Any:
        """Look at a row that waits, beside the children it may be. Seeing them is written in the audit."""
        ask(by, self.verb, row.batch.organisation)
        if not row.content:
            raise Overtaken(DECIDED)
        return self.beside(by, row, kept_in(row))

    @transaction.atomic
    def decide(self, *, by: Actor, row: R, same: bool | UUID) -> R:
        """Enter a row that waited, as a person says who it is: none of the children it may be, the one, or this one of
        several. Records are never merged."""
        batch: B = row.batch  # type: ignore[assignment]  # of the same room as its row
        ask(by, self.verb, batch.organisation)
        _hold(batch)
        if batch.state != State.COMMITTED:
            raise Refused(_("Enter the register first; then decide on what is left."), "not_entered")
        row.refresh_from_db(fields=["verdict", "content"])
        words = kept_in(row)
        if row.verdict != Verdict.POSSIBLE_DUPLICATE or not words:
            raise Overtaken(DECIDED)
        judged = self.enter_row(by, row, words, same)
        if judged.verdict != Verdict.CREATED:
            row.reasons = judged.codes()
        row.verdict, row.content = judged.verdict, None
        setattr(row, self.key, judged.made)
        row.save()
        batch.counts = counts(batch)
        batch.save(update_fields=["counts"])
        self._write_down(by, batch, "decide", row=row.number, same=bool(same))
        if judged.verdict == Verdict.CREATED:
            self._write_down_made(by, batch, pk=judged.made)
        return row

    @transaction.atomic
    def undo(self, *, by: Actor, batch: B) -> int:
        """Take back all that came with the register; how many are gone. Refused, with all as it was, as soon as
        somebody works with a part of it."""
        ask(by, self.verb, batch.organisation)
        _alone(batch)
        if batch.state != State.COMMITTED:
            raise Refused(_("Only a register that was entered can be undone."), "not_entered")
        try:
            with transaction.atomic():
                gone = self.take_back(batch)
        except IntegrityError:
            raise Refused(self.used, "used") from None
        rows_of(batch).update(content=None)
        batch.state, batch.content = State.UNDONE, None
        batch.save(update_fields=["state", "content"])
        self._write_down(by, batch, "undo", gone=gone)
        return gone

    def _through(self, by: Actor, batch: B, progress: Progress | None, *, entering: bool = False) -> int:
        """Through the whole file, without or with writing; how many rows it has."""
        rows_of(batch).delete()
        walk, read = self.walk(by, batch), 0
        for judged in walk.portions():
            if entering:
                walk.enter(judged)
            self.rows._default_manager.bulk_create([self.row(batch, one) for one in judged])
            read += len(judged)
            if progress:
                progress(read)
        if entering:
            walk.end()
        return read

    def _write_down(self, by: Actor, batch: B, step: str, **more: Any) -> None:
        detail = {"step": step, **batch.counts, **more}
        audit.record(by=by, verb=self.verb.key, about=batch, organisation=batch.organisation, detail=detail)

    def _write_down_made(self, by: Actor, batch: B, **which: Any) -> None:
        """An entry for each that came in, or for the one that `which` names."""
        about = self.told(self.made._default_manager.filter(batch=batch, **which))
        detail = {"batch": str(batch.uuid)}
        audit.record_each(by=by, verb=self.verb.key, about=about, organisation=batch.organisation, detail=detail)


def _hold(batch: Batch) -> None:
    """Read the batch anew, locked; who writes the progress of its entering still can."""
    batch.refresh_from_db(from_queryset=type(batch)._default_manager.select_for_update(no_key=True))


def _still_open(batch: Batch) -> None:
    _hold(batch)
    if batch.state not in (State.UPLOADED, State.CHECKED, State.FAILED):
        raise Refused(_("This register was entered already, or is being entered."), "entered")


def _alone(batch: Batch) -> None:
    """Nobody else enters it or takes it back now."""
    if not lock(batch):
        raise Overtaken(BUSY)
    batch.refresh_from_db()
