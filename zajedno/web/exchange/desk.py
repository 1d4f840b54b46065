"""What the pages behind log-in about practices have in common: who may open them, their sections, how things look."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from zajedno.exchange import rules
from zajedno.exchange.enums import State
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import day_of
from zajedno.kernel.refusal import NotPermitted
from zajedno.web.shared.guards import answer, desk_page
from zajedno.web.shared.pieces import Link, Tag
from zajedno.web.shared.request import PersonRequest

if TYPE_CHECKING:
    from zajedno.exchange.models import PracticeFile

View = Callable[..., HttpResponse]
TONES = {
    State.DRAFT: "plain", State.SUBMITTED: "info", State.REVIEW: "info", State.RETURNED: "wait",
    State.PUBLISHED: "done", State.NEEDS_UPDATE: "wait", State.RETIRED: "off",
}  # fmt: skip


def exchange_page(*verbs: str) -> Callable[[View], View]:
    """`@exchange_page(rules.EDIT.key)`: a page for who has one of the verbs in any post: `view(request, by, …)`."""

    def decorate(view: View) -> View:
        @desk_page
        @wraps(view)
        def page(request: PersonRequest, **kwargs: Any) -> HttpResponse:
            if not any(request.actor.may(verb) for verb in verbs):
                raise NotPermitted(_("Your post does not open this page of the exchange."))
            return view(request, request.actor, **kwargs)

        return page

    return decorate


writer_page = exchange_page(rules.WRITE_PRACTICE.key)
reviewer_page = exchange_page(rules.REVIEW.key)
editor_page = exchange_page(rules.EDIT.key)
translator_page = exchange_page(rules.TRANSLATE.key)


def show(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """A page; `template` lies in templates/exchange/desk/."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    return answer(request, f"exchange/desk/{template}.html", {"sections": sections(by, request.path), **context})


def sections(by: Actor, path: str) -> list[dict[str, Any]]:
    """The parts of the desk that this person has; what names no verb is for who holds any post."""
    offered = (
        (rules.WRITE_PRACTICE, "/exchange/mine/", _("My practices")),
        (rules.REVIEW, "/exchange/reviews/", _("Reviews")),
        (rules.TRANSLATE, "/exchange/translations/", _("Translations")),
        (rules.EDIT, "/exchange/editing/", _("Editing")),
        (rules.REPLICATE, "/exchange/sites/", _("Models we take over")),
        (rules.REPLICATE, "/exchange/visits/", _("Visits and mentoring")),
        (None, "/exchange/community/", _("Communities")),
    )
    return [
        {"text": text, "href": href, "current": path.startswith(href)}
        for verb, href, text in offered
        if (by.may(verb.key) if verb else by.seats)
    ]


def mine_link() -> Link:
    return Link(_("My practices"), "/exchange/mine/")


def state_tag(state: State) -> Tag:
    return Tag(state.label, TONES[state])


def day(value: Any) -> str:
    """A moment as the day it was, as the language writes it."""
    return date_format(day_of(value), "SHORT_DATE_FORMAT") if value else ""


def saved(file: "PracticeFile", *, nameless: bool = False) -> HttpResponse:
    """A file to keep. `nameless`: under no name of its own, which may say whose it is."""
    name = f"{str(file.uuid)[:8]}.{file.name.rpartition('.')[2]}" if nameless else file.name
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"}
    return HttpResponse(bytes(file.content), content_type=file.media_type, headers=headers)
