"""Filling in a form, page by page. What each desk knows of it (whose it is, where it is kept) is a `Filling`.

It can be left at any page and come back to; skipped questions come when an answer asks for them; all answers are
checked on one page and sent in one act.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zajedno.forms.logic.sheet import Sheet
from zajedno.forms.queries.form import Loaded
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.fields import LongText
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Link, Row, Step, Tag, Task
from zajedno.web.shared.sheets import pages as layout
from zajedno.web.shared.sheets.page_form import PageForm, is_sent, put
from zajedno.web.shared.sheets.reading import summary_rows

CHECK = "check"


class Filling(ABC):
    """One form being filled in by one person. `address` ends with a slash; under it lie the pages and `check/`."""

    form: Loaded
    address: str
    today: date
    crumbs: Sequence[Link] = ()
    corrects = False

    @property
    @abstractmethod
    def answers(self) -> Mapping[str, Any]:
        """What was kept so far."""

    @abstractmethod
    def keep(self, answers: Mapping[str, Any], page: str) -> None:
        """Keep what is written, right or wrong."""

    @abstractmethod
    def send(self, reason: str) -> str:
        """Send what was kept; the address to go on to. Raises Refused."""

    @property
    @abstractmethod
    def leave(self) -> str:
        """Where "come back later" leads."""

    def context(self) -> dict[str, Any]:
        """More for the templates: whose form it is."""
        return {}

    @cached_property
    def language(self) -> str:
        return get_language() or "en"

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet(self.form.form, self.answers, today=self.today, language=self.language)

    @cached_property
    def pages(self) -> list[layout.Page]:
        return layout.pages(self.sheet)

    @property
    def asked(self) -> list[layout.Page]:
        """Pages on which something is asked, given the answers."""
        return [page for page in self.pages if layout.items(self.sheet, page)]

    def page(self, key: str) -> layout.Page:
        found = next((page for page in self.pages if page.key == key), None)
        if found is None:
            raise NotFound("")
        return found

    def problems_on(self, page: layout.Page) -> list[Any]:
        return layout.on_page(self.sheet.problems(), page)

    def done(self, page: layout.Page) -> bool:
        """Is it in order, with something answered? Where nothing must be answered, an empty page is not done yet."""
        return not self.problems_on(page) and self.begun(page)

    def begun(self, page: layout.Page) -> bool:
        return any(item.shown and item.shown.value for item in layout.items(self.sheet, page))


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
    asked = filling.asked
    if len(asked) == 1:
        return redirect(f"{filling.address}{asked[0].key}/")
    tasks = [Task(page.title, _state(filling, page), f"{filling.address}{page.key}/") for page in asked]
    whole = not filling.sheet.problems()
    done = Tag(_("Ready"), "info") if whole else Tag(_("Cannot start yet"), "off")
    last = Task(_("Check the answers and send"), done, f"{filling.address}{CHECK}/" if whole else "")
    return _show(request, filling, "index", tasks=[*tasks, last])


def _state(filling: Filling, page: layout.Page) -> Tag:
    if not filling.begun(page):
        return Tag(_("Not begun"), "info")
    return Tag(_("Begun"), "wait") if filling.problems_on(page) else Tag(_("Done"), "done")


def page(request: HttpRequest, filling: Filling, key: str) -> HttpResponse:
    """One page. Nothing that was typed is ever lost: it is kept first, then judged."""
    here = filling.page(key)
    if request.method != "POST":
        return _show_page(request, filling, here, judged=False)
    unseen = take(filling, here, request.POST)
    if "look" in request.POST:  # a script asks what the page would hold; what is on its way later must win
        return _show_page(request, filling, here, judged=False)
    _change_turns(filling.sheet, request, layout.items(filling.sheet, here))
    filling.keep(filling.sheet.draft(), key)
    if "later" in request.POST:
        messages.success(request, _("Your answers are saved. Only you see them."))
        return redirect(filling.leave)
    if {"add", "remove"} & set(request.POST):
        return _show_page(request, filling, here, judged=False)
    if unseen:
        return _show_page(request, filling, here, judged=False, more=True)
    if filling.problems_on(here) or PageForm(layout.items(filling.sheet, here), judged=True).errors:
        return _show_page(request, filling, here, judged=True)
    return redirect(f"{filling.address}{_after(filling, here)}/")


def _change_turns(sheet: Sheet, request: HttpRequest, items: Sequence[layout.Item]) -> None:
    """Add a turn to a repeat, or take one away; only those that stand on the page can be named."""
    add, remove = request.POST.get("add"), request.POST.get("remove")
    if any(item.kind == "add" and item.path == add for item in items):
        sheet.add(str(add))
    if any(item.kind == "turn" and item.free and item.path == remove for item in items):
        path, _mark, number = str(remove).rpartition("[")
        sheet.remove(path, int(number.rstrip("]")))


def take(filling: Filling, here: layout.Page, data: QueryDict) -> bool:
    """Write what was sent into the sheet; an answer may bring questions that were sent too, and so on. Did questions
    come up that the sender has not seen?"""
    seen: set[str] = set()
    while fresh := [
        item for item in layout.items(filling.sheet, here) if item.kind == "question" and item.path not in seen
    ]:
        sent = [item for item in fresh if not seen or is_sent(item, data)]
        if not sent:
            return True
        put(filling.sheet, sent, data)
        seen |= {item.path for item in sent}
    return False


def _after(filling: Filling, here: layout.Page) -> str:
    """The next page on which something is asked, or the check."""
    keys = [page.key for page in filling.asked]
    at = keys.index(here.key) + 1 if here.key in keys else 0
    return keys[at] if at < len(keys) else CHECK


def _show_page(
    request: HttpRequest, filling: Filling, here: layout.Page, *, judged: bool, more: bool = False
) -> HttpResponse:
    asked = filling.asked
    form = PageForm(layout.items(filling.sheet, here), filling.problems_on(here) if judged else (), judged=judged)
    at = next((number for number, one in enumerate(asked) if one.key == here.key), 0)
    trail = [
        Step(one.title, "here" if one.key == here.key else "done" if filling.done(one) else "ahead",
             f"{filling.address}{one.key}/")
        for one in asked
    ]  # fmt: skip
    back = f"{filling.address}{asked[at - 1].key}/" if at else filling.address if len(asked) > 1 else filling.leave
    status = 422 if form.errors else 200
    context = _context(filling) | {
        "form": form, "here": here, "trail": trail if len(trail) > 1 else [], "back": back, "more": more,
        "decides": layout.decides(filling.form.form),
    }  # fmt: skip
    if at:
        context["notices"] = []  # read on the first page; again where the form is sent
    return render(request, "sheets/page.html", context, status=status)


def check(request: HttpRequest, filling: Filling) -> HttpResponse:
    """All answers on one page; sending them is one act."""
    cards = [
        Card(
            page.title,
            f"{filling.address}{page.key}/",
            summary_rows(filling.sheet, page),
            not filling.problems_on(page),
        )
        for page in filling.asked
    ]
    missing = [card for card in cards if not card.done]
    form = Send(request.POST if request.method == "POST" else None, corrects=filling.corrects)
    gone: list[str] = []
    if (
        form.is_valid()
        and not missing
        and attempt(form, lambda: gone.append(filling.send(form.cleaned_data.get("reason", ""))))
    ):
        messages.success(request, _("The form is sent."))
        return redirect(gone[0])
    return _show(request, filling, "check", form=form, cards=cards, missing=missing)


def _context(filling: Filling) -> dict[str, Any]:
    facts = filling.form.facts
    return {
        "filling": filling, "title": filling.form.title(filling.language), "crumbs": filling.crumbs,
        "notices": [label(one) for one in facts.notices], "unverified": not facts.source.get("verified", False),
        "source": facts.source, **filling.context(),
    }  # fmt: skip


def _show(request: HttpRequest, filling: Filling, template: str, **more: Any) -> HttpResponse:
    return answer(request, f"sheets/{template}.html", _context(filling) | more)
