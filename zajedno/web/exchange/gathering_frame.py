"""What the pages behind log-in that prepare gatherings have in common."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zajedno.exchange.rules import HOLD_EVENT
from zajedno.web.exchange.desk import exchange_page
from zajedno.web.exchange.gatherings import state_tag
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Link

if TYPE_CHECKING:
    from zajedno.exchange.models import Gathering

organiser_page = exchange_page(HOLD_EVENT.key)


def at(gathering: "Gathering", page: str = "") -> str:
    return f"/exchange/gathering-desk/{gathering.slug}/{page}"


def home() -> Link:
    return Link(_("Gatherings"), "/exchange/gathering-desk/")


def show(request: HttpRequest, gathering: "Gathering", title: str, context: Mapping[str, Any]) -> HttpResponse:
    """A page of one gathering: sections above; then what the context has of `notes`, `warnings`, `facts`, `links`,
    `lists`, `tables` (and `page`, `narrow`), and `form` with its heading `ask` and button `go`."""
    own = {
        "title": title, "about": gathering, "sections": _sections(gathering, request.path), "crumbs": [home()],
        "state": state_tag(gathering),
    }  # fmt: skip
    return answer(request, "exchange/gathering_desk.html", {**own, **context})


def _sections(gathering: "Gathering", path: str) -> list[dict[str, Any]]:
    pages = (
        ("", _("Overview")), ("call/", _("Call and proposals")), ("programme/", _("Programme")),
        ("people/", _("Registrations")), ("letters/", pgettext("gathering", "Letters")),
        ("files/", _("Pictures and papers")), ("evaluation/", _("Evaluation")), ("visits/", _("Visits")),
    )  # fmt: skip
    return [
        {"text": text, "href": at(gathering, page),
         "current": path.startswith(at(gathering, page)) if page else path == at(gathering)}
        for page, text in pages
    ]  # fmt: skip


def asked(request: HttpRequest, gathering: "Gathering", form: Form, words: Mapping[str, Any]) -> HttpResponse:
    """A page with one form: `title`, `go`, `back` (under the gathering), and as wanted `note`, `kind`."""
    back = at(gathering, words["back"])
    context = {"form": form, "about": gathering, "crumbs": [home(), Link(str(gathering), at(gathering))]}
    return answer(request, "exchange/gathering_form.html", {**context, **words, "back": back})


def done(
    request: HttpRequest, form: Form, act: Callable[[], object], to: str, said: str | Promise
) -> HttpResponse | None:
    """Do the act of a form that was sent; go on to `to` with a sentence. None: show the form."""
    if form.is_valid() and attempt(form, act):
        messages.success(request, str(said))
        return redirect(to)
    return None
