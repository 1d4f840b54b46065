"""The file comes in, and its columns are matched."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children.logic.columns import CHILD_COLUMNS
from zajedno.children.logic.register import match_register
from zajedno.children.models import ChildBatch
from zajedno.children.queries.batch import bound_to, read, table_of
from zajedno.children.rules import IMPORT
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

State = ChildBatch.State
OPEN = (State.UPLOADED, State.CHECKED, State.FAILED)


@transaction.atomic
def upload(*, by: Actor, organisation: "Organisation", name: str, content: bytes) -> ChildBatch:
    """Keep a register's file, sealed, and match its columns as far as their headings tell.

    Raises UnreadableTable with a sentence when it is no table.
    """
    ask(by, IMPORT, organisation.pk)
    table = read(content)
    batch = ChildBatch(organisation=organisation.pk, added_by=by.account, added_on=clock.now(), name=name[:200])
    batch.columns = match_register(table)
    batch.content = sealed.seal(content, bound_to(batch))
    batch.save()
    detail = {"step": "upload", "bytes": len(content)}
    audit.record(by=by, verb=IMPORT.key, about=batch, organisation=organisation.pk, detail=detail)
    return batch


@transaction.atomic
def match(*, by: Actor, batch: ChildBatch, columns: Mapping[str, int]) -> ChildBatch:
    """Which column (from 0) is which field, as a person corrected it; what was checked before counts no more."""
    ask(by, IMPORT, batch.organisation)
    batch = still_open(batch)
    width = len(table_of(batch).header)
    chosen = {field: at for field, at in columns.items() if field in CHILD_COLUMNS and 0 <= at < width}
    if len(set(chosen.values())) < len(chosen):
        raise Refused(_("Two fields are read from the same column. Choose one column for each."), "column_twice")
    needed(chosen)
    batch.columns, batch.state, batch.counts = chosen, State.UPLOADED, {}
    batch.save(update_fields=["columns", "state", "counts"])
    batch.rows.all().delete()
    return batch


def needed(columns: Mapping[str, int]) -> None:
    """Refuse a register in which nobody could be told from another."""
    named = {"full_name", "full_name_family_first"} & columns.keys() or {"given_name", "family_name"} <= columns.keys()
    if not named or not {"birth_date", "national_number"} & columns.keys():
        sentence = _("Say in which columns the child's name and the date of birth or the national number stand.")
        raise Refused(sentence, "column_missing")


def still_open(batch: ChildBatch) -> ChildBatch:
    """The batch locked, while its file may still be changed."""
    found = ChildBatch.objects.select_for_update().get(pk=batch.pk)
    if found.state not in OPEN:
        raise Refused(_("This register is entered already. Send the file again to begin anew."), "entered")
    return found
