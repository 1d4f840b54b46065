"""The report of a programme on a year, to who pays for it: looked at, written around, printed, issued."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.access.actions.report import FIRST
from zajedno.kernel.actor import Actor
from zajedno.kernel.money import Money
from zajedno.kernel.refusal import NotFound
from zajedno.programmes.actions import report as actions
from zajedno.programmes.queries import programme as programmes
from zajedno.programmes.queries import report as queries
from zajedno.web.network import programme_words as words
from zajedno.web.network.frame import network_page
from zajedno.web.network.programmes import way
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.report import pages, papers, released
from zajedno.web.shared.report.papers import Draft, language_of
from zajedno.web.shared.report.sections import FEW, Printed, Section, pairs, printed, summed, tables

if TYPE_CHECKING:
    from zajedno.programmes.models import Programme

INDICATORS = ("p1", "p2")  # of the municipality: parents who complete programmes, peers who support


@dataclass(frozen=True)
class Asked:
    """What a section is asked for."""

    programme: "Programme"
    year: int
    t: Mapping[str, str]  # words of the paper in its language

    def few(self, count: int) -> str:
        """People who came: fewer than five, but some, are not told."""
        return self.t["few"] if 0 < count < FEW else str(count)


def about(asked: Asked) -> Section:
    return Section(asked.t["about"], pairs(words.facts(asked.programme)))


def attendance(asked: Asked) -> Section:
    """Attendances, as counts of a day: who comes twice is counted twice."""
    held = list(queries.sessions(asked.programme, asked.year))
    came = summed([one.came or 0 for one in held], asked.t["few"])
    facts = [(asked.t["sessions_held"], str(len(held))), (asked.t["came"], came)]
    rows = [[day(one.on), one.place, one.topic or "–", asked.few(one.came or 0)] for one in held]
    heads = [_("Day"), _("Place"), _("Topic"), _("Together")]
    title = asked.t["attendance"]
    return Section(title, facts, tables=tables(Printed(title, heads, rows, (3,)) if rows else None))


def outcome(asked: Asked) -> Section:
    row = asked.programme
    reached = "" if row.reached is None else asked.few(row.reached)
    facts = [
        (_("What changed"), row.result), (_("How many took part"), reached), (_("Cost"), str(row.money or "")),
        (_("What continues after the project"), row.continues),
    ]  # fmt: skip
    measured = printed(words.measured_table(row, may=False))
    return Section(asked.t["outcome"], [one for one in facts if one[1]], tables=tables(measured))


def grants(asked: Asked) -> Section:
    """Money that the institution was given and that was to be spent in the year."""
    rows = [
        [str(one), str(one.funder), str(Money(one.amount, one.currency)), day(one.ends_on)]
        for one in queries.grants(asked.programme, asked.year)
    ]
    heads, title = [_("Grant"), _("From"), _("Amount"), _("To be spent until")], asked.t["grants"]
    return Section(title, tables=tables(Printed(title, heads, rows, (2,)) if rows else None))


def around(asked: Asked) -> Section:
    """Released figures of the municipality: of the programme's own people no share is told."""
    periods = [str(asked.year), str(asked.year - 1)]
    found = released.figures(INDICATORS, [asked.programme.territory.code], periods)
    return Section(asked.t["around"], figures=found)


SECTIONS = (about, attendance, outcome, grants, around)


def _found(by: Actor, uuid: UUID, year: int) -> "Programme":
    """Of who runs it; also one that was put away, whose last report comes after it."""
    row = programmes.find(by, uuid)
    if not programmes.runs(by, row) or not FIRST <= year <= by.today.year:
        raise NotFound("")
    return row


def draft(by: Actor, row: "Programme", year: int, script: str) -> Draft:
    language = language_of(row.organisation.language, script)
    asked = Asked(row, year, papers.words(language))

    def made() -> list[Section]:
        return [replace(section(asked), key=section.__name__) for section in SECTIONS]

    return Draft(
        f"{asked.t['title_programme']} {year}", str(row), str(row.territory), str(row.organisation), language,
        by.today, made, released.names, queries.words(row, year),
    )  # fmt: skip


def desk(by: Actor, row: "Programme", year: int) -> pages.Desk:
    years = [_link(row, one) for one in (year - 1, year + 1) if FIRST <= one <= by.today.year]
    return pages.Desk(_named(year), str(row), words.address(row, f"year/{year}/"), way(row), years)


def _link(row: "Programme", year: int) -> Link:
    return Link(_named(year), words.address(row, f"year/{year}/"))


def _named(year: int) -> str:
    return _("Report on the programme %(year)s") % {"year": year}


@network_page
def one(request: HttpRequest, by: Actor, uuid: UUID, year: int) -> HttpResponse:
    row = _found(by, uuid, year)
    frame = desk(by, row, year)
    issued_rows = pages.issued_table(queries.issued(row, year), frame.here)
    return pages.one(request, frame, draft(by, row, year, pages.script_of(request)), issued_rows)


@network_page
def write(request: HttpRequest, by: Actor, uuid: UUID, year: int) -> HttpResponse:
    row = _found(by, uuid, year)

    def keep(texts: dict[str, str]) -> None:
        actions.write(by=by, programme=row, year=year, texts=texts)

    return pages.write(request, desk(by, row, year), draft(by, row, year, pages.script_of(request)), keep)


@network_page
def paper(request: HttpRequest, by: Actor, uuid: UUID, year: int, ending: str) -> HttpResponse:
    made = draft(by, _found(by, uuid, year), year, pages.script_of(request))
    return pages.draft_file(made, ending, f"report-{year}")


@network_page
def issue(request: HttpRequest, by: Actor, uuid: UUID, year: int) -> HttpResponse:
    row = _found(by, uuid, year)
    made = draft(by, row, year, pages.script_of(request))

    def act(reason: str, printer: pages.Printer) -> None:
        actions.issue(by=by, programme=row, year=year, language=made.language, reason=reason, papers=printer)

    return pages.issue(request, desk(by, row, year), made, act, again=queries.issued(row, year).exists())


@network_page
def issued(
    request: HttpRequest, by: Actor, uuid: UUID, year: int, report: UUID, ending: str = "pdf"
) -> HttpResponse:  # fmt: skip
    return pages.edition_file(queries.edition(_found(by, uuid, year), report), ending)


@network_page
def read(request: HttpRequest, by: Actor, uuid: UUID, year: int, report: UUID) -> HttpResponse:
    row = _found(by, uuid, year)
    return pages.read(request, desk(by, row, year), queries.edition(row, report))
