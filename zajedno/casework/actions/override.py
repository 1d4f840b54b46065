"""Setting a need aside: where a procedure lets somebody authorised go on without it, and say why."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.line import add_line, seen_as
from zajedno.casework.logic.passing import SET_ASIDE
from zajedno.casework.models import Override
from zajedno.casework.queries.case import find
from zajedno.casework.queries.needs import facts
from zajedno.casework.rules import OVERRIDE_NEED
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask

SHORTEST_REASON = 10


@transaction.atomic
def override_need(*, by: Actor, uuid: UUID, need: str, reason: str, seen: int) -> Override:
    """Let a case go on without a need that its procedure names in `overridable`. `seen` is `moves_made` of the page.

    The reason is kept sealed and the case's history says that it was done. Raises NotFound, NotPermitted, Overtaken or
    Refused.
    """
    file = find(by, uuid, lock=True)
    seat = ask(by, OVERRIDE_NEED, file.case.organisation_id)
    seen_as(file, seen)
    if need not in file.definition.overridable:
        raise Refused(_("This procedure does not go on without it, whoever asks."), "not_overridable")
    if file.case.closed_on:
        raise Refused(_("The case is closed."), "closed")
    if facts(file, {need})[need]:
        raise Refused(_("This holds already. Nothing needs to be set aside."), "holds")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("Say in a sentence why the case must go on without it."), "reason")
    row = Override(
        case=file.case, need=need, account=by.account, organisation_id=seat.organisation, made_on=clock.now()
    )
    row.text = reason.strip()
    row.save()
    add_line(by=by, case=file.case, key=SET_ASIDE, post=seat.post)
    audit.record(by=by, verb=OVERRIDE_NEED.key, about=file.case, organisation=seat.organisation, detail={"need": need})
    return row
