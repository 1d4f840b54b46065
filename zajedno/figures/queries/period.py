"""Figures of closed periods: the newest edition of each, as it was released. Three queries, whatever is asked."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Max

from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.models import Definition, Edition, Late, Reading, Target

CURRENCY = "currency"  # as a unit: that of the country


def figures(indicator: str, places: Sequence[str], periods: Sequence[str], by: Sequence[str] = ("",)) -> list[Figure]:
    """Of each asked place, period and axis ("" is the whole), in the order asked; the whole also where it is ABSENT.

    Places are codes of territories of any level.
    """
    return figures_of_many([indicator], places, periods, by)


def figures_of_many(
    indicators: Sequence[str], places: Sequence[str], periods: Sequence[str], by: Sequence[str] = ("",)
) -> list[Figure]:
    """The same, of several indicators: what a dashboard reads."""
    newest = _newest(indicators, periods)
    what = {(one.code, one.method): one for one in Definition.objects.filter(code__in=indicators)}
    rows = Reading.objects.filter(edition__in=list(newest), place__in=list(places), by__in=list(by)).order_by("pk")
    found: dict[tuple[str, str, str, str], list[Figure]] = {}
    for row in rows:
        edition = newest[row.edition_id]
        one = _figure(row, edition, what)
        found.setdefault((edition.indicator, row.place, edition.period, row.by), []).append(one)
    return [
        one
        for indicator in indicators for place in places for period in periods for axis in by
        for one in found.get((indicator, place, period, axis)) or _absent(indicator, place, period, axis)
    ]  # fmt: skip


def _newest(indicators: Sequence[str], periods: Sequence[str]) -> dict[int, Edition]:
    """Of each country: the code of a place tells which is meant."""
    rows = Edition.objects.filter(indicator__in=indicators, period__in=periods, turn__gte=1).defer("layout")
    last = rows.order_by("indicator", "period", "territory", "-turn").distinct("indicator", "period", "territory")
    last = last.select_related("territory__country")
    return {one.pk: one for one in last}


def _figure(row: Reading, edition: Edition, what: Mapping[tuple[str, int], Definition]) -> Figure:
    definition = what.get((edition.indicator, edition.method))
    small = definition.small_below if definition else 0
    behind = row.count if row.bottom is None else row.bottom
    unit = definition.unit if definition else ""
    unit = edition.territory.country.currency if unit == CURRENCY else unit
    return Figure(
        indicator=edition.indicator, place=row.place, period=edition.period, said=Said(row.said), by=row.by,
        word=row.word, unit=unit, value=row.value, low=row.low, high=row.high, top=row.top,
        bottom=row.bottom, reported=row.reported, expected=row.expected, edition=edition.number,
        released_on=edition.released_on, method=edition.method, reason=edition.reason,
        is_small=behind is not None and behind < small, bottom_year=row.bottom_year, left_out=row.left_out,
    )  # fmt: skip


def _absent(indicator: str, place: str, period: str, axis: str) -> list[Figure]:
    return [] if axis else [Figure(indicator, place, period, Said.ABSENT)]


def indicators_released(country: str) -> dict[str, list[str]]:
    """Codes of indicators with the periods of which there is an edition, the newest first."""
    rows = Edition.objects.filter(territory__code=country, turn__gte=1).order_by("indicator", "-period")
    found: dict[str, list[str]] = {}
    for indicator, period in rows.values_list("indicator", "period").distinct():
        found.setdefault(indicator, []).append(period)
    return found


def editions(indicator: str, country: str, period: str) -> list[Edition]:
    """All of a period, the newest first, each with its reason."""
    rows = Edition.objects.filter(indicator=indicator, territory__code=country, period=period, turn__gte=1)
    return list(rows.order_by("-turn"))


def came_late(found: Iterable[Edition]) -> set[int]:
    """Ids of those editions after which five children or more of the period came; of the others, few or none."""
    return set(Late.objects.filter(edition__in=list(found)).values_list("edition", flat=True))


def is_late(indicator: str, country: str, period: str) -> bool:
    """Did so many come after the newest edition of a period?"""
    return bool(came_late(editions(indicator, country, period)[:1]))


def last_change() -> tuple[int, ...]:
    """The newest edition, note of what came late and target, and how many targets have ended: while they are the same,
    all that is told is."""
    newest = Edition.objects.aggregate(edition=Max("pk"), late=Max("late__pk"))
    targets = Target.objects.aggregate(newest=Max("pk"), ended=Count("ended_on"))
    return tuple(number or 0 for number in (*newest.values(), *targets.values()))
