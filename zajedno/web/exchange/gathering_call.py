"""The call of a gathering: tracks with their last days and codes, proposals and what is decided of them."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zajedno.exchange.actions import gathering as actions
from zajedno.exchange.actions import proposal as proposals
from zajedno.exchange.enums import ProposalState
from zajedno.exchange.queries import gathering as queries
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.web.exchange.gathering_forms import Deadline, Decide, NewTrack
from zajedno.web.exchange.gathering_frame import asked, at, done, organiser_page, show
from zajedno.web.exchange.registering import DECISIONS
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.language import NAMES
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.shared.request import sent

if TYPE_CHECKING:
    from zajedno.exchange.models import Gathering, Proposal


@organiser_page
def call(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    gathering = queries.find(by, slug)
    form = NewTrack(sent(request))

    def act() -> None:
        actions.add_track(by=by, gathering=gathering, titles=form.titles(), deadline=form.cleaned_data["deadline"])

    went = done(request, form, act, at(gathering, "call/"), _("The track is there."))
    return went or show(request, gathering, _("Call and proposals"), {
        "tables": [_tracks(gathering, by), _proposals(gathering)], "form": form, "ask": _("Add a track"),
        "go": _("Add the track"),
    })  # fmt: skip


def _tracks(gathering: "Gathering", by: Actor) -> Table:
    columns = [Column(_("Track")), Column(_("Last day for proposals")), Column(_("State"))]
    rows = [
        [
            Cell(str(one), at(gathering, f"call/{one.key}/")), date_format(one.deadline, "SHORT_DATE_FORMAT"),
            Cell(tag=Tag(_("Open"), "info") if one.is_open(by.today) else Tag(_("Closed"), "off"),
                 small=_("A code opens it") if one.late_hash else ""),
        ]
        for one in gathering.tracks.all()
    ]  # fmt: skip
    return Table("tracks", _("Tracks"), columns, rows, empty=_("Nothing is called for yet."))


def _proposals(gathering: "Gathering") -> Table:
    columns = [Column(_("Proposal")), Column(_("Track")), Column(_("Who proposed it")), Column(_("State"))]
    rows = [
        [
            Cell(one.title, at(gathering, f"proposals/{one.uuid}/")), str(one.track), one.proposer.name,
            Cell(tag=_state(one)),
        ]
        for one in queries.proposals(gathering)
    ]  # fmt: skip
    return Table(
        "proposals", _("Proposals"), columns, rows, sortable=True, empty=_("Nobody has proposed anything yet.")
    )


def _state(row: "Proposal") -> Tag:
    return Tag(row.get_state_display(), DECISIONS[ProposalState(row.state)])


@organiser_page
def track(request: HttpRequest, by: Actor, slug: str, key: str) -> HttpResponse:
    """Another last day; or a code that opens it after the last day, which is shown once."""
    gathering = queries.find(by, slug)
    row = gathering.tracks.filter(key=key).select_related("gathering").first()
    if row is None:
        raise NotFound("")
    if request.method == "POST" and "code" in request.POST:
        code = actions.late_code(by=by, track=row)
        messages.success(request, _("The code is %(code)s. It is shown only now; the one before opens nothing.") % {
            "code": code
        })  # fmt: skip
        return redirect(at(gathering, f"call/{key}/"))
    form = Deadline(sent(request), initial={"deadline": row.deadline})
    words = {
        "title": str(row),
        "go": _("Keep the day"),
        "back": "call/",
        "extra": ("code", _("Make a code for late proposals")),
    }
    return done(
        request,
        form,
        lambda: actions.prolong(by=by, track=row, **form.cleaned_data),
        at(gathering, "call/"),
        _("Kept."),
    ) or asked(request, gathering, form, words)


@organiser_page
def proposal(request: HttpRequest, by: Actor, slug: str, uuid: UUID) -> HttpResponse:
    """Read and decide; who proposed it themselves only reads."""
    gathering, row = queries.find(by, slug), queries.proposal(by, uuid)
    form = Decide(sent(request))
    facts = [
        Row(_("State"), _state(row)), Row(_("Track"), str(row.track)), Row(_("Who proposed it"), row.proposer.name),
        Row(_("Language"), NAMES.get(row.language, row.language)), Row(_("What they want to show"), row.abstract),
        *([Row(_("Good practice"), row.practice.slug, [Link(_("Read"), f"/exchange/practices/{row.practice.slug}/")])]
          if row.practice else []),
        *([Row(_("Why"), row.reason)] if row.reason else []),
    ]  # fmt: skip
    context: dict[str, Any] = {"facts": facts}
    if row.state == ProposalState.PROPOSED and row.proposer_id != by.account:
        if form.is_valid() and attempt(form, lambda: proposals.decide(by=by, proposal=row, **form.decision())):
            messages.success(request, _("The decision is kept, and the proposer gets a letter."))
            return redirect(at(gathering, "call/"))
        context |= {"form": form, "ask": _("Decide"), "go": _("Keep the decision")}
    elif row.proposer_id == by.account:
        context["warnings"] = [_("You proposed this yourself, so somebody else decides.")]
    return show(request, gathering, row.title, context)
