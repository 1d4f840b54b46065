"""Tables of the room: where things are, which organisations work there, who holds which post."""

from zajedno.places.models.device import Device
from zajedno.places.models.listing import ServiceListing
from zajedno.places.models.organisation import Organisation, OrganisationKind
from zajedno.places.models.outline import Outline
from zajedno.places.models.population import Population
from zajedno.places.models.post import Post
from zajedno.places.models.service import Service
from zajedno.places.models.territory import Country, Territory

__all__ = [
    "Country",
    "Device",
    "Organisation",
    "OrganisationKind",
    "Outline",
    "Population",
    "Post",
    "Service",
    "ServiceListing",
    "Territory",
]
