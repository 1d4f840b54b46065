"""Taking back a register that was entered, as a whole, while nobody has worked on any of its cases."""

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.models import Case, CaseBatch, JointOpinion, Note, Participant, Request
from zajedno.casework.queries.batch import lock
from zajedno.casework.rules import IMPORT_CASES
from zajedno.children.queries.bulk import written_on
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask

State = CaseBatch.State


def moved_on(batch: CaseBatch) -> QuerySet[Case]:
    """Imported cases on which somebody has worked since: moved, written, attached, joined, repeated."""
    end = batch.ended_on
    later = Exists(Request.objects.filter(case=OuterRef("pk"), changed_on__gt=end))
    told = Exists(Note.objects.filter(case=OuterRef("pk"), written_on__gt=end))
    said = Exists(JointOpinion.objects.filter(case=OuterRef("pk"), saved_on__gt=end))
    repeated = Exists(Case.objects.filter(repeats=OuterRef("pk")).exclude(batch=batch))
    things = ("papers", "letters", "opinions", "agenda", "recusals")
    anything = Q(*((f"{name}__isnull", False) for name in things), _connector=Q.OR)
    rows = Case.objects.filter(batch=batch)
    worked = Q(moves_made__gt=1) | anything | Q(later) | Q(told) | Q(said) | Q(repeated)
    joined = Exists(Participant.objects.filter(case=OuterRef("pk")).exclude(part="commission"))
    return rows.filter(worked | Q(joined)).distinct()


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
    rows = Case.objects.filter(batch=batch)
    if moved_on(batch).exists() or written_on(list(rows.values_list("child", flat=True)), batch.ended_on):
        raise Refused(
            _("Somebody has worked on a case of this register since. It can no longer be undone as a whole."),
            "moved_on",
        )
    cases = rows.count()
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
