"""What the pages behind log-in that hold cycles of champions have in common."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zajedno.exchange.enums import Consent, CycleState
from zajedno.exchange.rules import AWARD, JURY
from zajedno.kernel.refusal import NotPermitted
from zajedno.web.shared.guards import answer, desk_page
from zajedno.web.shared.pieces import Link, Tag
from zajedno.web.shared.request import PersonRequest

if TYPE_CHECKING:
    from zajedno.exchange.models import Cycle

View = Callable[..., HttpResponse]
STATES = {
    CycleState.AHEAD: "plain", CycleState.OPEN: "info", CycleState.JUDGED: "wait", CycleState.DECIDED: "wait",
    CycleState.PUBLISHED: "done",
}  # fmt: skip
CONSENTS = {Consent.ASKED: "wait", Consent.GIVEN: "done"}


def award_page(view: View) -> View:
    """A page for who holds cycles or sits in juries: `view(request, by, …)`."""

    @desk_page
    @wraps(view)
    def page(request: PersonRequest, **kwargs: Any) -> HttpResponse:
        if not (request.actor.may(AWARD.key) or request.actor.may(JURY.key)):
            raise NotPermitted(_("This page is for who awards champions of inclusion. Your post does not open it."))
        return view(request, request.actor, **kwargs)

    return page


def show(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    return answer(request, f"exchange/{template}.html", {"crumbs": [home()], **context})


def home() -> Link:
    return Link(_("Champions"), "/exchange/awards/")


def way(cycle: "Cycle") -> list[Link]:
    """Crumbs of the pages under a cycle."""
    return [home(), Link(str(cycle), f"/exchange/awards/{cycle.uuid}/")]


def state_tag(state: CycleState) -> Tag:
    return Tag(state.label, STATES[state])


def consent_tag(consent: str) -> Tag:
    return Tag(Consent(consent).label, CONSENTS.get(Consent(consent), "off"))


def day(value: date) -> str:
    return date_format(value, "SHORT_DATE_FORMAT")


def days(cycle: "Cycle") -> str:
    return f"{day(cycle.opens_on)} – {day(cycle.closes_on)}"
