"""Pages of filling in a form. What each desk knows of it (whose it is, where it is kept) is a `Filling`.

It can be left at any page and come back to; skipped questions come when an answer asks for them; all answers are
checked on one page and sent in one act.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.forms.logic.sheet import Sheet
from zajedno.web.shared.fields import LongText
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Row, Tag, Task
from zajedno.web.shared.sheets import pages as layout
from zajedno.web.shared.sheets.contract import CHECK, Asked, Filling, Place
from zajedno.web.shared.sheets.page_form import PageForm, take
from zajedno.web.shared.sheets.reading import summary_rows


@dataclass(frozen=True)
class Card:
    """A page's answers on the page of checking."""

    title: str
    href: str
    rows: list[Row]
    done: bool


class Send(Form):
    reason = LongText(
        label=gettext_lazy("What is being corrected, and why"),
        help_text=gettext_lazy("The form as it was sent before stays beside this one."),
        max_length=250,
        rows=2,
    )

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["reason"]


def index(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The tasks of a long form; a form of one page begins with it."""
    asked = filling.asked()
    if len(asked) == 1:
        return redirect(f"{filling.address}{asked[0].page.key}/")
    tasks = [Task(one.page.title, _state(one), f"{filling.address}{one.page.key}/") for one in asked]
    whole = not any(one.problems for one in asked)
    done = Tag(_("Ready"), "info") if whole else Tag(_("Cannot start yet"), "off")
    last = Task(_("Check the answers and send"), done, f"{filling.address}{CHECK}/" if whole else "")
    return _show(request, filling, "index", tasks=[*tasks, last])


def _state(one: Asked) -> Tag:
    if not one.begun:
        return Tag(_("Not begun"), "info")
    return Tag(_("Begun"), "wait") if one.problems else Tag(_("Done"), "done")


def page(request: HttpRequest, filling: Filling, key: str) -> HttpResponse:
    """One page. Nothing that was typed is ever lost: it is kept first, then judged."""
    here = filling.page(key)
    if request.method != "POST":
        return _show_page(request, Place(filling, here))
    unseen = take(filling.sheet, partial(layout.items, filling.sheet, here), request.POST)
    if "look" in request.POST:  # a script asks what the page would hold; what is on its way later must win
        return _show_page(request, Place(filling, here))
    _change_turns(filling.sheet, request, layout.items(filling.sheet, here))
    filling.keep(filling.sheet.draft())
    if "later" in request.POST:
        messages.success(request, _("Your answers are saved. Only you see them."))
        return redirect(filling.leave)
    place = Place(filling, here)
    if {"add", "remove"} & set(request.POST):
        return _show_page(request, place)
    if unseen:
        return _show_page(request, place, more=True)
    form = place.form(judged=True)
    return _show_page(request, place, form) if form.errors else redirect(place.after)


def _change_turns(sheet: Sheet, request: HttpRequest, items: Sequence[layout.Item]) -> None:
    """Add a turn to a repeat, or take one away; only those that stand on the page can be named."""
    add, remove = request.POST.get("add"), request.POST.get("remove")
    if any(item.kind == "add" and item.path == add for item in items):
        sheet.add(str(add))
    if any(item.kind == "turn" and item.free and item.path == remove for item in items):
        path, _mark, number = str(remove).rpartition("[")
        sheet.remove(path, int(number.rstrip("]")))


def _show_page(request: HttpRequest, place: Place, form: PageForm | None = None, *, more: bool = False) -> HttpResponse:
    """`more`: there are questions that the sender has not seen."""
    context = _context(place.filling) | {
        "form": place.form() if form is None else form, "here": place.here, "trail": place.trail(),
        "back": place.before, "more": more, "decides": layout.decides(place.filling.form.form),
    }  # fmt: skip
    if place.at:
        context["notices"] = []  # read on the first page; again where the form is sent
    return answer(request, "sheets/page.html", context)


def check(request: HttpRequest, filling: Filling) -> HttpResponse:
    """All answers on one page; sending them is one act."""
    cards = [
        Card(one.page.title, f"{filling.address}{one.page.key}/", summary_rows(one.items), not one.problems)
        for one in filling.asked()
    ]
    missing = [card for card in cards if not card.done]
    form = Send(request.POST if request.method == "POST" else None, corrects=filling.corrects)
    gone: list[str] = []

    def act() -> None:
        gone.append(filling.send(form.cleaned_data.get("reason", "")))

    if form.is_valid() and not missing and attempt(form, act):
        messages.success(request, _("The form is sent."))
        return redirect(gone[0])
    return _show(request, filling, "check", form=form, cards=cards, missing=missing)


def drop(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Throw a draft away, once it was asked."""
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        filling.drop()
        messages.success(request, _("The draft is gone."))
        return redirect(filling.leave)
    return _show(request, filling, "drop", form=form)


def _context(filling: Filling) -> dict[str, Any]:
    facts = filling.form.facts
    return {
        "filling": filling, "title": filling.form.title(filling.language), "crumbs": filling.crumbs,
        "notices": facts.sentences, "unverified": not facts.verified,
        "source": facts.source, **filling.context(),
    }  # fmt: skip


def _show(request: HttpRequest, filling: Filling, template: str, **more: Any) -> HttpResponse:
    return answer(request, f"sheets/{template}.html", _context(filling) | more)
