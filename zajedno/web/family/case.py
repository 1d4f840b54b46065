"""One procedure of one's own child: now, letters and papers, the plan, what happened so far, the calendar file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions import letter as letters
from zajedno.casework.actions.family import add_view
from zajedno.casework.actions.note import attach_paper, read_paper
from zajedno.casework.enums import MeasureState, PaperKind
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.family import own_letters, own_papers, own_views, reports
from zajedno.casework.queries.plan import adopted_on, adopts, lines, reader_of, visible_to
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.web.family import words
from zajedno.web.family.frame import address, case_page, show_case
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import LongText
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.ical import Entry, calendar
from zajedno.web.shared.pieces import Cell, Column, Moment, Table
from zajedno.web.shared.uploads import saved
from zajedno.web.work.handout import former
from zajedno.web.work.papers import LANGUAGES, PaperForm

FOR_FAMILIES = (PaperKind.MEDICAL, PaperKind.EDUCATION, PaperKind.SOCIAL, PaperKind.OTHER)


class View(Form):
    text = LongText(
        label=gettext_lazy("What you think, and what matters for your child"),
        rows=8,
        help_text=gettext_lazy(
            "Those who work on this procedure can read it. It is not changed later; you can add to it."
        ),
    )


class OwnPaper(PaperForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("kind", [(kind.value, kind.label) for kind in FOR_FAMILIES])


@case_page("overview")
def overview(request: HttpRequest, file: CaseFile) -> HttpResponse:
    return show_case(
        request, file, "", "case", rows=words.now_rows(file), tasks=words.your_tasks(file), waits=words.waits(file),
        meeting=words.next_meeting(file), consent=words.consented(file), closed=file.case.closed_on,
        lately=words.history(file)[:2],
    )  # fmt: skip


@case_page("history")
def history(request: HttpRequest, file: CaseFile) -> HttpResponse:
    return show_case(request, file, "history/", "history", moments=words.history(file), handed=former(file))


@case_page("papers")
def papers(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """Letters meant for the family, own papers and views; a POST hands in a paper."""
    form = (
        None
        if file.case.closed_on
        else OwnPaper(request.POST if request.method == "POST" else None, request.FILES or None)
    )
    if form and form.is_valid() and attempt(form, lambda: _hand_in(file, form.cleaned_data)):
        messages.success(request, _("Your paper is there. Those who work on this procedure can read it."))
        return redirect(address(file, "papers/"))
    views = list(own_views(file))
    for view in views:
        view.case = file.case
    return show_case(
        request, file, "papers/", "papers", form=form, letters=letter_table(file), papers=paper_table(file),
        views=[Moment(_("You wrote"), one.happened_on, text=one.text) for one in views],
    )  # fmt: skip


def _hand_in(file: CaseFile, data: dict[str, Any]) -> None:
    sent = data["file"]
    attach_paper(
        by=file.by, file=file, kind=data["kind"], name=sent.name, media_type=sent.content_type, content=sent.read()
    )


def letter_table(file: CaseFile) -> Table:
    rows = []
    for row in own_letters(file):
        name = f"{label(file.definition.letter[row.kind].labels)} (PDF)"
        small = LANGUAGES.get(row.language, "")
        rows.append(
            [Cell(name, href=address(file, f"letters/{row.uuid}/"), small=small), row.number, day(row.issued_on)]
        )
    columns = [Column(_("Letter")), Column(_("Number")), Column(_("Issued"))]
    return Table("letters", _("Decisions and letters for you"), columns, rows)


def paper_table(file: CaseFile) -> Table:
    rows = [
        [Cell(row.name, href=address(file, f"papers/{row.uuid}/")), PaperKind(row.kind).label, day(row.added_on.date())]
        for row in own_papers(file)
    ]
    columns = [Column(_("Paper")), Column(_("Kind")), Column(_("Added"))]
    return Table("papers", _("Papers that you handed in"), columns, rows)


@case_page("letter")
def letter(request: HttpRequest, file: CaseFile, letter: UUID) -> HttpResponse:
    if letter not in {one.uuid for one in own_letters(file)}:
        raise NotFound("")
    row, content = letters.read(by=file.by, file=file, uuid=str(letter))
    return saved(content, "application/pdf", f"{row.kind}-{row.language}.pdf")


@case_page("paper")
def paper(request: HttpRequest, file: CaseFile, own: UUID) -> HttpResponse:
    if not own_papers(file).filter(uuid=own).exists():
        raise NotFound("")
    row, content = read_paper(by=file.by, file=file, uuid=str(own))
    return saved(content, row.media_type, row.name)


@case_page("view")
def view(request: HttpRequest, file: CaseFile) -> HttpResponse:
    form = View(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(
        form, lambda: add_view(by=file.by, uuid=file.case.uuid, text=form.cleaned_data["text"])
    ):
        messages.success(request, _("What you wrote is kept with the procedure."))
        return redirect(address(file, "papers/"))
    return show_case(
        request, file, "papers/", "form", form=form, title=_("Say what you think"), go=_("Keep"),
        back=address(file, "papers/"),
    )  # fmt: skip


@case_page("plan")
def plan(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """The lines of the support plan, once it is adopted, and reports, as far as the tie opens them."""
    if "plan" not in file.fields:
        raise NotFound("")
    told, reader = [], reader_of(file, team=True)  # a parent reads every word of the plan of their child
    written = not adopts(file.definition) or adopted_on(file)
    for row in visible_to(file.by, lines(file)) if written else ():
        who = str(row.responsible) if row.responsible else row.responsible_person
        when = row.frequency or f"{day(row.since)} – {day(row.until)}".strip(" –")
        told.append([
            Cell(reader.name(row), small=reader.words(row)), Cell(who, small=when), str(MeasureState(row.state).label),
        ])  # fmt: skip
    columns = [Column(_("What your child gets")), Column(_("Who gives it")), Column(_("State"))]
    table = Table("plan", _("Support plan"), columns, told, caption_hidden=True)
    said = reports(file)
    for one in said:
        one.case = file.case
    moments = [Moment(_("Report on the support given"), one.happened_on, text=one.text) for one in said]
    return show_case(request, file, "plan/", "plan", table=table, reports=moments)


@case_page("calendar")
def ics(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """The next meeting for the parent's own calendar: when and where, and nothing of a child."""
    found = words.next_meeting(file)
    if found is None:
        raise NotFound("")
    hours = found.begins if not hasattr(found.begins, "hour") else found.begins + words.LENGTH
    entry = Entry(found.uid, found.begins, hours, _("An appointment"), found.place, kind="PRIVATE")
    response = HttpResponse(calendar([entry]), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response
