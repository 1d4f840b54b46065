"""The request of a page behind log-in, for type checking: `def view(request: PersonRequest) -> HttpResponse`."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from zajedno.kernel.actor import Actor

if TYPE_CHECKING:
    from zajedno.access.models import Account


class PersonRequest(HttpRequest):
    """Only described, never made: the middleware adds what is named here."""

    user: "Account"
    actor: Actor
