"""What all public pages of the exchange share: kept by browsers for a while, told apart by a tag, shared by a link."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from zajedno.web.shared.language import USUAL, page_tag

KEPT = 300  # seconds for which a browser or proxy need not ask again
_UNSAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
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


def public_page(view: View) -> View:
    """For everybody, without a session. The same for all who ask in a language, so it may be kept and has an ETag."""

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
    answer.is_public = True  # type: ignore[attr-defined]  # read by shared/headers.py
    return answer


def show(request: HttpRequest, template: str, share: Share, context: Mapping[str, Any]) -> HttpResponse:
    """`exchange/` + template, with what it says of itself in its head."""
    address = request.build_absolute_uri(request.path)
    picture = request.build_absolute_uri(share.picture) if share.picture else ""
    said = {"url": address, "inLanguage": context.get("lang") or page_tag(get_language() or USUAL)}
    facts = linked(said | dict(share.facts)) if share.facts else ""
    about = {"share": share, "address": address, "picture": picture, "facts": facts}
    return render(request, f"exchange/{template}", {**context, **about})


def linked(facts: Mapping[str, Any]) -> SafeString:
    """Facts for machines as JSON-LD. It is data: no script runs it, and no text of an author can end its element."""
    known = {key: value for key, value in facts.items() if value not in ("", None, [])}
    told = {"@context": "https://schema.org"} | known
    return SafeString(json.dumps(told, ensure_ascii=False, default=str).translate(_UNSAFE))
