"""The request of a page behind log-in, for type checking: `def view(request: PersonRequest) -> HttpResponse`; and what
was sent in it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, QueryDict

from zajedno.kernel.actor import Actor

if TYPE_CHECKING:
    from zajedno.access.models import Account


class PersonRequest(HttpRequest):
    """Only described, never made: the middleware adds what is named here."""

    user: "Account"
    actor: Actor


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to."""
    return request.POST if request.method == "POST" else None


def uuid_of(text: str) -> UUID | None:
    """An id as it was sent; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
