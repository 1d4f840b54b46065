"""The directory for machines: the read API of Open Referral HSDS 3.0, for everybody."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotFound
from zajedno.places.logic import hsds as standard
from zajedno.places.queries import directory
from zajedno.places.queries import hsds as queries
from zajedno.web.exchange.public import public_page
from zajedno.web.shared.limits import throttled

PATH = "/services/hsds/"
SIZE, LARGEST = 50, 500  # records on a page
OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"


def _json(told: Any) -> HttpResponseBase:
    """Anybody's page may read it."""
    headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    return JsonResponse(told, headers=headers, json_dumps_params={"ensure_ascii": False})


def _number(request: HttpRequest, name: str, usual: int, most: int) -> int:
    given = request.GET.get(name, "")
    return min(max(int(given), 1), most) if given.isascii() and given.isdigit() and len(given) < 7 else usual


def _paged(
    request: HttpRequest, rows: "QuerySet[Any] | list[Any]", tell: Callable[[Iterable[Any]], list[Any]]
) -> HttpResponseBase:
    """A page as the standard describes it."""
    pages = Paginator(rows, _number(request, "per_page", SIZE, LARGEST))
    page = pages.get_page(_number(request, "page", 1, 1_000_000))
    contents = tell(page.object_list)
    return _json({
        "total_items": pages.count, "total_pages": pages.num_pages, "page_number": page.number,
        "size": len(contents), "first_page": not page.has_previous(), "last_page": not page.has_next(),
        "empty": not contents, "contents": contents,
    })  # fmt: skip


@throttled
@public_page
def about(request: HttpRequest) -> HttpResponseBase:
    return _json({"version": standard.VERSION, "profile": request.build_absolute_uri(PATH), "openapi_url": OPENAPI})


@throttled
@public_page
def services(request: HttpRequest) -> HttpResponseBase:
    """`organization_id`, `taxonomy_term_id` narrow it; `full=true` gives each whole."""
    chosen = request.GET.get("taxonomy_term_id", "")
    need = next((one["code"] for one in queries.terms() if one["id"] == chosen), "")
    if chosen and not need:
        return _paged(request, [], list)
    try:
        at = str(UUID(request.GET["organization_id"])) if request.GET.get("organization_id") else ""
    except ValueError:
        return _paged(request, [], list)
    whole = request.GET.get("full") == "true"

    def tell(rows: Iterable[Any]) -> list[Any]:
        found = queries.export(rows, today())
        return found if whole else [standard.listed(one) for one in found]

    return _paged(request, queries.services(today(), at, need), tell)


@throttled
@public_page
def service(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    return _json(queries.published(directory.one(uuid, today()), today()))


@throttled
@public_page
def organisations(request: HttpRequest) -> HttpResponseBase:
    def tell(rows: Iterable[Any]) -> list[Any]:
        return [standard.listed(queries.organisation(one)) for one in rows]

    return _paged(request, queries.organisations(today()), tell)


@throttled
@public_page
def organisation(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    found = queries.organisations(today()).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("There is no such institution.")
    return _json(queries.organisation(found))


@throttled
@public_page
def taxonomies(request: HttpRequest) -> HttpResponseBase:
    return _paged(request, [queries.taxonomy()], list)


@throttled
@public_page
def terms(request: HttpRequest) -> HttpResponseBase:
    return _paged(request, queries.terms(), list)
