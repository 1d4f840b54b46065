"""Somebody registers for a gathering, looks at their place, cancels it, or proposes what they want to show."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zajedno.exchange.actions import proposal as proposals
from zajedno.exchange.actions import registration as actions
from zajedno.exchange.actions.evaluation import may_evaluate
from zajedno.exchange.enums import PUBLIC, GatheringState, ProposalState, RegistrationState
from zajedno.exchange.queries import gathering as gatherings
from zajedno.exchange.queries import practice as practices
from zajedno.exchange.queries import registration as queries
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotFound
from zajedno.web.exchange.champions import public_form, site
from zajedno.web.exchange.gathering_forms import Needs, Propose, Register
from zajedno.web.exchange.gatherings import home, when
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt, desk_page
from zajedno.web.shared.limits import too_many
from zajedno.web.shared.pieces import Link, Row, Tag
from zajedno.web.shared.request import PersonRequest

if TYPE_CHECKING:
    from zajedno.exchange.models import Gathering, Registration

MOST, WINDOW = 40, 3600  # registrations sent from one address (an office shares it), in seconds
TONES = {
    RegistrationState.CONFIRMED: "done", RegistrationState.WAITING: "wait", RegistrationState.ASKED: "info",
    RegistrationState.CANCELLED: "off",
}  # fmt: skip
DECISIONS = {
    ProposalState.PROPOSED: "info", ProposalState.ACCEPTED: "done", ProposalState.REJECTED: "off",
    ProposalState.WITHDRAWN: "off",
}  # fmt: skip


def way(gathering: "Gathering") -> list[Link]:
    return [home(), Link(str(gathering), f"/exchange/gatherings/{gathering.slug}/")]


@public_form
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """With an account the place is there at once; without one it waits for the link in a letter."""
    gathering = gatherings.by_slug(slug)
    by = request.actor  # type: ignore[attr-defined]
    mine = queries.own(by, gathering) if by else None
    if mine:
        return redirect("gathering:own", slug=slug, uuid=mine.uuid, token=queries.token(mine))
    form = Register(request.POST if request.method == "POST" else None, strange=by is None)
    if request.method == "POST" and too_many(request, "register", most=MOST, seconds=WINDOW):
        return render(request, "429.html", status=429)
    made: list[Registration | None] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            actions.register(
                gathering=gathering, coming=form.coming(), language=get_language() or "sr", site=site(request), by=by
            )
        ),
    ):
        row = made[0] if by else None
        if row:
            return redirect("gathering:own", slug=slug, uuid=row.uuid, token=queries.token(row))
        return redirect("gathering:sent", slug=slug)
    is_open = gathering.state == GatheringState.OPEN and gathering.ends_on >= today()
    context = {"form": form, "gathering": gathering, "is_open": is_open, "when": when(gathering)}
    return answer(request, "exchange/gathering_register.html", {**context, "crumbs": way(gathering)})


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The same, whether the address was there already or not."""
    gathering = gatherings.by_slug(slug)
    return render(request, "exchange/gathering_sent.html", {"gathering": gathering, "crumbs": way(gathering)})


@public_form
def own(request: HttpRequest, slug: str, uuid: UUID, token: str) -> HttpResponse:
    """From a letter. Looking changes nothing: mail readers open links by themselves."""
    try:
        row = queries.by_link(slug, uuid, token)
    except NotFound:
        return render(request, "exchange/gathering_link_gone.html", status=404)
    form = Form(request.POST if request.method == "POST" else None)
    act = {"confirm": actions.confirm, "cancel": actions.cancel}.get(request.POST.get("answer", ""))
    if form.is_valid() and act and attempt(form, lambda: act(slug=slug, uuid=uuid, token=token, site=site(request))):
        return redirect("gathering:own", slug=slug, uuid=uuid, token=token)
    return answer(request, "exchange/gathering_own.html", _own(row) | {"form": form})


