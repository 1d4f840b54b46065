"""Territories of one level of a country: what figures are compared among."""

from collections.abc import Iterable

from django.db.models import QuerySet

from zajedno.kernel.labels import Labels
from zajedno.places.models import Territory

Kind = Territory.Kind
LEVELS: dict[str, tuple[str, ...]] = {
    "country": (Kind.COUNTRY,),
    "entity": (Kind.ENTITY,),
    "region": (Kind.PROVINCE, Kind.REGION, Kind.CANTON),
    "district": (Kind.DISTRICT,),
    "municipality": (),  # units of local self-government, whatever their kind
}


def at_level(country: str, level: str) -> QuerySet[Territory]:
    """In the order of their names; none for an unknown level."""
    rows = Territory.objects.filter(country=country, valid_until=None).order_by("key", "code")
    if level == "municipality":
        return rows.filter(is_unit=True)
    return rows.filter(kind__in=LEVELS.get(level, ()))


def levels_of(country: str) -> list[str]:
    """Those that a country has, from the widest."""
    kinds = set(Territory.objects.filter(country=country, valid_until=None).values_list("kind", flat=True).distinct())
    return [level for level, of in LEVELS.items() if level == "municipality" or kinds & set(of)]


def in_country(country: str) -> QuerySet[Territory]:
    """All of it, in the order of names."""
    return Territory.objects.filter(country=country, valid_until=None).order_by("key", "code")


def names_of(codes: Iterable[str]) -> dict[str, Labels]:
    """Names in both scripts, by code."""
    rows = Territory.objects.filter(code__in=list(codes)).values_list("code", "name_cyr", "name_lat")
    return {code: {"sr": cyrillic, "sr-latn": latin, "en": latin} for code, cyrillic, latin in rows}
