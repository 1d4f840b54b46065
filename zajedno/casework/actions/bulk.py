"""The same for many cases: chosen, tried without a trace, done. A line for each says what came of it.

Each case is a savepoint of its own: what one refuses stops none of the others, and of none is half written.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from zajedno.access.actions import audit
from zajedno.casework.actions.bulk_acts import act_on, is_act, packed, unpacked
from zajedno.casework.enums import BulkState
from zajedno.casework.models import Bulk, BulkRow, Case
from zajedno.casework.queries.case import visible_to
from zajedno.casework.rules import ACT_ON_MANY
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Overtaken, Refused
from zajedno.kernel.verbs import ask

MOST: Final = 100  # cases at once
KEPT: Final = timedelta(days=30)  # a report is dropped as a draft is


@transaction.atomic
def choose(*, by: Actor, cases: Iterable[UUID]) -> Bulk:
    """Note which cases are meant. Those that the actor does not find are as those that do not exist."""
    ask(by, ACT_ON_MANY)
    wanted = set(cases)
    found = list(visible_to(by).filter(uuid__in=wanted).order_by("pk")[: MOST + 1])
    if len(found) != len(wanted) and len(found) <= MOST:
        raise NotFound("")
    if not found:
        raise Refused(_("Choose at least one case."), "none")
    if len(found) > MOST:
        raise Refused(_("At most %(most)d cases at once.") % {"most": MOST}, "many")
    bulk = Bulk.objects.create(account_id=by.account, chosen_on=clock.now())
    BulkRow.objects.bulk_create([BulkRow(bulk=bulk, case=case, seen=case.moves_made) for case in found])
    return bulk


@transaction.atomic
def prepare(*, by: Actor, bulk: Bulk, act: str, given: Mapping[str, Any]) -> Bulk:
    """Say what is to be done, and try it with each case: all that it would write is taken back at once."""
    ask(by, ACT_ON_MANY)
    bulk = _own(by, bulk)
    if bulk.done_on:
        raise Overtaken(_("This was done already. Choose the cases anew."), "done")
    if not is_act(act):
        raise NotFound("")
    bulk.act, bulk.tried_on = act, clock.now()
    bulk.given = packed(given)
    bulk.save()
    for row in bulk.rows.select_related("case"):
        _one(by, bulk, row, given, BulkState.READY)
    return bulk


@transaction.atomic
def carry_out(*, by: Actor, bulk: Bulk) -> Bulk:
    """Do it: once. Also those that were not possible when it was tried are tried again."""
    seat = ask(by, ACT_ON_MANY)
    bulk = _own(by, bulk)
    if bulk.done_on:
        raise Overtaken(_("This was done already. Below is what came of it."), "done")
    if not bulk.tried_on:
        raise Refused(_("Choose what is to be done first."), "act")
    given = unpacked(bulk.given)
    rows = list(bulk.rows.select_related("case"))
    for row in rows:
        _one(by, bulk, row, given, BulkState.DONE)
    bulk.done_on, bulk.content = clock.now(), None
    bulk.save()
    done = sum(row.state == BulkState.DONE for row in rows)
    detail = {"act": bulk.act, "done": done, "refused": len(rows) - done}
    audit.record(by=by, verb=ACT_ON_MANY.key, organisation=seat.organisation, detail=detail)
    return bulk


def _own(by: Actor, bulk: Bulk) -> Bulk:
    row = Bulk.objects.select_for_update().filter(pk=bulk.pk, account=by.account).first()
    if row is None:
        raise NotFound("")
    return row


def _one(by: Actor, bulk: Bulk, row: BulkRow, given: Mapping[str, Any], then: BulkState) -> None:
    opened: Case | None = None
    try:
        with transaction.atomic():
            opened = act_on(by, row.case.uuid, seen=row.seen, act=bulk.act, given=given)
            if then == BulkState.READY:
                transaction.set_rollback(True)
    except NotFound:
        row.state, row.said = BulkState.REFUSED, _("You no longer take part in this case.")
    except Refused as refusal:
        row.state, row.said = BulkState.REFUSED, str(refusal.sentence)[:500]
    except DatabaseError:  # a constraint or a lock: nothing of this case is written, the others go on
        row.state, row.said = BulkState.REFUSED, _("It could not be written. Open the case and try it there.")
    else:
        row.state, row.said = then, ""
        row.opened = opened if then == BulkState.DONE else None
    row.save(update_fields=["state", "said", "opened"])


def drop_old() -> int:
    """Thirty days after; for the daily round."""
    return Bulk.objects.filter(chosen_on__lt=clock.now() - KEPT).delete()[1].get("casework.Bulk", 0)
