"""The annual report of a body: looked at, written around, printed, issued as it stands, and shown to everybody."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.access.actions.report import FIRST, LAST
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.verbs import ask
from zajedno.networks.actions import year as actions
from zajedno.networks.queries import body as bodies
from zajedno.networks.queries import year as queries
from zajedno.networks.rules import KEEP_BODY
from zajedno.web.network import body_words, year_network, year_work
from zajedno.web.network.bodies import kept, way
from zajedno.web.network.frame import network_page
from zajedno.web.network.year_report import Year
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Link, Tag
from zajedno.web.shared.report import pages, released
from zajedno.web.shared.report.papers import Draft, language_of, words
from zajedno.web.shared.report.sections import Section
from zajedno.web.shared.request import sent

if TYPE_CHECKING:
    from zajedno.access.models.report import Report
    from zajedno.networks.models import Body, YearReport

SECTIONS = (
    year_network.who, year_network.members, year_network.meetings, year_network.agreements, year_network.evaluations,
    year_work.plan, year_work.programmes, year_network.knowledge, year_work.services, year_work.money,
    year_work.figures, year_work.targets, year_network.lasts, year_work.ahead,
)  # fmt: skip


def address(row: "Body", year: int, rest: str = "") -> str:
    return body_words.address(row, f"year/{year}/{rest}")


def _found(request: HttpRequest, by: Actor, uuid: UUID, year: int) -> "tuple[Body, HttpResponse | None]":
    """The body, and where to go instead: its report is written by who keeps it, and there is none of a coming year."""
    row, elsewhere = kept(request, by, uuid)
    if not FIRST <= year <= min(LAST, by.today.year):
        raise NotFound("")
    return row, elsewhere


def draft(by: Actor, row: "Body", year: int, script: str) -> Draft:
    language = language_of(row.language, script)
    texts = words(language)

    def made() -> list[Section]:
        asked = Year(row, year, by, texts)
        return [replace(section(asked), key=section.__name__) for section in SECTIONS]

    return Draft(
        f"{texts['title']} {year}", str(row), str(row.territory), str(row.organisation), language, by.today, made,
        released.names, queries.words(row, year),
    )  # fmt: skip


def desk(by: Actor, row: "Body", year: int) -> pages.Desk:
    years = [_link(row, one) for one in (year - 1, year + 1) if FIRST <= one <= by.today.year]
    return pages.Desk(body_words.year_title(year), str(row), address(row, year), way(row), years)


def _link(row: "Body", year: int) -> Link:
    return Link(body_words.year_title(year), address(row, year))


@network_page
def one(request: HttpRequest, by: Actor, uuid: UUID, year: int) -> HttpResponse:
    row, elsewhere = _found(request, by, uuid, year)
    if elsewhere:
        return elsewhere
    issued = pages.issued_table(queries.issued(row, year), address(row, year), partial(_turn, address(row, year)))
    return pages.one(request, desk(by, row, year), draft(by, row, year, pages.script_of(request)), issued)


def _turn(here: str, row: "Report") -> tuple[Tag, Cell]:
    """Who keeps the body decides which editions everybody may read."""
    public = getattr(row, "is_public", False)
    state = Tag(_("Everybody may read it"), "done") if public else Tag(_("Members may read it"))
    go = _("Show it no more") if public else _("Show it to everybody")
    return state, Cell(go, f"{here}issued/{row.uuid}/show/")


@network_page
def write(request: HttpRequest, by: Actor, uuid: UUID, year: int) -> HttpResponse:
    row, elsewhere = _found(request, by, uuid, year)
    if elsewhere:
        return elsewhere

    def keep(texts: dict[str, str]) -> None:
        actions.write(by=by, body=row, year=year, texts=texts)

    return pages.write(request, desk(by, row, year), draft(by, row, year, pages.script_of(request)), keep)


@network_page
def paper(request: HttpRequest, by: Actor, uuid: UUID, year: int, ending: str) -> HttpResponse:
    row, elsewhere = _found(request, by, uuid, year)
    if elsewhere:
        return elsewhere
    if not bodies.keeps(by, row):
        raise NotFound("")
    return pages.draft_file(draft(by, row, year, pages.script_of(request)), ending, f"report-{year}")


@network_page
def issue(request: HttpRequest, by: Actor, uuid: UUID, year: int) -> HttpResponse:
    row, elsewhere = _found(request, by, uuid, year)
    if elsewhere:
        return elsewhere
    ask(by, KEEP_BODY, row.organisation_id)  # first: the form may ask more than such a person need answer
    made = draft(by, row, year, pages.script_of(request))

    def act(reason: str, papers: pages.Printer) -> None:
        actions.issue(by=by, body=row, year=year, language=made.language, reason=reason, papers=papers)

    return pages.issue(request, desk(by, row, year), made, act, again=queries.issued(row, year).exists())


def _edition(by: Actor, uuid: UUID, report: UUID) -> "YearReport":
    """An edition, for members too."""
    return queries.edition(bodies.find(by, uuid), report)


@network_page
def issued(
    request: HttpRequest, by: Actor, uuid: UUID, year: int, report: UUID, ending: str = "pdf"
) -> HttpResponse:  # fmt: skip
    return pages.edition_file(_edition(by, uuid, report), ending)


@network_page
def read(request: HttpRequest, by: Actor, uuid: UUID, year: int, report: UUID) -> HttpResponse:
    row = _edition(by, uuid, report)
    return pages.read(request, desk(by, row.body, year), row)


@network_page
def public(request: HttpRequest, by: Actor, uuid: UUID, year: int, report: UUID) -> HttpResponse:
    """Let everybody read an edition on the public page of the body, or no more."""
    row, elsewhere = _found(request, by, uuid, year)
    if elsewhere:
        return elsewhere
    found = queries.edition(row, report)
    form = Form(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.show(by=by, report=found, public=not found.is_public)):
        messages.success(request, _("It is written down."))
        return redirect(address(row, year))
    go = _("Show it no more") if found.is_public else _("Show it to everybody")
    note = _("Read it once more: what stands on the public page everybody may read and keep.")
    return pages.ask(request, desk(by, row, year), form, go, go, note)
