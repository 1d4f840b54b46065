"""Cases that are offered to another institution."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from zajedno.casework.enums import TransferState
from zajedno.casework.models import Transfer
from zajedno.casework.queries.case import CaseFile, visible_to
from zajedno.casework.queries.receivers import ANY, Sought, receivers
from zajedno.casework.rules import RECEIVE, RECEIVE_FOR
from zajedno.kernel.actor import Actor, Seat

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


def offer_of(file: CaseFile, *, lock: bool = False) -> Transfer | None:
    """The offer that waits for an answer."""
    rows = file.case.transfers.filter(state=TransferState.OFFERED)
    if lock:
        return rows.select_for_update(of=("self",)).first()
    return rows.select_related("receiver", "sender", "person").first()


def offered_to(by: Actor) -> QuerySet[Transfer]:
    """Offers that wait for an answer of the actor, the oldest first."""
    own = {organisation for verb in (RECEIVE, RECEIVE_FOR) for organisation in by.organisations_for(verb.key)}
    rows = Transfer.objects.filter(state=TransferState.OFFERED, receiver__in=own, case__in=visible_to(by))
    return rows.exclude(offered_by=by.account).select_related("case", "sender", "receiver", "person").order_by("id")


def takers(file: CaseFile, sought: Sought = ANY) -> "QuerySet[Organisation]":
    """Institutions to which the case may be offered, the nearest first."""
    kinds, here = file.definition.part[file.definition.keeper].kinds, file.case.organisation
    rows = receivers(kinds, here.territory.country_id, file.by.today, sought, here.territory_id)
    return rows.exclude(pk=here.pk)


def answering(by: Actor, offer: Transfer) -> Seat | None:
    """The seat from which the actor may accept or reject: of the person it was offered to, or else of anybody there who
    receives; of who may answer for a colleague. Never of who offered it."""
    if by.account == offer.offered_by:
        return None
    own = offer.person_id in (None, by.account)
    verbs = (RECEIVE, RECEIVE_FOR) if own else (RECEIVE_FOR,)
    return next((seat for verb in verbs for seat in by.seats_for(verb.key, offer.receiver_id)), None)
