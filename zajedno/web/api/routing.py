"""From declarations to addresses: one view for each path, which lets in, reads, asks, and answers as was declared."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from jsonschema import Draft202012Validator

from zajedno.kernel.refusal import Refused
from zajedno.web.api.declared import BODY_MOST, Endpoint, Told, read
from zajedno.web.api.tokens import Client, admit
from zajedno.web.exchange.public import pack
from zajedno.web.shared.limits import WINDOW, is_asked_too_often, later
from zajedno.web.shared.problem import Problem, not_taken

KEPT = 300  # seconds for which an open answer need not be asked for again
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def routes(endpoints: Sequence[Endpoint], base: str) -> list[URLPattern]:
    """For `urls.py`; addresses below `base`."""
    by_path: dict[str, list[Endpoint]] = {}
    for one in endpoints:
        if not one.elsewhere:
            by_path.setdefault(one.path, []).append(one)
    return [path(_route(where.removeprefix(base)), _view(found)) for where, found in by_path.items()]


def _route(where: str) -> str:
    return re.sub(r"{(\w+)}", r"<str:\1>", where)


def _view(found: Sequence[Endpoint]) -> Any:
    methods = {one.method: one for one in found}
    allowed = [*methods, *(["HEAD"] if "GET" in methods else [])]

    @csrf_exempt  # no cookie counts here
    def view(request: HttpRequest, **given: str) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else request.method or ""
        if method not in methods:
            return not_taken(*allowed).response()
        return _answer(request, methods[method], given)

    return view


def _answer(request: HttpRequest, endpoint: Endpoint, given: Mapping[str, str]) -> HttpResponseBase:
    client: Client | None = None
    if endpoint.scope is None:
        if is_asked_too_often(request):
            return later(WINDOW).response()
    else:
        admitted = admit(request, endpoint.scope)
        if isinstance(admitted, Problem):
            return admitted.response()
        client = admitted
    values = read(request, endpoint, given)
    if isinstance(values, Problem):
        return values.response()
    if endpoint.takes is not None:
        sent = _sent(request, endpoint)
        if isinstance(sent, Problem):
            return sent.response()
        values["sent"] = sent
    try:
        told = endpoint.view(request, *([client] if client else []), **values)
    except Refused as refusal:
        return _refused(refusal).response()
    if isinstance(told, Problem):
        return told.response()
    return _kept(request, told, endpoint)


def _refused(refusal: Refused) -> Problem:
    if refusal.status == HTTPStatus.NOT_FOUND:
        return Problem(404, "There is no such thing.")
    return Problem(refusal.status, str(refusal.sentence), more={"code": refusal.code})


def _sent(request: HttpRequest, endpoint: Endpoint) -> Any:
    """The JSON of a body that fits its schema."""
    assert endpoint.takes is not None
    if request.content_type != "application/json":
        return Problem(415, "Send JSON, and say so: Content-Type: application/json.")
    if int(request.headers.get("Content-Length") or 0) > BODY_MOST:
        return Problem(413, "That is more than this address takes.")
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return Problem(400, "The body is no JSON.")
    wrong = next(Draft202012Validator(endpoint.takes).iter_errors(sent), None)
    if wrong is not None:
        where = "/".join(str(part) for part in wrong.absolute_path)
        known = where if where in endpoint.takes.get("properties", {}) else ""
        return Problem(422, "The body is not as the description says.", more={"pointer": f"/{known}"})
    return sent


def _kept(request: HttpRequest, told: Told | HttpResponse, endpoint: Endpoint) -> HttpResponseBase:
    """An open answer has an ETag and may be kept; what a token opens is kept nowhere."""
    response = told if isinstance(told, HttpResponse) else _json(told)
    if not endpoint.is_open or response.status_code != HTTPStatus.OK:
        return response
    mark = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = mark
    response.headers["Cache-Control"] = f"public, max-age={KEPT}"
    for name, value in OPEN.items():
        response.headers.setdefault(name, value)
    changed = _moment(told.changed) if isinstance(told, Told) else None
    if changed:
        response.headers["Last-Modified"] = http_date(changed)
    answer = get_conditional_response(request, etag=mark, last_modified=changed, response=response) or response
    pack(request, answer)
    answer.is_public = True  # type: ignore[attr-defined]  # read by shared/headers.py
    return answer


def _moment(when: date | datetime | None) -> int | None:
    if when is None:
        return None
    moment = when if isinstance(when, datetime) else datetime.combine(when, time(), UTC)
    return int(moment.timestamp())


def _json(told: Told) -> JsonResponse:
    return JsonResponse(
        told.data, status=told.status, headers=dict(told.headers), safe=False,
        json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip
