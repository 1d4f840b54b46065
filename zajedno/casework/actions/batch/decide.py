"""A person decides whether a row means a child who is here. Records are never merged."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.access.queries.batch import counts
from zajedno.casework.actions.batch.commit import enter_judged
from zajedno.casework.actions.batch.judge import Judge
from zajedno.casework.actions.batch.places import commission
from zajedno.casework.actions.batch.rows import words_of_row
from zajedno.casework.actions.given import next_number
from zajedno.casework.actions.register_case import PROCEDURE, Register
from zajedno.casework.logic.register import RegisterRow
from zajedno.casework.models import CaseBatch, CaseBatchRow
from zajedno.casework.rules import IMPORT_CASES
from zajedno.children.actions.bulk import note_likeness
from zajedno.children.queries.bulk import matches, with_keys
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import current

if TYPE_CHECKING:
    from zajedno.children.models import Child

Verdict = CaseBatchRow.Verdict


@dataclass(frozen=True)
class Looked:
    """What a person is shown: the row's request, the likely children they may see, and whether there are others."""

    row: RegisterRow
    known: "list[Child]"
    elsewhere: bool
    definition: Definition


@transaction.atomic
def look(*, by: Actor, row: CaseBatchRow) -> Looked:
    """Look at a row that waits, beside the children it may be. Seeing them is written in the audit."""
    batch = CaseBatch.objects.get(pk=row.batch_id)
    ask(by, IMPORT_CASES, batch.organisation)
    request = words_of_row(row)
    if request is None:
        raise Overtaken(_("Somebody has decided on this row already."))
    found = [one.likely for one in matches([request.child])[0]]
    known = list(with_keys(one.child for one in found if one.visible).values())
    for child in known:
        audit.record(by=by, verb="children.compare", about=child, organisation=batch.organisation)
    country = commission(batch.organisation).territory.country_id
    return Looked(request, known, any(not one.visible for one in found), current(PROCEDURE, country).definition)


@transaction.atomic
def decide(*, by: Actor, row: CaseBatchRow, same: bool) -> CaseBatchRow:
    """Enter a row that waited. The same child: its case hangs on the one record that the commission may see; when
    that record is another institution's, the row gets its own and the likeness is proposed to both, for a person
    to confirm. Another child: its own record, and the likeness is noted as rejected.
    """
    batch = CaseBatch.objects.get(pk=row.batch_id)
    seat = ask(by, IMPORT_CASES, batch.organisation)
    if batch.state != CaseBatch.State.COMMITTED:
        raise Refused(_("Enter the register first; then decide on what is left."), "not_entered")
    row = CaseBatchRow.objects.select_for_update().get(pk=row.pk)
    request = words_of_row(row)
    if row.verdict != Verdict.POSSIBLE_DUPLICATE or request is None:
        raise Overtaken(_("Somebody has decided on this row already."))
    judged = Judge(by, batch.organisation).chunk([request])[0]
    if judged.verdict in (Verdict.READY, Verdict.POSSIBLE_DUPLICATE):
        mine = [one.likely.child for one in judged.others if one.likely.visible]
        judged.child = mine[0] if same and len(set(mine)) == 1 else judged.child if same else None
        judged.verdict = Verdict.READY
        register = Register(by, commission(batch.organisation), batch, seat.post)
        for case in enter_judged(register, [judged]):
            if not case.number:
                case.number = next_number(case, case.received_on, take=True)
                case.save(update_fields=["number"])
            others = [one.likely for one in judged.others]
            if case.child_id not in mine:
                note_likeness(by=by, verb=IMPORT_CASES, child=case.child, found=others, same=same)
    row.verdict, row.case_id, row.content = judged.verdict, judged.case, None
    row.save(update_fields=["verdict", "case", "content"])
    batch.counts, batch.ended_on = counts(batch), clock.now()
    batch.save(update_fields=["counts", "ended_on"])
    audit.record(
        by=by, verb=IMPORT_CASES.key, about=batch, organisation=batch.organisation,
        detail={"step": "decide", "row": row.number, "same": same},
    )  # fmt: skip
    return row
