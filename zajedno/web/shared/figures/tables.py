"""Figures as rows: the table under a chart, and the file that is taken out. Both say the same."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.sentence import middle
from zajedno.web.shared.dates import day
from zajedno.web.shared.figures import naming
from zajedno.web.shared.figures.told import Told
from zajedno.web.shared.pieces import Cell, Column, Table

SAID: dict[Said, Any] = {
    Said.EXACT: gettext_lazy("number"), Said.BETWEEN: gettext_lazy("between two numbers"),
    Said.WITHHELD: gettext_lazy("fewer than five, or none"), Said.ABSENT: gettext_lazy("not reckoned"),
}  # fmt: skip


def caption(title: Any) -> str:
    """Of the table of a chart: two regions of a page must not be called alike."""
    return _("The numbers: %(title)s") % {"title": title}


def value_cell(figure: Figure, told: Told) -> Cell:
    """The number with what must stand beside it; what has none sorts below every number."""
    found = middle(figure)
    return Cell(naming.value(figure, told), small=naming.beside(figure), sort=-1 if found is None else found)


def table(
    key: str, caption: Any, head: Any, rows: Sequence[tuple[Any, Figure]], told: Told, *, sortable: bool = False,
    empty: Any = "",
) -> Table:  # fmt: skip
    """One figure a line; `head` names what the first column holds."""
    columns = [
        Column(head), Column(pgettext("statistics", "Figure"), numeric=True), Column(_("Of what"), numeric=True),
        Column(_("Reported"), numeric=True),
    ]  # fmt: skip
    lines = [
        [first, value_cell(one, told), parts_cell(one), Cell(naming.complete(one) or "–", sort=_share(one))]
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
        _("What may be said"), _("Value"), _("From"), _("To"), _("Unit"), _("Numerator"), _("Denominator"),
        _("On few"), _("Reported"), _("Expected"), _("Edition"), _("Released on"), _("Method"), _("Why again"),
    ]  # fmt: skip


def file_rows(
    figures: Sequence[Figure], told: Callable[[str], Told | None], names: Mapping[str, str]
) -> list[list[Any]]:
    return [_row(one, told(one.indicator), names) for one in figures]


def _row(one: Figure, about: Told | None, names: Mapping[str, str]) -> list[Any]:
    """Numbers as numbers; a cell without one is empty, never nought."""
    numbers = [None if value is None else float(value) for value in (one.value, one.low, one.high)]
    parts = [None if value is None else float(value) for value in (one.top, one.bottom)]
    unit = one.unit or (about.unit if about else "")
    return [
        about.name if about else one.indicator, one.place, names.get(one.place, one.place), one.period,
        naming.axis(one.by) if one.by else "", naming.word(one.by, one.word) if one.by else "",
        str(SAID[one.said]), *numbers, unit, *parts, _("yes") if one.is_small else _("no"), one.reported,
        one.expected, one.edition, day(one.released_on) if one.released_on else "", one.method, one.reason,
    ]  # fmt: skip
