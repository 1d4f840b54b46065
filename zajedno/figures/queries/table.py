"""Tables of pools."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from zajedno.figures.logic.pools import Cell
from zajedno.figures.models import Edition, Value


def newest(indicator: str, territories: Iterable[int], period: str) -> list[Edition]:
    """The last edition of each place and unit, in the order of places."""
    rows = Edition.objects.filter(indicator=indicator, territory__in=list(territories), period=period)
    last = rows.order_by("territory", "unit", "-released_on", "-pk").distinct("territory", "unit")
    return list(last.select_related("territory"))


def periods(indicator: str, territories: Iterable[int]) -> list[str]:
    """For which there is a table, the newest first."""
    rows = Edition.objects.filter(indicator=indicator, territory__in=list(territories))
    return list(rows.order_by("-period").values_list("period", flat=True).distinct())


def table(edition: Edition) -> dict[Cell, Value]:
    """Its cells by their words."""
    return {tuple(one.cell): one for one in edition.values.all()}


def values(uuids: Iterable[UUID]) -> QuerySet[Value]:
    return Value.objects.filter(uuid__in=list(uuids)).select_related("edition__territory")


def named(uuid: str, territories: Iterable[int]) -> Value | None:
    """A value of one of these places that is not withheld."""
    rows = Value.objects.filter(edition__territory__in=list(territories), value__isnull=False)
    return rows.filter(uuid=uuid).select_related("edition").first()
