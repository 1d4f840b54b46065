"""Figures as rows: the table under a chart, and the file that is taken out. Both say the same."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.formats.table import only_told, plain
from zajedno.figures.logic.sentence import middle
from zajedno.figures.logic.target import Aim
from zajedno.web.shared.dates import day
from zajedno.web.shared.figures import naming
from zajedno.web.shared.pieces import Cell, Column, Table

SAID: dict[Said, Any] = {
    Said.EXACT: gettext_lazy("number"), Said.BETWEEN: gettext_lazy("between two numbers"),
    Said.WITHHELD: gettext_lazy("fewer than five, or none"), Said.ABSENT: gettext_lazy("not reckoned"),
}  # fmt: skip


def caption(title: Any) -> str:
    """Of the table of a chart: two regions of a page must not be called alike."""
    return _("The numbers: %(title)s") % {"title": title}


def value_cell(figure: Figure) -> Cell:
    """The number with what must stand beside it; what has none sorts below every number."""
    found = middle(figure)
    return Cell(naming.value(figure), small=naming.beside(figure), sort=-1 if found is None else found)


def table(
    key: str, caption: Any, head: Any, rows: Sequence[tuple[Any, Figure]], *, sortable: bool = False,
    empty: Any = "",
) -> Table:  # fmt: skip
    """One figure a line; `head` names what the first column holds."""
    columns = [
        Column(head), Column(pgettext("statistics", "Figure"), numeric=True), Column(_("Of what"), numeric=True),
        Column(_("Reported"), numeric=True),
    ]  # fmt: skip
    lines = [
        [first, value_cell(one), parts_cell(one), Cell(naming.complete(one) or "–", sort=_share(one))]
        for first, one in rows
    ]
    return Table(key, caption, columns, lines, sortable=sortable, empty=empty)


def parts_cell(figure: Figure) -> Cell:
    """Of what it was divided, and what was left out of both."""
    return Cell(naming.parts(figure) or "–", small=naming.without(figure))


def _share(figure: Figure) -> Decimal:
    return Decimal(figure.reported or 0) / figure.expected if figure.expected else Decimal(-1)


def heads() -> list[str]:
    """Of a file."""
    return [
        _("Indicator"), _("Code of the place"), _("Place"), _("Period"), _("Divided by"), _("Part"),
        pgettext("statistics", "Figure"), _("Value"), _("From"), _("To"), _("Numerator"), _("Denominator"), _("Unit"),
        _("What may be said"), _("On few"), _("Reported"), _("Expected"), _("Edition"), _("Released on"), _("Method"),
        _("Why again"), _("Code of the indicator"),
    ]  # fmt: skip


def file_rows(figures: Sequence[Figure], names: Mapping[str, str]) -> list[list[Any]]:
    """`names`: what indicators and places are called, by code."""
    return [_row(only_told(one), names) for one in figures]


def target_heads() -> list[str]:
    """Of a file that also tells what is aimed at."""
    return [_("Target"), _("Target by"), _("Whose target"), _("Baseline"), _("Period of the baseline")]


def target_cells(aim: Aim | None) -> list[Any]:
    if aim is None:
        return [None, "", "", None, ""]
    return [float(aim.value), aim.until, aim.place, None if aim.baseline is None else float(aim.baseline), aim.since]


def _row(one: Figure, names: Mapping[str, str]) -> list[Any]:
    """Numbers as numbers; a cell without one is empty, never nought."""
    numbers = [
        None if number is None else plain(number) for number in (one.value, one.low, one.high, one.top, one.bottom)
    ]
    return [
        names.get(one.indicator, one.indicator), one.place, names.get(one.place, one.place), one.period,
        naming.axis(one.by) if one.by else "", naming.word(one.by, one.word) if one.by else "", naming.value(one),
        *numbers, one.unit, str(SAID[one.said]), _("yes") if one.is_small else _("no"), one.reported, one.expected,
        one.edition, day(one.released_on) if one.released_on else "", one.method, one.reason, one.indicator,
    ]  # fmt: skip
