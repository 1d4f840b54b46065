"""Which language and script a page is in, and how a person changes it."""

from collections.abc import Callable
from itertools import takewhile
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

NAMES = dict(settings.LANGUAGES)
COMPLETE = ("sr", "sr-latn", "bs", "hr", "hu", "sq", "en")  # wholly translated, so offered to everybody
WRITTEN = tuple(code for code in COMPLETE if code not in ("sr-latn", "en"))  # of those: made from sr; the source
USUAL = "sr"  # for who asks for none of them
SESSION_KEY = "language"
ASKED = "lang"  # of an address: a link that reads in one language, whoever opens it
_SCRIPTED = {"sr": "sr-Cyrl", "sr-latn": "sr-Latn"}
_CHECKED = '"X-Checked-By:'
_YEAR = 365 * 24 * 3600


def tag(code: str) -> str:
    """The BCP 47 tag to write in `lang`: the script is said where a language has two."""
    return _SCRIPTED.get(code, code)


def page_tag(code: str) -> str:
    """The tag of a whole page: one in a language that is not complete yet is English, and is marked so."""
    return tag(code if code in COMPLETE else "en")


def checked_by(code: str) -> str:
    """The native speaker who read all texts of a language, and when, as its catalogue says; "" until somebody has."""
    catalogue = settings.LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.po"
    with catalogue.open(encoding="utf-8") as lines:
        head = takewhile(str.strip, lines)
        told = next((line for line in head if line.startswith(_CHECKED)), "")
    return told.removeprefix(_CHECKED).strip().removesuffix('\\n"').strip()


def known(code: str) -> str | None:
    """Our code for a browser's language tag: `sr-Cyrl-RS` → sr; `sh`, `cnr`, `sr-Latn-ME` → sr-latn; else None."""
    base, *rest = code.lower().replace("_", "-").split("-")
    if base in ("sr", "sh", "cnr"):
        usual = "sr" if base == "sr" else "latn"
        script = next((part for part in rest if part in ("latn", "cyrl")), usual)
        return "sr-latn" if script == "latn" else "sr"
    return base if base in NAMES else None


def accepted(header: str) -> str | None:
    """The first complete language a browser asks for."""
    for asked, _weight in parse_accept_lang_header(header.lower()[:500]):
        code = known(asked)
        if code in COMPLETE:
            return code
    return None


def asked(request: HttpRequest) -> str:
    """The language that the address itself asks for; empty for none, or for one that is not complete."""
    code = request.GET.get(ASKED, "")
    return code if code in COMPLETE else ""


def chosen(request: HttpRequest) -> str:
    """The address, then the cookie, then what the account was set to at log-in, the browser, Serbian in Cyrillic."""
    if code := asked(request):
        return code
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if code in NAMES:
        return code
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        code = request.session.get(SESSION_KEY, "")
        if code in NAMES:
            return code
    return accepted(request.headers.get("Accept-Language", "")) or USUAL


class ChosenLanguage:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = chosen(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", page_tag(code))
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def came_from(request: HttpRequest) -> str:
    """Path of our own page the person was on; the home page when the browser does not say or it is another site's.

    The page is not asked to say so itself: then an unknown address would be repeated in the page that refuses it.
    """
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(address)
    query = urlencode([pair for pair in parse_qsl(parts.query) if pair[0] != ASKED])  # the choice is stronger now
    path = parts.path + (f"?{query}" if query else "")
    return path if url_has_allowed_host_and_scheme(path, None) and path.startswith("/") else "/"


@csrf_exempt  # changes nothing but the sender's own cookie; a token here would open a session for every visitor
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie and go back."""
    response = HttpResponseRedirect(came_from(request))
    code = request.POST.get("language", "")
    if code in NAMES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=_YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response
