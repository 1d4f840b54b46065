"""What an action plan says, in the words, tables and drawings of its pages."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zajedno.kernel.actor import Actor
from zajedno.places.queries.population import band_name
from zajedno.programmes.enums import ActivityState, Years
from zajedno.programmes.logic.glance import LATE, ORDER
from zajedno.programmes.queries import plan as queries
from zajedno.programmes.queries.situation import Known
from zajedno.web.network.situation_words import situation_needs
from zajedno.web.network.tables import figures
from zajedno.web.shared.charts import Chart
from zajedno.web.shared.dates import day
from zajedno.web.shared.gantt import Gantt, Span
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag

if TYPE_CHECKING:
    from zajedno.networks.queries.outcome import Result
    from zajedno.programmes.models import Plan, Progress

TONES = {"done": "done", "underway": "info", "ahead": "plain", LATE: "late", "dropped": "off"}
AGES = ("births", "0-6", "7-14", "15-18")


def address(row: "Plan", rest: str = "") -> str:
    return f"/network/plans/{row.uuid}/{rest}"


def state_of(row: "Plan") -> Tag:
    return Tag(_("Adopted"), "done") if row.is_adopted else Tag(pgettext("plan", "Draft"), "wait")


def years_said(row: "Plan") -> str:
    return str(row.first_year) if row.years == Years.ONE else f"{row.first_year} – {row.last_year}"


def facts(row: "Plan") -> list[Row]:
    decision = [row.organ, _("number %(number)s") % {"number": row.number}, day(row.adopted_on)]
    return [
        Row(_("Municipality"), str(row.territory)),
        Row(_("Kept by"), str(row.organisation)),
        Row(_("Years"), years_said(row)),
        Row(_("Adopted by"), ", ".join(decision) if row.is_adopted else _("not adopted yet")),
        Row(_("Version"), str(row.version)),
    ]


def standing_said(standing: str) -> str:
    return pgettext("activity", "Late") if standing == LATE else str(ActivityState(standing).label)


def standing_tag(standing: str) -> Tag:
    return Tag(standing_said(standing), TONES[standing])


def glance_rows(whole: queries.Whole) -> list[Row]:
    """How far it has come, and what it costs."""
    glance = whole.glance
    done = _("%(done)s of %(total)s activities") % {"done": glance.done, "total": glance.total}
    due = _("%(done)s of %(due)s that were due or are done") % {"done": glance.done, "due": glance.due}
    rows = [Row(standing_said("done"), [done, due] if glance.due else done)]
    rows += [Row(standing_said(key), str(glance.counts[key])) for key in ORDER[1:] if glance.counts[key]]
    return [*rows, Row(_("Planned in total"), [str(one) for one in whole.totals] or _("no amount is planned"))]


def progress_chart(whole: queries.Whole) -> Chart:
    """Activities of each goal by how far they have come."""
    rows: list[tuple[str, list[float]]] = []
    for goal, branches in whole.goals:
        standings = [line.standing for one in branches for line in one.lines]
        rows.append((f"{goal.number}. {goal}", [standings.count(key) for key in ORDER]))
    about = _("Activities of each goal by how far they have come.")
    return Chart("progress", _("Progress by goal"), about, [standing_said(one) for one in ORDER], rows, _("Goal"))


def gantt(row: "Plan", whole: queries.Whole) -> Gantt:
    spans = [
        Span(f"{one.number} {one.activity}", one.activity.begins_on, one.activity.ends_on, one.standing,
             standing_said(one.standing))
        for one in whole.lines
    ]  # fmt: skip
    about = _("When each activity is done. The tables below say the same.")
    keys = [(one, standing_said(one)) for one in ORDER]
    return Gantt("gantt", _("The plan in time"), about, row.first_year, row.last_year, spans, whole.today, keys)


def branch_table(branch: queries.Branch, way: Any) -> Table:
    """`way`: where an activity leads, by its line; empty for nowhere."""
    lines = [
        [
            Cell(f"{one.number} {one.activity}", way(one)),
            Cell(one.activity.indicator, small=one.progress.reached if one.progress else ""),
            str(one.activity.responsible),
            Cell(f"{day(one.activity.begins_on)} – {day(one.activity.ends_on)}"),
            Cell(str(one.money or "–"), small=paid_from(one)),
            Cell(tag=standing_tag(one.standing)),
        ]
        for one in branch.lines
    ]
    columns = [
        Column(_("Activity")), Column(_("Indicator")), Column(_("Responsible")), Column(_("When")),
        Column(_("Planned amount"), numeric=True), Column(_("State")),
    ]  # fmt: skip
    empty = _("It has no activity yet.")
    return Table(f"branch-{branch.measure.uuid}", f"{branch.number} {branch.measure}", columns, lines, empty=empty)


def paid_from(line: queries.Line) -> str:
    """The lines of budgets it draws on; before there is one, the words for it."""
    return "; ".join(map(str, line.draws)) or line.activity.budget_line


def unpaid_table(row: "Plan", whole: queries.Whole, year: int, may: bool) -> Table | None:
    """Activities that no line of that year's budget pays; None where the plan does not reach so far. `may`: with the
    way to choose one."""
    if not row.first_year <= year <= row.last_year:
        return None
    rows = [
        [Cell(f"{one.number} {one.activity}", address(row, f"parts/{one.activity.uuid}/lines/") if may else ""),
         Cell(str(one.money or "–"), small=one.activity.budget_line)]
        for one in whole.unpaid(year)
    ]  # fmt: skip
    title = _("Without a line in the budget of %(year)s") % {"year": year}
    columns = [Column(_("Activity")), Column(_("Planned amount"), numeric=True)]
    return Table("unpaid", title, columns, rows, empty=_("Every activity of that year has its line."))


def version_table(row: "Plan") -> Table:
    lines = []
    for one in queries.versions(row):
        number = _("Version %(number)s") % {"number": one.version}
        decision = f"{one.organ}, {one.number}, {day(one.adopted_on)}" if one.is_adopted else ""
        lines.append([Cell(number, "" if one.pk == row.pk else address(one)), decision, Cell(tag=state_of(one))])
    return Table("versions", _("Versions"), [Column(_("Version")), Column(_("Decision")), Column(_("State"))], lines)


def told_table(rows: "list[Progress]", names: dict[int, str]) -> Table:
    """What was told of an activity, the newest first."""
    lines = [[day(one.on), Cell(tag=standing_tag(one.state)), one.reached, names.get(one.told_by, "")] for one in rows]
    columns = [Column(_("Day")), Column(_("State")), Column(_("What was reached")), Column(_("Told by"))]
    return Table("told", _("What was told before"), columns, lines, empty=_("Nothing is told yet."))


def list_table(by: Actor, rows: "list[Plan]") -> Table:
    lines, glances = [], queries.glances(rows, by.today)
    for row in rows:
        glance = glances[row.pk]
        done = _("%(done)s of %(total)s activities") % {"done": glance.done, "total": glance.total}
        late = _("%(number)s late") % {"number": glance.counts[LATE]} if glance.counts[LATE] else ""
        lines.append([
            Cell(str(row), address(row), small=str(row.organisation)), years_said(row), Cell(done, small=late),
            Cell(tag=state_of(row)),
        ])  # fmt: skip
    columns = [Column(_("Plan")), Column(_("Years")), Column(standing_said("done")), Column(_("State"))]
    return Table("plans", _("Action plans of your institution"), columns, lines, empty=_("There is no plan yet."))


# The situation, without any child


def situation_text(found: Known, place: str) -> str:
    """What is known, as a text to begin with."""
    return "\n\n".join(
        [_people(found, place), *situation_needs(found), _services(found), *(_round(one) for one in found.results)]
    )


def _people(found: Known, place: str) -> str:
    if found.year is None:
        return _("Population by age: no figures are known here for %(place)s.") % {"place": place}
    counts = [
        f"{band_name(band)}: {found.population[band, 'all']}" for band in AGES if (band, "all") in found.population
    ]
    head = _("Population by age (%(place)s, %(year)s; source: %(source)s)") % {
        "place": place, "year": found.year, "source": found.source,
    }  # fmt: skip
    return "\n".join([f"{head}:", *(f"– {one}" for one in counts)])


def _services(found: Known) -> str:
    if not found.services:
        return _("Services: none is entered here yet.")
    lines = []
    for one in found.services:
        said = _("%(kind)s: services: %(number)s, places: %(places)s") % {
            "kind": one.kind, "number": one.number, "places": one.capacity,
        }  # fmt: skip
        lines.append(f"– {said}" + (f" ({_('not everywhere counted')})" if one.without else ""))
    return "\n".join([_("Services by the kind of institution that gives them:"), *lines])


def _round(result: "Result") -> str:
    """Strengths and gaps of a self-evaluation; of a survey of collaboration its figures."""
    lines = [f"{row.key}: {', '.join(map(str, row.values))}" for row in figures(result)]
    for title, rows in ((_("Strengths"), result.strengths), (_("Gaps"), result.gaps)):
        if rows:
            lines.append(f"{title}: {'; '.join(result.label(one) for one in rows)}")
    head = f"{result.row.title} ({result.form.title()}, {day(result.row.closes_on)}):"
    return "\n".join([head, *(f"– {one}" for one in lines)])
