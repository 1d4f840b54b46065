"""Who may open a page of a desk, and how a page answers when a verb refuses."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zajedno.kernel.refusal import NotFound, Refused

View = Callable[..., HttpResponse]


def desk_page(view: View) -> View:
    """A page for who is logged in; others go to log-in and come back. Nothing it receives may reach an error report."""

    @wraps(view)
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)  # without the query, which may hold what somebody typed
        return view(request, *args, **kwargs)

    return guarded


def comes_back(request: HttpRequest, response: HttpResponse) -> bool:
    """Was a form not taken, so that its page is shown again, with all that stands on it?"""
    return request.method == "POST" and response.status_code != HTTPStatus.FOUND


def attempt(form: forms.BaseForm, act: Callable[[], object], *, passing: tuple[type[Refused], ...] = ()) -> bool:
    """Do the act of a valid form. A refusal becomes an error of the whole form; NotFound goes on to the 404, and
    `passing` to the view, which answers it with a page of its own."""
    try:
        act()
    except Refused as refusal:
        if isinstance(refusal, (NotFound, *passing)):
            raise
        form.add_error(None, str(refusal.sentence))
        form.refused_with = refusal.status  # type: ignore[attr-defined]
        return False
    return True


def answer(request: HttpRequest, template: str, context: Mapping[str, Any], *others: forms.BaseForm) -> HttpResponse:
    """The page; `form` in it, or one of the others, that was not accepted is shown filled again, with 422 or the
    refusal's own status."""
    found = (one for one in (context.get("form"), *others) if isinstance(one, forms.BaseForm))
    wrong = next((one for one in found if one.is_bound and one.errors), None)
    status = getattr(wrong, "refused_with", 422) if wrong else 200
    return render(request, template, dict(context), status=status)
