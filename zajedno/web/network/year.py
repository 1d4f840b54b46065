"""The annual report of a body: looked at, introduced, printed, issued as it stands, and shown to everybody."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.documents import Rendering, render_pdf, render_word
from zajedno.kernel.refusal import NotFound
from zajedno.networks.actions import year as actions
from zajedno.networks.queries import body as bodies
from zajedno.networks.queries import year as queries
from zajedno.web.network import body_words, year_network, year_work
from zajedno.web.network.bodies import kept, way
from zajedno.web.network.frame import network_page, show
from zajedno.web.network.year_report import PAPER, SERBIAN, Section, Year, content, language_of, words
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import LongText
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.language import NAMES, tag
from zajedno.web.shared.pieces import Cell, Column, Link, Table, Tag
from zajedno.web.shared.request import sent
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zajedno.networks.models import Body, YearReport

SECTIONS = (
    year_network.who, year_network.members, year_network.meetings, year_network.agreements, year_network.evaluations,
    year_work.plan, year_work.programmes, year_network.knowledge, year_work.services, year_work.money,
    year_work.figures, year_network.lasts, year_work.ahead,
)  # fmt: skip


class Words(Form):
    introduction = LongText(label=gettext_lazy("Introduction"), required=False, rows=8, max_length=10_000)
    conclusion = LongText(label=gettext_lazy("Conclusion"), required=False, rows=8, max_length=10_000)


def address(row: "Body", year: int, rest: str = "") -> str:
    return body_words.address(row, f"year/{year}/{rest}")


def _found(request: HttpRequest, by: Actor, uuid: UUID, year: int) -> "tuple[Body, HttpResponse | None]":
    """The body, and where to go instead: its report is written by who keeps it, and there is none of a coming year."""
    row, elsewhere = kept(request, by, uuid)
    if not queries.FIRST <= year <= min(queries.LAST, by.today.year):
        raise NotFound("")
    return row, elsewhere


def report(by: Actor, row: "Body", year: int, language: str) -> list[Section]:
    """Every section, in a language; what a section says is made there and then."""
    with override(language):
        asked = Year(row, year, by, words(language))
        return [section(asked) for section in SECTIONS]


@network_page
def one(request: HttpRequest, by: Actor, uuid: UUID, year: int) -> HttpResponse:
    """What would be printed, in the language of the paper; what was issued."""
    row, elsewhere = _found(request, by, uuid, year)
    if elsewhere:
        return elsewhere
    language, here = language_of(row, request.GET.get("script", "")), address(row, year)
    asked = f"?script={language}" if language in SERBIAN else ""
    others = [code for code in SERBIAN if code != language] if language in SERBIAN else []
    written, texts = queries.words(row, year), words(language)
    sections = [(one, _shown(one, f"part-{at}")) for at, one in enumerate(report(by, row, year, language))]
    return show(
        request, "year",
        {
            "body": row, "title": body_words.year_title(year), "here": here, "asked": asked, "crumbs": way(row),
            "words": written, "t": texts, "lang": tag(language), "sections": sections,
            "scripts": [Link(NAMES[code], f"{here}?script={code}") for code in others],
            "issued": issued_table(queries.issued(row, year), row),
            "years": [_link(row, one) for one in (year - 1, year + 1) if _is_known(by, one)],
        },
    )  # fmt: skip


def _shown(section: Section, name: str) -> list[Table]:
    """Tables of a section; one that is called as the section is not called so twice."""
    return [
        one.table(f"{name}-{at}", caption_hidden=one.caption == section.title) for at, one in enumerate(section.tables)
    ]


def _link(row: "Body", year: int) -> Link:
    return Link(body_words.year_title(year), address(row, year))


def _is_known(by: Actor, year: int) -> bool:
    return queries.FIRST <= year <= by.today.year


def issued_table(rows: "Iterable[YearReport]", row: "Body") -> Table:
    """Editions; who keeps the body decides which of them everybody may read."""
    lines = []
    for one in rows:
        here = address(row, one.year, f"issued/{one.uuid}/")
        state = Tag(_("Everybody may read it"), "done") if one.is_public else Tag(_("Members may read it"))
        turn = Cell(_("Show it no more") if one.is_public else _("Show it to everybody"), f"{here}show/")
        issued_on = day(clock.day_of(one.added_on))
        lines.append([Cell(body_words.report_named(one), here), issued_on, Cell(tag=state), turn])
    heads = [_("Report"), _("Issued on"), _("Who reads it"), _("What you can do")]
    return Table("issued", _("Issued reports"), [*map(Column, heads)], lines, empty=_("No report is issued yet."))


@network_page
def write(request: HttpRequest, by: Actor, uuid: UUID, year: int) -> HttpResponse:
    """Introduction and conclusion: one row a year."""
    row, elsewhere = _found(request, by, uuid, year)
    if elsewhere:
        return elsewhere
    before = queries.words(row, year)
    initial = {"introduction": before.introduction, "conclusion": before.conclusion} if before else {}
    form = Words(sent(request), initial=initial)
    if form.is_valid() and attempt(form, lambda: actions.write(by=by, body=row, year=year, **form.cleaned_data)):
        messages.success(request, _("It is written down."))
        return redirect(address(row, year))
    note = _("They are printed before and after the numbers. Write no name of a child.")
    return _ask(request, row, year, form, _("Introduction and conclusion"), _("Keep"), note)


def _ask(request: HttpRequest, row: "Body", year: int, form: Form, head: str, go: str, note: str) -> HttpResponse:
    back = address(row, year)
    crumbs = [*way(row), Link(body_words.year_title(year), back)]
    return show(request, "act", {"form": form, "title": head, "go": go, "note": note, "cancel": back, "crumbs": crumbs})


def paper(by: Actor, row: "Body", year: int, language: str, ending: str, edition: int = 0) -> bytes:
    written, texts = queries.words(row, year), words(language)
    sections = report(by, row, year, language)
    with override(language):
        asked = Year(row, year, by, texts)
        said = (written.introduction, written.conclusion) if written else ("", "")
        data = content(asked, sections, *said, edition=edition)
        about = Rendering(language, f"{row}: {texts['title']} {year}", str(row.organisation), by.today)
    if ending == "docx":
        return render_word(PAPER.with_suffix(".docx"), data, about)
    return render_pdf(PAPER, data, about).content


@network_page
def draft(request: HttpRequest, by: Actor, uuid: UUID, year: int, ending: str) -> HttpResponse:
    """As it stands, to be read or to be changed in Word; it says that it is not issued."""
    row, elsewhere = _found(request, by, uuid, year)
    if elsewhere:
        return elsewhere
    if not bodies.keeps(by, row):
        raise NotFound("")
    made = paper(by, row, year, language_of(row, request.GET.get("script", "")), ending)
    return saved(made, MEDIA_TYPES[ending], f"report-{year}.{ending}")


@network_page
def issue(request: HttpRequest, by: Actor, uuid: UUID, year: int) -> HttpResponse:
    row, elsewhere = _found(request, by, uuid, year)
    if elsewhere:
        return elsewhere
    language = language_of(row, request.GET.get("script", ""))
    form = Form(sent(request))

    def act() -> None:
        actions.issue(by=by, body=row, year=year, paper=lambda number: paper(by, row, year, language, "pdf", number))

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The report is issued. It is kept as it is; a later edition stands beside it."))
        return redirect(address(row, year))
    note = _("The report is kept as a PDF with today’s numbers, in %(language)s. Members of the body may read it.")
    said = note % {"language": NAMES[language]}
    return _ask(request, row, year, form, _("Issue the report"), _("Issue the report"), said)


@network_page
def issued(request: HttpRequest, by: Actor, uuid: UUID, year: int, report: UUID) -> HttpResponse:
    """An edition, for members too."""
    row = bodies.find(by, uuid)
    found = queries.edition(row, report)
    return saved(bytes(found.content), found.media_type, found.name)


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
    return _ask(request, row, year, form, go, go, note)
