"""A table is released. Nobody's act: `indicators` calls it under the statistics role, the only one that may write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from zajedno.figures.logic.suppression import FEWEST, Cell, withheld
from zajedno.figures.models import Edition, Value
from zajedno.kernel import clock


@dataclass(frozen=True, slots=True)
class Counted:
    """What a cell would say: its value and the children behind it."""

    value: Decimal
    children: int


def edition_of(day: date) -> str:
    """The quarter: within it there is one edition, so that nobody can subtract one from the next day's."""
    return f"{day.year}-{(day.month + 2) // 3}"


@transaction.atomic
def release(
    *, indicator: str, territory: int, period: str, axes: Sequence[str], cells: Mapping[Cell, Counted], unit: str = ""
) -> Edition | None:
    """The new edition, or None where this quarter's is there already or too few children came or went since the last.

    `cells` holds every total too.
    """
    today = clock.today()
    key = {"indicator": indicator, "territory_id": territory, "period": period, "unit": unit}
    last = Edition.objects.filter(**key).first()
    if last is not None and (last.number == edition_of(today) or not _moved(last, cells)):
        return None
    made = Edition.objects.create(**key, number=edition_of(today), axes=list(axes), released_on=today)
    hidden = withheld({cell: counted.children for cell, counted in cells.items()})
    shown = {cell: counted for cell, counted in cells.items() if cell not in hidden}
    Value.objects.bulk_create(
        Value(edition=made, cell=list(cell), value=shown[cell].value if cell in shown else None,
              count=shown[cell].children if cell in shown else None)
        for cell in sorted(cells)
    )  # fmt: skip
    return made


def _moved(last: Edition, cells: Mapping[Cell, Counted]) -> bool:
    whole = tuple("" for _axis in last.axes)
    before = Value.objects.filter(edition=last, cell=list(whole)).values_list("count", flat=True).first()
    now = cells[whole].children if whole in cells else 0
    return before is None or abs(now - before) >= FEWEST
