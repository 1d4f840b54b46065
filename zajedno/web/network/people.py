"""Who is asked: found by name or institution, invited, reminded."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.kernel.actor import Actor
from zajedno.networks.actions import respondent as actions
from zajedno.networks.queries import respondent as respondents
from zajedno.networks.queries import round as queries
from zajedno.web.network.forms import Find, People
from zajedno.web.network.frame import network_page, show
from zajedno.web.network.round import way
from zajedno.web.shared.guards import attempt

if TYPE_CHECKING:
    from zajedno.places.models import Post

MOST = 40  # people offered at once


@network_page
def invite(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Tick and invite. The search stays in the address, so that a list that comes back is the same one."""
    row = queries.run_by(by, uuid)
    find = Find(request.GET or None)
    text = find.cleaned_data["q"] if find.is_valid() else ""
    found = list(respondents.candidates(by, row, text)[: MOST + 1])
    form = People(request.POST if request.method == "POST" else None, posts=[_offer(post) for post in found[:MOST]])
    made: list[object] = []
    if form.is_valid() and attempt(
        form, lambda: made.extend(actions.invite(by=by, round=row, posts=form.cleaned_data["posts"]))
    ):
        sentence = ngettext("%(count)s person is invited.", "%(count)s people are invited.", len(made))
        messages.success(request, sentence % {"count": len(made)})
        return redirect("network:round", uuid=uuid)
    return show(
        request, "invite",
        {"form": form, "find": find, "round": row, "found": found[:MOST], "more": len(found) > MOST, "narrowed": text,
         "crumbs": way(row)},
    )  # fmt: skip


def _offer(post: "Post") -> tuple[str, str, str]:
    return str(post.uuid), post.account.name, f"{post.organisation} · {post.role}"


@network_page
def remind(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.run_by(by, uuid)
    if request.method == "POST":
        count = actions.remind(by=by, round=row)
        sentence = ngettext("%(count)s person was reminded.", "%(count)s people were reminded.", count) % {
            "count": count
        }
        messages.success(
            request, sentence if count else _("Everybody who has not answered was written to today already.")
        )
    return redirect("network:round", uuid=uuid)
