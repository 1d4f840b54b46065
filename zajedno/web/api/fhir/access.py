"""Who asks: a program with a token, answered in FHIR also where it is not let in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zajedno.kernel.scopes import Scope
from zajedno.web.api.fhir.answers import outcome
from zajedno.web.api.tokens import admit
from zajedno.web.shared.problem import Problem

KINDS = {401: "login", 403: "forbidden", 429: "throttled"}
View = Callable[..., HttpResponse]


def fhir_only(scope: Scope, *methods: str) -> Callable[[View], View]:
    """A view for programs that speak FHIR: `view(request, client, …)`."""

    def wrap(view: View) -> View:
        @csrf_exempt  # nothing here is done for a cookie
        @require_http_methods(list(methods))
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            asked = admit(request, scope)
            return _stopped(asked) if isinstance(asked, Problem) else view(request, asked, **kwargs)

        guarded.scope = scope  # type: ignore[attr-defined]  # read by the description of the API
        return guarded

    return wrap


def _stopped(problem: Problem) -> HttpResponse:
    response = outcome(problem.status, KINDS.get(problem.status, "security"), problem.detail)
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response
