"""Is the support given that was decided?"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions.plan import follow_measure
from zajedno.casework.enums import MeasureState
from zajedno.casework.queries import follow_up as queries
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.rules import REPORT_FOLLOW_UP
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.procedures.queries.definition import measures, of_version
from zajedno.web.panel.frame import case_address, page_number, panel_page, show
from zajedno.web.shared.charts import Chart
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Radios
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.shared.request import PersonRequest
from zajedno.web.work.frame import with_file
from zajedno.web.work.labels import due_tag

if TYPE_CHECKING:
    from zajedno.casework.models import Clock, Measure

PER_PAGE = 25
TONES = {"planned": "plain", "running": "info", "done": "done", "not_done": "late", "unfunded": "late"}


class Follow(Form):
    state = Radios(label=gettext_lazy("How far has it come?"), choices=MeasureState.choices)


def state_tag(state: str) -> Tag:
    return Tag(MeasureState(state).label, TONES[state])


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
            Cell(title(row), f"/panel/follow-up/{row.uuid}/" if may else ""),
            Cell(row.case.child.full_name, case_address(row.case.uuid, "plan/"), small=row.case.number),
            str(row.responsible or row.responsible_person), until(by, row), Cell(tag=state_tag(row.state)),
        ]
        for row in rows
    ]  # fmt: skip
    return Table("measures-table", _("Measures of adopted plans"), columns, lines, caption_hidden=True)


def title(row: "Measure") -> str:
    """What the pack calls the measure."""
    country = of_version(row.case.version_id).country
    return next((label(one.labels) for one in measures(country) if one.key == row.code), row.code)


def until(by: Actor, row: "Measure") -> Cell:
    late = row.until is not None and row.until < by.today and row.state in ("planned", "running")
    return Cell(day(row.until) or row.frequency, tag=due_tag(row.until, by.today) if late else None)


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
    row.case = file.case
    form = Follow(request.POST or None, initial={"state": row.state})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: follow_measure(by=by, file=file, row=row, state=form.cleaned_data["state"]))
    ):
        messages.success(request, _("The state of the measure is kept."))
        return redirect("panel:follow-up")
    crumbs = [Link(_("Commission"), "/panel/"), Link(_("Follow-up"), "/panel/follow-up/")]
    return show(request, "follow-up", "measure", {"form": form, "facts": facts(row), "crumbs": crumbs})


def facts(row: "Measure") -> list[Row]:
    return [
        Row(_("Child"), row.case.child.full_name), Row(_("Measure"), title(row)), Row(_("Goal"), row.text),
        Row(_("Responsible"), [str(row.responsible or ""), row.responsible_person]), Row(_("How often"), row.frequency),
        Row(_("Until"), day(row.until)), Row(_("State"), [state_tag(row.state), day(row.state_on)]),
    ]  # fmt: skip
