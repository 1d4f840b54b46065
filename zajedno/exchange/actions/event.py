"""Loading the events of packs: hand-checked facts, written only where they are new or different."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from zajedno.access.actions import audit
from zajedno.exchange.models import Event, EventPlace
from zajedno.exchange.rules import HOLD_EVENT
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.places.queries.territory import by_code
from zajedno.procedures.rules import LOAD


@transaction.atomic
def load_event(content: Mapping[str, Any], *, by: Actor | None) -> bool:
    """Bring one event in line with its checked file (`logic.event.check`). Returns whether anything was written.

    `by` None is the command line, as the owner of the tables; whoever else loads packs has been asked for LOAD before.
    A municipality whose pack is not loaded yet keeps only its written name, and finds its unit at the next loading.
    """
    country = str(content["country"])
    fields = {
        "titles": content["titles"], "territory": _unit(country, content.get("territory")), "place": content["place"],
        "year": content.get("year"), "days": content["days"], "themes": content.get("themes", []),
        "content": dict(content), "retired_on": None,
    }  # fmt: skip
    places = [
        (number, one["written"], _unit(one.get("country", country), one["territory"]))
        for number, one in enumerate(content.get("participants", ()), start=1)
    ]
    old = Event.objects.select_for_update(of=("self",)).filter(key=content["key"]).first()
    if old and _says(old, fields, places):
        return False
    event, _made = Event.objects.update_or_create(key=content["key"], defaults={**fields, "loaded_on": now()})
    event.participants.all().delete()
    EventPlace.objects.bulk_create(
        EventPlace(event=event, number=number, written=written, territory=unit) for number, written, unit in places
    )
    audit.record(by=by, verb=LOAD.key if by else HOLD_EVENT.key, detail={"event": event.key})
    return True


def _unit(country: str, code: str | None) -> Any:
    return by_code(code, country) if code else None


def _says(event: Event, fields: Mapping[str, Any], places: list[tuple[int, str, Any]]) -> bool:
    """Does the stored event say the same already?"""
    rows = event.participants.order_by("number").select_related("territory")
    known = [(row.number, row.written, row.territory) for row in rows]
    return known == places and all(getattr(event, name) == value for name, value in fields.items())


@transaction.atomic
def retire_events(keys: Collection[str], *, by: Actor | None) -> int:
    """Take events off the pages that no pack names any more; `keys` are those that packs name."""
    gone = Event.objects.filter(retired_on=None).exclude(key__in=keys)
    count = gone.update(retired_on=now())
    if count:
        audit.record(by=by, verb=LOAD.key if by else HOLD_EVENT.key, detail={"retired_events": count})
    return count
