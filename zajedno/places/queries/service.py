"""Services that are offered, with the places left in them."""

from datetime import date

from django.db.models import Q, QuerySet

from zajedno.places.models import Service, Territory
from zajedno.places.queries.organisation import organisations


def offered(territory: Territory, on: date) -> QuerySet[Service]:
    """Services of working institutions in a territory, or serving it, that are offered on that day."""
    begun = Q(active_from=None) | Q(active_from__lte=on)
    lasting = Q(active_until=None) | Q(active_until__gt=on)
    there = organisations(territory=territory, working_on=on).order_by().values("pk")
    rows = Service.objects.filter(begun, lasting, organisation__in=there)
    return rows.select_related("organisation").order_by("organisation__key", "id")
