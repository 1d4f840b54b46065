"""Taking back a register that was entered, as a whole, while nobody has worked on any of its cases."""

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.access.queries.batch import lock
from zajedno.casework.models import Case, CaseBatch
from zajedno.casework.queries.batch import is_moved_on
from zajedno.casework.rules import IMPORT_CASES
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask

State = CaseBatch.State


@transaction.atomic
def undo(*, by: Actor, batch: CaseBatch) -> int:
    """Take back every case of the register, and the children whom nobody else knows. Returns how many cases are gone.

    Refused, with all as it was, as soon as one of the cases has moved on.
    """
    ask(by, IMPORT_CASES, batch.organisation)
    if not lock(batch):
        raise Overtaken(_("This register is being entered at this moment."))
    batch.refresh_from_db(fields=["state"])
    if batch.state != State.COMMITTED:
        raise Refused(_("Only a register that was entered can be undone."), "not_entered")
    if is_moved_on(batch):
        raise Refused(
            _("Somebody has worked on a case of this register since. It can no longer be undone as a whole."),
            "moved_on",
        )
    cases = Case.objects.filter(batch=batch).count()
    with connection.cursor() as cursor:
        cursor.execute("select app.undo_case_batch(%s)", [batch.pk])
        children = cursor.fetchone()[0]
    batch.state, batch.content = State.UNDONE, None
    batch.save(update_fields=["state", "content"])
    audit.record(
        by=by, verb=IMPORT_CASES.key, about=batch, organisation=batch.organisation,
        detail={"step": "undo", "cases": cases, "children": children},
    )  # fmt: skip
    return cases
