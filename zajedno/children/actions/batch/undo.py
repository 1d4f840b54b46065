"""Taking back a register that was entered, as a whole, while nobody else works with any of its children."""

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.access.queries.batch import lock
from zajedno.children.models import ChildBatch
from zajedno.children.rules import IMPORT
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask


@transaction.atomic
def undo(*, by: Actor, batch: ChildBatch) -> int:
    """Take back every child of the register; how many are gone. Refused, with all as it was, as soon as one of them
    is used elsewhere: another tie, a consent, a family link, a case of any institution.
    """
    ask(by, IMPORT, batch.organisation)
    if not lock(batch):
        raise Overtaken(_("This register is being entered at this moment."))
    batch = ChildBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ChildBatch.State.COMMITTED:
        raise Refused(_("Only a register that was entered can be undone."), "not_entered")
    gone = _take_back(batch)
    batch.rows.update(content=None)
    batch.state, batch.content = ChildBatch.State.UNDONE, None
    batch.save(update_fields=["state", "content"])
    detail = {"step": "undo", "children": gone}
    audit.record(by=by, verb=IMPORT.key, about=batch, organisation=batch.organisation, detail=detail)
    return gone


def _take_back(batch: ChildBatch) -> int:
    """A function of the owner does it: keys from rooms and institutions that are not seen here stop it, too."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select app.undo_child_batch(%s)", [batch.pk])
            return int(cursor.fetchone()[0])
    except IntegrityError:
        sentence = _("Somebody works with a child of this register already. It can no longer be undone as a whole.")
        raise Refused(sentence, "used") from None
