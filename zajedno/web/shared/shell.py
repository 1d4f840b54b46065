"""What every page's frame needs."""

from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zajedno.web.shared.desks import NETWORK, desks_for
from zajedno.web.shared.language import COMPLETE, NAMES, USUAL, page_tag, tag

PRODUCT = "Zajedno"
PUBLIC_PAGES = (
    ("/begin/", _("Where do I begin?")),
    ("/services/", _("Services")),
    ("/exchange/practices/", _("Good practices")),
    ("/exchange/models/", _("Models")),
    ("/exchange/events/", _("Events")),
    ("/exchange/campaigns/", _("Campaigns")),
    ("/exchange/champions/", _("Champions")),
    ("/places/", _("Municipalities")),
    ("/networks/", _("Networks")),
    ("/procedures/", _("How it is done")),
    ("/figures/", _("Figures")),
)


@cache
def version() -> str:
    """Of the installed package; empty from a bare checkout."""
    try:
        return installed("zajedno")
    except PackageNotFoundError:
        return ""


def languages(current: str) -> list[dict[str, Any]]:
    """Each language under its own name."""
    codes = [code for code in NAMES if code in COMPLETE or code == current]
    return [{"code": code, "tag": tag(code), "name": NAMES[code], "current": code == current} for code in codes]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: product, version, language, desks and the person."""
    actor = getattr(request, "actor", None)
    code = get_language() or USUAL
    path = request.path
    return {
        "product": product(code),
        "version": version(),
        "demo": settings.DEMO,
        "html_lang": page_tag(code),
        "language_complete": code in COMPLETE,
        "languages": languages(code),
        "desks": [
            {"key": desk.key, "path": desk.path, "label": desk.label, "current": desk.is_at(path)}
            for desk in [*desks_for(actor), *([NETWORK] if getattr(request, "sits", False) else [])]
        ],
        "public_pages": [
            {"path": href, "label": text, "current": path.startswith(href) and ("page" if path == href else "true")}
            for href, text in PUBLIC_PAGES
        ],
        "actor": actor,
    }


def product(code: str) -> str:
    """The product's name in the script of the page."""
    return "Заједно" if code == "sr" else PRODUCT
