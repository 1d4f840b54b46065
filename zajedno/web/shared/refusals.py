"""A refusal raised anywhere below becomes a page with its sentence."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zajedno.kernel.refusal import NotFound, Refused
from zajedno.web.shared import errors


class Refusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """`NotFound` is answered exactly as an address that does not exist; its own sentence is not shown."""
        if isinstance(exception, NotFound):
            return errors.not_found(request)
        if isinstance(exception, Refused):
            return render(request, "errors/refused.html", {"sentence": exception.sentence}, status=exception.status)
        return None
