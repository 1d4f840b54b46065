"""Raising a flag and removing it. A removed flag stays, with the reason."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.participant import ask_in
from zajedno.casework.models import Flag
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.flag import may_remove
from zajedno.casework.rules import FLAG_CASE
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused


@transaction.atomic
def raise_flag(*, by: Actor, file: CaseFile, message: str, due_on: date | None = None) -> Flag:
    """Mark the case for everybody who may read the flag, with a message and perhaps a day."""
    seat = ask_in(file, by, FLAG_CASE)
    if not message.strip():
        raise Refused(_("Write what is to be noticed."), "empty")
    if file.case.closed_on:
        raise Refused(_("The case is closed. A flag can be raised while it is open."), "closed")
    if due_on and due_on < by.today:
        raise Refused(_("The day of a flag is today or later."), "past")
    flag = Flag(case=file.case, due_on=due_on, raised_by=by.account, organisation_id=seat.organisation,
                raised_on=clock.now())  # fmt: skip
    flag.say(message=message.strip())
    flag.save()
    audit.record(by=by, verb=FLAG_CASE.key, about=file.case, organisation=seat.organisation, detail={"raised": 1})
    return flag


@transaction.atomic
def remove_flag(*, by: Actor, file: CaseFile, flag: Flag, reason: str) -> Flag:
    """Take it down, with a reason. Of two people who do so at once, one is told that it was removed already."""
    seat = ask_in(file, by, FLAG_CASE)
    row = Flag.objects.select_for_update().get(pk=flag.pk)
    row.case = file.case
    if not may_remove(file, row):
        raise NotPermitted(_("This flag is removed by the institution that raised it, or by who keeps the case."))
    if row.removed_on:
        raise Overtaken(_("This flag was removed already. The reason stands in the list of the case."), "removed")
    if not reason.strip():
        raise Refused(_("Say why the flag is removed."), "empty")
    row.removed_by, row.removed_on = by.account, clock.now()
    row.say(reason=reason.strip())
    row.save()
    audit.record(by=by, verb=FLAG_CASE.key, about=file.case, organisation=seat.organisation, detail={"removed": 1})
    return row
