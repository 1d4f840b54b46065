"""What an administrator says of an office's version: once, and never of one's own."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.access.queries.account import by_ids
from zajedno.forms.models import Approval, Form, Version
from zajedno.forms.rules import APPROVE
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import ask

APPROVED, REFUSED = _("Your form is approved and can be taken into use"), _("Your form is refused")


def approve(*, by: Actor, version: Version, reason: str = "") -> Approval:
    """From now on institutions may take this version into use; where the form is in use already, it is the newest."""
    return _decide(by, version, True, reason)


def refuse(*, by: Actor, version: Version, reason: str) -> Approval:
    """The office reads the reason and sends another version."""
    return _decide(by, version, False, reason)


@transaction.atomic
def _decide(by: Actor, version: Version, approved: bool, reason: str) -> Approval:
    ask(by, APPROVE)
    form = Form.objects.select_for_update().get(pk=version.form_id)
    if Approval.objects.filter(version=version).exists():
        raise Overtaken(_("Somebody has decided on this version already."), "decided")
    later = Approval.objects.filter(version__form=form, version__number__gt=version.number, approved=True)
    if form.owner is None or form.retired_on is not None or later.exists():
        raise Refused(_("This version does not wait for anybody."), "not_waiting")
    if version.loaded_by == by.account:
        raise NotPermitted(_("You sent this form yourself. Somebody else must read and approve it."), "own")
    reason = " ".join(reason.split())
    if not approved and not reason:
        raise Refused(_("Say why, so that the office can put it right."), "reason")
    row = Approval.objects.create(
        version=version, approved=approved, reason=reason, decided_by=by.account, decided_on=now()
    )
    detail = {"form": form.key, "number": version.number, "approved": approved}
    audit.record(by=by, verb=APPROVE.key, detail=detail)
    _tell(row)
    return row


def _tell(row: Approval) -> None:
    """Whoever sent the form reads where it stands; the reason is on its page."""
    sender = by_ids([row.version.loaded_by or 0]).get(row.version.loaded_by or 0)
    if sender is not None:
        key = f"form-{row.version.form.key}-{row.version.number}-decided"
        body = _("Look at it in Zajedno: Administration, Forms.")
        outbox.write(to=sender, key=key, subject=APPROVED if row.approved else REFUSED, body=body)
