"""What communities show each other: good practices and events."""

from typing import Any

from django.http import HttpRequest

from zajedno.exchange.queries import catalogue, event, gathering
from zajedno.exchange.queries.open_data import entry
from zajedno.web.api.declared import Endpoint, Parameter, Told
from zajedno.web.api.paging import PAGING, paged
from zajedno.web.api.schemas import named, page

PRACTICES = "/exchange/practices/"
SLUG = {"type": "string", "pattern": "[a-z0-9-]{1,80}", "maxLength": 80}


def practices(request: HttpRequest, page: int, per_page: int) -> Told:
    rows = catalogue.shown().order_by("pk")
    return Told(paged(rows, page, per_page, lambda one: _practice(request, one)))


def practice(request: HttpRequest, slug: str) -> Told:
    return Told(_practice(request, catalogue.by_slug(slug)))


def _practice(request: HttpRequest, one: Any) -> dict[str, Any]:
    return {**entry(one), "address": request.build_absolute_uri(f"{PRACTICES}{one.slug}/")}


def events(request: HttpRequest, page: int, per_page: int) -> Told:
    """Those that were, and those that are prepared here; the newest first."""
    rows = [
        *(_gathering(request, one) for one in gathering.public()),
        *(_event(request, one) for one in event.public()),
    ]
    return Told(paged(rows, page, per_page, lambda told: told))


def _event(request: HttpRequest, one: Any) -> dict[str, Any]:
    days = one.dates
    return {
        "key": one.key, "address": request.build_absolute_uri(f"/exchange/events/{one.key}/"), "title": one.titles,
        "place": one.place, "begins": min(days) if days else None, "ends": max(days) if days else None,
    }  # fmt: skip


def _gathering(request: HttpRequest, one: Any) -> dict[str, Any]:
    return {
        "key": one.slug, "address": request.build_absolute_uri(f"/exchange/gatherings/{one.slug}/"),
        "title": one.titles, "place": one.place, "begins": one.begins_on, "ends": one.ends_on,
    }  # fmt: skip


ENDPOINTS = (
    Endpoint("GET", "/api/1/practices", "Good practices", practices, page("Practice"), PAGING),
    Endpoint("GET", "/api/1/practices/{slug}", "One good practice", practice, named("Practice"),
             (Parameter("slug", "Its short name.", SLUG, within="path", required=True),)),
    Endpoint("GET", "/api/1/events", "Events", events, page("Event"), PAGING),
)  # fmt: skip
