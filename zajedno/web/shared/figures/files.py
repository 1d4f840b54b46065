"""What is taken out of a chart: its figures as CSV or Excel, its drawing as SVG or PNG."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from zajedno.figures.logic.figure import Figure
from zajedno.kernel.documents import render_png
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import write_csv, write_workbook
from zajedno.web.shared.figures import tables
from zajedno.web.shared.figures.shown import Shown
from zajedno.web.shared.figures.told import aims, told
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

FONTS = Path(__file__).parents[2] / "static" / "built"
DRAWN, LISTED = ("svg", "png"), ("csv", "xlsx")


def links(chart: Shown, home: str, query: str) -> list[Link]:
    """Where a chart can be taken from; without a drawing there is no picture."""
    kinds = [("csv", "CSV"), ("xlsx", _("Excel")), *([("svg", "SVG"), ("png", "PNG")] if chart.drawing else [])]
    return [Link(text, f"{home}{chart.key}.{ending}{query and '?'}{query}", chart.title) for ending, text in kinds]


def given(chart: Shown, ending: str, names: Mapping[str, str], about: str) -> HttpResponse:
    """`about` begins the name of the file. NotFound for a kind that the chart has not."""
    name = f"{about}-{chart.key}.{ending}"
    if ending in DRAWN and chart.drawing is not None:
        drawing = chart.drawing.alone()
        if ending == "svg":
            return saved(drawing.encode(), "image/svg+xml", name)
        return saved(render_png(drawing, chart.drawing.width, FONTS), MEDIA_TYPES["png"], name)
    if ending not in LISTED:
        raise NotFound("")
    heads, rows = _listed(chart.figures, names)
    if ending == "csv":
        return saved("".join(write_csv(heads, rows, ";")).encode(), MEDIA_TYPES["csv"], name)
    notes = [str(line) for line in (*chart.sentences, *chart.notes)]
    return saved(write_workbook(heads, rows, str(chart.title), notes), MEDIA_TYPES["xlsx"], name)


def _listed(figures: Sequence[Figure], names: Mapping[str, str]) -> tuple[list[str], list[list[Any]]]:
    """Each figure with the target that holds in its place."""
    known = [about for code in {one.indicator for one in figures} if (about := told(code)) is not None]
    aimed = aims(known, [one.place for one in figures])
    rows = tables.file_rows(figures, {**names, **{one.code: one.name for one in known}})
    targets = [tables.target_cells(aimed.get((one.place, one.indicator))) for one in figures]
    return [*tables.heads(), *tables.target_heads()], [[*a, *b] for a, b in zip(rows, targets, strict=True)]
