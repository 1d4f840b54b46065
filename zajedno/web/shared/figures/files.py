"""What is taken out of a chart: its figures as CSV or Excel, its drawing as SVG or PNG."""

from collections.abc import Mapping
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _

from zajedno.kernel.documents import render_png
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import write_csv, write_workbook
from zajedno.web.shared.figures import tables
from zajedno.web.shared.figures.shown import Shown
from zajedno.web.shared.figures.told import told
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

FONTS = Path(__file__).parents[2] / "static" / "built"
DRAWN, LISTED = ("svg", "png"), ("csv", "xlsx")


def links(chart: Shown, home: str, query: str) -> list[Link]:
    """Where a chart can be taken from; without a drawing there is no picture."""
    kinds = [("csv", "CSV"), ("xlsx", _("Excel")), *([("svg", "SVG"), ("png", "PNG")] if chart.drawing else [])]
    return [Link(text, f"{home}{chart.key}.{ending}?{query}", chart.title) for ending, text in kinds]


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
    about_all = {code: one.name for code in {each.indicator for each in chart.figures} if (one := told(code))}
    rows = tables.file_rows(chart.figures, {**names, **about_all})
    if ending == "csv":
        return saved("".join(write_csv(tables.heads(), rows, ";")).encode(), MEDIA_TYPES["csv"], name)
    notes = [str(line) for line in (*chart.sentences, *chart.notes)]
    return saved(write_workbook(tables.heads(), rows, str(chart.title), notes), MEDIA_TYPES["xlsx"], name)
