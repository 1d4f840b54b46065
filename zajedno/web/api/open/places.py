"""Countries and what lies in them: the codes that figures and services name."""

from typing import Any

from django.http import HttpRequest

from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.level import LEVELS, at_level, in_country
from zajedno.places.queries.territory import by_code
from zajedno.web.api.declared import Endpoint, Parameter, Told
from zajedno.web.api.paging import PAGING, paged
from zajedno.web.api.schemas import named, page

CODE = {"type": "string", "pattern": "[A-Za-z0-9_-]{1,60}", "maxLength": 60}


def listed(request: HttpRequest, country: str, level: str, page: int, per_page: int) -> Told:
    rows = at_level(country, level) if level else in_country(country)
    return Told(paged(rows.select_related("parent"), page, per_page, _tell))


def one(request: HttpRequest, code: str) -> Told:
    found = by_code(code)
    if found is None:
        raise NotFound("")
    return Told(_tell(found))


def _tell(one: Any) -> dict[str, Any]:
    return {
        "code": one.code, "country": one.country_id, "kind": one.kind, "name": one.name_lat,
        "name_cyrillic": one.name_cyr, "parent": one.parent.code if one.parent else None, "is_unit": one.is_unit,
    }  # fmt: skip


ENDPOINTS = (
    Endpoint("GET", "/api/1/places", "Places of a country", listed, page("Place"), (
        Parameter("country", "Of which country: its code.", {"type": "string", "pattern": "[A-Z]{2}", "maxLength": 2},
                  required=True),
        Parameter("level", "Of one level.", {"type": "string", "enum": list(LEVELS)}), *PAGING)),
    Endpoint("GET", "/api/1/places/{code}", "One place", one, named("Place"),
             (Parameter("code", "Its code.", CODE, within="path", required=True),)),
)  # fmt: skip
