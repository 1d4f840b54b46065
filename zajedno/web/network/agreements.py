"""Agreements: those that wait for my signature, those I keep or hold; one with its clauses; its versions."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted
from zajedno.networks.actions import agreement as actions
from zajedno.networks.enums import AgreementState, Signature
from zajedno.networks.logic.difference import changes
from zajedno.networks.queries import agreement as queries
from zajedno.networks.rules import SIGN_AGREEMENT, WRITE_AGREEMENT
from zajedno.places.queries.organisation import names
from zajedno.places.queries.territory import of_organisation
from zajedno.web.network import agreement_words as words
from zajedno.web.network.agreement_forms import End, Keeper, Write
from zajedno.web.network.frame import home, network_page, sections, show
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table

if TYPE_CHECKING:
    from zajedno.networks.models import Agreement

PER_PAGE = 25
HOME = "/network/agreements/"


def agreements_home() -> Link:
    return Link(_("Agreements"), HOME)


def way(row: "Agreement") -> list[Link]:
    """Crumbs of the pages under an agreement."""
    return [home(), agreements_home(), Link(str(row), words.address(row))]


@network_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    """What waits for my signature first."""
    page = Paginator(queries.newest(by), PER_PAGE).get_page(request.GET.get("page"))
    tasks = [words.to_sign(one) for one in queries.waiting_for(by)]
    context = {"tasks": tasks, "table": _table(by, list(page)), "page": page, "may_write": by.may(WRITE_AGREEMENT.key)}
    return show(request, "agreements", {**context, "nav": sections("agreements"), "crumbs": []})


def _table(by: Actor, rows: "list[Agreement]") -> Table:
    lines = [
        [
            Cell(str(row), words.address(row), small=row.get_kind_display()),
            str(row.organisation), words.days_said(row),
            Cell(tag=words.state_of(row, by), small=" ".join(words.warned(row, by)[:1])),
        ]
        for row in rows
    ]  # fmt: skip
    columns = [Column(_("Agreement")), Column(_("Kept by")), Column(_("Valid")), Column(_("State"))]
    empty = _("Your institution keeps and signs no agreement yet.")
    return Table("agreements", _("Agreements of your institution"), columns, lines, empty=empty)


@network_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    keepers = by.organisations_for(WRITE_AGREEMENT.key)
    if not keepers:
        raise NotPermitted(_("Agreements are written by the coordinator of a network."))
    sent = request.POST if request.method == "POST" else None
    form = Write(sent, places=of_organisation(keepers))
    keeper = Keeper(sent, named=names(set(keepers))) if len(keepers) > 1 else None
    made: list[Agreement] = []

    def act() -> None:
        at = int(keeper.cleaned_data["organisation"]) if keeper else keepers[0]
        made.append(actions.draft(by=by, organisation=at, head=form.head()))

    if form.is_valid() and (keeper is None or keeper.is_valid()) and attempt(form, act):
        messages.success(request, _("The agreement is begun. Name who signs it, and write its clauses."))
        return redirect(words.address(made[0]))
    context: dict[str, Any] = {
        "form": form,
        "keeper": keeper,
        "title": _("Write an agreement"),
        "go": _("Begin the agreement"),
    }
    context |= {"cancel": HOME, "crumbs": [home(), agreements_home()]}
    return show(request, "act", context, *([keeper] if keeper else []))


@network_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """What it says, who has signed, what can be done with it now."""
    row = queries.find(by, uuid)
    writes, is_open = queries.writes(by, row), queries.is_open(row)
    signing = list(queries.signatories(row))
    known = {one.key: one for one in words.resting(row.territory.country_id)}
    links = {one.pk: words.address(row, f"signatories/{one.uuid}/") for one in signing} if writes and is_open else {}
    return show(
        request, "agreement",
        {
            "agreement": row, "here": words.address(row), "state": words.state_of(row, by), "facts": words.facts(row),
            "warnings": words.warned(row, by), "signatories": words.signatory_table(signing, links),
            "clauses": [_clause(row, one, known, writes and is_open) for one in queries.clauses(row)],
            "versions": words.version_table(row, by), "paper": getattr(row, "file", None),
            **_may(by, row, writes, is_open), "crumbs": [home(), agreements_home()],
        },
    )  # fmt: skip


def _clause(row: "Agreement", one: Any, known: Any, may: bool) -> dict[str, Any]:
    rows: list[Row] = words.clause_rows(one, known)
    href = words.address(row, f"clauses/{one.uuid}/") if may else ""
    return {"title": _("Clause %(number)s") % {"number": one.number}, "rows": rows, "href": href}


def _may(by: Actor, row: "Agreement", writes: bool, is_open: bool) -> dict[str, bool]:
    mine = queries.signatories(row).filter(organisation__in=by.organisations_for(SIGN_AGREEMENT.key))
    newest = not queries.versions(row).filter(version__gt=row.version).exists()
    is_draft, ended = row.state == AgreementState.DRAFT, row.state == AgreementState.ENDED
    return {
        "may_write": writes and is_open,
        "may_sign": is_draft and mine.filter(state=Signature.WAITING).exists(),
        "may_leave": row.state == AgreementState.SIGNED and mine.filter(state=Signature.SIGNED).exists(),
        "may_version": writes and newest and not is_open,
        "may_end": writes and newest and not ended,
        "may_attach": writes and not is_draft and not hasattr(row, "file"),
    }


@network_page
def change(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    if request.method != "POST" and not (queries.writes(by, row) and queries.is_open(row)):
        return redirect(words.address(row))
    sent = request.POST if request.method == "POST" else None
    form = Write(sent, places=of_organisation([row.organisation_id]), given=row)
    if form.is_valid() and attempt(form, lambda: actions.change(by=by, agreement=row, head=form.head())):
        messages.success(request, _("The agreement is changed."))
        return redirect(words.address(row))
    context = {"form": form, "title": _("Change the agreement"), "go": _("Keep changes")}
    return show(request, "act", {**context, "cancel": words.address(row), "crumbs": way(row)})


@network_page
def version(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    if request.method != "POST":
        return redirect(words.address(row))
    made = actions.new_version(by=by, agreement=row)
    messages.success(request, _("This is the new version. It says the same until you change it, and is signed anew."))
    return redirect(words.address(made))


@network_page
def compare(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The difference to the version before."""
    row = queries.find(by, uuid)
    before = queries.before(row)
    found = changes(queries.told(before), queries.told(row)) if before else []
    title = _("What version %(number)s changes") % {"number": row.version}
    context = {"title": title, "table": words.change_table(found), "first": before is None, "crumbs": way(row)}
    return show(request, "agreement_changes", context)


@network_page
def end(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Asked first: everything that is shown under it closes."""
    row = queries.find(by, uuid)
    if request.method != "POST" and not queries.writes(by, row):
        return redirect(words.address(row))
    form: Form = End(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.end(by=by, agreement=row, **form.cleaned_data)):
        messages.success(request, _("The agreement is ended. What was shown under it is closed."))
        return redirect(words.address(row))
    note = _("Files that were opened under this agreement, in any version, close at once. Cases stay where they are; "
             "who receives sees them no more.")  # fmt: skip
    context = {"form": form, "title": _("End the agreement?"), "go": _("End the agreement"), "kind": "warning"}
    return show(request, "act", {**context, "note": note, "cancel": words.address(row), "crumbs": way(row)})
