"""Headers of every answer: what a browser may load, and what it may keep."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # data: for the second factor's picture
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS = ", ".join(
    f"{feature}=()" for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
)
PUBLIC = frozenset({"/", "/begin/", "/easy/", "/accessibility/", "/privacy/", "/help/", "/robots.txt", "/favicon.ico"})


class SecurityHeaders:
    """Outermost of ours, so that an error page carries them too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("X-Content-Type-Options", "nosniff")
        if not request.path.startswith(settings.STATIC_URL):
            self._keep_nothing(request, response)
        return response

    @staticmethod
    def _keep_nothing(request: HttpRequest, response: HttpResponse) -> None:
        """Only a public page, and only for somebody who is not logged in, may stay in a browser or a proxy.

        Those of the exchange say so themselves (`web/exchange/public.py`).
        """
        is_public = request.path in PUBLIC or getattr(response, "is_public", False)
        if is_public and settings.SESSION_COOKIE_NAME not in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        else:
            response.headers["Cache-Control"] = "no-store"
        if not is_public:
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
