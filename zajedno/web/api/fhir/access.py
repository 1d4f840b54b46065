"""Who asks: a program with a token, answered in FHIR also where it is not let in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from zajedno.kernel.scopes import Scope
from zajedno.web.api.tokens import admit
from zajedno.web.shared.problem import Problem, not_taken

View = Callable[..., HttpResponse]


def methods(*taken: str) -> Callable[[View], View]:
    """A view that takes these methods, and says so to who comes with another."""

    def wrap(view: View) -> View:
        @csrf_exempt  # nothing here is done for a cookie
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return view(request, **kwargs) if request.method in taken else not_taken(*taken).told(request)

        return guarded

    return wrap


def fhir_only(scope: Scope, *taken: str) -> Callable[[View], View]:
    """A view for programs that speak FHIR: `view(request, client, …)`."""

    def wrap(view: View) -> View:
        @methods(*taken)
        @wraps(view)
        def admitted(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            asked = admit(request, scope)
            return asked.told(request) if isinstance(asked, Problem) else view(request, asked, **kwargs)

        return admitted

    return wrap
