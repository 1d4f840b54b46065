"""Papers that came in and letters that went out."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions import letter as letters
from zajedno.casework.actions.note import attach_paper, read_paper, remove_paper
from zajedno.casework.enums import PaperKind
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.rules import ATTACH_PAPER, ISSUE_LETTER
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Select, Text, UploadField
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Table
from zajedno.web.shared.uploads import MEDIA_TYPES, saved
from zajedno.web.work.frame import address, case_page, show

LANGUAGES = dict(settings.LANGUAGES)


class PaperForm(Form):
    kind = Select(label=gettext_lazy("Kind of paper"), choices=PaperKind.choices)
    file = UploadField(
        strict=True,
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, a picture (JPG, PNG) or a document. At most 20 MB."),
    )


class RemovePaper(Form):
    reason = Text(label=gettext_lazy("Why is it removed?"), max_length=250, width="two-thirds")


class AnotherLanguage(Form):
    language = Select(label=gettext_lazy("Language and script"))

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("language", [(code, LANGUAGES[code]) for code in codes])


@case_page("papers")
def papers(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """Both lists; a POST attaches a paper."""
    may = file.may(ATTACH_PAPER.key) and not file.case.closed_on
    form = PaperForm(request.POST or None, request.FILES or None) if may else None
    if form and form.is_valid() and attempt(form, lambda: _attach(file, form.cleaned_data)):
        messages.success(request, _("The paper is attached."))
        return redirect(address(file, "papers/"))
    return show(
        request, file, "papers", "papers", form=form, papers=paper_table(file), letters=letter_table(file),
        reads="papers" in file.fields,
    )  # fmt: skip


def _attach(file: CaseFile, data: dict[str, Any]) -> None:
    sent = data["file"]
    attach_paper(
        by=file.by, file=file, kind=data["kind"], name=sent.name, media_type=sent.content_type, content=sent.read()
    )


def paper_table(file: CaseFile) -> Table:
    """All papers for those whose ties open them; else those one handed in oneself, by name only."""
    opens = "papers" in file.fields
    rows = file.case.papers.filter(removed_on=None).order_by("-added_on")
    rows = rows if opens else rows.filter(added_by=file.by.account)
    may = opens and file.may(ATTACH_PAPER.key)
    found = []
    for row in rows:
        href = address(file, f"papers/{row.uuid}/") if opens else ""
        remove = Cell(_("Remove"), href=address(file, f"papers/{row.uuid}/remove/")) if may else Cell()
        found.append([Cell(row.name, href=href), PaperKind(row.kind).label, day(row.added_on.date()), remove])
    columns = [Column(_("Paper")), Column(_("Kind")), Column(_("Added")), Column(_("What you can do"))]
    return Table("papers", _("Papers"), columns, found, empty=_("No papers are attached."))


@case_page("papers")
def paper(request: HttpRequest, file: CaseFile, paper: UUID) -> HttpResponse:
    """The file as it was sent: always saved, never shown inside our page."""
    row, content = read_paper(by=file.by, file=file, uuid=str(paper))
    return saved(
        content, row.media_type if row.media_type in MEDIA_TYPES.values() else "application/octet-stream", row.name
    )


@case_page("papers")
def paper_remove(request: HttpRequest, file: CaseFile, paper: UUID) -> HttpResponse:
    row = file.case.papers.filter(uuid=paper, removed_on=None).first() if "papers" in file.fields else None
    if row is None or not file.may(ATTACH_PAPER.key):
        raise NotFound("")
    row.case = file.case
    form = RemovePaper(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: remove_paper(by=file.by, file=file, paper=row, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, _("The paper is removed."))
        return redirect(address(file, "papers/"))
    return show(
        request,
        file,
        "papers",
        "form",
        form=form,
        title=_("Remove the paper"),
        back=address(file, "papers/"),
        go=_("Remove"),
        kind="warning",
        note=f"{row.name}. {_('It leaves the list and stays locked away until the time of keeping ends.')}",
    )


def readable(file: CaseFile, kind: str) -> bool:
    return bool(file.fields & letters.READABLE.get(kind, {"identity"}))


def letter_table(file: CaseFile) -> Table:
    may = file.may(ISSUE_LETTER.key)
    found = []
    for row in file.case.letters.order_by("-id"):
        if not readable(file, row.kind):
            continue
        rule, here = file.definition.letter.get(row.kind), address(file, f"letters/{row.uuid}/")
        name = f"{label(rule.labels) if rule else row.kind} (PDF)"
        found.append([
            Cell(name, href=here, small=LANGUAGES.get(row.language, "")), row.number, day(row.issued_on),
            Cell(_("Word"), href=f"{here}word/") if may else Cell(),
            Cell(_("In another language or script"), href=f"{here}again/") if may else Cell(),
        ])  # fmt: skip
    columns = [
        Column(_("Letter")),
        Column(_("Number")),
        Column(_("Issued")),
        Column(_("For editing")),
        Column(_("Issue again")),
    ]
    return Table("letters", _("Letters"), columns, found, empty=_("No letters were issued yet."))


@case_page("papers")
def letter(request: HttpRequest, file: CaseFile, letter: UUID) -> HttpResponse:
    row, content = letters.read(by=file.by, file=file, uuid=str(letter))
    return saved(content, "application/pdf", f"{row.kind}-{row.language}.pdf")


@case_page("papers")
def letter_word(request: HttpRequest, file: CaseFile, letter: UUID) -> HttpResponse:
    row = _letter(file, letter)
    return saved(
        letters.as_word(by=file.by, file=file, letter=row), MEDIA_TYPES["docx"], f"{row.kind}-{row.language}.docx"
    )


@case_page("papers")
def letter_again(request: HttpRequest, file: CaseFile, letter: UUID) -> HttpResponse:
    """The same letter in another language or script, under the same number."""
    row = _letter(file, letter)
    rule = file.definition.letter.get(row.kind)
    given = set(file.case.letters.filter(number=row.number).values_list("language", flat=True))
    codes = [code for code in letters.languages(file, row.kind) if code not in given]
    form = AnotherLanguage(request.POST or None, codes=codes) if codes else None
    if form and form.is_valid() and attempt(form, lambda: _issue(file, row, form.cleaned_data["language"])):
        messages.success(request, _("The letter is issued."))
        return redirect(address(file, "papers/"))
    title = _("Issue again: %(letter)s") % {"letter": label(rule.labels) if rule else row.kind}
    return show(
        request,
        file,
        "papers",
        "form",
        form=form,
        title=title,
        back=address(file, "papers/"),
        go=_("Issue"),
        note=""
        if codes
        else _("It is already issued in every language in which the words of this letter are complete."),
    )


def _issue(file: CaseFile, row: Any, language: str) -> None:
    letters.issue(by=file.by, file=file, kind=row.kind, day=row.issued_on, language=language)


def _letter(file: CaseFile, uuid: UUID) -> Any:
    row = file.case.letters.filter(uuid=uuid).first()
    if row is None or not readable(file, row.kind) or not file.may(ISSUE_LETTER.key):
        raise NotFound("")
    row.case = file.case
    return row
