"""Campaigns I lead: begun, published, told of, closed; their survey opened, its codes printed, ended."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zajedno.exchange.actions import campaign as actions
from zajedno.exchange.actions import wave as asking
from zajedno.exchange.enums import CampaignState
from zajedno.exchange.queries import campaign as queries
from zajedno.exchange.queries import wave as waves
from zajedno.exchange.rules import CAMPAIGN
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound, NotPermitted
from zajedno.places.queries.organisation import names
from zajedno.places.queries.organisation import organisations as institutions
from zajedno.places.queries.territory import by_code
from zajedno.web.exchange.campaign_forms import AddMaterial, DrawCodes, NewCampaign, OpenWave, TellActivity
from zajedno.web.exchange.campaign_words import days, facts, group, period
from zajedno.web.exchange.campaigns import survey
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt, desk_page
from zajedno.web.shared.pieces import Cell, Column, Link, Table, Tag
from zajedno.web.shared.request import PersonRequest

if TYPE_CHECKING:
    from zajedno.exchange.models import Campaign

STATES = {CampaignState.DRAFT: "plain", CampaignState.PUBLISHED: "info", CampaignState.CLOSED: "done"}


def campaign_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for who leads campaigns: `view(request, by, …)`."""

    @desk_page
    @wraps(view)
    def page(request: PersonRequest, **kwargs: Any) -> HttpResponse:
        if not request.actor.may(CAMPAIGN.key):
            raise NotPermitted(_("This page is for who leads campaigns. Your post does not open it."))
        return view(request, request.actor, **kwargs)

    return page


def home() -> Link:
    return Link(_("My campaigns"), "/exchange/campaigning/")


def way(campaign: "Campaign") -> list[Link]:
    return [home(), Link(str(campaign), f"/exchange/campaigning/{campaign.slug}/")]


def state_tag(campaign: "Campaign") -> Tag:
    state = CampaignState(campaign.state)
    return Tag(state.label, STATES[state])


@campaign_page
def mine(request: HttpRequest, by: Actor) -> HttpResponse:
    columns = [Column(_("Campaign")), Column(_("Time")), Column(_("Who leads it")), Column(_("State"))]
    rows = [
        [
            Cell(str(one), f"/exchange/campaigning/{one.slug}/"),
            period(one),
            str(one.organisation),
            Cell(tag=state_tag(one)),
        ]
        for one in queries.visible_to(by)
    ]
    table = Table("campaigns", _("Campaigns"), columns, rows, empty=_("No campaign yet. Those you begin appear here."))
    return render(request, "exchange/campaigning.html", {"table": table})


@campaign_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    above, form = _writing(request, by)
    made: list[Campaign] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            actions.open_campaign(by=by, parent=above.get(form.cleaned_data.get("parent", "")), **form.chosen())
        ),
    ):
        messages.success(request, _("The draft is saved. Publish it when it is ready."))
        return redirect("campaign:one", slug=made[0].slug)
    return _ask(request, form, _("Begin a campaign"), _("Save the draft"), [home()])


