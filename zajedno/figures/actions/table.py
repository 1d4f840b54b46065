"""A table of pools is released."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from zajedno.figures.logic.pools import FEWEST, Cell, Leaf, Level, Told, pools, with_totals
from zajedno.figures.models import Edition, Value
from zajedno.kernel import clock


def edition_of(day: date) -> str:
    """The quarter: within it there is one edition."""
    return f"{day.year}-{(day.month + 2) // 3}"


@transaction.atomic
def release(
    *,
    indicator: str,
    territory: int,
    period: str,
    axes: Sequence[str],
    leaves: Iterable[Leaf],
    levels: Sequence[Level],
    unit: str = "",
    before: str = "",
    stays: Callable[[Cell], bool] = bool,
) -> Edition | None:
    """The new edition, or None where this quarter's is there already or no pool has moved by enough children.

    `before`: of a stock, the period whose last edition the first one of this period follows, or the two subtracted
    would tell who came in between. `stays` says which of its pools are pools of this period, too.
    """
    key = {"indicator": indicator, "territory_id": territory, "period": period, "unit": unit}
    last = Edition.objects.filter(**key).first()
    if last is not None and last.number == edition_of(clock.today()):
        return None
    earlier = _told(last) if last is not None else {}
    if last is None and before:
        earlier = _standing(key | {"period": before}, stays)
    found = pools(leaves, levels, earlier)
    is_old = found == earlier if last is not None else not found
    return None if is_old else _write(key, axes, with_totals(found))


@transaction.atomic
def release_many(
    *, indicator: str, territory: int, period: str, axes: Sequence[str], cells: Mapping[Cell, int]
) -> Edition | None:
    """Which cells have at least FEWEST children, and never how many: `cells` counts those behind each."""
    key = {"indicator": indicator, "territory_id": territory, "period": period, "unit": ""}
    last = Edition.objects.filter(**key).first()
    if last is not None and last.number == edition_of(clock.today()):
        return None
    found = {cell: Told(Decimal(FEWEST), FEWEST) for cell, count in cells.items() if count >= FEWEST}
    return None if found == (_told(last) if last is not None else {}) else _write(key, axes, found)


def _standing(key: Mapping[str, Any], stays: Callable[[Cell], bool]) -> dict[Cell, Told]:
    last = Edition.objects.filter(**key).first()
    return {} if last is None else {cell: told for cell, told in _told(last).items() if stays(cell)}


def _told(last: Edition) -> dict[Cell, Told]:
    """The pools of an edition: what is no total of others."""
    rows = Value.objects.filter(edition=last).values_list("cell", "value", "count")
    return {
        tuple(cell): Told(value, count)
        for cell, value, count in rows
        if "" not in cell and value is not None and count is not None
    }


def _write(key: Mapping[str, Any], axes: Sequence[str], cells: Mapping[Cell, Told]) -> Edition:
    today = clock.today()
    made = Edition.objects.create(**key, number=edition_of(today), axes=list(axes), released_on=today)
    Value.objects.bulk_create(
        Value(edition=made, cell=list(cell), value=cells[cell].value, count=cells[cell].children)
        for cell in sorted(cells)
    )
    return made
