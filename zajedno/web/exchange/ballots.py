"""One nomination: read and scored by a juror, looked after by the organiser."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zajedno.exchange.actions import nomination as actions
from zajedno.exchange.actions.score import declare, score
from zajedno.exchange.enums import Consent
from zajedno.exchange.logic.naming import suspicions
from zajedno.exchange.queries import award as queries
from zajedno.exchange.queries import nomination as nominations
from zajedno.exchange.queries.conflict import by_juror
from zajedno.kernel.actor import Actor
from zajedno.web.exchange.award_forms import Ballot, NoteConflict, Remove
from zajedno.web.exchange.award_frame import award_page, consent_tag, day, show, way
from zajedno.web.exchange.champions import facts, site, story_language
from zajedno.web.exchange.plaque import as_pdf
from zajedno.web.shared.errors import not_found
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Row


@award_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """A juror fills the ballot here; who nominated is for the organiser alone."""
    row = nominations.find(by, uuid)
    cycle, runs = row.cycle, queries.runs(by, row.cycle)
    seat = queries.juror(by, cycle)
    near = seat is not None and row.pk in by_juror(cycle).get(seat.pk, set())
    form = None
    if seat and not near and not cycle.decided_on and row.consent == Consent.GIVEN:
        given = nominations.ballot(seat, row)
        sent = request.POST if request.method == "POST" else None
        form = Ballot(sent, criteria=cycle.criteria.all(), given=given)
        ballot = form
        if form.is_valid() and attempt(form, lambda: score(by=by, nomination=row, values=ballot.values())):
            messages.success(request, _("Your scores are kept. You can change them until the decision."))
            return redirect("award:one", uuid=cycle.uuid)
    context: dict[str, Any] = {
        "row": row, "cycle": cycle, "crumbs": way(cycle), "facts": facts(row), "story": row.shown("story"),
        "evidence": row.shown("evidence"), "story_lang": story_language(row), "form": form, "near": near,
        "seat": seat, "runs": runs, "consent": consent_tag(row.consent), "honour": getattr(row, "honour", None),
    }  # fmt: skip
    if runs:
        context["may_write"] = row.consent in (Consent.ASKED, Consent.GIVEN)
        context |= {"behind": _behind(row), "names": _names(row)}
    return show(request, "nomination", context)


def _behind(row: Any) -> list[Row]:
    """Who nominated, and what the nominee said on which day."""
    told = row.nominator.name if row.nominator else f"{row.nominator_name}, {row.nominator_email}"
    days = (
        (_("Confirmed"), row.confirmed_on),
        (pgettext("consent", "Asked"), row.asked_on),
        (_("Answered"), row.answered_on),
        (pgettext("consent", "Withdrawn"), row.withdrawn_on),
    )
    return [Row(_("Nominated by"), told), *(Row(key, day(value)) for key, value in days if value)]


def _names(row: Any) -> str:
    """What in the texts may name a child; the nominee's own name is no finding."""
    found = {one.found for one in suspicions({"story": row.story, "evidence": row.evidence})}
    return ", ".join(sorted(one for one in found if one not in row.nominee))


@award_page
def conflict(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """A juror says it of themselves; the organiser notes it of a juror."""
    row = nominations.find(by, uuid)
    seat, runs = queries.juror(by, row.cycle), queries.runs(by, row.cycle)
    jurors = {str(one.pk): one for one in queries.jury(row.cycle)} if runs else {}
    if not runs and seat is None:
        return not_found(request)
    sent = request.POST if request.method == "POST" else None
    form = NoteConflict(sent, jurors=[(key, one.account.name) for key, one in jurors.items()]) if runs else Form(sent)
    if form.is_valid() and attempt(
        form, lambda: declare(by=by, nomination=row, juror=jurors[form.cleaned_data["juror"]] if runs else None)
    ):
        messages.success(request, _("The conflict is noted. Scores of that person do not count here."))
        return redirect("award:one", uuid=row.cycle.uuid)
    note = _(
        "Say it when the nominee is close to you: family, a friend, your own institution, somebody you work for. "
        "It cannot be taken back."
    )
    words = {"title": _("Conflict of interest: %(name)s") % {"name": row.name}, "go": _("Note the conflict")}
    return show(request, "award_form", {"form": form, "cycle": row.cycle, "crumbs": way(row.cycle), "note": note,
                                        **words})  # fmt: skip


@award_page
def remove(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Withdrawn by word of mouth, or unfit: nothing of it is kept."""
    row = nominations.run_one(by, uuid)
    form = Remove(request.POST if request.method == "POST" else None)
    acts = {"withdrawn": actions.withdraw_for, "unfit": actions.set_aside}
    if form.is_valid() and attempt(form, lambda: acts[form.cleaned_data["why"]](by=by, nomination=row)):
        messages.success(request, _("It is gone, also from the public pages."))
        return redirect("award:one", uuid=row.cycle.uuid)
    words = {
        "title": _("Take out: %(name)s") % {"name": row.name}, "go": _("Erase it"), "kind": "warning",
        "note": _("The name, the story and the address are erased for good."),
    }  # fmt: skip
    return show(request, "award_form", {"form": form, "cycle": row.cycle, "crumbs": way(row.cycle), **words})


@award_page
def again(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The letter was lost: the nominee gets a new link."""
    row = nominations.run_one(by, uuid)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.send_again(by=by, nomination=row, site=site(request))):
        messages.success(request, _("A letter with a new link is on its way."))
        return redirect("award:nomination", uuid=uuid)
    words = {
        "title": _("Send the letter again: %(name)s") % {"name": row.name}, "go": _("Send"),
        "note": _("It goes to %(email)s. The link of the earlier letter works no more.") % {"email": row.nominee_email},
    }  # fmt: skip
    return show(request, "award_form", {"form": form, "cycle": row.cycle, "crumbs": way(row.cycle), **words})


@award_page
def plaque(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """To be printed, from the decision on."""
    row: Any = nominations.run_one(by, uuid)
    if row.consent != Consent.GIVEN or not hasattr(row, "honour"):
        return not_found(request)
    return as_pdf(row.honour)
