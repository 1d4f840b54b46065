"""What the respondents of a closed round agree on is settled, question by question, each with its evidence."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.verbs import ask
from zajedno.networks.models import Consensus, Outcome, Round
from zajedno.networks.queries.consensus import levels
from zajedno.networks.rules import SETTLE


@transaction.atomic
def settle(*, by: Actor, round: Round, item: str, value: str, evidence: str) -> Consensus:
    """Say what was agreed on a question and what shows it. Said again, the newer one counts; the older one stays."""
    ask(by, SETTLE, round.organisation_id)
    allowed = levels(round, item)
    if not allowed:
        raise NotFound("")
    if not Outcome.objects.filter(round=round).exists():
        raise Refused(_("Close the round first: people agree when everybody has answered."), "not_closed")
    if value not in dict(allowed):
        raise Refused(_("Choose one of the levels of the form."), "value")
    if not evidence.strip():
        raise Refused(_("Say what shows that it is so: a document, a number, an event."), "evidence")
    row = Consensus.objects.create(
        round=round, item=item, value=value, evidence=evidence.strip(), decided_by=by.account, decided_on=clock.now()
    )
    detail = {"item": item, "value": value}
    audit.record(by=by, verb=SETTLE.key, about=round, organisation=round.organisation_id, detail=detail)
    return row
