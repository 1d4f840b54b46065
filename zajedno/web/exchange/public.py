"""What all public pages share: kept by browsers for a while, told apart by a tag, packed, shared by a link."""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from zajedno.web.shared.language import ASKED, COMPLETE, USUAL, asked, page_tag, tag

KEPT = 300  # seconds for which a browser or proxy need not ask again
_UNSAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
PICTURE = "zajedno/share.png"  # 1200 by 630: of pages that have none of their own
_PACKED = re.compile(r"text/|[\w.+-]+/([\w.-]+\+)?(json|xml)\b")  # kinds of answers that are worth it
_REFUSED = re.compile(r"gzip\s*;\s*q=0(\.0*)?\s*(,|$)")  # as who takes no gzip may say it
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Share:
    """What a link to the page says of it elsewhere. `facts`: schema.org, without what the page can say itself."""

    title: str
    description: str = ""
    kind: str = "website"  # Open Graph's type
    picture: str = ""  # path
    picture_text: str = ""
    facts: Mapping[str, Any] | None = None
    query: str = ""  # without which the page is another one


def public_page(view: View) -> View:
    """For everybody, without a session. The same for all who ask in a language, so it may be kept and has an ETag."""

    @csrf_exempt  # only reading is taken: 405, not “your form was open too long”
    @wraps(view)
    @require_safe
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return kept(request, view(request, *args, **kwargs))

    return guarded


def kept(request: HttpRequest, response: HttpResponseBase, mark: str = "", seconds: int = KEPT) -> HttpResponseBase:
    """Let a good answer to somebody without a session be kept; 304 when they have it. `mark`: of what streams."""
    if response.status_code != 200 or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return response
    if not mark:
        mark = hashlib.sha256(response.content).hexdigest()[:32]  # type: ignore[attr-defined]
    response.headers["ETag"] = f'"{mark}"'
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    answer = get_conditional_response(request, etag=f'"{mark}"', response=response) or response  # type: ignore[arg-type]
    pack(request, answer)
    answer.is_public = True  # type: ignore[attr-defined]  # read by shared/headers.py
    return answer


def pack(request: HttpRequest, response: HttpResponseBase) -> None:
    """By gzip, where the browser takes it. Safe of these alone: an answer that is the same for all holds no secret."""
    if not isinstance(response, HttpResponse) or not _PACKED.match(response.headers.get("Content-Type", "")):
        return
    patch_vary_headers(response, ("Accept-Encoding",))
    if response.status_code == 200 and _takes_gzip(request.headers.get("Accept-Encoding", "")):
        response.content = gzip.compress(response.content, 6, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["ETag"] = f"W/{response.headers['ETag']}"  # the same page, other bytes


def _takes_gzip(header: str) -> bool:
    return "gzip" in header and not _REFUSED.search(header)


def show(
    request: HttpRequest, template: str, share: Share, context: Mapping[str, Any], folder: str = "exchange"
) -> HttpResponse:
    """The template of the folder, with what it says of itself in its head."""
    bare = request.build_absolute_uri(request.path)
    plain, asking = (f"{bare}?{share.query}", "&") if share.query else (bare, "?")
    languages = [(tag(code), f"{plain}{asking}{ASKED}={code}") for code in COMPLETE]
    said_in = f"{plain}{asking}{ASKED}={get_language() or USUAL}"  # who gets a link reads what its sender read
    address = said_in if asked(request) else plain
    said = {"url": address, "inLanguage": context.get("lang") or page_tag(get_language() or USUAL)}
    about = {
        "share": share, "address": address, "shared": said_in, "languages_of_page": [*languages, ("x-default", plain)],
        "picture": request.build_absolute_uri(share.picture or static(PICTURE)),
        "for_machines": linked(said | dict(share.facts)) if share.facts else "",
    }  # fmt: skip
    return render(request, f"{folder}/{template}", {**context, **about})


def linked(facts: Mapping[str, Any]) -> SafeString:
    """Facts for machines as JSON-LD. It is data: no script runs it, and no text of an author can end its element."""
    known = {key: value for key, value in facts.items() if value not in ("", None, [])}
    told = {"@context": "https://schema.org"} | known
    return SafeString(json.dumps(told, ensure_ascii=False, default=str).translate(_UNSAFE))
