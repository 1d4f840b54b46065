"""Which calendar an organisation's offices keep."""

from functools import lru_cache

from django.conf import settings

from zajedno.kernel.calendars import Calendar, load_calendars
from zajedno.places.models import Organisation, Territory


@lru_cache(maxsize=16)
def calendars(country: str) -> dict[str, Calendar]:
    return load_calendars(settings.PACKS_DIR / country.lower() / "calendars.toml")


@lru_cache(maxsize=1024)
def _of_territory(territory: int) -> Calendar:
    row = Territory.objects.get(pk=territory)
    subdivisions = {calendar.subdivision: calendar for calendar in calendars(row.country_id).values()}
    place: Territory | None = row
    while place is not None:
        found = subdivisions.get(place.iso.partition("-")[2]) if place.iso else None
        if found:
            return found
        place = place.parent
    return subdivisions.get("") or next(iter(subdivisions.values()))


def calendar_of(organisation: Organisation, named: str = "") -> Calendar:
    """Of its country or, where holidays differ, of its entity; or the one of its country that a rule names."""
    if named and (found := calendars(organisation.territory.country_id).get(named)):
        return found
    return _of_territory(organisation.territory_id)
