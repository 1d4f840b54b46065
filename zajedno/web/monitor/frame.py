"""What every page of the desk has: who may open it. It comes to the database as the public pages do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from zajedno.kernel.verbs import ask
from zajedno.networks.rules import COMPARE
from zajedno.web.shared.guards import desk_page
from zajedno.web.shared.request import PersonRequest

View = Callable[..., HttpResponse]


def monitor_page(view: View) -> View:
    """A page for who compares by numbers: `view(request, by, …)`."""

    @desk_page
    @wraps(view)
    def page(request: PersonRequest, **kwargs: Any) -> HttpResponse:
        ask(request.actor, COMPARE)
        return view(request, request.actor, **kwargs)

    return page


def sections(here: str) -> dict[str, Any]:
    """The pages of the desk beside each other, as its templates take them."""
    known = (
        ("figures", "/monitor/", _("Figures")),
        ("networks", "/monitor/networks/", _("Networks side by side")),
        ("frames", "/monitor/frames/", _("Frameworks of results")),
    )
    nav = [{"text": text, "href": href, "current": key == here} for key, href, text in known]
    return {"nav": nav, "nav_label": _("Numbers")}
