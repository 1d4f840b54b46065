"""The API about itself: the description for programs, a page for people, and the answer where nothing is."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from zajedno.kernel import scopes as registry
from zajedno.web.api.catalogue import BASE, ENDPOINTS
from zajedno.web.api.declared import Endpoint
from zajedno.web.api.openapi import document
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.shared.limits import throttled
from zajedno.web.shared.pieces import Cell, Column, Row, Table
from zajedno.web.shared.problem import Problem, not_taken

DESCRIPTION = f"{BASE}openapi.json"
SAFE = ("GET", "HEAD")


@csrf_exempt
def openapi(request: HttpRequest) -> HttpResponseBase:
    """Other methods are refused as everywhere below the API."""
    return _described(request) if request.method in SAFE else not_taken(*SAFE).response()


@throttled
@public_page
def _described(request: HttpRequest) -> HttpResponseBase:
    headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    return JsonResponse(document(ENDPOINTS), headers=headers, json_dumps_params={"ensure_ascii": False})


@csrf_exempt
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """For every address below the API at which nothing is."""
    return Problem(404, "There is no such address.").told(request)


@public_page
def developers(request: HttpRequest) -> HttpResponseBase:
    """For people who write programs: every endpoint with its parameters. Without a script."""
    context = {
        "endpoints": [_told(one) for one in ENDPOINTS], "description": DESCRIPTION, "scopes": _scopes(),
        "example": request.build_absolute_uri(f"{BASE}figures?country=RS&period=2025"),
    }  # fmt: skip
    about = _("Released figures, places, services, practices and events for programs; what a token opens.")
    return show(request, "developers.html", Share(_("For programs"), about), context, "open")


def _told(one: Endpoint) -> dict[str, Any]:
    columns = [Column(_("Parameter")), Column(_("What it is")), Column(_("Values"))]
    rows = [[Cell(each.name, small=_("required") if each.required else ""), str(each.about), _values(each.schema)]
            for each in one.parameters]  # fmt: skip
    name = f"{one.method} {one.path}"
    ident = "".join(sign if sign.isalnum() else "-" for sign in name.lower())
    facts = [Row(_("Scope"), one.scope.key if one.scope else _("none: open to everybody")),
             Row(_("Answers"), ", ".join(map(str, one.statuses)))]  # fmt: skip
    return {"name": name, "summary": one.summary, "facts": facts,
            "table": Table(ident, name, columns, rows, caption_hidden=True) if rows else None}  # fmt: skip


def _values(schema: Any) -> str:
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if schema["type"] == "integer":
        least, most = schema.get("minimum", 0), schema.get("maximum")
        return f"{least} – {most}" if most else f"{least} –"
    return str(schema.get("pattern") or schema.get("format") or "")


def _scopes() -> Table:
    rows = [[Cell(one.key), str(one.label)] for one in sorted(registry.known().values(), key=lambda one: one.key)]
    return Table("scopes", _("Scopes"), [Column(_("Scope")), Column(_("What it lets a program do"))], rows)
