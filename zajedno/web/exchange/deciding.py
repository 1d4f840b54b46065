"""What editors do: ask reviewers, return, publish, say that it is out of date, retire."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.exchange.actions import editing as actions
from zajedno.exchange.queries import review as reviews
from zajedno.kernel.actor import Actor
from zajedno.web.exchange.desk import editor_page, show
from zajedno.web.exchange.editing import found_for, way
from zajedno.web.exchange.review_forms import Find, Reason, Reviewers
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt

if TYPE_CHECKING:
    from zajedno.places.models import Post

MOST = 40  # people offered at once


@editor_page
def ask(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Tick and ask. The search stays in the address, so that a list that comes back is the same one."""
    row, version = found_for(by, uuid)
    find = Find(request.GET or None)
    text = find.cleaned_data["q"] if find.is_valid() else ""
    found = list(reviews.candidates(by, row, version, text)[: MOST + 1])
    form = Reviewers(request.POST if request.method == "POST" else None, posts=[_offer(post) for post in found[:MOST]])

    def act() -> None:
        given = form.cleaned_data
        actions.ask_reviewers(by=by, practice=row, posts=given["posts"], due_on=given["due_on"])

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("They are told by mail."))
        return redirect("writing:submission", uuid=uuid)
    context = {
        "form": form, "find": find, "practice": row, "found": found[:MOST], "more": len(found) > MOST,
        "narrowed": text, "crumbs": way(row, version),
    }  # fmt: skip
    return show(request, "ask", context)


def _offer(post: "Post") -> tuple[str, str, str]:
    return str(post.uuid), post.account.name, f"{post.organisation} · {post.role}"


def _deciding(
    act: Callable[..., object], title: "str | Promise", go: "str | Promise", done: "str | Promise",
    note: "str | Promise" = "", kind: str = "", *, reason: bool = True,
) -> Callable[..., HttpResponse]:  # fmt: skip
    """A page that asks for the reason, or only once more, and does one thing."""

    @editor_page
    def page(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
        row, version = found_for(by, uuid)
        form = (Reason if reason else Form)(request.POST if request.method == "POST" else None)
        if form.is_valid() and attempt(form, lambda: act(by=by, practice=row, **form.cleaned_data)):
            messages.success(request, str(done))
            return redirect("writing:submission", uuid=uuid)
        words: dict[str, Any] = {"title": title, "go": go, "note": note, "kind": kind}
        cancel = f"/exchange/editing/{uuid}/"
        return show(request, "act", {"form": form, "crumbs": way(row, version), "cancel": cancel, **words})

    return page


return_ = _deciding(
    actions.return_, gettext_lazy("Return it to the author"), gettext_lazy("Return"),
    gettext_lazy("It is returned, and the author was told."),
    gettext_lazy("Say what should be changed. You may repeat what reviewers wrote, without their names."),
)  # fmt: skip
publish = _deciding(
    actions.publish, gettext_lazy("Publish it?"), gettext_lazy("Publish"), gettext_lazy("It is published."),
    gettext_lazy("Everybody reads it from now on, with the name of the institution."), reason=False,
)  # fmt: skip
needs_update = _deciding(
    actions.needs_update, gettext_lazy("Say that it is out of date"), gettext_lazy("Mark it"),
    gettext_lazy("It is marked, and the author was told."),
    gettext_lazy("It stays public, with a mark, until a new version is published."),
)  # fmt: skip
restore = _deciding(
    actions.restore, gettext_lazy("Make it public again?"), gettext_lazy("Make it public"),
    gettext_lazy("It is public again."), gettext_lazy("In the version that was published last."), reason=False,
)  # fmt: skip
retire = _deciding(
    actions.retire, gettext_lazy("Retire it?"), gettext_lazy("Retire"),
    gettext_lazy("It is retired, and the author was told."),
    gettext_lazy("It is not public any more. Its author and the editors can still read it."), "warning",
)  # fmt: skip
