"""The plan of a case: goals, measures in the legal groups, and what of the child's plan other cases wrote already."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.casework.actions.plan import Twice, being_written, count_here, drop_measure, revise_measure, write_measure
from zajedno.casework.actions.seen import stamp
from zajedno.casework.actions.support import may_report, report_measure
from zajedno.casework.enums import IN_HAND
from zajedno.casework.queries import plan as queries
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.rules import PLAN_SUPPORT, WRITE_NOTE
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Table
from zajedno.web.work import plan_words as words
from zajedno.web.work.frame import address, case_page, show, votes
from zajedno.web.work.overtaken import line_again
from zajedno.web.work.plan_forms import MeasureForm, ReportForm


def plans(file: CaseFile) -> bool:
    """May the person write the plan of this case, or change the adopted one?"""
    may = file.by.may(PLAN_SUPPORT.key, file.case.organisation_id)
    return may and "plan" in file.fields and not file.case.closed_on


def reader_of(file: CaseFile) -> queries.Reader:
    """Who decides in the case reads every word of its plan."""
    return queries.reader_of(file, team=votes(file))


def groups(file: CaseFile) -> dict[str, str]:
    return {group.key: label(group.labels) for group in file.definition.measure_groups}


@case_page("plan")
def plan(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """A POST lets a measure that another case planned count in this plan too."""
    if "plan" not in file.fields:
        raise NotFound("")
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_bound and attempt(form, lambda: _count(file, request.POST.get("measure", ""))):
        messages.success(request, _("The measure counts in this plan too."))
        return redirect(address(file, "plan/"))
    reader, may = reader_of(file), plans(file)
    return show(
        request, file, "plan", "plan", tables=tables(file, reader), may_write=may, form=form,
        goals=goal_table(file, may),
        views=words.history(reader, _views(file), named=False), adopted=queries.adopted_on(file),
        elsewhere=[(row, reader.name(row), str(row.at)) for row in queries.elsewhere(file)] if may else [],
        may_hear=file.may(WRITE_NOTE.key), whole=f"/work/child/{file.case.child.uuid}/plan/",
    )  # fmt: skip


def _count(file: CaseFile, uuid: str) -> None:
    row = next((one for one in queries.elsewhere(file) if str(one.uuid) == uuid), None)
    if row is None:
        raise NotFound("")
    count_here(by=file.by, file=file, row=row)


def _views(file: CaseFile) -> Any:
    rows = file.case.entries.filter(kind="view").select_related("organisation")
    for row in rows:
        row.child = file.case.child  # its key is already here
    return rows


def goal_table(file: CaseFile, may: bool) -> Table:
    rows = [
        [
            Cell(
                goal.text, href=address(file, f"plan/goal/{goal.uuid}/") if may and goal.case_id == file.case.pk else ""
            ),
            words.goal_facts(goal),
            str(goal.at),
        ]
        for goal in queries.goals(file)
    ]
    columns = [Column(_("Goal")), Column(_("About")), Column(_("Written by"))]
    return Table("goals", _("Goals"), columns, rows, empty=_("No goal is written yet."))


def tables(file: CaseFile, reader: queries.Reader) -> list[Table]:
    titles = groups(file)
    rows: dict[str, list[Any]] = {key: [] for key in titles}
    for row in queries.lines(file):
        row.child = file.case.child
        rows.setdefault(row.legal_group if titles else "", []).append(
            words.cells(reader, row, address(file, f"plan/{row.uuid}/"))
        )
    return [
        Table(
            f"group-{key}", titles.get(key) or _("Measures"), words.columns(), found, empty=_("No measures here.")
        )
        for key, found in (rows or {"": []}).items()
    ]  # fmt: skip


def find(file: CaseFile, measure: UUID) -> Any:
    """A measure of the plan as it stands, or an earlier version of one; NotFound for a foreign one."""
    rows = file.case.measures.select_related("responsible", "at", "service__organisation", "goal")
    row = queries.lines(file).filter(uuid=measure).first() or rows.filter(uuid=measure).first()
    if row is None or "plan" not in file.fields:
        raise NotFound("")
    row.child = file.case.child
    return row


@case_page("plan")
def measure_new(request: HttpRequest, file: CaseFile) -> HttpResponse:
    if not plans(file):
        raise NotFound("")
    form = MeasureForm(request.POST or None, file=file, adopted=not being_written(file))
    return _write(request, file, None, form, _("Add a measure"))


@case_page("plan")
def measure_change(request: HttpRequest, file: CaseFile, measure: UUID) -> HttpResponse:
    row = find(file, measure)
    row = queries.newest(row) if request.POST.get("seen") else row  # what was typed is never answered by "not there"
    if not plans(file) or row.superseded_on:
        raise NotFound("")
    initial = {name: getattr(row, name) for name in MeasureForm.base_fields if hasattr(row, name)}
    initial |= {"goal": row.text, "responsible": str(row.responsible_id or ""), "seen": stamp(row),
                "serves": str(row.goal.uuid) if row.goal else ""}  # fmt: skip
    form = MeasureForm(request.POST or None, file=file, adopted=not being_written(file, row), initial=initial)
    return _write(request, file, row, form, _("Change the measure"))


def _write(request: HttpRequest, file: CaseFile, row: Any, form: MeasureForm, title: str) -> HttpResponse:
    twin: list[Any] = []

    def act() -> None:
        data = form.cleaned_data
        given = {"by": file.by, "file": file, "row": row, "values": form.values(file), "goal": data["goal"],
                 "different": data.get("different", ""), "seen": data["seen"] or None}  # fmt: skip
        try:
            if "reason" in form.fields:
                revise_measure(reason=data["reason"], **given)
            else:
                write_measure(**given)
        except Twice as refusal:
            twin.append(refusal.row)
            raise

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The plan is changed."))
        return redirect(address(file, "plan/"))
    reader = reader_of(file)
    stands = row and line_again(form, queries.newest(row))
    return show(
        request, file, "plan", "plan_measure_form", form=form, title=title, back=address(file, "plan/"),
        stands=stands and words.facts(reader, stands, groups(file)),
        go=_("Keep the measure"), twin=[Link(reader.name(one), _of_child(file, one), str(one.at)) for one in twin],
        in_force=[Link(reader.name(one), _of_child(file, one), str(one.at)) for one in queries.elsewhere(file)],
    )  # fmt: skip


def _of_child(file: CaseFile, row: Any) -> str:
    return f"/work/child/{file.case.child.uuid}/plan/{row.uuid}/"


@case_page("plan")
def measure_page(request: HttpRequest, file: CaseFile, measure: UUID) -> HttpResponse:
    """One measure; a POST says how far it has come."""
    row, reader = find(file, measure), reader_of(file)
    reports = may_report(file.by, row) and row.adopted_on and not row.superseded_on and not file.case.closed_on
    form = (
        ReportForm(request.POST or None, initial={"state": row.state, "review_on": row.review_on}) if reports else None
    )
    if form and form.is_valid() and attempt(form, lambda: report_measure(by=file.by, row=row, **form.cleaned_data)):
        messages.success(request, _("The state of the measure is kept."))
        return redirect(address(file, "plan/"))
    return show(
        request, file, "plan", "measure", form=form, rows=words.facts(reader, row, groups(file)),
        name=reader.name(row), links=links(file, row) if plans(file) and not row.superseded_on else [],
        moments=words.history(reader, queries.entries_of(file.by, row), named=False),
    )  # fmt: skip


def links(file: CaseFile, row: Any) -> list[Link]:
    """What who plans may do with a measure."""
    at = f"plan/{row.uuid}/"
    own = row.case_id == file.case.pk
    found = [Link(_("Change"), address(file, f"{at}change/"))] if own or row.adopted_on else []
    if row.state in IN_HAND:
        found += [
            Link(_("Find a place in a service"), address(file, f"{at}place/")),
            Link(_("Record an unmet need"), address(file, f"{at}unmet/")),
        ]
    if row.adopted_on is None and own:
        found.append(Link(_("Remove"), address(file, f"{at}drop/")))
    return found


@case_page("plan")
def measure_drop(request: HttpRequest, file: CaseFile, measure: UUID) -> HttpResponse:
    row = find(file, measure)
    if not plans(file):
        raise NotFound("")
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: drop_measure(by=file.by, file=file, row=row)):
        messages.success(request, _("The measure is removed from the plan."))
        return redirect(address(file, "plan/"))
    return show(
        request,
        file,
        "plan",
        "form",
        form=form,
        title=_("Remove the measure?"),
        back=address(file, "plan/"),
        go=_("Remove"),
        kind="warning",
    )
