"""Is the support given that was decided?"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.casework.actions.support import report_measure
from zajedno.casework.enums import MeasureState
from zajedno.casework.queries import follow_up as queries
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.plan import Reader
from zajedno.casework.rules import REPORT_FOLLOW_UP
from zajedno.kernel.actor import Actor
from zajedno.web.panel.frame import case_address, page_number, panel_page, show
from zajedno.web.shared.charts import Chart
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table
from zajedno.web.shared.request import PersonRequest
from zajedno.web.work.frame import with_file
from zajedno.web.work.labels import due_tag
from zajedno.web.work.plan import groups, reader_of
from zajedno.web.work.plan_forms import ReportForm
from zajedno.web.work.plan_words import facts as words
from zajedno.web.work.plan_words import late, state_tag

if TYPE_CHECKING:
    from zajedno.casework.models import Clock, Measure

PER_PAGE = 25


@panel_page
def follow_up(request: HttpRequest, by: Actor) -> HttpResponse:
    """Measures of adopted plans, and reports that are due."""
    state = request.GET.get("state", "")
    standing = queries.standing(by)
    page = Paginator(queries.listed(by, state), PER_PAGE).get_page(page_number(request.GET.get("page", "1")))
    may = by.may(REPORT_FOLLOW_UP.key)
    return show(
        request, "follow-up", "follow_up",
        {
            "tabs": tabs(state, standing), "table": table(by, list(page), may), "page": page,
            "reports": reports(by, list(queries.reports(by)[:PER_PAGE])), "chart": chart(standing),
        },
    )  # fmt: skip


def tabs(current: str, standing: queries.Standing) -> list[dict[str, object]]:
    """Ways to narrow the measures, with counts."""
    everything = sum(standing.by_state.values())
    rows: list[tuple[str, Any, int]] = [
        ("", _("All"), everything),
        ("overdue", _("Past their last day"), standing.overdue),
    ]
    rows += [("funds", _("Need extra funds"), standing.unpaid)]
    rows += [(state, MeasureState(state).label, count) for state, count in standing.by_state.items()]
    return [
        {
            "text": text,
            "href": f"?state={key}" if key else "/panel/follow-up/",
            "current": key == current,
            "count": count,
        }
        for key, text, count in rows
    ]


def chart(standing: queries.Standing) -> Chart | None:
    if not sum(standing.by_state.values()):
        return None
    rows = [(MeasureState(state).label, (count,)) for state, count in standing.by_state.items()]
    told = _("%(all)s measures, %(late)s past their last day.") % {
        "all": sum(standing.by_state.values()), "late": standing.overdue,
    }  # fmt: skip
    return Chart("measures", _("Measures by state"), told, [_("Measures")], rows, unit=_("State"))


def table(by: Actor, rows: "list[Measure]", may: bool) -> Table:
    columns = [
        Column(_("Measure")), Column(_("Child and number")), Column(_("Responsible")), Column(_("Until")),
        Column(_("State")),
    ]  # fmt: skip
    lines = [
        [
            Cell(title(by, row), f"/panel/follow-up/{row.uuid}/" if may else ""),
            Cell(row.case.child.full_name, case_address(row.case.uuid, "plan/"), small=row.case.number),
            str(row.responsible or row.responsible_person), until(by, row), Cell(tag=state_tag(row.state)),
        ]
        for row in rows
    ]  # fmt: skip
    return Table("measures-table", _("Measures of adopted plans"), columns, lines, caption_hidden=True)


def title(by: Actor, row: "Measure") -> str:
    """What the pack calls the measure."""
    return Reader(by, frozenset(), row.at.territory.country_id).name(row)


def until(by: Actor, row: "Measure") -> Cell:
    return Cell(day(row.until) or row.frequency, tag=late(row, by.today))


def reports(by: Actor, clocks: "list[Clock]") -> Table:
    columns = [Column(_("Child and number")), Column(_("Report due"))]
    rows = [
        [
            Cell(clock.case.child.full_name, case_address(clock.case.uuid), small=clock.case.number),
            Cell(day(clock.due_on), tag=due_tag(clock.due_on, by.today), sort=clock.due_on.isoformat()),
        ]
        for clock in clocks
    ]
    return Table(
        "reports",
        _("Reports due within 30 days"),
        columns,
        rows,
        caption_hidden=True,
        empty=_("No report is due within 30 days."),
    )


@panel_page
def measure(request: PersonRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Say how far a measure has come."""
    row = queries.find(by, uuid)
    return with_file(request, row.case.uuid, "follow-up", lambda file: _measure(request, by, file, row))


def _measure(request: HttpRequest, by: Actor, file: CaseFile, row: "Measure") -> HttpResponse:
    row.case, row.child, reader = file.case, file.case.child, reader_of(file)
    form = ReportForm(request.POST or None, initial={"state": row.state, "review_on": row.review_on})
    if form.is_valid() and attempt(form, lambda: report_measure(by=by, row=row, **form.cleaned_data)):
        messages.success(request, _("The state of the measure is kept."))
        return redirect("panel:follow-up")
    crumbs = [Link(_("Commission"), "/panel/"), Link(_("Follow-up"), "/panel/follow-up/")]
    rows = [Row(_("Child"), row.case.child.full_name), Row(_("Measure"), reader.name(row))]
    facts = [*rows, *words(reader, row, groups(file))]
    return show(request, "follow-up", "measure", {"form": form, "facts": facts, "crumbs": crumbs})
