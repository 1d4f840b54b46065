"""Who asks. A thin stand-in until `web/api/tokens.py` is here: the one place that changes then."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zajedno.kernel import fence
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.places.queries.actor import actor_for
from zajedno.web.api.fhir.answers import outcome

REFER_IN, HAND_OUT_SCOPE = "fhir:refer", "fhir:hand_out"


@dataclass(frozen=True, slots=True)
class Client:
    by: Actor


def fhir_only(scope: str, *methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view for programs that speak FHIR: `view(request, client, …)`."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @require_http_methods(list(methods))
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            client = _client(request, scope)
            if client is None:
                response = outcome(
                    401, "login", _("Send a token of this house in the header “Authorization: Bearer …”.")
                )
                response.headers["WWW-Authenticate"] = 'Bearer realm="Zajedno"'
                return response
            return view(request, client, **kwargs)

        return guarded

    return wrap


def _client(request: HttpRequest, scope: str) -> Client | None:
    word = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    account, scopes = getattr(settings, "FHIR_TOKENS", {}).get(word, (0, ()))
    if not account or scope not in scopes:
        return None
    fence.identify(account)
    return Client(actor_for(account, today()))
