"""Pages of a report, whatever it is of: looked at, written around, printed, issued; the desk says who may."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions.report import LONGEST, Papers
from zajedno.kernel import clock
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import LongText
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.language import NAMES, tag
from zajedno.web.shared.pieces import Cell, Column, Link, Table, Tag
from zajedno.web.shared.report import papers
from zajedno.web.shared.report.papers import CONCLUSION, INTRODUCTION, SERBIAN, Draft
from zajedno.web.shared.report.sections import Printed
from zajedno.web.shared.request import sent
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

if TYPE_CHECKING:
    from zajedno.access.models.report import Report

Turn = Callable[["Report"], tuple[Tag, Cell]]
Printer = Callable[[int], Papers]  # what makes the papers of an edition, by its number


@dataclass(frozen=True)
class Desk:
    """Where a report stands: its address, what leads to it, what it is called on the page, other years beside it."""

    title: str
    of: str
    here: str
    way: Sequence[Link]
    years: Sequence[Link] = ()
    sections: Sequence[Mapping[str, Any]] = ()  # of the desk, for its navigation


def script_of(request: HttpRequest) -> str:
    return request.GET.get("script", "")


def _shown(request: HttpRequest, desk: Desk, template: str, context: Mapping[str, Any]) -> HttpResponse:
    frame = {"title": desk.title, "of": desk.of, "here": desk.here, "crumbs": desk.way, "nav": desk.sections}
    return answer(request, f"report/{template}.html", {**frame, **context})


def one(
    request: HttpRequest, desk: Desk, draft: Draft, issued: Table, *, may: bool = True
) -> HttpResponse:  # fmt: skip
    """What would be printed, in the language of the paper; what was issued."""
    language = draft.language
    others = [code for code in SERBIAN if code != language] if language in SERBIAN else []
    asked = f"?script={language}" if language in SERBIAN else ""
    context = {
        "asked": asked, "may": may, "years": desk.years, "issued": issued, "has_figures": bool(draft.figures),
        "scripts": [Link(NAMES[code], f"{desk.here}?script={code}") for code in others],
        **shown(draft.content(), draft.t, language),
    }  # fmt: skip
    return _shown(request, desk, "one", context)


def shown(content: Mapping[str, Any], texts: Mapping[str, str], language: str) -> dict[str, Any]:
    """The content of a paper as a page shows it."""
    sections = [
        {**part, "tables": [_table(one, f"part-{at}-{number}", part["title"])
                            for number, one in enumerate(part["tables"])]}
        for at, part in enumerate(content["sections"])
    ]  # fmt: skip
    return {"content": content, "parts": sections, "t": texts, "lang": tag(language)}


def _table(table: Mapping[str, Any], name: str, title: str) -> Table:
    numeric = [int(at) for at in table["numeric"]]
    found = Printed(table["caption"] or title, table["heads"], table["body"], numeric)
    return found.table(name, caption_hidden=not table["caption"])


def issued_table(rows: "Iterable[Report]", here: str, turn: Turn | None = None) -> Table:
    """Editions of a year; `turn`: who reads one, and what may be done about that."""
    lines = []
    for row in rows:
        issued_on = day(clock.day_of(row.added_on))
        name = Cell(
            _("Edition %(number)s") % {"number": row.number}, f"{here}issued/{row.uuid}/read/", small=row.reason
        )
        paper = Cell(_("PDF"), f"{here}issued/{row.uuid}/")
        lines.append([name, issued_on, paper, *(_turned(turn, row) if turn else ())])
    heads = [_("Report"), _("Issued on"), _("Paper"), *([_("Who reads it"), _("What you can do")] if turn else [])]
    return Table("issued", _("Issued reports"), [*map(Column, heads)], lines, empty=_("No report is issued yet."))


def _turned(turn: Turn, row: "Report") -> list[Cell]:
    state, cell = turn(row)
    return [Cell(tag=state), cell]


class Words(Form):
    """What the author writes: before the sections, beside each, after them."""

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        initial = {_name(key): text for key, text in draft.written.items()}
        super().__init__(*args, initial=initial, **kwargs)
        self.keys = [INTRODUCTION, *(one.key for one in draft.sections if one.key), CONCLUSION]
        titles = {one.key: one.title for one in draft.sections}
        labels = {INTRODUCTION: _("Introduction"), CONCLUSION: _("Conclusion")}
        for key in self.keys:
            rows = 8 if key in labels else 3
            self.fields[_name(key)] = LongText(
                label=labels.get(key) or _("Beside “%(section)s”") % {"section": titles[key]},
                required=False, rows=rows, max_length=LONGEST,
            )  # fmt: skip

    def texts(self) -> dict[str, str]:
        return {key: self.cleaned_data[_name(key)] for key in self.keys}


def _name(key: str) -> str:
    return key if key in (INTRODUCTION, CONCLUSION) else f"section_{key}"


def write(
    request: HttpRequest, desk: Desk, draft: Draft, keep: Callable[[dict[str, str]], object]
) -> HttpResponse:  # fmt: skip
    form = Words(sent(request), draft=draft)
    if form.is_valid() and attempt(form, lambda: keep(form.texts())):
        messages.success(request, _("It is written down."))
        return redirect(desk.here)
    note = _(
        "It is printed with the numbers. Write no name of a child, and no number of children that is not released."
    )
    return ask(request, desk, form, _("Write the text"), _("Keep"), note)


def ask(request: HttpRequest, desk: Desk, form: Form, head: str, go: str, note: str) -> HttpResponse:
    crumbs = [*desk.way, Link(desk.title, desk.here)]
    context = {"form": form, "title": head, "go": go, "note": note, "cancel": desk.here, "crumbs": crumbs}
    return _shown(request, desk, "ask", context)


def draft_file(draft: Draft, ending: str, name: str) -> HttpResponse:
    """As it stands, to be read or to be changed in Word; it says that it is not issued."""
    match ending:
        case "pdf":
            made = draft.pdf(draft.content())
        case "docx":
            made = draft.word(draft.content())
        case "xlsx":
            made = papers.workbook(draft.figures, draft.called, draft.language)
        case _:
            raise NotFound("")
    return saved(made, MEDIA_TYPES[ending], f"{name}.{ending}")


class Again(Form):
    reason = LongText(
        label=gettext_lazy("Why is a new edition made?"), rows=3, max_length=1000,
        help_text=gettext_lazy("The edition before stays beside it. The reason is printed on the new one."),
    )  # fmt: skip


def issue(
    request: HttpRequest, desk: Desk, draft: Draft, act: Callable[[str, Printer], object], *,
    again: bool,
) -> HttpResponse:  # fmt: skip
    """`act` gets the reason and what makes the papers of an edition; `again`: there is an edition of the year."""
    form = Again(sent(request)) if again else Form(sent(request))

    def issuing() -> None:
        reason = form.cleaned_data.get("reason", "")
        act(reason, lambda number: draft.papers(number, reason))

    if form.is_valid() and attempt(form, issuing):
        messages.success(request, _("The report is issued. It is kept as it is; a later edition stands beside it."))
        return redirect(desk.here)
    note = _("The report is kept as PDF and for Word with today’s numbers, in %(language)s.")
    said = note % {"language": NAMES[draft.language]}
    return ask(request, desk, form, _("Issue the report"), _("Issue the report"), said)


def read(request: HttpRequest, desk: Desk, row: "Report") -> HttpResponse:
    """An edition as a page: what was printed, word for word."""
    content = row.said.get("content")
    if not content:
        return edition_file(row, "pdf")  # issued before editions were kept as data
    language = row.said["language"]
    context = {
        "edition": row, "issued_on": day(clock.day_of(row.added_on)), "has_figures": bool(row.said.get("figures")),
        **shown(content, papers.words(language), language),
        "crumbs": [*desk.way, Link(desk.title, desk.here)],
    }  # fmt: skip
    return _shown(request, desk, "edition", context)


def edition_file(row: "Report", ending: str) -> HttpResponse:
    name = row.name.removesuffix(".pdf")
    match ending:
        case "pdf":
            return saved(bytes(row.content), row.media_type, row.name)
        case "docx" if row.word:
            return saved(bytes(row.word), MEDIA_TYPES["docx"], f"{name}.docx")
        case "xlsx" if row.said.get("figures"):
            made = papers.workbook(papers.kept_figures(row.said), row.said["names"], row.said["language"])
            return saved(made, MEDIA_TYPES["xlsx"], f"{name}.xlsx")
        case _:
            raise NotFound("")
