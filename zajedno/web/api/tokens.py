"""Who asks: a program of another house, by a bearer token (RFC 6750). No session, no cookie.

A token that was taken back, is too old, or whose person no longer holds the post is told no more than a stranger: 401.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from zajedno.access.actions.token import use
from zajedno.access.queries.token import living
from zajedno.kernel import fence
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.scopes import Scope
from zajedno.places.queries.actor import actor_through
from zajedno.web.shared.limits import WINDOW, is_too_often, later, mark
from zajedno.web.shared.problem import Problem

if TYPE_CHECKING:
    from zajedno.access.models import Token

FAILURES, FAILURE_WINDOW = 30, 300  # wrong tokens from one address, in seconds
REQUESTS = 600  # with one token, a minute
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Client:
    """`by`: who made the token, at its one organisation, with no more than its scopes."""

    token: "Token"
    by: Actor


def token_required(scope: Scope) -> Callable[[View], View]:
    """A view for programs: `view(request, client, …)`. The address must lie behind the database role it needs
    (`shared/fence.py`)."""

    def wrap(view: View) -> View:
        @csrf_exempt  # nothing here is done for a cookie
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            asked = admit(request, scope)
            return asked.response() if isinstance(asked, Problem) else view(request, asked, **kwargs)

        guarded.scope = scope  # type: ignore[attr-defined]  # read by the description of the API
        return guarded

    return wrap


@sensitive_variables()
def admit(request: HttpRequest, scope: Scope) -> Client | Problem:
    """The program behind a request, or why it is not let in; whoever answers in a form of their own asks here."""
    scheme, _space, word = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer" or not word.strip():
        return _unknown("", _("Send a token of this house in the header “Authorization: Bearer …”."))
    failed = f"token-failed:{mark(request)}"
    failures = cache.get(failed, 0)
    if failures >= FAILURES:
        return later(FAILURE_WINDOW)
    token = living(word.strip(), today())
    by = actor_through(token, today()) if token else None
    if token is None or by is None or not by.seats:
        cache.set(failed, failures + 1, FAILURE_WINDOW)
        return _unknown(', error="invalid_token"', _("This token opens nothing. Ask who gave it to you for a new one."))
    if scope.key not in token.scopes:
        return _too_little(scope)
    if is_too_often(f"token:{token.prefix}", REQUESTS):
        return later(WINDOW)
    fence.identify(token.account_id)
    use(token=token, today=today())
    return Client(token, by)


def _unknown(error: str, detail: str) -> Problem:
    return Problem(401, detail, {"WWW-Authenticate": f'Bearer realm="Zajedno"{error}'})


def _too_little(scope: Scope) -> Problem:
    told = f'Bearer realm="Zajedno", error="insufficient_scope", scope="{scope.key}"'
    detail = _("This token may not do that. It needs the scope named here.")
    return Problem(403, detail, {"WWW-Authenticate": told}, {"scope": scope.key})
