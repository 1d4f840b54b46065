"""The request of a page behind log-in, for type checking: `def view(request: PersonRequest) -> HttpResponse`."""

from django.http import HttpRequest

from zajedno.access.models import Account
from zajedno.kernel.actor import Actor


class PersonRequest(HttpRequest):
    """Only described, never made: the middleware adds what is named here."""

    user: Account
    actor: Actor
