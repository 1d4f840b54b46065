"""What who is logged in does with a public practice: keep it, follow it, ask, answer, say that it is used."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from zajedno.exchange.actions import follow, question, taking
from zajedno.exchange.actions.wording import LIMIT
from zajedno.exchange.queries import catalogue
from zajedno.exchange.queries import question as questions
from zajedno.exchange.queries import taking as takings
from zajedno.kernel.refusal import NotFound
from zajedno.web.exchange.catalogue import PATH, exchange_link
from zajedno.web.exchange.practice_page import address
from zajedno.web.exchange.reading import Reading, cards
from zajedno.web.shared.fields import Confirm, LongText, Radios, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt, desk_page
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.request import PersonRequest

# What a button sends, and what it changes.
KEEPING = {"save": {"saved": True}, "unsave": {"saved": False}, "follow": {"told": True}, "unfollow": {"told": False}}


class Words(Form):
    """A question or an answer."""

    text = LongText(label=gettext_lazy("Your text"), max_length=LIMIT, rows=6)
    checked = Confirm(label=gettext_lazy("I have read it again: no child can be recognised in it"), required=False)


class Use(Form):
    """Which of one's institutions uses it."""

    organisation = Radios(label=gettext_lazy("Which institution?"))
    note = Text(label=gettext_lazy("How you use it, and what you do otherwise"), required=False, max_length=500)


@desk_page
@require_POST
def keep(request: PersonRequest, slug: str) -> HttpResponse:
    wanted = KEEPING.get(request.POST.get("act", ""))
    if wanted is None:
        raise NotFound("")
    follow.keep(by=request.actor, practice=catalogue.by_slug(slug), **wanted)
    messages.success(request, _("Done."))
    return redirect(address(slug))


@desk_page
def ask(request: PersonRequest, slug: str) -> HttpResponse:
    practice = catalogue.by_slug(slug)
    form = Words(request.POST or None)

    def act() -> None:
        given = form.cleaned_data
        question.ask(by=request.actor, practice=practice, text=given["text"], is_checked=given["checked"])

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("Sent. Your question appears here once the author has answered it."))
        return redirect(address(slug))
    return _page(request, "ask.html", Reading(practice), form)


@desk_page
def reply(request: PersonRequest, slug: str, uuid: UUID) -> HttpResponse:
    practice = catalogue.by_slug(slug)
    row = questions.find(request.actor, practice, uuid)
    form = Words(request.POST or None)

    def act() -> None:
        given = form.cleaned_data
        question.answer(by=request.actor, question=row, text=given["text"], is_checked=given["checked"])

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("Answered. Question and answer are public now."))
        return redirect(address(slug))
    return _page(request, "ask.html", Reading(practice), form, question=row)


@desk_page
def hide(request: PersonRequest, slug: str, uuid: UUID) -> HttpResponse:
    practice = catalogue.by_slug(slug)
    row = questions.find_shown(request.actor, practice, uuid)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: question.hide(by=request.actor, question=row)):
        messages.success(request, _("The question is off the page."))
        return redirect(address(slug))
    one = Reading(practice)
    words = {
        "title": _("Take the question off the page?"), "note": row.text, "go": _("Take it off"), "kind": "warning",
        "back": address(slug), "about": "", "crumbs": [exchange_link(), Link(one.title, address(slug))],
    }  # fmt: skip
    return answer(request, "exchange/gathering_form.html", {"form": form, **words})


@desk_page
def use(request: PersonRequest, slug: str) -> HttpResponse:
    practice = catalogue.by_slug(slug)
    places = {one.code: one for one in takings.takers(request.actor, practice)}
    if not places:
        raise NotFound("")
    form = Use(request.POST or None, initial={"organisation": next(iter(places)) if len(places) == 1 else ""})
    form.fill("organisation", [(code, str(one)) for code, one in places.items()])

    def act() -> None:
        given = form.cleaned_data
        at = places[given["organisation"]].pk
        taking.take(by=request.actor, practice=practice, organisation=at, note=given["note"])

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("Thank you. Your place is counted among those that use it."))
        return redirect(address(slug))
    return _page(request, "use.html", Reading(practice), form)


@desk_page
def kept(request: PersonRequest) -> HttpResponse:
    """One's own list."""
    rows = cards(catalogue.chosen(takings.kept(request.actor)))
    context = {"rows": rows, "crumbs": [exchange_link(), Link(_("Good practices"), PATH)]}
    return answer(request, "exchange/kept.html", context)


def _page(request: HttpRequest, template: str, one: Reading, form: Form, **more: object) -> HttpResponse:
    trail = [exchange_link(), Link(one.title, address(one.practice.slug))]
    return answer(request, f"exchange/{template}", {"one": one, "form": form, "crumbs": trail, **more})
