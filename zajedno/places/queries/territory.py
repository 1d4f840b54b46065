"""Territories: one, those below it, all units, and the one a written name means."""

from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from zajedno.kernel.script import fold
from zajedno.places.logic.gazetteer import elsewhere, places
from zajedno.places.logic.resolver import Match, Resolver
from zajedno.places.models import Country, Organisation, Outline, Territory

_BELOW = """
with recursive below (id) as (
  select id from places_territory where id = any(%s)
  union select t.id from places_territory t join below b on t.parent_id = b.id
) select id from below
"""


_ABOVE = """
with recursive above (start, parent, code) as (
  select id, parent_id, code from places_territory where id = any(%s)
  union select a.start, t.parent_id, t.code from places_territory t join above a on t.id = a.parent
) select start, code from above
"""

_PATHS = """
with recursive path (start, parent, code, depth) as (
  select code, parent_id, code, 0 from places_territory where code = any(%s)
  union all select p.start, t.parent_id, t.code, p.depth + 1 from places_territory t join path p on t.id = p.parent
) select start, code from path order by start, depth
"""


def countries() -> QuerySet[Country]:
    return Country.objects.order_by("code")


def country_names() -> dict[str, str]:
    """Names in the language in use, by code, in the order of codes."""
    return {one.code: str(one) for one in countries()}


def by_code(code: str, country: str | None = None) -> Territory | None:
    """The territory with an official code (or slug); codes of the packs do not collide between countries."""
    rows = Territory.objects.filter(code=code)
    return (rows.filter(country=country) if country else rows).first()


def by_id(territory: int) -> Territory:
    return Territory.objects.get(pk=territory)


def by_ids(territories: Iterable[int]) -> dict[int, Territory]:
    return Territory.objects.in_bulk(set(territories))


def units(country: str | None = None) -> QuerySet[Territory]:
    """Units of local self-government and city municipalities, in the order of their names."""
    rows = Territory.objects.filter(is_unit=True, valid_until=None)
    return (rows.filter(country=country) if country else rows).order_by("key", "code")


def marked(country: str, where: str) -> QuerySet[Territory]:
    """Units of the first 20 municipalities ("seed20") or of the programme SPIS ("spis")."""
    rows = units(country)
    return rows.filter(seed20=True) if where == "seed20" else rows.exclude(spis_phase="")


def of_organisation(organisations: Iterable[int]) -> list[Territory]:
    """Seats of organisations (ids) and what they serve, in the order of names."""
    rows = Organisation.objects.filter(pk__in=list(organisations))
    ids = {one for pair in rows.values_list("territory", "covers") for one in pair if one is not None}
    return list(Territory.objects.filter(pk__in=ids).order_by("key", "code"))


def children(parent: Territory) -> QuerySet[Territory]:
    return Territory.objects.filter(parent=parent, valid_until=None).order_by("key", "code")


def search(text: str) -> QuerySet[Territory]:
    """Territories whose name holds every word of the text, whatever script."""
    rows = Territory.objects.filter(valid_until=None)
    for word in fold(text).split():
        rows = rows.filter(key__contains=word)
    return rows.order_by("-is_unit", "key", "code")


def below(territories: Iterable[int]) -> list[int]:
    """Ids of territories and of all that lies in them."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, [list(territories)])
        return [row[0] for row in cursor.fetchall()]


def above(territories: Iterable[int]) -> dict[int, set[str]]:
    """Codes of each territory (by id) and of all in which it lies; one query."""
    found: dict[int, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [list(territories)])
        for start, code in cursor.fetchall():
            found.setdefault(start, set()).add(code)
    return found


def paths_of(codes: Iterable[str]) -> dict[str, list[str]]:
    """Codes of each territory (by code) and of all in which it lies, the nearest first; one query."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PATHS, [list(codes)])
        for start, code in cursor.fetchall():
            found.setdefault(start, []).append(code)
    return found


def at_work(country: str) -> set[str]:
    """Codes of all units, and of whatever else but a settlement an institution sits in (a city over its parts)."""
    seats = Organisation.objects.filter(territory__country=country).exclude(territory__kind="settlement")
    found = set(seats.values_list("territory__code", flat=True))
    return found.union(units(country).values_list("code", flat=True))


def lying(country: str) -> dict[str, tuple[str, ...]]:
    """Codes of each territory of a country and of all in which it lies, the nearest first; one query."""
    rows = Territory.objects.filter(country=country).values_list("id", "code", "parent_id")
    found = {pk: (code, parent) for pk, code, parent in rows}

    def path(parent: int | None) -> Iterable[str]:
        while parent is not None:
            code, parent = found[parent]
            yield code

    return {code: tuple(path(parent)) for code, parent in found.values()}


def tree(country: str) -> list[tuple[Territory, int]]:
    """Every territory of a country in reading order with its depth: 0 the country, 1 what lies directly in it …"""
    inside: dict[int | None, list[Territory]] = {}
    for territory in Territory.objects.filter(country=country, valid_until=None).order_by("key", "code"):
        inside.setdefault(territory.parent_id, []).append(territory)
    return list(_walk(inside, None, 0))


def _walk(inside: dict[int | None, list[Territory]], parent: int | None, depth: int) -> Iterable[tuple[Territory, int]]:
    for territory in inside.get(parent, []):
        yield territory, depth
        yield from _walk(inside, territory.pk, depth + 1)


def outlines(country: str, layer: str = Outline.Layer.AREA) -> QuerySet[Outline]:
    """Shapes of a country's territories; show `attribution` wherever one is used."""
    return Outline.objects.filter(territory__country=country, layer=layer).select_related("territory")


@lru_cache(maxsize=1)
def resolver() -> Resolver:
    """The resolver over the packs of this installation."""
    return Resolver(places(settings.PACKS_DIR), elsewhere(settings.PACKS_DIR))


def resolve(text: str) -> tuple[Territory | None, Match]:
    """The territory a written name means, with the match that says how sure that is."""
    match = resolver().resolve(text)
    return (by_code(match.code, match.country) if match.country else None), match
