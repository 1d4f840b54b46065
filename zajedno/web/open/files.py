"""Figures as files, one writer for each ending. The pages and the API give the same ones."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from zajedno.figures.logic.figure import Figure
from zajedno.figures.logic.formats import adx, delimited, plain, sdmx, sdmx_structure
from zajedno.figures.logic.formats.table import LICENCE, Table
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import write_workbook
from zajedno.web.shared.uploads import MEDIA_TYPES


@dataclass(frozen=True)
class Kind:
    """`name` for people; `write` makes the file's bytes; `has`: is there a file of this kind of these figures?"""

    ending: str
    name: Any
    media: str
    write: Callable[[Table], bytes]
    has: Callable[[Sequence[Figure]], bool] = lambda figures: True


def _text(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _workbook(table: Table) -> bytes:
    notes = [f"{one.code}: {text}" for one in table.used() for text in (one.definition or one.name).values()]
    return write_workbook(delimited.header(), delimited.sheet(table), notes=[LICENCE, *notes])


def _metadata(table: Table) -> bytes:
    return _text(delimited.metadata(table, table.site or "figures.csv"))


KINDS = {
    kind.ending: kind
    for kind in (
        Kind("csv", "CSV", "text/csv; charset=utf-8; header=present",
             lambda table: "".join(delimited.csv(table)).encode()),
        Kind("csv-metadata.json", _("Description of the CSV (CSVW)"), "application/csvm+json", _metadata),
        Kind("xlsx", "Excel", MEDIA_TYPES["xlsx"], _workbook),
        Kind("json", "JSON", "application/json", lambda table: _text(plain.as_json(table))),
        Kind("sdmx.json", _("SDMX-JSON, data"), sdmx.MEDIA, lambda table: _text(sdmx.data_message(table))),
        Kind("sdmx-structure.json", _("SDMX-JSON, structure"), sdmx_structure.MEDIA,
             lambda table: _text(sdmx_structure.structure_message(table))),
        Kind("adx.xml", "ADX (DHIS2)", adx.MEDIA, adx.document, adx.has_a_group),
    )
}  # fmt: skip


def answer(table: Table, kind: Kind) -> HttpResponse:
    """Anybody's page may read it; a browser keeps it as a file."""
    if not kind.has(table.figures):
        raise NotFound(_("Of what was asked for, no number may be told, and this kind of file is never empty."))
    links = [f'<{LICENCE}>; rel="license"']
    if kind.ending == "csv":
        links.append('<figures.csv-metadata.json>; rel="describedby"; type="application/csvm+json"')
    headers = {
        "Link": ", ".join(links), "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin",
        "Content-Disposition": f'attachment; filename="figures.{kind.ending}"',
    }  # fmt: skip
    return HttpResponse(kind.write(table), content_type=kind.media, headers=headers)
