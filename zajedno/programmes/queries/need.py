"""Need and its cost as they were released: one table from which page, export and request are all made."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zajedno.figures.logic.pools import TOGETHER
from zajedno.figures.queries import newest, periods, table
from zajedno.kernel.money import Money

if TYPE_CHECKING:
    from zajedno.figures.models import Edition, Value

COST, UNPRICED = "cost_of_need", "unpriced_need"  # keys of indicators
STAGES = ("", "approved", "realised", "gap")  # needed, and what it is made of


@dataclass(frozen=True)
class NeedLine:
    """A measure, or all together (`code` empty); `values` in the order of STAGES, None where there is nothing to tell;
    `missing` and `children`: how many in the gap, and in all."""

    code: str
    figure: "Value | None"
    values: tuple[Money | None, ...]
    children: int | None
    missing: int | None = None


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
    codes, payers = (_words(cells, axis) for axis in (0, 1))
    return Need(
        edition,
        [_line(edition, cells, code, code, "") for code in codes],
        [_line(edition, cells, payer, "", payer) for payer in payers],
        _line(edition, cells, "", "", ""),
    )


def _line(edition: "Edition", cells: "dict[tuple[str, ...], Value]", name: str, code: str, payer: str) -> NeedLine:
    found = [cells.get((code, payer, stage)) for stage in STAGES]
    values = tuple(None if one is None or one.value is None else Money(one.value, edition.unit) for one in found)
    counts = [None if one is None else one.count for one in found]
    return NeedLine(name, found[0], values, counts[0], counts[-1])


def _words(cells: "Iterable[tuple[str, ...]]", axis: int) -> list[str]:
    """In order; what is not told apart comes last."""
    return sorted({cell[axis] for cell in cells} - {""}, key=lambda word: (word == TOGETHER, word))


def unpriced(territories: Iterable[int], year: int) -> "list[Value]":
    """How many measures have no price, a total for each place, where that may be told."""
    found = [table(edition).get(("", "")) for edition in newest(UNPRICED, territories, str(year))]
    return [one for one in found if one is not None and one.value is not None]


@dataclass(frozen=True)
class Bare:
    """Measures without a price: a measure, how many, and how many of them are in the gap."""

    code: str
    number: int
    missing: int | None


def bare(territory: int, year: int) -> list[Bare]:
    cells = next((table(one) for one in newest(UNPRICED, [territory], str(year))), {})
    told = {cell: int(one.value) for cell, one in cells.items() if one.value is not None}
    return [Bare(code, told[code, ""], told.get((code, "gap"))) for code in _words(cells, 0) if (code, "") in told]
