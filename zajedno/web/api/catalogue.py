"""Every endpoint of the API, in the order in which it is described."""

from zajedno.web.api.declared import Endpoint
from zajedno.web.api.fhir import endpoints as fhir
from zajedno.web.api.open import figures, files, places, services, shared, targets
from zajedno.web.api.own import audit
from zajedno.web.api.own import services as own

BASE = "/api/1/"
OPEN: tuple[Endpoint, ...] = (
    *figures.ENDPOINTS, *targets.ENDPOINTS, *places.ENDPOINTS, *shared.ENDPOINTS, *files.ENDPOINTS,
    *services.ENDPOINTS,
)  # fmt: skip
OWN: tuple[Endpoint, ...] = (*own.ENDPOINTS, *audit.ENDPOINTS)
ENDPOINTS = (*OPEN, *OWN, *fhir.ENDPOINTS)
