"""Pages of the report of an institution on its year: of a commission at its desk, of a school at the work desk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from zajedno.access.actions.report import FIRST
from zajedno.casework.actions import report as actions
from zajedno.casework.queries import report as queries
from zajedno.casework.rules import ISSUE_REPORT
from zajedno.figures.logic.closing import last_day
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.verbs import ask
from zajedno.places.queries.organisation import by_ids
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.report import pages, released
from zajedno.web.shared.report.papers import Draft, language_of, words
from zajedno.web.shared.report.sections import Printed, Section, tables
from zajedno.web.shared.request import PersonRequest
from zajedno.web.work.labels import length_label

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

View = Callable[..., HttpResponse]
ENDINGS = ("pdf", "docx", "xlsx")


@dataclass(frozen=True)
class Asked:
    """What a section is asked for. `period` is how figures name the year."""

    office: "Organisation"
    year: int
    period: str
    by: Actor
    t: Mapping[str, str]  # words of the paper in its language

    @property
    def place(self) -> str:
        return self.office.territory.code


@dataclass(frozen=True)
class Kind:
    """A report of institutions of one kind. `title` is a word of the letter; `serves` says whose reports a person
    reads here; `period` names a year as the figures do."""

    home: str
    title: str
    guard: Callable[[View], View]
    serves: Callable[[Actor], Sequence[int]]
    sections: Sequence[Callable[[Asked], Section]]
    period: Callable[[int], str]
    way: Callable[[], list[Link]]
    nav: Callable[[Actor], Sequence[Mapping[str, Any]]]

    def address(self, office: "Organisation", year: int, rest: str = "") -> str:
        return f"{self.home}{office.code}/year/{year}/{rest}"


def figures_of(asked: Asked, title: str, codes: Sequence[str], before: str) -> Section:
    """Released figures of the place of the institution: of this period and of the one before."""
    return Section(asked.t[title], figures=released.figures(codes, [asked.place], [asked.period, before]))


def rules_of(asked: Asked, *procedures: str) -> Section:
    """Deadlines of what the institution keeps (of these procedures, where some are named), each with its source."""
    rows = [
        [label(rule.labels), length_label(rule), rule.source.law, _("yes") if rule.source.verified else _("no")]
        for procedure in queries.kept_procedures(asked.office)
        if not procedures or procedure.key in procedures
        for rule in procedure.deadlines
    ]
    title = asked.t["deadlines"]
    heads = [_("Deadline"), _("Length"), _("Source"), _("Source verified")]
    return Section(title, tables=tables(Printed(title, heads, rows) if rows else None))


def named(period: str) -> str:
    return _("Annual report %(year)s") % {"year": period}


@dataclass(frozen=True)
class One:
    """The report of one institution on one year, for who asks."""

    kind: Kind
    by: Actor
    office: "Organisation"
    year: int
    script: str

    @property
    def here(self) -> str:
        return self.kind.address(self.office, self.year)

    @property
    def may(self) -> bool:
        return queries.may_issue(self.by, self.office.pk)

    def draft(self) -> Draft:
        language = language_of(self.office.language, self.script)
        texts, period = words(language), self.kind.period(self.year)
        asked = Asked(self.office, self.year, period, self.by, texts)

        def made() -> list[Section]:
            return [replace(section(asked), key=section.__name__) for section in self.kind.sections]

        return Draft(
            f"{texts[self.kind.title]} {period}", str(self.office), str(self.office.territory), str(self.office),
            language, self.by.today, made, released.names, queries.words(self.office.pk, self.year),
        )  # fmt: skip

    def desk(self) -> pages.Desk:
        kind = self.kind
        years = [
            Link(named(kind.period(year)), kind.address(self.office, year))
            for year in (self.year - 1, self.year + 1)
            if FIRST <= year <= self.by.today.year
        ]
        title = named(kind.period(self.year))
        return pages.Desk(title, str(self.office), self.here, kind.way(), years, kind.nav(self.by))


def _found(kind: Kind, request: HttpRequest, by: Actor, office: str, year: int) -> One:
    row = queries.office(by, office)
    if row.pk not in kind.serves(by) or not FIRST <= year <= by.today.year:
        raise NotFound("")
    return One(kind, by, row, year, pages.script_of(request))


def urls(kind: Kind) -> list[URLPattern]:
    """Addresses of the report of this kind, each behind its desk's guard."""
    part = kind.home.strip("/").partition("/")[2]
    place = f"{part}/<slug:office>/year/<int:year>/"
    kept = f"{place}issued/<uuid:report>/"

    def page(view: Callable[..., HttpResponse]) -> View:
        @kind.guard
        def guarded(request: PersonRequest, by: Actor, office: str, year: int, **rest: Any) -> HttpResponse:
            return view(request, _found(kind, request, by, office, year), **rest)

        return guarded

    @kind.guard
    def home(request: PersonRequest, by: Actor) -> HttpResponse:
        return _home(kind, by)

    drafts = [path(f"{place}report.{one}", page(draft_file), {"ending": one}) for one in ENDINGS]
    papers = [path(f"{kept}report.{one}", page(issued), {"ending": one}) for one in ENDINGS[1:]]
    return [
        path(f"{part}/", home), path(place, page(look)), path(f"{place}words/", page(write)),
        path(f"{place}issue/", page(issue)), *drafts, path(kept, page(issued), {"ending": "pdf"}),
        path(f"{kept}read/", page(read)), *papers,
    ]  # fmt: skip


def _home(kind: Kind, by: Actor) -> HttpResponse:
    """To the report of the first institution that is one's own, on the newest year that is over."""
    own = sorted(set(kind.serves(by)) & queries.reads(by))
    if not own:
        raise NotFound("")
    year = next(year for year in count(by.today.year, -1) if last_day(kind.period(year)) < by.today)
    return redirect(kind.address(by_ids(own)[own[0]], max(year, FIRST)))


def look(request: HttpRequest, one: One) -> HttpResponse:
    issued_rows = pages.issued_table(queries.issued(one.office.pk, one.year), one.here)
    return pages.one(request, one.desk(), one.draft(), issued_rows, may=one.may)


def write(request: HttpRequest, one: One) -> HttpResponse:
    _asked_of(one)

    def keep(texts: dict[str, str]) -> None:
        actions.write(by=one.by, organisation=one.office.pk, year=one.year, texts=texts)

    return pages.write(request, one.desk(), one.draft(), keep)


def issue(request: HttpRequest, one: One) -> HttpResponse:
    _asked_of(one)
    made = one.draft()

    def act(reason: str, papers: pages.Printer) -> None:
        actions.issue(
            by=one.by, organisation=one.office.pk, year=one.year, language=made.language, reason=reason, papers=papers
        )  # fmt: skip

    again = queries.issued(one.office.pk, one.year).exists()
    return pages.issue(request, one.desk(), made, act, again=again)


def draft_file(request: HttpRequest, one: One, ending: str) -> HttpResponse:
    _asked_of(one)
    return pages.draft_file(one.draft(), ending, f"report-{one.year}")


def _asked_of(one: One) -> None:
    """Members read what is issued; the draft is for who writes it."""
    ask(one.by, ISSUE_REPORT, one.office.pk)


def issued(request: HttpRequest, one: One, report: UUID, ending: str) -> HttpResponse:
    return pages.edition_file(queries.edition(one.by, one.office.pk, report), ending)


def read(request: HttpRequest, one: One, report: UUID) -> HttpResponse:
    return pages.read(request, one.desk(), queries.edition(one.by, one.office.pk, report))
