"""Denominators: how many children live in a territory."""

from collections.abc import Iterable

from zajedno.places.models import Population, Territory


def years(territory: Territory) -> list[int]:
    """Years with figures, the newest first; empty means: no denominator."""
    rows = Population.objects.filter(territory=territory)
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def counts(territory: Territory, year: int) -> dict[tuple[str, str], int]:
    """Figures of a year by (band, sex), for example {("0-6", "all"): 1449}. A band that is absent is not known."""
    rows = Population.objects.filter(territory=territory, year=year)
    return {(band, sex): count for band, sex, count in rows.values_list("band", "sex", "count")}


def children_of(country: str, bands: Iterable[str], until: int) -> tuple[int, dict[str, dict[str, int]]]:
    """The last year with figures that is not after `until` (0: none), and of each territory (by code) its bands."""
    rows = Population.objects.filter(territory__country=country, band__in=list(bands), sex="all", year__lte=until)
    year = rows.order_by("-year").values_list("year", flat=True).first() or 0
    found: dict[str, dict[str, int]] = {}
    for code, band, count in rows.filter(year=year).values_list("territory__code", "band", "count"):
        found.setdefault(code, {})[band] = count
    return year, found


def source(territory: Territory, year: int) -> str:
    """Who published the figures of a year."""
    rows = Population.objects.filter(territory=territory, year=year)
    return rows.values_list("source", flat=True).order_by("source").first() or ""


def band_name(band: str) -> str:
    """An age as people say it, in the language in use."""
    return str(Population.Band(band).label)
