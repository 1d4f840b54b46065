"""Places like another, from how many people and children live there."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Max, Min

from zajedno.places.logic.similar import Group, Profile, similar
from zajedno.places.models import Population, Territory
from zajedno.places.queries.territory import units

_CHILDREN = ("0-6", "7-14", "15-18")
_BANDS = (*_CHILDREN, "all", "births")


def similar_to(place: Territory) -> Group:
    """Units of the same country; for anything else, nobody."""
    if not place.is_unit:
        return similar(Profile(place.code), [])
    rows = list(units(place.country_id))
    profiles = _profiles(place.country_id, rows)
    own = next((one for one in profiles if one.code == place.code), Profile(place.code))
    return similar(own, profiles)


def _profiles(country: str, rows: list[Territory]) -> list[Profile]:
    counts: dict[str, dict[tuple[int, str], int]] = defaultdict(dict)
    told = Population.objects.filter(territory__country=country, territory__is_unit=True, sex="all")
    ends = told.aggregate(first=Min("year"), last=Max("year"))
    told = told.filter(year__in=[year for year in ends.values() if year], band__in=_BANDS)
    for code, year, band, count in told.values_list("territory__code", "year", "band", "count"):
        counts[code][year, band] = count
    parents = dict(Territory.objects.filter(country=country).values_list("pk", "parent_id"))
    return [_profile(row, counts[row.code], parents) for row in rows]


def _profile(row: Territory, counts: dict[tuple[int, str], int], parents: Mapping[int, int | None]) -> Profile:
    """By the newest year; the change since the oldest."""
    years = sorted({year for year, _band in counts})
    first, last = (counts.get((years[at], "all"), 0) if years else 0 for at in (0, -1))
    now = {band: count for (year, band), count in counts.items() if years and year == years[-1]}
    births = now.get("births")
    return Profile(
        row.code, _areas(row.parent_id, parents), last, sum(now.get(band, 0) for band in _CHILDREN),
        1000 * births / last if births is not None and last else None,
        last / first - 1 if first and len(years) > 1 else None,
    )  # fmt: skip


def _areas(parent: int | None, parents: Mapping[int, int | None]) -> tuple[str, ...]:
    """Ids of what it lies in, without the country."""
    found = []
    while parent is not None and parents.get(parent) is not None:
        found.append(str(parent))
        parent = parents[parent]
    return tuple(found)
