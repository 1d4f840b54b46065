"""A figure in a report: the words of a page, on paper, with its edition; and how it is kept with what was issued."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.formats.table import only_told
from zajedno.web.shared.figures import naming, tables
from zajedno.web.shared.report import sections
from zajedno.web.shared.report.sections import Printed

Names = Mapping[str, str]  # what indicators and places are called, by code
DECIMALS = ("value", "low", "high", "top", "bottom")


def called(figure: Figure, names: Names, *, with_place: bool) -> str:
    """The indicator, the part, and the place where there are several."""
    parts = [naming.word(figure.by, figure.word)] if figure.word else []
    parts += [names.get(figure.place, figure.place)] if with_place else []
    name = names.get(figure.indicator, figure.indicator)
    return f"{name} ({', '.join(parts)})" if parts else name


def table(caption: str, figures: Sequence[Figure], names: Names) -> Printed | None:
    """Figures below each other, each with its edition."""
    if not figures:
        return None
    several = len({one.place for one in figures}) > 1
    rows = [
        [called(one, names, with_place=several), one.period, sections.said(tables.value_cell(one)),
         sections.said(tables.parts_cell(one)), naming.complete(one) or "–", naming.edition(one) or "–"]
        for one in figures
    ]  # fmt: skip
    heads = [_("Indicator"), _("Period"), pgettext("statistics", "Figure"), _("Of what"), _("Reported"), _("Edition")]
    return Printed(caption, heads, rows)


def as_data(figure: Figure) -> dict[str, Any]:
    """For keeping with an edition: what may be told, and no more."""
    row = asdict(only_told(figure))
    kept = {name: str(row[name]) for name in DECIMALS if row[name] is not None}
    on = figure.released_on.isoformat() if figure.released_on else None
    return {**row, **dict.fromkeys(DECIMALS), **kept, "said": figure.said.value, "released_on": on}


def from_data(row: Mapping[str, Any]) -> Figure:
    """As it was kept."""
    numbers = {name: Decimal(row[name]) for name in DECIMALS if row.get(name) is not None}
    on = date.fromisoformat(row["released_on"]) if row.get("released_on") else None
    return Figure(**{**row, **numbers, "said": Said(row["said"]), "released_on": on})
