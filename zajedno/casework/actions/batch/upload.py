"""The file comes in, and its columns are matched."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.batch.places import commission
from zajedno.casework.logic.register import match_register
from zajedno.casework.models import CaseBatch
from zajedno.casework.queries.batch import bound_to, read, table_of
from zajedno.casework.queries.register import words_of
from zajedno.casework.rules import IMPORT_CASES
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask

State = CaseBatch.State
OPEN = (State.UPLOADED, State.CHECKED, State.FAILED)
NEEDED = ("received",)  # and the child, by one of NAMED
NAMED = ("full_name", "full_name_family_first", "given_name")


@transaction.atomic
def upload(*, by: Actor, organisation: int, name: str, content: bytes) -> CaseBatch:
    """Keep a register's file, sealed, and match its columns as far as their headings tell.

    Raises UnreadableTable with a sentence when it is no table.
    """
    ask(by, IMPORT_CASES, organisation)
    words = words_of(commission(organisation))
    table = read(content, words)
    batch = CaseBatch(organisation=organisation, added_by=by.account, added_on=clock.now(), name=name[:200])
    batch.columns = match_register(table, words).columns
    batch.content = sealed.seal(content, bound_to(batch))
    batch.save()
    audit.record(
        by=by,
        verb=IMPORT_CASES.key,
        about=batch,
        organisation=organisation,
        detail={"step": "upload", "bytes": len(content)},
    )
    return batch


@transaction.atomic
def match(*, by: Actor, batch: CaseBatch, columns: Mapping[str, int]) -> CaseBatch:
    """Which column (from 0) is which field, as a person corrected it; what was checked before counts no more."""
    ask(by, IMPORT_CASES, batch.organisation)
    still_open(batch)
    words = words_of(commission(batch.organisation))
    width = len(table_of(batch, words).header)
    chosen = {field: at for field, at in columns.items() if field in words.columns and 0 <= at < width}
    if len(set(chosen.values())) < len(chosen):
        raise Refused(_("Two fields are read from the same column. Choose one column for each."), "column_twice")
    if any(field not in chosen for field in NEEDED) or not any(field in chosen for field in NAMED):
        raise Refused(
            _("Say at least in which columns the day of receiving and the child's name stand."), "column_missing"
        )
    batch.columns, batch.state, batch.counts = chosen, State.UPLOADED, {}
    batch.save(update_fields=["columns", "state", "counts"])
    batch.rows.all().delete()
    return batch


def still_open(batch: CaseBatch) -> None:
    """Refuse what was entered already or is being entered."""
    if batch.state not in OPEN:
        raise Refused(_("This register was entered already, or is being entered."), "entered")