def _own(row: "Registration") -> dict[str, object]:
    gathering, state = row.gathering, RegistrationState(row.state)
    at = f"/exchange/gatherings/{gathering.slug}/registration/{row.uuid}/{queries.token(row)}/"
    facts = [Row(_("Name"), row.name), Row(_("When"), when(gathering)), Row(_("Where"), gathering.place)]
    if state != RegistrationState.CANCELLED:
        change = [Link(_("Change"), f"{at}needs/", _("What I need to take part"))]
        facts.append(Row(_("What I need to take part"), queries.needs(row), change))
    if state == RegistrationState.CONFIRMED and gathering.online_link:
        facts.append(Row(_("Online"), gathering.online_link, [Link(_("Open"), gathering.online_link, _("Online"))]))
    if state == RegistrationState.CONFIRMED:
        facts += [
            Row(_("Online: %(title)s") % {"title": one.title}, one.link, [Link(_("Open"), one.link, one.title)])
            for one in gatherings.sessions(gathering) if one.link
        ]  # fmt: skip
    return {
        "row": row, "gathering": gathering, "state": Tag(state.label, TONES[state]), "facts": facts,
        "crumbs": way(gathering), "is_asked": state == RegistrationState.ASKED,
        "is_cancelled": state == RegistrationState.CANCELLED, "online": gathering.online_link,
        "is_confirmed": state == RegistrationState.CONFIRMED,
        "evaluate": f"{at}evaluate/" if may_evaluate(row) else "",
    }  # fmt: skip


@public_form
def needs(request: HttpRequest, slug: str, uuid: UUID, token: str) -> HttpResponse:
    """What somebody needs, changed without losing the place."""
    try:
        row = queries.by_link(slug, uuid, token)
    except NotFound:
        return render(request, "exchange/gathering_link_gone.html", status=404)
    kinds, text = queries.needed(row)
    form = Needs(request.POST if request.method == "POST" else None, initial={"kinds": kinds, "needs": text})
    back = f"/exchange/gatherings/{slug}/registration/{uuid}/{token}/"
    if form.is_valid() and attempt(
        form, lambda: actions.change_needs(slug=slug, uuid=uuid, token=token, **form.cleaned_data)
    ):
        return redirect(back)
    words = {"title": _("What I need to take part"), "go": _("Keep"), "back": back,
             "note": _("Only the organisers can read it, and it is erased when you cancel.")}  # fmt: skip
    return answer(
        request, "exchange/gathering_form.html",
        {"form": form, "about": row.gathering, "crumbs": way(row.gathering), **words},
    )  # fmt: skip


@desk_page
def propose(request: PersonRequest, slug: str) -> HttpResponse:
    """What I proposed and what became of it; the form for another while something is called for."""
    gathering = gatherings.by_slug(slug)
    tracks = list(gathering.tracks.all())
    form = Propose(
        request.POST if request.method == "POST" else None, tracks=tracks, today=today(),
        practices=_published(request.actor),
        initial={"language": get_language(), "practice": request.GET.get("practice")},
    )  # fmt: skip
    if form.is_valid() and attempt(
        form, lambda: proposals.propose(by=request.actor, gathering=gathering, said=form.said())
    ):
        messages.success(request, _("Your proposal is there. You get a letter when it is decided."))
        return redirect("gathering:propose", slug=slug)
    mine = [
        {
            "row": one, "state": Tag(one.get_state_display(), DECISIONS[ProposalState(one.state)]),
            "open": one.state in (ProposalState.PROPOSED, ProposalState.ACCEPTED),
        }
        for one in gatherings.own_proposals(request.actor, gathering)
    ]  # fmt: skip
    called = bool(tracks) and gathering.state in (GatheringState.OPEN, GatheringState.CLOSED)
    context = {"form": form, "gathering": gathering, "mine": mine, "called": called, "crumbs": way(gathering)}
    return answer(request, "exchange/gathering_propose.html", context)


def _published(by: Actor) -> list[tuple[str, str]]:
    """(slug, title) of one's own and one's institution's public practices."""
    return [(row.slug, row.title) for row in practices.mine(by).filter(state__in=PUBLIC)[:100]]


@desk_page
def withdraw(request: PersonRequest, slug: str, uuid: UUID) -> HttpResponse:
    gathering = gatherings.by_slug(slug)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: proposals.withdraw(by=request.actor, uuid=uuid)):
        messages.success(request, _("The proposal is withdrawn."))
        return redirect("gathering:propose", slug=slug)
    words = {"title": _("Withdraw the proposal?"), "go": _("Withdraw"), "kind": "warning",
             "back": f"/exchange/gatherings/{slug}/propose/"}  # fmt: skip
    return answer(
        request, "exchange/gathering_form.html", {"form": form, "about": gathering, "crumbs": way(gathering), **words}
    )
