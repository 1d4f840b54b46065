"""Communities for who holds a post: topics under themes, one of them with its answers, the forms to ask and answer."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.exchange.actions import community as actions
from zajedno.exchange.enums import Theme
from zajedno.exchange.queries import community as queries
from zajedno.exchange.queries import digest
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, NotPermitted
from zajedno.web.exchange.catalogue import exchange_link
from zajedno.web.exchange.community_forms import FOLLOWED, Answer, Ask, Narrow
from zajedno.web.exchange.community_words import PATH, shown, tags
from zajedno.web.exchange.desk import sections
from zajedno.web.shared.guards import answer as answered
from zajedno.web.shared.guards import attempt, desk_page
from zajedno.web.shared.pieces import Link, Tag
from zajedno.web.shared.request import PersonRequest

if TYPE_CHECKING:
    from zajedno.exchange.models import Contribution


def member_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for who holds a post today: `view(request, by, …)`."""

    @desk_page
    @wraps(view)
    def page(request: PersonRequest, **kwargs: Any) -> HttpResponse:
        if not request.actor.seats:
            raise NotPermitted(_("Communities are for who works in an institution. Your account holds no post today."))
        return view(request, request.actor, **kwargs)

    return page


def show(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """`exchange/community` + template, with the sections of the desk above."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    own = {"sections": sections(by, request.path), "crumbs": [exchange_link(), home()]}
    return answered(request, f"exchange/community{template}.html", {**own, **context})


def home() -> Link:
    return Link(_("Communities"), PATH)


def at(topic: "Contribution") -> str:
    return f"{PATH}{topic.uuid}/"


def way(topic: "Contribution") -> list[Link]:
    return [exchange_link(), home(), Link(topic.title, at(topic))]


@member_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    """Topics, the newest first, narrowed by words, theme, and whether they are answered."""
    narrow = Narrow(request.GET or None)
    narrow.is_valid()
    asked = narrow.cleaned_data if narrow.is_bound else {}
    mine = digest.subscription(by)
    theme = asked.get("theme", "")
    themes = mine.themes if theme == FOLLOWED else [theme] if theme else None
    found = queries.topics(by, text=asked.get("q", ""), themes=themes, show=asked.get("show", ""))
    page = Paginator(found, queries.PAGE).get_page(request.GET.get("page"))
    context = {
        "narrow": narrow, "page": page, "total": page.paginator.count, "mine": mine, "crumbs": [exchange_link()],
        "rows": [{"row": row, "tags": [*_answers(row), *tags(by, row)], "href": at(row)} for row in page],
        "theme": theme if theme in Theme.values else "", "is_narrowed": any(asked.values()),
        "reports": queries.reported(by).count(),
    }  # fmt: skip
    return show(request, "", context)


def _answers(row: Any) -> list[Tag]:
    if row.accepted:
        return [Tag(_("Solved"), "done")]
    return [] if row.shown_answers else [Tag(_("Without an answer"), "wait")]


@member_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    topic = queries.find(by, uuid)
    if topic.topic is not None:
        return redirect(at(topic.topic))
    page = Paginator(queries.answers(by, topic), queries.PAGE).get_page(request.GET.get("page"))
    asked, *answers = shown(by, [topic, *page])
    context = {
        "topic": topic, "asked": asked, "answers": answers, "page": page, "total": page.paginator.count,
        "may_answer": queries.ANSWER in queries.acts(by, topic),
    }  # fmt: skip
    return show(request, "_topic", context)


@member_page
def ask(request: HttpRequest, by: Actor) -> HttpResponse:
    """`?theme=peers` begins under a theme."""
    form = Ask(
        request.POST if request.method == "POST" else None, initial={"theme": request.GET.get("theme", "")}
    )  # fmt: skip
    made: list[Contribution] = []
    if form.is_valid() and attempt(form, lambda: made.append(actions.open_topic(by=by, **form.said()))):
        messages.success(request, _("Your question is there. You get a letter when somebody answers."))
        return redirect(at(made[0]))
    return show(request, "_say", {"form": form, "title": _("Ask a question"), "back": PATH})


@member_page
def answer(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    topic = queries.find(by, uuid)
    if queries.ANSWER not in queries.acts(by, topic):
        raise NotFound("")
    form = Answer(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.answer(by=by, topic=topic, **form.said())):
        messages.success(request, _("Your answer is there."))
        return redirect(at(topic))
    context = {"form": form, "title": _("Answer a question"), "topic": topic, "back": at(topic), "crumbs": way(topic)}
    return show(request, "_say", context)
