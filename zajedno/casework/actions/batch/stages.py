"""What a commission's register is: its columns, its rows, and how a person decides on who may be known."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions.batch import Batches
from zajedno.casework.actions.batch.enter import Walk, enter_judged, give_numbers, note_numbers, register_of
from zajedno.casework.actions.batch.judge import Judge, Judged
from zajedno.casework.logic.register import RegisterRow, match_register
from zajedno.casework.logic.register_kept import from_json, to_json
from zajedno.casework.models import Case, CaseBatch, CaseBatchRow
from zajedno.casework.queries.batch import is_moved_on, table_of
from zajedno.casework.queries.register import commission, words_of
from zajedno.casework.rules import IMPORT_CASES
from zajedno.children.actions.bulk import note_likeness
from zajedno.children.actions.likeness import Looked, compare
from zajedno.children.queries.bulk import matches
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.spreadsheets import Table
from zajedno.procedures.logic.definition import Definition

Verdict = CaseBatchRow.Verdict
NEEDED = ("received",)  # and the child, by one of NAMED
NAMED = ("full_name", "full_name_family_first", "given_name")


@dataclass(frozen=True)
class LookedAtRequest(Looked[RegisterRow]):
    definition: Definition


class CaseBatches(Batches[CaseBatch, CaseBatchRow, Judged]):
    verb = IMPORT_CASES
    batches = CaseBatch
    rows = CaseBatchRow
    made = Case
    used = _("Somebody has worked on a case of this register since. It can no longer be undone as a whole.")

    def table_of(self, batch: CaseBatch) -> Table:
        return table_of(batch)

    def fields(self, batch: CaseBatch) -> Collection[str]:
        return words_of(commission(batch.organisation)).columns

    def matched(self, batch: CaseBatch) -> dict[str, int]:
        return match_register(table_of(batch), words_of(commission(batch.organisation))).columns

    def needed(self, columns: Mapping[str, int]) -> None:
        if any(field not in columns for field in NEEDED) or not any(field in columns for field in NAMED):
            raise Refused(
                _("Say at least in which columns the day of receiving and the child's name stand."), "column_missing"
            )

    def walk(self, by: Actor, batch: CaseBatch) -> Walk:
        return Walk(by, batch)

    def words(self, judged: Judged) -> bytes:
        return to_json(judged.row) if judged.row else b""

    def beside(self, by: Actor, row: CaseBatchRow, words: bytes) -> LookedAtRequest:
        request = from_json(words)
        found = [one.likely for one in matches([request.child])[0]]
        known, elsewhere = compare(by=by, organisation=row.batch.organisation, found=found)
        return LookedAtRequest(request, known, elsewhere, register_of(by, row.batch).definition)

    def enter_row(self, by: Actor, row: CaseBatchRow, words: bytes, same: bool | UUID) -> Judged:
        """The same child: its case hangs on the one record that the commission may see; when that record is another
        institution's, the row gets its own and the likeness is proposed to both, for a person to confirm. Another
        child: its own record, and the likeness is noted as rejected."""
        judged = Judge(by, row.batch.organisation).chunk([from_json(words)])[0]
        if judged.verdict in (Verdict.READY, Verdict.POSSIBLE_DUPLICATE):
            others = [one.likely for one in judged.others]
            mine = {one.child for one in others if one.visible}
            judged.child = (next(iter(mine)) if len(mine) == 1 else judged.child) if same else None
            judged.verdict = Verdict.READY
            register = register_of(by, row.batch)
            (case,) = enter_judged(register, [judged])
            give_numbers([case])
            note_numbers(register)
            if case.child_id not in mine:
                note_likeness(by=by, verb=IMPORT_CASES, child=case.child, found=others, same=bool(same))
        return judged

    def take_back(self, batch: CaseBatch) -> int:
        """Cases, and the children whom nobody else knows; how many cases are gone."""
        if is_moved_on(batch):
            raise Refused(self.used, "used")
        cases = Case.objects.filter(batch=batch).count()
        with connection.cursor() as cursor:
            cursor.execute("select app.undo_case_batch(%s)", [batch.pk])
        return cases
