"""How often one address of the network may do what anybody may do. No address is kept as it is: only a mark of it."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache, caches
from django.core.cache.backends.base import BaseCache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from zajedno.kernel.clock import now
from zajedno.web.shared.problem import Problem

OPEN_REQUESTS, WINDOW = 1200, 60  # without a token, from one address, in seconds; many may stand behind one address
View = Callable[..., HttpResponseBase]


def too_many(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Count this attempt; true when there were more than `most` without a pause of `seconds`."""
    key = _key(request, what)
    count = cache.get(key, 0) + 1
    cache.set(key, count, seconds)
    return bool(count > most)


def is_over(request: HttpRequest, what: str, *, most: int) -> bool:
    """Have as many attempts been counted already? This one is not."""
    return bool(cache.get(_key(request, what), 0) >= most)


def is_too_often(who: str, most: int, store: BaseCache = cache) -> bool:
    """Counted in whole minutes of the clock."""
    key = f"{who}:{int(now().timestamp()) // WINDOW}"
    count = store.get(key, 0) + 1
    store.set(key, count, WINDOW)
    return bool(count > most)


def is_asked_too_often(request: HttpRequest) -> bool:
    """Of what is open to programs. Each process counts in its own memory: reading alone writes nothing anywhere."""
    return is_too_often(f"open:{mark(request)}", OPEN_REQUESTS, caches["counts"])


def throttled(view: View) -> View:
    """A view that programs read without a token."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return later(WINDOW).told(request) if is_asked_too_often(request) else view(request, *args, **kwargs)

    return guarded


def later(seconds: int) -> Problem:
    return Problem(429, _("Too many requests. Try again later."), {"Retry-After": str(seconds)})


def mark(request: HttpRequest) -> str:
    """Of where it comes from; what comes from nowhere that can be told shares one."""
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""
    bits = 64 if address.version == 6 else 32  # of IPv6 one house has a whole /64 to itself
    near = ip_network((address, bits), strict=False)
    return salted_hmac("zajedno.limits", str(near), algorithm="sha256").hexdigest()[:32]


def _key(request: HttpRequest, what: str) -> str:
    return f"limit:{what}:{mark(request)}"
