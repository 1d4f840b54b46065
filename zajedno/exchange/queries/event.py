"""Events that anybody may read."""

from typing import Any

from django.db.models import F, Prefetch, QuerySet

from zajedno.exchange.models import Event, EventPlace
from zajedno.kernel.refusal import NotFound


def public() -> QuerySet[Event]:
    """The newest first; one whose year nobody knows stands after those that have one."""
    rows = Event.objects.filter(retired_on=None).select_related("territory", "territory__country")
    return rows.order_by(F("year").desc(nulls_last=True), "-days", "key")


def by_key(key: str) -> Event:
    """With its participants in the order of the source. NotFound for what does not exist or was retired."""
    places = Prefetch("participants", EventPlace.objects.order_by("number").select_related("territory"))
    found = public().filter(key=key).prefetch_related(places).first()
    if found is None:
        raise NotFound("There is no such event.")
    return found


def contents() -> dict[str, Any]:
    """What packs brought, by key; retired ones are not there."""
    return dict(Event.objects.filter(retired_on=None).values_list("key", "content"))


def at(territory: int) -> QuerySet[Event]:
    """Events in which a municipality took part."""
    return public().filter(participants__territory=territory)
