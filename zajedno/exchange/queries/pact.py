"""Visits and mentoring between institutions: those of one's own, and those that everybody may read."""

from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from zajedno.exchange.enums import PactState
from zajedno.exchange.models import Agreed, Gathering
from zajedno.exchange.rules import REPLICATE
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound

SHOWN = (PactState.AGREED, PactState.DONE)


def visible_to(by: Actor) -> QuerySet[Agreed]:
    """Of institutions for which the actor speaks; what waits for an answer first."""
    mine = by.organisations_for(REPLICATE.key)
    rows = Agreed.objects.filter(Q(guest__in=mine) | Q(host__in=mine)).select_related("guest", "host", "gathering")
    return rows.order_by(Case(When(state=PactState.PROPOSED, then=0), default=1), "-pk")


def find(by: Actor, uuid: UUID) -> Agreed:
    """NotFound for one of others as for none."""
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def side(by: Actor, row: Agreed) -> int | None:
    """For which of the two institutions the actor speaks (its id): who speaks for both answers what was proposed."""
    mine = [one for one in (row.guest_id, row.host_id) if one in by.organisations_for(REPLICATE.key)]
    return next((one for one in mine if one != row.proposed_by_id), next(iter(mine), None))


def of_gathering(gathering: Gathering) -> QuerySet[Agreed]:
    """Agreed there, for everybody."""
    return Agreed.objects.filter(gathering=gathering, state__in=SHOWN).select_related("guest", "host")


def public() -> QuerySet[Agreed]:
    """Agreed or done, what was done last first."""
    rows = Agreed.objects.filter(state__in=SHOWN)
    return rows.select_related("guest__territory", "host__territory", "gathering").order_by("-done_on", "-pk")
