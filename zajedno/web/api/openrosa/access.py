"""Who asks: a phone with its own name and token, by HTTP Digest or Basic. No session, no cookie, no page to log in.

A phone that was stopped, whose post has ended, or whose person is no longer here is told no more than a stranger: 401.
"""

import base64
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from hashlib import md5
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import parse_http_list, parse_keqv_list

from django.core.cache import cache
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from zajedno.kernel import fence
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.places.logic.token import REALM
from zajedno.places.queries.device import actor_of, by_name, token_fits
from zajedno.web.api.openrosa.answers import headed, message
from zajedno.web.shared.limits import mark

if TYPE_CHECKING:
    from zajedno.places.models import Device

FAILURES, FAILURES_THERE, WINDOW = 10, 60, 300  # under one name, from one address (many phones share it), in seconds
NONCE_SECONDS = 3600  # a picture over a bad line may take that long
_nonces = TimestampSigner(salt="openrosa", sep=".")
_NEEDED = {"username", "realm", "nonce", "uri", "response", "qop", "nc", "cnonce"}


@dataclass(frozen=True, slots=True)
class Phone:
    """`by` sits at the device's one post."""

    device: "Device"
    by: Actor


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose request it is, if anybody's. `stale`: all is right but the challenge is old."""

    device: "Device | None" = None
    stale: bool = False


def phone_only(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view for phones: `view(request, phone, …)`."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @require_http_methods(list(methods))
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return headed(_answer(view, request, kwargs))

        return guarded

    return wrap


def _answer(view: Callable[..., HttpResponse], request: HttpRequest, kwargs: Mapping[str, Any]) -> HttpResponse:
    header = request.headers.get("Authorization", "")
    if not header:
        return challenge()
    name = _name(header)
    limits = _limits(request, name)
    failures = cache.get_many(limits)
    if any(failures.get(key, 0) >= most for key, most in limits.items()):
        return _later()
    claim = _claim(request, header, name)
    if claim.device is None:
        for key in () if claim.stale else limits:
            cache.set(key, failures.get(key, 0) + 1, WINDOW)
        return challenge(stale=claim.stale)
    fence.identify(claim.device.post.account_id)
    phone = Phone(claim.device, actor_of(claim.device, today()))
    if phone.by.reads_for is None:  # a post that opens no files keeps none
        return message(_("This post does not take in forms from phones."), 403)
    return view(request, phone, **kwargs)


def _limits(request: HttpRequest, name: str) -> dict[str, int]:
    """How many failures are borne, by key. Only failures are written: a phone that is who it says waits for nobody.

    (allauth's own limits count no GET, and lock their key for every request of an address until it is answered.)
    """
    return {f"phone:{mark(request)}": FAILURES_THERE, f"phone:{name}": FAILURES}


def _later() -> HttpResponse:
    response = message(_("Too many attempts. Try again in a few minutes."), 429)
    response.headers["Retry-After"] = str(WINDOW)
    return response


def challenge(*, stale: bool = False) -> HttpResponse:
    """Digest first: of what it can do an application takes the first."""
    response = message(_("The phone has to log in. Set it up again with the picture from Zajedno."), 401)
    nonce = _nonces.sign(get_random_string(16))
    digest = f'Digest realm="{REALM}", domain="/api/openrosa/", nonce="{nonce}", algorithm=MD5, qop="auth"'
    digest += ", stale=true" if stale else ""
    response.headers["WWW-Authenticate"] = f'{digest}, Basic realm="{REALM}", charset="UTF-8"'
    return response


def _parts(header: str) -> tuple[str, str]:
    scheme, _space, rest = header.strip().partition(" ")
    return scheme.lower(), rest.strip()


def _fields(rest: str) -> dict[str, str]:
    try:
        return dict(parse_keqv_list(parse_http_list(rest)))
    except (ValueError, IndexError):
        return {}


def _pair(rest: str) -> tuple[str, str]:
    """Name and token of a Basic header."""
    try:
        name, _colon, token = base64.b64decode(rest, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return name, token


def _name(header: str) -> str:
    scheme, rest = _parts(header)
    name = _pair(rest)[0] if scheme == "basic" else _fields(rest).get("username", "")
    return name if re.fullmatch(r"[a-z0-9]{1,12}", name) else ""


@sensitive_variables()
def _claim(request: HttpRequest, header: str, name: str) -> Claim:
    device = by_name(name, today()) if name else None
    if device is None:
        return Claim()
    scheme, rest = _parts(header)
    if scheme == "basic":
        return Claim(device) if token_fits(device, _pair(rest)[1]) else Claim()
    fields = _fields(rest) if scheme == "digest" else {}
    if not fields.keys() >= _NEEDED or not device.secret or not _is_here(request, fields["uri"]):
        return Claim()
    if not hmac.compare_digest(_expected(request.method or "", fields, device.secret), fields["response"].encode()):
        return Claim()
    try:
        _nonces.unsign(fields["nonce"], max_age=NONCE_SECONDS)
    except SignatureExpired:
        return Claim(stale=True)
    except BadSignature:
        return Claim()
    return Claim(device)


def _expected(method: str, fields: Mapping[str, str], secret: str) -> bytes:
    """RFC 7616, 3.4.1, of the kind `auth`."""
    second = _md5(f"{method}:{fields['uri']}")
    ways = (fields[key] for key in ("nonce", "nc", "cnonce", "qop"))
    return _md5(":".join((secret, *ways, second))).encode()


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def _is_here(request: HttpRequest, uri: str) -> bool:
    """Is the answer to the challenge one for this address, and not taken from a request to another?"""
    parts = urlsplit(uri)
    return unquote(parts.path) == request.path and parts.query == request.META.get("QUERY_STRING", "")
