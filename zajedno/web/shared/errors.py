"""Error pages, and a reporter that repeats nothing of anybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter

from zajedno.web.shared.language import chosen, page_tag
from zajedno.web.shared.logs import frames
from zajedno.web.shared.problem import Problem, is_for_programs


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One and the same page for what is not there and for what this person may not find."""
    if is_for_programs(request):
        return Problem(404, "There is no such thing.").told(request)
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _bare(request, "errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def too_large(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/413.html", status=413)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or came from another site."""
    return _bare(request, "errors/csrf.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor the session, which may be what failed."""
    return _bare(request, "errors/500.html", 500)


def _bare(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page without context processors; a problem for a program."""
    if is_for_programs(request):
        return Problem(status, "The request is not one that this address can answer.").told(request)
    code = translation.get_language()
    if not code:
        request.COOKIES.pop("sessionid", None)
        code = chosen(request)
    with translation.override(code):
        return HttpResponse(render_to_string(template, {"html_lang": page_tag(code)}), status=status)


class NamelessReporter(ExceptionReporter):
    """Where it broke and what kind of error; no values, no settings, nothing of the request."""

    def get_traceback_data(self) -> dict[str, Any]:
        return {"exception_type": getattr(self.exc_type, "__name__", "error"), "frames": []}

    def get_traceback_text(self) -> SafeString:
        return escape(frames(self.exc_type, self.exc_value, self.tb))

    def get_traceback_html(self) -> SafeString:
        return self.get_traceback_text()
