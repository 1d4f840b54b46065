"""“We use it here”: an institution says that it took a practice over."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange.models import Practice, Taking
from zajedno.exchange.rules import REPLICATE
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask


@transaction.atomic
def take(*, by: Actor, practice: Practice, organisation: int, note: str = "") -> Taking:
    """Said once for an institution; saying it again changes the note. Its own institution has it anyway."""
    seat = ask(by, REPLICATE, organisation)
    if practice.organisation_id == seat.organisation:
        raise Refused(_("This practice comes from your own institution."), "own")
    row, _made = Taking.objects.update_or_create(
        practice=practice, organisation_id=seat.organisation,
        defaults={"said_by": by.account, "said_on": now(), "note": note.strip()[:500]},
    )  # fmt: skip
    audit.record(by=by, verb=REPLICATE.key, about=practice, organisation=seat.organisation)
    return row


@transaction.atomic
def leave(*, by: Actor, practice: Practice, organisation: int) -> None:
    """It is not used there any more."""
    seat = ask(by, REPLICATE, organisation)
    Taking.objects.filter(practice=practice, organisation=seat.organisation).delete()
    audit.record(by=by, verb=REPLICATE.key, about=practice, organisation=seat.organisation, detail={"left": True})
