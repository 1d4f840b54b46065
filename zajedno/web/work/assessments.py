"""Assessments of a child: when, what they came to, what has changed since, what each led to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.access.queries.account import names as account_names
from zajedno.children.actions.assessment import begin, judge
from zajedno.children.enums import Field
from zajedno.children.queries import assessment as assessments
from zajedno.children.queries.assessment import Read
from zajedno.children.queries.submission import files_of
from zajedno.children.rules import ASSESS, JUDGE, RECORD_CONSENT
from zajedno.forms.queries.form import find as find_form
from zajedno.forms.queries.form import in_use, loaded
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.web.shared.dates import day
from zajedno.web.shared.growth_chart import GrowthChart
from zajedno.web.shared.growth_sheets import GROWTH, Measuring, growth_charts
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Moment, Row, Table, Tag
from zajedno.web.shared.sheets.paper import as_pdf, empty_pdf
from zajedno.web.shared.sheets.reading import cards, on_paper, opened, side_by_side
from zajedno.web.work.assessment_words import (
    Judge,
    Two,
    finding_text,
    findings_table,
    meaning,
    moments,
    number,
    proposal,
    summing,
    value_text,
)
from zajedno.web.work.child import ChildFile, address, child_page, show
from zajedno.web.work.frame import work_page

MOST = 20  # drafts shown


@child_page
def listed(request: HttpRequest, file: ChildFile) -> HttpResponse:
    """The timeline, and the forms that can be filled in now. A POST begins one, or tells of a missing consent."""
    by, waits, sentence = file.by, "", ""
    forms = in_use([seat.organisation for seat in by.seats_for(ASSESS.key)], "child", by.today)
    if request.method == "POST":
        form = next((one for one in forms if one.key == request.POST.get("form")), None)
        if form is None:
            raise NotFound("")
        try:
            return redirect(f"/work/sheet/{begin(by=by, child=file.child, form=form).uuid}/")
        except Refused as refusal:
            if refusal.code != "consent":
                raise
            waits, sentence = form.facts.purpose, str(refusal.sentence)
    reads = assessments.of_child(by, file.child)
    response = show(
        request, file, "assessments", moments=moments(file.child.uuid, reads),
        forms=[(one.key, one.title()) for one in forms],
        drafts=begun(by, file.child.pk), several=len(reads) > 1, waits=waits, sentence=sentence,
        may_consent=by.may(RECORD_CONSENT.key) and file.opens(Field.FAMILY),
    )  # fmt: skip
    response.status_code = Refused.status if waits else response.status_code
    return response


def begun(by: Actor, child: int | None = None) -> list[dict[str, Any]]:
    """One's own forms half filled in, of one child or of all: uuid, title, who (the child, where it may be named),
    saved_on."""
    rows: Any = assessments.drafts(by)
    return [
        {"uuid": row.uuid, "title": loaded(row.version_id).title(), "saved_on": row.saved_on,
         "who": row.child.full_name if row.named and child is None else ""}
        for row in (rows.filter(child=child) if child else rows)[:MOST]
    ]  # fmt: skip


@child_page
def sheet(request: HttpRequest, file: ChildFile, sheet: UUID) -> HttpResponse:
    """One sheet: what it came to, its answers, and what people made of it. A POST says what it led to."""
    read = assessments.find(file.by, file.child, sheet)
    form = Judge(request.POST if request.method == "POST" else None, read=read)
    if form.is_valid() and attempt(form, lambda: judge(by=file.by, assessment=read.row, **form.chosen())):
        messages.success(request, _("It is written down."))
        return redirect(address(file, f"assessments/{sheet}/"))
    who = account_names({one["by"] for one in read.judgements} | {read.row.filled_by or 0})
    later = read.later
    return show(
        request, file, "assessment", read=read, title=read.form.title(), table=findings_table(read),
        cards=cards(opened(read.form, read.content["answers"], read.row.holds_on)), about=about(read, who),
        charts=growth(file, read), notices=read.form.facts.sentences, form=form,
        may_judge=file.by.may(JUDGE.key),
        may_correct=file.by.may(ASSESS.key) and later is None, later=later, judgements=_judgements(read, who),
        sheet_address=address(file, f"assessments/{sheet}/"), pictures=list(files_of(read.row.pk)),
    )  # fmt: skip


def growth(file: ChildFile, read: Read) -> list[GrowthChart]:
    """Curves with every measuring of the child, below a sheet that measured growth."""
    if read.form.facts.score not in GROWTH:
        return []
    sheets = [
        one for one in assessments.of_child(file.by, file.child) if one.form.facts.score in GROWTH and not one.later
    ]
    return growth_charts(
        Measuring(one.form.facts.score, one.content["answers"], one.facts, one.form.facts.options) for one in sheets
    )


def about(read: Read, who: dict[int, str]) -> list[Row]:
    row, retired = read.row, Tag(_("Retired version"), "wait")
    return [
        Row(_("Day"), row.holds_on),
        Row(_("Filled in by"), [who.get(row.filled_by or 0, ""), str(row.organisation)]),
        Row(_("Sent"), row.sent_on),
        Row(_("Version of the form"), [str(read.form.number), retired if row.retired else None]),
        *([Row(_("Corrects an earlier one"), row.reason)] if row.reason else []),
        *([Row(_("Not answered"), _("%(count)s questions") % {"count": len(read.content["missing"])})]
          if read.content["missing"] else []),
    ]  # fmt: skip


def _judgements(read: Read, who: dict[int, str]) -> list[Moment]:
    facts = read.form.facts
    return [
        Moment(one["led_to"].label, one["on"], text=one["reason"], byline=who.get(one["by"], ""),
               tag=Tag(f"{facts.finding(one['finding'])}: {facts.band(one['band'])}", "info") if one["band"] else None)
        for one in reversed(read.judgements)
    ]  # fmt: skip


@child_page
def correct(request: HttpRequest, file: ChildFile, sheet: UUID) -> HttpResponse:
    """Another sheet begins with the answers of this one; this one stays."""
    read = assessments.find(file.by, file.child, sheet)
    if request.method != "POST":
        return redirect(address(file, f"assessments/{sheet}/"))
    draft = begin(by=file.by, child=file.child, form=read.form, corrects=read.row)
    return redirect(f"/work/sheet/{draft.uuid}/")


@child_page
def compare(request: HttpRequest, file: ChildFile) -> HttpResponse:
    """Two sheets side by side: findings with their difference, and every answer that is not the same."""
    reads = assessments.of_child(file.by, file.child)
    by_uuid = {str(read.row.uuid): read for read in reads}
    choices = [
        (uuid, f"{read.form.title()}, {day(read.row.holds_on)}" + (f" ({told})" if (told := summing(read)) else ""))
        for uuid, read in by_uuid.items()
    ]
    form = Two(request.GET or None, sheets=choices)
    tables = []
    if form.is_valid():
        pair = (by_uuid[form.cleaned_data[name]] for name in ("first", "second"))
        first, second = sorted(pair, key=lambda read: (read.row.holds_on, read.row.pk))
        tables = [_compared_findings(first, second), _compared_answers(first, second)]
    return show(request, file, "assessments_compare", form=form, tables=tables)


def _heads(first: Read, second: Read) -> list[Column]:
    return [Column(f"{read.form.title()}, {day(read.row.holds_on)}", fixed=True) for read in (first, second)]


def _compared_findings(first: Read, second: Read) -> Table:
    """Findings of two ways of scoring are never of one kind, also where their keys are the same."""
    one, two = (
        {(read.form.facts.score, finding.key): finding for finding in read.findings} for read in (first, second)
    )
    rows = []
    for key in [*two, *(key for key in one if key not in two)]:
        sides = [(read, side.get(key)) for read, side in ((first, one), (second, two))]
        a, b = (finding.value if finding else None for _read, finding in sides)
        difference = number(b - a, signed=True) if a is not None and b is not None else ""
        facts = (second if key in two else first).form.facts
        cells = [Cell(finding_text(read, finding) if finding else "") for read, finding in sides]
        rows.append([Cell(facts.finding(key[1])), *cells, Cell(difference)])
    columns = [Column(_("What was measured")), *_heads(first, second), Column(_("Difference"), numeric=True)]
    return Table("findings", _("Findings"), columns, rows, empty=_("These forms have no score."), caption_hidden=True)


def _compared_answers(first: Read, second: Read) -> Table:
    sheets = [opened(read.form, read.content["answers"], read.row.holds_on) for read in (first, second)]
    changed = Tag(_("Changed"), "wait") if first.form.key == second.form.key else None
    rows = [
        [Cell(pair.label, tag=changed if pair.changed else None), Cell(_text(pair.first)), Cell(_text(pair.second))]
        for pair in side_by_side(*sheets)
    ]
    return Table("answers", _("Answers"), [Column(_("Question")), *_heads(first, second)], rows, caption_hidden=True)


def _text(value: Any) -> str:
    if value is None:
        return _("not asked")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "–")


@child_page
def paper(request: HttpRequest, file: ChildFile, sheet: UUID) -> HttpResponse:
    """The filled form as PDF."""
    read = assessments.find(file.by, file.child, sheet)
    child, facts, named = file.child, read.form.facts, file.opens(Field.IDENTITY)
    who = account_names({read.row.filled_by or 0})
    data = {
        "facts": [[_("Child"), child.full_name if named else ""],
                  [_("Date of birth"), (day(child.birth_date) or "") if named else ""],
                  [_("Day"), day(read.row.holds_on)], [_("Filled in by"), who.get(read.row.filled_by or 0, "")]],
        "findings": [
            {"label": facts.finding(one.key), "value": value_text(read, one),
             "band": ", ".join(filter(None, (meaning(read, one), proposal(read, one))))} for one in read.findings
        ],
        "parts": on_paper(opened(read.form, read.content["answers"], read.row.holds_on)),
        "organisation": str(read.row.organisation),
    }  # fmt: skip
    return as_pdf(read.form, data, read.row.holds_on)


@work_page
def empty_paper(request: HttpRequest, by: Actor, key: str) -> HttpResponse:
    """A form in use as PDF, to be filled in by hand."""
    form = find_form(key, [seat.organisation for seat in by.seats_for(ASSESS.key)], "child", by.today)
    return empty_pdf(form, [[_("Child"), ""], [_("Date of birth"), ""]], by.today, signed=True)
