"""The directory of services, which speaks HSDS at addresses of its own (`web/directory/hsds.py`): described here."""

from collections.abc import Callable
from typing import Any

from zajedno.web.api.declared import PAGES, Endpoint, Parameter, Schema
from zajedno.web.api.schemas import TEXT, named, page, shape
from zajedno.web.directory import hsds

ID = {"type": "string", "format": "uuid"}
PAGING = (
    Parameter("page", "Which page, from 1.", {"type": "integer", "minimum": 1}, 1),
    Parameter("per_page", "How many on a page.", {"type": "integer", "minimum": 1, "maximum": hsds.LARGEST}, hsds.SIZE),
)
_ONE = (Parameter("id", "Its id.", ID, within="path", required=True),)


def _described(path: str, summary: str, view: Callable[..., Any], gives: Schema, *parameters: Parameter) -> Endpoint:
    return Endpoint("GET", f"{hsds.PATH}{path}", summary, view, gives, parameters, elsewhere=True, speech=PAGES)


ENDPOINTS = (
    _described("", "Which HSDS this is", hsds.about, shape({"version": TEXT, "profile": TEXT, "openapi_url": TEXT})),
    _described("services", "Services (HSDS 3.0)", hsds.services, page("Service"),
               Parameter("organization_id", "Of one institution.", {"type": "string", "maxLength": 36}),
               Parameter("taxonomy_term_id", "For one need.", {"type": "string", "maxLength": 100}),
               Parameter("full", "`true`: each whole.", {"type": "string", "enum": ["true", "false"]}), *PAGING),
    _described("services/{id}", "One service (HSDS 3.0)", hsds.service, named("Service"), *_ONE),
    _described("organizations", "Institutions with services (HSDS 3.0)", hsds.organisations, page("Service"), *PAGING),
    _described("organizations/{id}", "One institution (HSDS 3.0)", hsds.organisation, named("Service"), *_ONE),
    _described("taxonomies", "Lists of needs (HSDS 3.0)", hsds.taxonomies, page("Service"), *PAGING),
    _described("taxonomy_terms", "Needs (HSDS 3.0)", hsds.terms, page("Service"), *PAGING),
)  # fmt: skip
