"""Cost of need as it was released: one table from which page, export and request are all made."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zajedno.figures.queries import newest, periods, table
from zajedno.kernel.money import Money

if TYPE_CHECKING:
    from zajedno.figures.models import Edition, Value

COST, UNPRICED = "cost_of_need", "unpriced_need"  # keys of indicators
STAGES = ("", "approved", "realised", "gap")  # needed, and what it is made of


@dataclass(frozen=True)
class NeedLine:
    """A measure, or all together (`code` empty); `values` in the order of STAGES, None where withheld."""

    code: str
    figure: "Value | None"
    values: tuple[Money | None, ...]
    children: int | None


@dataclass(frozen=True)
class Need:
    """`lines` by measure, `payers` the sums by who pays, `whole` the total as it was released (never added up here)."""

    edition: "Edition"
    lines: list[NeedLine]
    payers: list[NeedLine]
    whole: NeedLine


def years(territories: Iterable[int]) -> list[str]:
    return periods(COST, territories)


def needs(territories: Iterable[int], year: int) -> list[Need]:
    """One for each place and currency."""
    return [read(edition) for edition in newest(COST, territories, str(year))]


def read(edition: "Edition") -> Need:
    cells = table(edition)
    codes = sorted({cell[0] for cell in cells} - {""})
    payers = sorted({cell[1] for cell in cells} - {""})
    return Need(
        edition,
        [_line(edition, cells, code, code, "") for code in codes],
        [_line(edition, cells, payer, "", payer) for payer in payers],
        _line(edition, cells, "", "", ""),
    )


def _line(edition: "Edition", cells: "dict[tuple[str, ...], Value]", name: str, code: str, payer: str) -> NeedLine:
    found = [cells.get((code, payer, stage)) for stage in STAGES]
    values = tuple(
        Money(Decimal(0), edition.unit)
        if one is None
        else None
        if one.value is None
        else Money(one.value, edition.unit)
        for one in found
    )
    return NeedLine(name, found[0], values, found[0].count if found[0] else None)


def unpriced(territories: Iterable[int], year: int) -> "list[Value]":
    """How many measures have no price, a total for each place, where that may be told."""
    found = [table(edition).get(("",)) for edition in newest(UNPRICED, territories, str(year))]
    return [one for one in found if one is not None and one.value is not None]
