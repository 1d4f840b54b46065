"""What every page of the desk has: who may open it, and how things are called."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import wraps
from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zajedno.kernel.refusal import NotPermitted
from zajedno.networks.enums import State
from zajedno.networks.queries.body import sits
from zajedno.programmes.rules import KEEP_BUDGET, KEEP_PRICES
from zajedno.web.shared.desks import NETWORK
from zajedno.web.shared.guards import answer, desk_page
from zajedno.web.shared.pieces import Link, Tag
from zajedno.web.shared.request import PersonRequest

View = Callable[..., HttpResponse]

OF_MEMBERS = (
    "/network/",
    "/network/bodies/",
    "/network/figures/",
)  # lists in which who only sits in a body finds something
MONEY, PLANNING = "/network/money/", (KEEP_PRICES, KEEP_BUDGET)
TONES = {State.AHEAD: "plain", State.OPEN: "info", State.OVER: "wait", State.CLOSED: "off"}


def network_page(view: View) -> View:
    """A page for who runs rounds, may be asked in them, or sits in a body: `view(request, by, …)`."""

    @desk_page
    @wraps(view)
    def page(request: PersonRequest, **kwargs: Any) -> HttpResponse:
        if not NETWORK.serves(request.actor):
            if not sits(request.actor):
                raise NotPermitted(_("This desk is for people of a network. Your post does not open it."))
            request.sits = True  # so the navigation shows the desk here (shell.py)
        return view(request, request.actor, **kwargs)

    return page


def show(request: HttpRequest, template: str, context: Mapping[str, Any], *others: BaseForm) -> HttpResponse:
    """A page of the desk; `template` lies in templates/network/. `others`: forms on it besides `form`."""
    nav = [one for one in context.get("nav", ()) if _opens(cast(PersonRequest, request), one["href"])]
    return answer(request, f"network/{template}.html", {"crumbs": [home()], **context, "nav": nav}, *others)


def _opens(request: PersonRequest, href: str) -> bool:
    """A door that is shut is not shown."""
    if getattr(request, "sits", False):
        return href in OF_MEMBERS
    return href != MONEY or any(request.actor.may(verb.key) for verb in PLANNING)


def question(
    request: HttpRequest, way: list[Link], form: BaseForm, title: str, go: str, **more: Any
) -> HttpResponse:  # fmt: skip
    """A page of one question, under what it is about: the last of `way`, where who does not go on comes back."""
    context = {"form": form, "title": title, "go": go, "cancel": way[-1].href, "crumbs": way}
    return show(request, "act", {**context, **more})


def home() -> Link:
    return Link(_("Network"), "/network/")


def sections(here: str) -> list[dict[str, Any]]:
    """The lists of the desk beside each other."""
    known = (
        ("rounds", "/network/", _("Rounds")), ("agreements", "/network/agreements/", _("Agreements")),
        ("bodies", "/network/bodies/", pgettext("network", "Bodies")),
        ("plans", "/network/plans/", _("Action plans")), ("programmes", "/network/programmes/", _("Programmes")),
        ("money", "/network/money/", _("Money")), ("social", "/network/social/", _("Social map")),
        ("missing", "/network/missing/", _("Who is missing")),
        ("lasting", "/network/lasting/", _("Sustainability")), ("figures", "/network/figures/", _("Figures")),
    )  # fmt: skip
    return [{"text": text, "href": href, "current": key == here} for key, href, text in known]


def state_tag(state: State) -> Tag:
    return Tag(state.label, TONES[state])


def number(value: Decimal | None, *, signed: bool = False) -> str:
    """As the language writes it; a change with its sign; a dash for none."""
    if value is None:
        return "–"
    return f"{'+' if signed and value > 0 else ''}{localize(value)}"


def decimal(value: float, places: int) -> str:
    """A measure rounded for reading, as the language writes it."""
    return str(localize(round(Decimal(str(value)), places)))
