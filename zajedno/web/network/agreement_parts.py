"""Who signs an agreement and what its clauses say: named, written, signed, refused, left."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks.actions import agreement as agreements
from zajedno.networks.actions import clause as clauses
from zajedno.networks.actions import signature
from zajedno.networks.enums import Signature
from zajedno.networks.queries import agreement as queries
from zajedno.networks.queries.clause import find as find_clause
from zajedno.networks.rules import SIGN_AGREEMENT
from zajedno.web.network import agreement_words as words
from zajedno.web.network.agreement_forms import Name, Sign, Why
from zajedno.web.network.agreements import way
from zajedno.web.network.clause_forms import WriteClause
from zajedno.web.network.frame import network_page, show
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt

if TYPE_CHECKING:
    from zajedno.networks.models import Agreement, Signatory


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _open(by: Actor, uuid: UUID, request: HttpRequest) -> "tuple[Agreement, HttpResponse | None]":
    """The agreement, and where to go instead when it cannot be written (any more) by who asks."""
    row = queries.find(by, uuid)
    may = queries.writes(by, row) and queries.is_open(row)
    return row, None if may or request.method == "POST" else redirect(words.address(row))


def _page(request: HttpRequest, row: "Agreement", form: Form, title: str, go: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "go": go, "cancel": words.address(row), "crumbs": way(row)}
    return show(request, "act", {**context, **more})


@network_page
def name(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = _open(by, uuid, request)
    if elsewhere:
        return elsewhere
    form = Name(_sent(request), agreement=row, today=by.today)
    if form.is_valid() and attempt(
        form, lambda: agreements.name_signatory(by=by, agreement=row, organisation=form.chosen())
    ):
        messages.success(request, _("The institution is asked to sign."))
        return redirect(words.address(row))
    note = _("Who represents it here signs under “Network”: a person with a post that lets them sign for it.")
    return _page(request, row, form, _("Name an institution"), _("Ask it to sign"), note=note)


@network_page
def unname(request: HttpRequest, by: Actor, uuid: UUID, signatory: UUID) -> HttpResponse:
    row, elsewhere = _open(by, uuid, request)
    one = queries.signatories(row).filter(uuid=signatory).first()
    if one is None:
        raise NotFound("")
    if elsewhere:
        return elsewhere
    form = Form(_sent(request))
    if form.is_valid() and attempt(form, lambda: agreements.drop_signatory(by=by, agreement=row, signatory=one)):
        messages.success(request, _("The institution is taken off the agreement."))
        return redirect(words.address(row))
    return _page(request, row, form, _("Take the institution off?"), _("Take off"), note=str(one.organisation))


@network_page
def add_clause(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = _open(by, uuid, request)
    return elsewhere or _clause(request, by, row, None)


@network_page
def change_clause(request: HttpRequest, by: Actor, uuid: UUID, clause: UUID) -> HttpResponse:
    row, elsewhere = _open(by, uuid, request)
    kept = find_clause(row, clause)
    return elsewhere or _clause(request, by, row, kept)


def _clause(request: HttpRequest, by: Actor, row: "Agreement", kept: Any) -> HttpResponse:
    offered = words.resting(row.territory.country_id)
    form = WriteClause(_sent(request), agreement=row, offered=offered, today=by.today, given=kept)
    if form.is_valid() and attempt(form, lambda: clauses.write(by=by, agreement=row, terms=form.terms(), clause=kept)):
        messages.success(request, _("The clause is kept."))
        return redirect(words.address(row))
    title = _("Clause %(number)s") % {"number": kept.number} if kept else _("Write a clause")
    note = "" if offered else _("No procedure that is loaded here shows anything under an agreement.")
    links = [(_("Remove the clause"), words.address(row, f"clauses/{kept.uuid}/remove/"))] if kept else []
    return _page(request, row, form, title, _("Keep the clause"), note=note, links=links)


@network_page
def remove_clause(request: HttpRequest, by: Actor, uuid: UUID, clause: UUID) -> HttpResponse:
    row, elsewhere = _open(by, uuid, request)
    kept = find_clause(row, clause)
    if elsewhere:
        return elsewhere
    form = Form(_sent(request))
    if form.is_valid() and attempt(form, lambda: clauses.remove(by=by, agreement=row, clause=kept)):
        messages.success(request, _("The clause is removed."))
        return redirect(words.address(row))
    return _page(request, row, form, _("Remove the clause?"), _("Remove"), note=str(kept), kind="warning")


def _mine(by: Actor, row: "Agreement", state: str) -> "dict[int, Signatory]":
    here = by.organisations_for(SIGN_AGREEMENT.key)
    return {one.pk: one for one in queries.signatories(row).filter(organisation__in=here, state=state)}


def _signing(
    request: HttpRequest, by: Actor, uuid: UUID, state: str, make: type[Sign] | type[Why],
    act: Callable[..., object], words_of: tuple[str, str, str, str], kind: str = "",
) -> HttpResponse:  # fmt: skip
    """One of the acts of a signatory: title, button, what is said afterwards, what is said before."""
    row = queries.find(by, uuid)
    mine = _mine(by, row, state)
    if not mine and request.method != "POST":
        return redirect(words.address(row))
    form = make(_sent(request), waiting={pk: str(one.organisation) for pk, one in mine.items()})

    def do() -> None:
        said = {name: form.cleaned_data[name] for name in ("representative", "reason") if name in form.fields}
        act(by=by, signatory=mine[int(form.cleaned_data["signatory"])], **said)

    title, go, done, note = words_of
    if form.is_valid() and attempt(form, do):
        messages.success(request, done)
        return redirect(words.address(row))
    return _page(request, row, form, title, go, note=note, kind=kind)


@network_page
def sign(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    said = (
        _("Sign the agreement"), _("Sign"), _("It is signed for your institution."),
        _("Read it first. When everybody has signed, it holds from its first day, and cannot be changed any more."),
    )  # fmt: skip
    return _signing(request, by, uuid, Signature.WAITING, Sign, signature.sign, said)


@network_page
def refuse(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    said = (
        _("Do not sign"), _("Do not sign"), _("It is noted that your institution does not sign."),
        _("Who keeps the agreement reads why, and may write another version."),
    )  # fmt: skip
    return _signing(request, by, uuid, Signature.WAITING, Why, signature.refuse, said, "warning")


@network_page
def leave(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    said = (
        _("Leave the agreement?"), _("Leave the agreement"), _("Your institution has left the agreement."),
        _("What your institution shows or sees under this agreement closes at once."),
    )  # fmt: skip
    return _signing(request, by, uuid, Signature.SIGNED, Why, signature.leave, said, "warning")
