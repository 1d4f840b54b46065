"""What is done about a contribution, what editors look at, themes somebody follows, and the link that ends letters."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from zajedno.exchange.actions import community as actions
from zajedno.exchange.actions import digest as following
from zajedno.exchange.enums import Digest, Moderation
from zajedno.exchange.queries import community as queries
from zajedno.exchange.queries import digest
from zajedno.exchange.rules import EDIT
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.web.exchange.champions import public_form, site
from zajedno.web.exchange.community import PATH, at, member_page, show, way
from zajedno.web.exchange.community_forms import Follow
from zajedno.web.exchange.community_words import ACTS, shown
from zajedno.web.exchange.desk import exchange_page
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt

if TYPE_CHECKING:
    from zajedno.exchange.models import Contribution

REPORTS = f"{PATH}reports/"


@member_page
def act(request: HttpRequest, by: Actor, uuid: UUID, act: str) -> HttpResponse:
    """A page that asks whether, and why; only for an act that the reader can do now."""
    row = queries.find(by, uuid)
    words = ACTS.get(act)
    offered = [*queries.acts(by, row), *([queries.LEAVE] if queries.reported(by).filter(pk=row.pk).exists() else [])]
    if words is None or act not in offered:
        raise NotFound("")
    form = words.form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, _verb(by, row, act, form)):
        messages.success(request, _("Done."))
        return redirect(_after(row, act))
    context = {
        "form": form, "title": words.title, "go": words.go, "kind": words.kind, "note": words.note, "row": row,
        "back": at(row.head), "crumbs": way(row.head),
    }  # fmt: skip
    return show(request, "_act", context)


def _verb(by: Actor, row: "Contribution", act: str, form: Form) -> Callable[[], object]:
    verbs: dict[str, Callable[[], object]] = {
        queries.ACCEPT: lambda: actions.accept(by=by, answer=row),
        queries.UNACCEPT: lambda: actions.accept(by=by, answer=row, accepted=False),
        queries.REPORT: lambda: actions.report(by=by, row=row, why=form.cleaned_data["reason"]),
        queries.LEAVE: lambda: actions.leave(by=by, row=row),
        Moderation.TAKE_BACK: lambda: actions.take_back(by=by, row=row),
    }
    return verbs.get(act, lambda: actions.moderate(by=by, row=row, act=act, reason=form.cleaned_data["reason"]))


def _after(row: "Contribution", act: str) -> str:
    if act == queries.LEAVE:
        return REPORTS
    return PATH if act == Moderation.TAKE_BACK and row.topic is None else at(row.head)


@exchange_page(EDIT.key)
def reports(request: HttpRequest, by: Actor) -> HttpResponse:
    """What was reported and waits for an editor."""
    page = Paginator(queries.reported(by), queries.PAGE).get_page(request.GET.get("page"))
    why = queries.reasons(list(page))
    rows = [{"one": one, "reports": why.get(one.row.pk, [])} for one in shown(by, list(page))]
    return show(request, "_reports", {"rows": rows, "page": page})


@member_page
def themes(request: HttpRequest, by: Actor) -> HttpResponse:
    """Which themes, and how often a letter comes."""
    row = digest.subscription(by)
    first = {"themes": row.themes, "digest": row.digest}
    form = Follow(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid() and attempt(form, lambda: following.follow(by=by, site=site(request), **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect(PATH)
    return show(request, "_themes", {"form": form})


@csrf_exempt  # a mail program asks in one click, without a page of ours before it; the link itself is the key
@public_form
def unsubscribe(request: HttpRequest, uuid: UUID, token: str) -> HttpResponse:
    """From a letter. Looking changes nothing: mail readers open links by themselves. Answered without a redirect, which
    a mail program need not follow (RFC 8058)."""
    try:
        row: Any = digest.by_link(uuid, token)
        if request.method == "POST":
            row = following.unsubscribe(uuid=uuid, token=token)
    except NotFound:
        return render(request, "exchange/community_link_gone.html", status=404)
    return render(request, "exchange/community_unsubscribe.html", {"is_over": row.digest == Digest.NONE})
