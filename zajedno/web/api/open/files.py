"""What pages give as files, for programs that fetch them: described here, routed beside their pages."""

from collections.abc import Callable, Sequence
from typing import Any

from zajedno.web.api.declared import PAGES, Endpoint, Parameter
from zajedno.web.api.open.figures import CHOICE, SLUG
from zajedno.web.api.open.parameters import LANG
from zajedno.web.exchange import open_data
from zajedno.web.open import files, pages
from zajedno.web.public import figures
from zajedno.web.shared.figures.files import DRAWN, LISTED
from zajedno.web.shared.uploads import MEDIA_TYPES


def _part(name: str, about: str, schema: Any = SLUG) -> Parameter:
    return Parameter(name, about, schema, within="path", required=True)


def _ending(endings: Sequence[str]) -> Parameter:
    return _part("ending", "Which format.", {"type": "string", "enum": list(endings)})


def _file(
    path: str, summary: str, view: Callable[..., Any], media: Sequence[str], *parameters: Parameter
) -> Endpoint:  # fmt: skip
    return Endpoint("GET", path, summary, view, {}, parameters, media=tuple(dict.fromkeys(media)), elsewhere=True,
                    speech=PAGES)  # fmt: skip


_ASKED = [one for one in CHOICE if one.name != "place"]
_CHOSEN = [one for one in CHOICE if one.name in ("period", "by")]
_CHARTS = [*LISTED, *DRAWN]
ENDPOINTS = (
    _file("/figures/files/figures.{ending}", "Figures of the page of open figures as a file", pages.file,
          [one.media for one in files.KINDS.values()], _ending(list(files.KINDS)), *_ASKED),
    _file("/places/{code}/figures/{indicator}/{chart}.{ending}", "A chart of one municipality, or its numbers",
          figures.taken, [*(MEDIA_TYPES[one] for one in _CHARTS if one in MEDIA_TYPES), "image/svg+xml"],
          _part("code", "Of the place."), _part("indicator", "Of the indicator."), _part("chart", "Which chart."),
          _ending(_CHARTS), *_CHOSEN, LANG),
    _file("/exchange/data/practices.{ending}", "All good practices as a file", open_data.practices,
          ["application/json", "text/csv; charset=utf-8"], _ending(["json", "csv"])),
    _file("/exchange/feed.xml", "The newest good practices (Atom)", open_data.feed,
          ["application/atom+xml; charset=utf-8"], LANG),
)  # fmt: skip
