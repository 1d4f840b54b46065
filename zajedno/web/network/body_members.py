"""Who sits in a body: named, given a deputy, taken off; somebody else takes the same seat."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.networks.actions import member as actions
from zajedno.networks.queries import body as queries
from zajedno.web.network import body_words as words
from zajedno.web.network.bodies import kept, page
from zajedno.web.network.body_forms import Deputy, Leave, Sit
from zajedno.web.network.frame import network_page
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.request import sent


@network_page
def new(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    return _sit(request, by, uuid, None)


@network_page
def after(request: HttpRequest, by: Actor, uuid: UUID, member: UUID) -> HttpResponse:
    """Somebody else takes the seat; who sits there leaves it the day before."""
    return _sit(request, by, uuid, member)


def _sit(request: HttpRequest, by: Actor, uuid: UUID, leaves: UUID | None) -> HttpResponse:
    row, elsewhere = kept(request, by, uuid)
    before = queries.member(row, leaves) if leaves else None
    if elsewhere:
        return elsewhere
    form = Sit(sent(request), body=row, today=by.today, before=before)

    def act() -> None:
        days = {name: form.cleaned_data[name] for name in ("since", "until")}
        actions.appoint(by=by, body=row, seat=form.seat(), **days)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The seat is taken."))
        return redirect(words.address(row))
    note = _("%(person)s leaves the seat the day before.") % {"person": before.person} if before else ""
    return page(request, row, form, _("Name a member"), _("Keep"), note=note)


@network_page
def one(request: HttpRequest, by: Actor, uuid: UUID, member: UUID) -> HttpResponse:
    """Their deputy; from here they leave, or somebody else takes their seat."""
    row, elsewhere = kept(request, by, uuid)
    seat = queries.member(row, member)
    if elsewhere:
        return elsewhere
    known = seat.deputy_account.email if seat.deputy_account else seat.deputy_email
    form = Deputy(sent(request), initial={"deputy": seat.deputy, "deputy_email": known})

    def act() -> None:
        account = form.account_of("deputy_email", seat.organisation_id, by.today)
        name, email = (form.cleaned_data[one] for one in ("deputy", "deputy_email"))
        actions.name_deputy(by=by, member=seat, deputy=name, account=account, email=email)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("It is written down."))
        return redirect(words.address(row))
    here = words.address(row, f"members/{seat.uuid}/")
    links = [(_("Somebody else takes the seat"), f"{here}after/"), (_("They leave the body"), f"{here}leave/")]
    return page(
        request, row, form, f"{seat.person}, {seat.of}", _("Keep changes"), links=links, note=words.days_said(seat)
    )


@network_page
def leave(request: HttpRequest, by: Actor, uuid: UUID, member: UUID) -> HttpResponse:
    row, elsewhere = kept(request, by, uuid)
    seat = queries.member(row, member)
    if elsewhere:
        return elsewhere
    form = Leave(sent(request), initial={"last": by.today})
    if form.is_valid() and attempt(form, lambda: actions.leave(by=by, member=seat, last=form.cleaned_data["last"])):
        messages.success(request, _("It is written down."))
        return redirect(words.address(row))
    note = f"{seat.person}, {seat.of}"
    return page(request, row, form, _("When do they leave?"), _("Keep"), note=note)
