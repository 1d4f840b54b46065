"""Each request is one transaction, under the database role of its desk and in the name of who is logged in."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

from zajedno.kernel import fence
from zajedno.kernel.clock import today
from zajedno.places.queries.actor import actor_for
from zajedno.web.shared.errors import bad_request

Answer = Callable[[HttpRequest], HttpResponseBase]
DESKS = ("/work/", "/panel/", "/manage/", "/family/", "/network/")
PHONES = "/api/openrosa/"  # who asks is found out by the address itself, not by a session
API = "/api/"  # and so it is for programs: no cookie counts there
FILES = (PHONES, "/api/1/fhir/", "/api/1/own/")  # of these, what may come to a file or a desk's tables
WITHOUT_DATABASE = ("/static/", "/healthz")


def role_of(path: str) -> str:
    """Desks of people who work with children; everything else may not even reach the children's tables."""
    return fence.RUNTIME if path.startswith((*DESKS, *FILES)) else fence.EXCHANGE


class Fence:
    """Opens the transaction before sessions are read, so that nothing of the request runs outside it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(WITHOUT_DATABASE):
            return self.answer(request)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)  # PostgreSQL keeps no such text, so nothing is called so
        if request.path.startswith(API):
            request.COOKIES = {}
        with fence.acting(role_of(request.path)):
            response = self.answer(request)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()  # a lazy template must not run outside the fence
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class Identify:
    """Makes `request.actor` and tells the database who acts."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        if request.path.startswith(WITHOUT_DATABASE):
            return self.answer(request)
        if request.user.is_authenticated:
            fence.identify(request.user.pk)
            request.actor = actor_for(request.user.pk, today())  # type: ignore[attr-defined]
        return self.answer(request)
