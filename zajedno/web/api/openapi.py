"""The description of the API for programs: OpenAPI 3.1, made from the same declarations that route the requests."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from zajedno.kernel import scopes as registry
from zajedno.web.api.declared import CONDITIONAL, Endpoint, Parameter
from zajedno.web.api.schemas import SCHEMAS, Schema, named
from zajedno.web.directory import hsds
from zajedno.web.shared.problem import FHIR
from zajedno.web.shared.shell import version

LICENCE = {"name": "CC BY 4.0 (the data)", "url": "https://creativecommons.org/licenses/by/4.0/"}
ABOUT = (
    "Released figures, places, services, good practices and events of Zajedno, open to everybody; and what the"
    " programs of an institution may do with a token. No number tells of fewer than five children."
)


def document(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for one in endpoints:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Zajedno", "version": version() or "0", "description": ABOUT, "license": LICENCE},
        "servers": [{"url": "/"}], "paths": paths,
        "components": {"schemas": SCHEMAS, "securitySchemes": {"token": {
            "type": "http", "scheme": "bearer",
            "description": "A token of this house, made by a person for a program. Scopes: "
                           + ", ".join(sorted(registry.known())) + ".",
        }}},
    }  # fmt: skip


def _operation(one: Endpoint) -> dict[str, Any]:
    name = one.method.lower() + "".join(part.capitalize() for part in _words(one.path))
    told: dict[str, Any] = {
        "operationId": name, "summary": str(one.summary), "tags": [_tag(one)],
        "parameters": [_parameter(each) for each in one.parameters],
        "responses": {str(status): _response(one, status) for status in one.statuses},
        "security": [] if one.scope is None else [{"token": [one.scope.key]}],
    }  # fmt: skip
    if one.takes is not None:
        told["requestBody"] = {"required": True, "content": {one.speech.takes: {"schema": dict(one.takes)}}}
    return told


def _words(path: str) -> list[str]:
    return [word for word in path.replace("{", "").replace("}", "").replace(".", "/").replace("-", "/").split("/")
            if word not in ("", "api", "1")]  # fmt: skip


def _tag(one: Endpoint) -> str:
    if one.path.startswith(FHIR):
        return "FHIR"
    return "With a token" if one.scope else "HSDS" if one.path.startswith(hsds.PATH) else "Open"


def _parameter(one: Parameter) -> dict[str, Any]:
    told: Schema = dict(one.schema)
    if "pattern" in told:
        told["pattern"] = f"^{told['pattern']}$"
    if one.usual not in ("", None):
        told["default"] = one.usual
    required = one.required or one.within == "path"
    return {"name": one.name, "in": one.within, "required": required, "description": str(one.about), "schema": told}


def _response(one: Endpoint, status: int) -> dict[str, Any]:
    about: dict[str, Any] = {"description": HTTPStatus(status).phrase}
    if status in (HTTPStatus.OK, HTTPStatus.CREATED):
        return about | {"content": _good(one), "headers": _headers(one)}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        about["headers"] = {"Retry-After": {"schema": {"type": "string"}}}
    if status in CONDITIONAL or not one.speech.refuses:
        return about
    return about | {"content": {one.speech.refuses: {"schema": named(one.speech.shape)}}}


def _good(one: Endpoint) -> dict[str, Any]:
    return {media: {"schema": dict(one.gives)} if one.gives else {} for media in one.media}


def _headers(one: Endpoint) -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    return {"ETag": text, "Cache-Control": text} if one.is_open and one.speech.kept else {"Cache-Control": text}
