"""Gatherings that I prepare: their list, one of them, how it goes on, and who agreed there to visit whom."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zajedno.exchange.actions import gathering as actions
from zajedno.exchange.actions import registration as registrations
from zajedno.exchange.enums import GatheringState, Pact, RegistrationState
from zajedno.exchange.queries import gathering as queries
from zajedno.exchange.rules import HOLD_EVENT
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.organisation import names
from zajedno.web.exchange.champions import site
from zajedno.web.exchange.gathering_forms import Prepare, Visit
from zajedno.web.exchange.gathering_frame import asked, at, done, home, organiser_page, show
from zajedno.web.exchange.gatherings import state_tag, when
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table
from zajedno.web.shared.request import sent

if TYPE_CHECKING:
    from zajedno.exchange.models import Gathering


@organiser_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    rows = list(queries.run_by(by))
    counts = queries.counts(rows)
    columns = [Column(_("Gathering")), Column(_("When")), Column(_("Have a place"), numeric=True),
               Column(_("Wait"), numeric=True), Column(_("State"))]  # fmt: skip
    cells = [
        [
            Cell(str(one), at(one), small=one.place), when(one),
            f"{counts[one.pk].get(RegistrationState.CONFIRMED, 0)} / {one.capacity}",
            str(counts[one.pk].get(RegistrationState.WAITING, 0)), Cell(tag=state_tag(one)),
        ]
        for one in rows
    ]  # fmt: skip
    empty = _("No gathering yet. What you prepare appears here, and nobody else sees it until you open it.")
    table = Table("gatherings", _("Gatherings that you prepare"), columns, cells, empty=empty)
    return answer(request, "exchange/gathering_list.html", {"table": table})


@organiser_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    offered = [(str(key), name) for key, name in names(set(by.organisations_for(HOLD_EVENT.key))).items()]
    form = Prepare(sent(request), offered=offered)
    made: list[Gathering] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(actions.prepare(by=by, organisation=form.organisation_id(), plan=form.plan()))
    ):
        messages.success(request, _("The draft is there. Nobody else sees it yet."))
        return redirect(at(made[0]))
    words = {"title": _("Prepare a gathering"), "go": _("Keep the draft"), "back": home().href}
    return answer(request, "exchange/gathering_form.html", {"form": form, "crumbs": [home()], **words})


@organiser_page
def one(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    gathering = queries.find(by, slug)
    counts = queries.counts([gathering])[gathering.pk]
    facts = [
        Row(_("When"), when(gathering)),
        Row(_("Where"), gathering.place),
        Row(_("Organised by"), str(gathering.organisation)),
        Row(_("Have a place"), f"{counts.get(RegistrationState.CONFIRMED, 0)} / {gathering.capacity}"),
        Row(_("Wait"), str(counts.get(RegistrationState.WAITING, 0))),
        Row(_("Online"), gathering.online_link),
    ]
    links = [Link(_("Change"), at(gathering, "edit/"))]
    if gathering.state != GatheringState.DRAFT:
        links.append(Link(_("The public page"), f"/exchange/gatherings/{slug}/"))
    links += [Link(_act(state), at(gathering, f"state/{state}/")) for state in _next(gathering)]
    return show(request, gathering, str(gathering), {"facts": facts, "links": links})


def _next(gathering: "Gathering") -> tuple[GatheringState, ...]:
    return actions.NEXT[GatheringState(gathering.state)]


def _act(state: GatheringState) -> str:
    return {
        GatheringState.OPEN: _("Open registration"),
        GatheringState.CLOSED: _("Close registration"),
        GatheringState.HELD: _("It was held"),
        GatheringState.CANCELLED: _("Cancel the gathering"),
    }[state]


@organiser_page
def edit(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    """More places let in who waits, at once."""
    gathering = queries.find(by, slug)
    form = Prepare(sent(request), gathering=gathering)

    def act() -> None:
        actions.change(by=by, gathering=gathering, plan=form.plan())
        registrations.let_in(by=by, gathering=gathering, site=site(request))

    words = {"title": _("Change the gathering"), "go": _("Keep"), "back": ""}
    return done(request, form, act, at(gathering), _("Kept.")) or asked(request, gathering, form, words)


@organiser_page
def state(request: HttpRequest, by: Actor, slug: str, state: str) -> HttpResponse:
    """Asked first."""
    gathering = queries.find(by, slug)
    if state not in _next(gathering):
        raise NotFound("")
    wanted, form = GatheringState(state), Form(sent(request))
    notes = {
        GatheringState.OPEN: _("Everybody sees the gathering and can register."),
        GatheringState.CLOSED: _("Nobody can register any more. Who waits still moves up."),
        GatheringState.HELD: _("Afterwards only materials and visits are added."),
        GatheringState.CANCELLED: _(
            "This cannot be undone. Write to who has a place first: letters stay closed after."
        ),
    }
    words = {
        "title": _act(wanted), "go": _act(wanted), "note": notes[wanted], "back": "",
        "kind": "warning" if wanted == GatheringState.CANCELLED else "",
    }  # fmt: skip
    return done(
        request, form, lambda: actions.set_state(by=by, gathering=gathering, state=state), at(gathering), wanted.label
    ) or asked(request, gathering, form, words)


@organiser_page
def visits(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    gathering = queries.find(by, slug)
    form = Visit(sent(request), initial={"kind": Pact.VISIT})
    to = at(gathering, "visits/")
    went = done(
        request,
        form,
        lambda: actions.agree(by=by, gathering=gathering, **form.cleaned_data),
        to,
        _("The visit is noted."),
    )
    if went:
        return went
    columns = [Column(_("What it is")), Column(_("Who visits or is helped")), Column(_("Who shows or helps")),
               Column(_("What they want to see")), Column(_("Until when")), Column(_("State"))]  # fmt: skip
    rows = [
        [
            one.get_kind_display(),
            str(one.guest),
            str(one.host),
            one.what,
            date_format(one.due_on, "SHORT_DATE_FORMAT") if one.due_on else "",
            one.get_state_display(),
        ]
        for one in queries.agreed(gathering)
    ]
    table = Table("visits", _("Agreed visits"), columns, rows, empty=_("No visit is noted yet."))
    return show(request, gathering, _("Visits"), {
        "tables": [table], "form": form, "ask": _("Note a visit"), "go": _("Keep the visit"),
    })  # fmt: skip
