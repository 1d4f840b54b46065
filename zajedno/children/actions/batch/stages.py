"""What a register of children is: its columns, its rows, and how a person decides on those that may be known."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions.batch import Batches
from zajedno.children.actions.batch.enter import Walk, enter_judged
from zajedno.children.actions.batch.judge import Judge, Judged, asked
from zajedno.children.actions.likeness import Looked, compare, propose
from zajedno.children.enums import IdentifierKind
from zajedno.children.logic.columns import CHILD_COLUMNS
from zajedno.children.logic.numbers import local
from zajedno.children.logic.register import Entry, from_json, match_register, to_json
from zajedno.children.models import Alias, Child, ChildBatch, ChildBatchRow, Identifier
from zajedno.children.queries.batch import table_of
from zajedno.children.queries.likely import Likely, likely_same
from zajedno.children.rules import IMPORT
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.spreadsheets import Table

Verdict, State = ChildBatchRow.Verdict, Alias.State


class ChildBatches(Batches[ChildBatch, ChildBatchRow, Judged]):
    verb = IMPORT
    batches = ChildBatch
    rows = ChildBatchRow
    made = Child
    used = _("Somebody works with a child of this register already. It can no longer be undone as a whole.")

    def table_of(self, batch: ChildBatch) -> Table:
        return table_of(batch)

    def fields(self, batch: ChildBatch) -> Collection[str]:
        return CHILD_COLUMNS

    def matched(self, batch: ChildBatch) -> dict[str, int]:
        return match_register(table_of(batch))

    def needed(self, columns: Mapping[str, int]) -> None:
        """Refuse a register in which nobody could be told from another."""
        whole = {"full_name", "full_name_family_first"} & columns.keys()
        named = whole or {"given_name", "family_name"} <= columns.keys()
        if not named or not {"birth_date", "national_number"} & columns.keys():
            sentence = _("Say in which columns the child's name and the date of birth or the national number stand.")
            raise Refused(sentence, "column_missing")

    def walk(self, by: Actor, batch: ChildBatch) -> Walk:
        return Walk(by, batch)

    def words(self, judged: Judged) -> bytes:
        return to_json(judged.row) if judged.row else b""

    def beside(self, by: Actor, row: ChildBatchRow, words: bytes) -> Looked[Entry]:
        entry = from_json(words)
        found, _numbered = _alike(row.batch, entry)
        return Looked(entry, *compare(by=by, organisation=row.batch.organisation, found=found))

    def enter_row(self, by: Actor, row: ChildBatchRow, words: bytes, same: bool | UUID) -> Judged:
        """With a record of its own. What a person says of the one file they see is kept as decided; a file elsewhere
        gets a proposal, for those who keep it to decide."""
        entry = from_json(words)
        judged = Judge(row.batch.organisation).chunk([entry])[0]
        if judged.verdict == Verdict.UNCHANGED:  # the same row came in meanwhile
            return judged
        found, numbered = _alike(row.batch, entry)
        if numbered:  # two cannot share a record number
            judged.row = replace(entry, child=replace(entry.child, record=""))
        child = enter_judged(by, row.batch, [judged])[0]
        seen = [one for one in found if one.visible]
        decided = (State.CONFIRMED if len(seen) == 1 else State.PROPOSED) if same else State.REJECTED
        propose(by, child, seen, state=decided)
        propose(by, child, [one for one in found if not one.visible])
        return judged

    def take_back(self, batch: ChildBatch) -> int:
        """A function of the owner does it: keys from rooms and institutions that are not seen here stop it, too."""
        with connection.cursor() as cursor:
            cursor.execute("select app.undo_child_batch(%s)", [batch.pk])
            return int(cursor.fetchone()[0])


def _alike(batch: ChildBatch, entry: Entry) -> tuple[list[Likely], bool]:
    """Children who may be the one of a row, and whether one of them is kept under its record number."""
    found = likely_same([asked(entry)])
    record = local(entry.child.record)
    blind = Judge(batch.organisation).blind(record) if record else b""
    held = Identifier.objects.filter(kind=IdentifierKind.LOCAL, blind=blind).select_related("child").first()
    if held and held.child_id not in [one.child for one in found]:
        found.append(Likely(0, held.child_id, held.child.uuid, "number", True, batch.organisation))
    return found, held is not None
