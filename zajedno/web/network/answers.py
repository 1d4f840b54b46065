"""My own answers: written page by page, sent once, put right while the round is open, read again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.forms.queries.form import loaded
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import day_of
from zajedno.kernel.refusal import NotFound
from zajedno.networks.actions import sheet as actions
from zajedno.networks.queries import round as queries
from zajedno.networks.queries import sheet as sheets
from zajedno.networks.queries.respondent import own
from zajedno.web.network.frame import network_page, show
from zajedno.web.network.round import way
from zajedno.web.shared.dates import day
from zajedno.web.shared.sheets import filling
from zajedno.web.shared.sheets.contract import Filling
from zajedno.web.shared.sheets.paper import as_pdf, empty_pdf
from zajedno.web.shared.sheets.reading import cards, on_paper, opened

if TYPE_CHECKING:
    from zajedno.networks.models import Round, RoundSheet


class RoundFilling(Filling):
    """A draft of one's own in a round."""

    def __init__(self, by: Actor, uuid: UUID) -> None:
        self.by, self.draft = by, sheets.find_draft(by, uuid)
        self.round = self.draft.respondent.round
        self.form, self.today = loaded(self.draft.version_id), by.today
        self.address, self.corrects = f"/network/sheet/{uuid}/", sheets.sent(self.draft.respondent) is not None
        self.crumbs = way(self.round)

    @property
    def answers(self) -> Mapping[str, Any]:
        return self.draft.answers

    @property
    def leave(self) -> str:
        return f"/network/rounds/{self.round.uuid}/"

    def keep(self, answers: Mapping[str, Any]) -> None:
        actions.keep(by=self.by, draft=self.draft, answers=answers)

    def send(self, reason: str) -> str:
        actions.send(by=self.by, draft=self.draft, reason=reason)
        return self.leave

    def drop(self) -> None:
        actions.drop(by=self.by, draft=self.draft)

    def context(self) -> dict[str, Any]:
        """What becomes of the answers is said before they are given."""
        return {"notices": [*self.form.facts.sentences, *promises(self.form.facts.score)]}


def promises(score: str) -> list[str]:
    """How answers are shown; `networks.logic.outcome` keeps it."""
    told = [
        _("Nobody else sees your answers beside your name. They are added up when the round is closed, and only "
          "questions that at least three people answered are shown.")
    ]  # fmt: skip
    if score == "self-evaluation":
        told += [_("What you write as evidence is shown, without your name, to the people who run the round.")]
    if score == "collaboration":
        told += [_("How closely institutions work together is shown with their names; how much they trust is not.")]
    return told


@network_page
def begin(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    if request.method != "POST":
        return redirect("network:round", uuid=uuid)
    return redirect("network:sheet", uuid=actions.begin(by=by, round=row).uuid)


@network_page
def index(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    return filling.index(request, RoundFilling(by, uuid))


@network_page
def page(request: HttpRequest, by: Actor, uuid: UUID, page: str) -> HttpResponse:
    return filling.page(request, RoundFilling(by, uuid), page)


@network_page
def check(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    return filling.check(request, RoundFilling(by, uuid))


@network_page
def drop(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    return filling.drop(request, RoundFilling(by, uuid))


def _sent(by: Actor, uuid: UUID) -> "tuple[Round, RoundSheet]":
    """A round, and what I sent in it as it counts now; NotFound when I sent nothing."""
    row = queries.find(by, uuid)
    sheet = sheets.sent(own(by, row))
    if sheet is None:
        raise NotFound("")
    return row, sheet


@network_page
def sent(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, sheet = _sent(by, uuid)
    form = loaded(sheet.version_id)
    return show(
        request, "sent",
        {"round": row, "sheet": sheet, "title": form.title(), "crumbs": way(row),
         "cards": cards(opened(form, sheet.answers, sheet.holds_on))},
    )  # fmt: skip


@network_page
def sent_paper(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The same as PDF."""
    row, sheet = _sent(by, uuid)
    form = loaded(sheet.version_id)
    told = [
        [_("Round"), row.title],
        [_("For"), str(own(by, row).organisation)],
        [_("Sent"), day(day_of(sheet.sent_on))],
    ]
    parts = on_paper(opened(form, sheet.answers, sheet.holds_on))
    return as_pdf(form, {"facts": told, "parts": parts, "organisation": str(row.organisation)}, sheet.holds_on)


@network_page
def empty_paper(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """What is asked, as PDF, to think it over by hand."""
    row = queries.find(by, uuid)
    form = loaded(row.version_id)
    return empty_pdf(form, [[_("Round"), row.title], [_("For"), ""]], by.today, str(row.organisation))
