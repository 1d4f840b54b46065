"""An agreement on paper: printed from what it says, and the signed paper that is kept with it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override

from zajedno.kernel.actor import Actor
from zajedno.kernel.documents import Rendering
from zajedno.kernel.refusal import NotFound
from zajedno.networks.actions.agreement import attach
from zajedno.networks.queries import agreement as queries
from zajedno.web.network import agreement_words as words
from zajedno.web.network.agreement_forms import Paper
from zajedno.web.network.agreements import way
from zajedno.web.network.frame import network_page, show
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.papers import given, language_of
from zajedno.web.shared.uploads import saved

if TYPE_CHECKING:
    from zajedno.networks.models import Agreement
    from zajedno.web.shared.pieces import Row

PROTOCOL = settings.PACKS_DIR / "common" / "letters" / "protocol.typ"


@network_page
def protocol(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """As PDF, in the language of the page: who signs, what holds, clause by clause, and the signatures given."""
    row = queries.find(by, uuid)
    language = language_of(PROTOCOL)
    with override(language):
        about, content = Rendering(language, str(row), str(row.organisation), by.today), _content(row)
    return given(PROTOCOL, content, about, f"agreement-{row.version}.pdf")


def _content(row: "Agreement") -> dict[str, Any]:
    known = {one.key: one for one in words.resting(row.territory.country_id)}
    signing = list(queries.signatories(row))
    return {
        "place": str(row.territory), "title": str(row), "parties": [str(one.organisation) for one in signing],
        "facts": _lines(words.facts(row)),
        "clauses": [
            {"title": _("Clause %(number)s") % {"number": one.number}, "rows": _lines(words.clause_rows(one, known))}
            for one in queries.clauses(row)
        ],
        "signatures": [
            {"party": str(one.organisation), "by": one.representative, "on": day(one.signed_on),
             "state": str(one.get_state_display())}
            for one in signing
        ],
    }  # fmt: skip


def _lines(rows: "list[Row]") -> list[list[str]]:
    return [[str(row.key), ", ".join(map(str, row.values))] for row in rows if row.values]


@network_page
def paper(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The signed paper that was kept."""
    row = queries.find(by, uuid)
    kept = getattr(row, "file", None)
    if kept is None:
        raise NotFound("")
    return saved(bytes(kept.content), kept.media_type, kept.name)


@network_page
def keep(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    if request.method != "POST" and not queries.writes(by, row):
        return redirect(words.address(row))
    form = Paper(*((request.POST, request.FILES) if request.method == "POST" else ()))

    def act() -> None:
        sent = form.cleaned_data["file"]
        attach(by=by, agreement=row, name=sent.name, media_type=sent.content_type, content=sent.read())

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The paper is kept with the agreement."))
        return redirect(words.address(row))
    context = {"form": form, "title": _("Keep the signed paper"), "go": _("Keep"), "files": True}
    return show(request, "act", {**context, "cancel": words.address(row), "crumbs": way(row)})
