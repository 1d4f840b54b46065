"""Released figures and the indicators they are of."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.figures import queries
from zajedno.figures.logic.formats.plain import meaning, row
from zajedno.figures.logic.formats.table import Meaning
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.level import LEVELS
from zajedno.places.queries.territory import countries
from zajedno.web.api.declared import Endpoint, Parameter, Told
from zajedno.web.api.open.parameters import LANG
from zajedno.web.api.paging import PAGING, paged
from zajedno.web.api.schemas import named, page
from zajedno.web.open import files
from zajedno.web.open.released import Choice, found, meanings, table
from zajedno.web.shared.shell import product

SLUG = {"type": "string", "pattern": "[a-z0-9_-]{1,40}", "maxLength": 40}
CHOICE = (
    Parameter("country", "Of which country: its code.", {"type": "string", "pattern": "[A-Z]{2}", "maxLength": 2}, "",
              required=True),
    Parameter("indicator", "One indicator; without it, all of them.", SLUG),
    Parameter("period", "A calendar year (2025) or a school year (2025/26); without it, all.",
              {"type": "string", "pattern": "[0-9]{4}(/[0-9]{2})?", "maxLength": 7}),
    Parameter("level", "Of which places.", {"type": "string", "enum": list(LEVELS)}, "municipality"),
    Parameter("place", "One place of any level: its code. Then `level` does not matter.",
              {"type": "string", "pattern": "[A-Za-z0-9_-]{1,60}", "maxLength": 60}),
    Parameter("by", "Also by the parts of this axis, such as sex or age.",
              {"type": "string", "pattern": "[a-z_]{1,20}", "maxLength": 20}),
    LANG,
)  # fmt: skip


def listed(request: HttpRequest, page: int, per_page: int, **choice: str) -> Told:
    rows = table(found(Choice(**choice)), "", get_language() or "sr")
    changed = max((one.released_on for one in rows.figures if one.released_on), default=None)
    return Told(paged(list(rows.rows()), page, per_page, row), changed)


def as_file(request: HttpRequest, ending: str, **choice: str) -> Any:
    language = get_language() or "sr"
    site = f"figures.csv?{request.META.get('QUERY_STRING', '')}"
    return files.answer(table(found(Choice(**choice)), _("Figures"), language, site, product(language)),
                        files.KINDS[ending])  # fmt: skip


def indicators(request: HttpRequest, page: int, per_page: int) -> Told:
    released = _released()
    return Told(paged(meanings(), page, per_page, lambda one: _tell(one, released)))


def indicator(request: HttpRequest, code: str) -> Told:
    one = next((each for each in meanings() if each.code == code), None)
    if one is None:
        raise NotFound("")
    return Told(_tell(one, _released()))


def _released() -> dict[str, dict[str, list[str]]]:
    """Periods with figures, by country and indicator."""
    return {one.code: queries.indicators_released(one.code) for one in countries()}


def _tell(one: Meaning, released: Mapping[str, Mapping[str, list[str]]]) -> dict[str, Any]:
    here = {country: known[one.code] for country, known in released.items() if one.code in known}
    return {**meaning(one), "released": here}


_MEDIA = tuple(dict.fromkeys(one.media for one in files.KINDS.values()))
ENDPOINTS = (
    Endpoint("GET", "/api/1/figures", "Figures, a page at a time", listed, page("Figure"), (*CHOICE, *PAGING)),
    Endpoint("GET", "/api/1/figures.{ending}", "Figures as a file", as_file, {},
             (Parameter("ending", "Which format.", {"type": "string", "enum": list(files.KINDS)}, within="path",
                        required=True), *CHOICE), media=_MEDIA),
    Endpoint("GET", "/api/1/indicators", "Indicators and how they are counted", indicators, page("Indicator"),
             (LANG, *PAGING)),
    Endpoint("GET", "/api/1/indicators/{code}", "One indicator", indicator, named("Indicator"),
             (Parameter("code", "Its code.", SLUG, within="path", required=True), LANG)),
)  # fmt: skip
