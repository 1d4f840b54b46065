"""An institution's own services: read as they are kept, and their free places written."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from zajedno.places.actions import service as actions
from zajedno.places.queries.organisation import kept_services, managed_service
from zajedno.places.rules import SERVICES_IN, SERVICES_OUT
from zajedno.web.api.declared import UUID as ANY_UUID
from zajedno.web.api.declared import Endpoint, Parameter, Told
from zajedno.web.api.paging import PAGING, paged
from zajedno.web.api.schemas import named, page
from zajedno.web.api.tokens import Client

FREE = {
    "type": "object", "required": ["free_places"], "additionalProperties": False,
    "properties": {"free_places": {"type": ["integer", "null"], "minimum": 0, "maximum": 100_000}},
}  # fmt: skip


def listed(request: HttpRequest, client: Client, page: int, per_page: int) -> Told:
    return Told(paged(kept_services(client.by).order_by("id"), page, per_page, _tell))


def free(request: HttpRequest, client: Client, id: str, sent: Any) -> Told:
    """As the institution wants the public to see it; whoever tells it has looked, so it counts as checked."""
    service = managed_service(client.by, str(UUID(id)))
    places = sent["free_places"]
    places = None if places is None else int(places)
    return Told(_tell(actions.change_service(by=client.by, service=service, free_told=places,
                                             checked_on=client.by.today)))  # fmt: skip


def _tell(one: Any) -> dict[str, Any]:
    return {
        "id": str(one.uuid), "name": str(one), "capacity": one.capacity, "free_places": one.free_told,
        "is_public": one.is_public, "checked_on": one.checked_on,
    }  # fmt: skip


ENDPOINTS = (
    Endpoint("GET", "/api/1/own/services", "Services of one's own institution, public or not", listed, page("Own"),
             PAGING, SERVICES_OUT),
    Endpoint("POST", "/api/1/own/services/{id}/free-places", "Say how many places are free", free, named("Own"),
             (Parameter("id", "Of the service.", ANY_UUID, within="path", required=True),), SERVICES_IN, FREE),
)  # fmt: skip