@campaign_page
def change(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    campaign = queries.find(by, slug)
    above, form = _writing(request, by, campaign)
    if form.is_valid() and attempt(
        form,
        lambda: actions.change_campaign(
            by=by, campaign=campaign, parent=above.get(form.cleaned_data.get("parent", "")), **form.chosen()
        ),
    ):
        messages.success(request, _("The campaign is changed."))
        return redirect("campaign:one", slug=slug)
    return _ask(request, form, _("Change what the campaign says"), _("Save"), way(campaign))


def _writing(
    request: HttpRequest, by: Actor, campaign: "Campaign | None" = None
) -> "tuple[dict[str, Campaign], NewCampaign]":
    """The national campaigns it may stand under, by slug, and the form."""
    mine = set(by.organisations_for(CAMPAIGN.key))
    above = {one.slug: one for one in queries.parents() if campaign is None or one.pk != campaign.pk}
    form = NewCampaign(
        request.POST if request.method == "POST" else None,
        organisations=[(str(key), name) for key, name in names(mine).items()],
        parents=[(slug, str(one)) for slug, one in above.items()], places=_places(mine, campaign), today=by.today,
        campaign=campaign,
    )  # fmt: skip
    return above, form


def _places(organisations: set[int], campaign: "Campaign | None") -> list[tuple[str, str]]:
    """Where the institutions lie, their countries, and what stands there already."""
    near = [one.territory for one in institutions().filter(pk__in=organisations)]
    whole = [found for code in {one.country_id for one in near} if (found := by_code(code, code))]
    known = [campaign.territory] if campaign and campaign.territory else []
    return [(str(key), name) for key, name in {one.pk: one.name for one in [*near, *whole, *known]}.items()]


@campaign_page
def one(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    campaign = queries.find(by, slug)
    rows = list(waves.of(campaign))
    context = {
        "campaign": campaign, "state": state_tag(campaign), "facts": facts(campaign), "crumbs": [home()],
        "may_publish": campaign.state == CampaignState.DRAFT, "is_public": campaign.state == CampaignState.PUBLISHED,
        "activities": campaign.activities.all(), "materials": campaign.materials.all(),
        "survey": [_wave(row, by) for row in rows], **survey(rows),
        "objective": label(campaign.objective), "said": [label(one) for one in campaign.messages],
        "may_change": campaign.state != CampaignState.CLOSED,
    }  # fmt: skip
    return render(request, "exchange/campaigning_one.html", context)


def _wave(row: Any, by: Actor) -> dict[str, Any]:
    """A wave as its organiser sees it: how many answered, never what."""
    columns = [Column(_("Group")), Column(_("Answers"), numeric=True), Column(_("At most"), numeric=True)]
    cells = [[group(row, cell), str(have), str(most)] for cell, have, most in waves.filled(row)]
    quotas = Table(f"quotas-{row.pk}", _("Quotas"), columns, cells)
    count = waves.count(row)
    return {
        "wave": row, "days": days(row), "count": count, "may_drop": not count, "quotas": quotas if cells else None,
        "is_over": row.is_over(by.today),
    }  # fmt: skip


@campaign_page
def advance(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    campaign = queries.find(by, slug)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.advance(by=by, campaign=campaign)):
        return redirect("campaign:one", slug=slug)
    is_draft = campaign.state == CampaignState.DRAFT
    title = _("Publish the campaign") if is_draft else _("Close the campaign")
    note = _("Everybody can read it then.") if is_draft else _("It stays public; no new wave can be opened.")
    return _ask(request, form, title, title, way(campaign), note)


@campaign_page
def activity(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    campaign = queries.find(by, slug)
    form = TellActivity(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.tell_activity(by=by, campaign=campaign, **form.cleaned_data)):
        return redirect("campaign:one", slug=slug)
    return _ask(request, form, _("Tell what was done"), _("Save"), way(campaign))


@campaign_page
def material(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    campaign = queries.find(by, slug)
    form = AddMaterial(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.add_material(by=by, campaign=campaign, **form.cleaned_data)):
        return redirect("campaign:one", slug=slug)
    return _ask(request, form, _("Add a material"), _("Save"), way(campaign))


@campaign_page
def take_out(request: HttpRequest, by: Actor, slug: str, what: str, number: int) -> HttpResponse:
    """Asked first. What was entered wrongly is entered anew."""
    campaign = queries.find(by, slug)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.take_out(by=by, campaign=campaign, what=what, number=number)):
        messages.success(request, _("It is taken out."))
        return redirect("campaign:one", slug=slug)
    rows: Any = {"activity": campaign.activities, "material": campaign.materials}.get(what)
    row = rows.filter(pk=number).first() if rows else None
    if row is None:
        raise NotFound("")
    return _ask(
        request, form, _("Take it out?"), pgettext("removal", "Take out"), way(campaign), str(row), kind="warning"
    )


@campaign_page
def open_wave(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    campaign = queries.find(by, slug)
    form = OpenWave(request.POST if request.method == "POST" else None, initial={"opens_on": by.today, "who": "code"})
    if form.is_valid() and attempt(form, lambda: asking.open_wave(by=by, campaign=campaign, **form.chosen())):
        messages.success(request, _("The wave is there. It takes answers from its first day."))
        return redirect("campaign:one", slug=slug)
    note = _("The form asks how acceptable it is that a child with a disability is near: seven questions, no names.")
    return _ask(request, form, _("Open a wave of the survey"), _("Open the wave"), way(campaign), note)


@campaign_page
def codes(request: HttpRequest, by: Actor, slug: str, wave: UUID) -> HttpResponse:
    """New codes to print. They are shown in this answer alone: nothing keeps them."""
    campaign = queries.find(by, slug)
    row = waves.find(campaign, wave)
    form = DrawCodes(request.POST if request.method == "POST" else None)
    drawn: list[str] = []
    if form.is_valid() and attempt(
        form, lambda: drawn.extend(asking.draw_codes(by=by, wave=row, count=form.cleaned_data["count"]))
    ):
        address = request.build_absolute_uri(f"/exchange/campaigns/{slug}/survey/{row.uuid}/")
        context = {"codes": drawn, "address": address, "campaign": campaign, "wave": row, "crumbs": way(campaign)}
        return render(request, "exchange/wave_codes.html", context)
    note = _("Codes are shown once and not kept: print them at once. Who gets which code is written down nowhere.")
    return _ask(request, form, _("Draw invitation codes"), _("Draw the codes"), way(campaign), note)


@campaign_page
def end(request: HttpRequest, by: Actor, slug: str, wave: UUID) -> HttpResponse:
    campaign = queries.find(by, slug)
    row = waves.find(campaign, wave)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: asking.end_wave(by=by, wave=row)):
        messages.success(request, _("The wave is over. Its figures are shown when enough people answered."))
        return redirect("campaign:one", slug=slug)
    note = _("It takes no more answers, and cannot be opened again.")
    return _ask(request, form, _("End the wave"), _("End the wave"), way(campaign), note, kind="warning")


@campaign_page
def drop(request: HttpRequest, by: Actor, slug: str, wave: UUID) -> HttpResponse:
    """A wave that nobody has answered."""
    campaign = queries.find(by, slug)
    row = waves.find(campaign, wave)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: asking.drop_wave(by=by, wave=row)):
        messages.success(request, _("The wave is deleted."))
        return redirect("campaign:one", slug=slug)
    note = _("Nobody has answered it yet. Codes that were drawn for it are worth nothing any more.")
    return _ask(request, form, _("Delete the wave"), _("Delete the wave"), way(campaign), note, kind="warning")


def _ask(
    request: HttpRequest, form: Form, title: str, go: str, crumbs: list[Link], note: str = "", *, kind: str = ""
) -> HttpResponse:
    return answer(
        request, "exchange/campaigning_form.html",
        {"form": form, "title": title, "go": go, "crumbs": crumbs, "note": note, "kind": kind},
    )  # fmt: skip
