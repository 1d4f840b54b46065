"""Who took a practice over, and what a person keeps."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from zajedno.exchange.models import Follow, Practice, Taking
from zajedno.exchange.rules import REPLICATE
from zajedno.kernel.actor import Actor
from zajedno.places.queries.organisation import organisations

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


def takings(practice: Practice) -> QuerySet[Taking]:
    """Places that use it, since the first."""
    return Taking.objects.filter(practice=practice).select_related("organisation__territory").order_by("said_on", "pk")


def takers(by: Actor, practice: Practice) -> "QuerySet[Organisation]":
    """Institutions for which the actor may say that they use it."""
    ids = set(by.organisations_for(REPLICATE.key)) - {practice.organisation_id}
    return organisations(working_on=by.today).filter(pk__in=ids)


def follow_of(by: Actor, practice: Practice) -> Follow | None:
    return Follow.objects.filter(practice=practice, account=by.account).first()


def kept(by: Actor) -> list[int]:
    """Ids of practices in the actor's own list, what was kept last first."""
    rows = Follow.objects.filter(account=by.account, saved=True).order_by("-since", "-pk")
    return list(rows.values_list("practice", flat=True))
