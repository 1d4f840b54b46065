"""A person decides whether a row means a child who is here. Records are never merged."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.access.queries.batch import counts
from zajedno.children.actions.batch.commit import enter_judged, without_record
from zajedno.children.actions.batch.judge import Judge, Judged, asked
from zajedno.children.actions.likeness import propose
from zajedno.children.enums import IdentifierKind
from zajedno.children.logic.numbers import local
from zajedno.children.logic.register import Entry
from zajedno.children.models import Alias, Child, ChildBatch, ChildBatchRow, Identifier
from zajedno.children.queries.batch import entry_of
from zajedno.children.queries.likely import Likely, likely_same
from zajedno.children.rules import IMPORT
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask

Verdict = ChildBatchRow.Verdict


@transaction.atomic
def decide(*, by: Actor, row: ChildBatchRow, same: bool) -> ChildBatchRow:
    """Enter a row that waited, with a record of its own. What a person says of a file they may see is kept as decided;
    a file elsewhere gets a proposal, for those who keep it to decide. Nothing is merged.
    """
    batch = ChildBatch.objects.select_for_update().defer("content").get(pk=row.batch_id)
    ask(by, IMPORT, batch.organisation)
    if batch.state != ChildBatch.State.COMMITTED:
        raise Refused(_("Enter the register first; then decide on what is left."), "not_entered")
    row = ChildBatchRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    entry = entry_of(row)
    if row.verdict != Verdict.POSSIBLE_DUPLICATE or entry is None:
        raise Overtaken(_("Somebody has decided on this row already."))
    _enter(by, batch, row, entry, same)
    row.content = None
    row.save(update_fields=["verdict", "child", "content"])
    batch.counts = counts(batch)
    batch.save(update_fields=["counts"])
    detail = {"step": "decide", "row": row.number, "same": same}
    audit.record(by=by, verb=IMPORT.key, about=batch, organisation=batch.organisation, detail=detail)
    return row


def _enter(by: Actor, batch: ChildBatch, row: ChildBatchRow, entry: Entry, same: bool) -> None:
    judged = Judge(batch.organisation).chunk([entry])[0]
    if judged.verdict == Verdict.UNCHANGED:  # the same row came in meanwhile
        row.verdict = judged.verdict
        return
    holder = _holder(batch, entry)
    found = likely_same([asked(entry)])
    if holder and holder.child not in [one.child for one in found]:
        found.append(holder)
    if holder:
        judged.entry = without_record(entry)
    child = enter_judged(by, batch, [judged])[0]
    row.verdict, row.child = Verdict.CREATED, child
    _note(by, child, judged, found, same)


def _note(by: Actor, child: Child, judged: Judged, found: list[Likely], same: bool) -> None:
    seen = [one for one in found if one.visible]
    propose(by, child, seen, state=Alias.State.CONFIRMED if same else Alias.State.REJECTED)
    propose(by, child, [one for one in found if not one.visible])
    audit.record(by=by, verb=IMPORT.key, about=child, detail={"row": judged.number, "same": same, "alike": len(found)})


def _holder(batch: ChildBatch, entry: Entry) -> Likely | None:
    """The child kept under the row's record number: two records cannot share it."""
    record = local(entry.child.record)
    if not record:
        return None
    blind = Judge(batch.organisation).blind(record)
    held = Identifier.objects.filter(kind=IdentifierKind.LOCAL, blind=blind).select_related("child").first()
    return Likely(0, held.child_id, held.child.uuid, "number", True, batch.organisation) if held else None
