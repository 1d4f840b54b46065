"""Networks that a person reads, and whose book they keep."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks import rules
from zajedno.places.queries.organisation import of_kinds, serving_seats_of

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

KINDS = ("inclusion_network", "inclusion_commission")
OWN = (rules.OPEN_ROUND, rules.SETTLE, rules.ANSWER, rules.ASSESS, rules.LOG_TRAINING)


def visible_to(by: Actor) -> "QuerySet[Organisation]":
    """Those where the actor holds a post of networks; and, for who may be asked in their rounds, those that work where
    the actor's institution has its seat. Memberships, once a body keeps them, widen this."""
    own = {one for verb in OWN for one in by.organisations_for(verb.key)}
    here = serving_seats_of(by.organisations_for(rules.ANSWER.key), KINDS)
    return of_kinds(KINDS, by.today).filter(pk__in=own | here)


def find(by: Actor, uuid: UUID) -> "Organisation":
    """NotFound for a network of others as for none."""
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found
