"""Trainings of a network as they stand: what was put right is not among them."""

from uuid import UUID

from django.db.models import QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks.models import Training
from zajedno.networks.queries.network import visible_to


def trainings(by: Actor, organisation: int) -> QuerySet[Training]:
    """The newest first, with what changed after them."""
    rows = Training.objects.filter(organisation=organisation, organisation__in=visible_to(by), corrected_by=None)
    return rows.prefetch_related("effects")


def find(by: Actor, uuid: UUID) -> Training:
    """NotFound for one of others as for none."""
    rows = Training.objects.filter(uuid=uuid, organisation__in=visible_to(by))
    found = rows.select_related("organisation__territory", "corrected_by").first()
    if found is None:
        raise NotFound("")
    return found
