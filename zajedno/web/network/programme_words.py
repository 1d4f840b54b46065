"""What a programme says, in the words and tables of its pages."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zajedno.kernel.actor import Actor
from zajedno.programmes.enums import ProgrammeState
from zajedno.programmes.queries import programme as queries
from zajedno.web.network.frame import number
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag

if TYPE_CHECKING:
    from zajedno.programmes.models import Programme

TONES = {
    ProgrammeState.AHEAD: "plain", ProgrammeState.RUNS: "info", ProgrammeState.OVER: "done",
    ProgrammeState.ARCHIVED: "off",
}  # fmt: skip


def address(row: "Programme", rest: str = "") -> str:
    return f"/network/programmes/{row.uuid}/{rest}"


def state_of(row: "Programme", by: Actor) -> Tag:
    state = row.state(by.today)
    return Tag(state.label, TONES[state])


def days_said(row: "Programme") -> str:
    return f"{day(row.begins_on)} – {day(row.ends_on) or _('without a last day')}"


def facts(row: "Programme") -> list[Row]:
    return [
        Row(_("Kind"), row.get_kind_display()),
        Row(_("For whom"), row.target),
        Row(_("Municipality"), str(row.territory)),
        Row(_("Kept by"), str(row.organisation)),
        Row(_("Days"), days_said(row)),
        Row(_("Led by"), row.facilitator),
    ]


def places_said(row: "Programme") -> str:
    if row.places is None:
        return _("%(taken)s take part") % {"taken": row.taken}
    return _("%(taken)s of %(places)s taken") % {"taken": row.taken, "places": row.places}


def waiting_said(row: "Programme") -> str:
    return ngettext("%(number)s person waits", "%(number)s people wait", row.waiting) % {"number": row.waiting}


def places(row: "Programme") -> list[Row]:
    free = _("open to everybody") if row.free is None else str(row.free)
    waiting = Tag(waiting_said(row), "wait") if row.waiting else "0"
    return [Row(_("Taken"), places_said(row)), Row(_("Free"), free), Row(_("Waiting list"), waiting)]


def list_table(by: Actor, rows: "list[Programme]") -> Table:
    lines = [
        [
            Cell(str(row), address(row), small=row.get_kind_display()), row.target, days_said(row),
            Cell(places_said(row), small=waiting_said(row) if row.waiting else ""), Cell(tag=state_of(row, by)),
        ]
        for row in rows
    ]  # fmt: skip
    columns = [
        Column(_("Programme")),
        Column(_("For whom")),
        Column(_("Days")),
        Column(_("Places")),
        Column(_("State")),
    ]
    empty = _("There is no programme yet.")
    return Table("programmes", _("Programmes of your institution"), columns, lines, empty=empty)


def session_table(row: "Programme", may: bool) -> Table:
    """Each leads to its counts, for who may write them."""
    lines = [
        [
            Cell(day(one.on), address(row, f"sessions/{one.uuid}/") if may else "", small=one.topic), one.place,
            *(("–" if one.came is None else str(value)) for value in (one.girls, one.boys, one.adults, one.came)),
        ]
        for one in queries.sessions(row)
    ]  # fmt: skip
    numbers = [Column(name, numeric=True) for name in (_("Girls"), _("Boys"), _("Adults"), _("Together"))]
    empty = _("No meeting is planned yet.")
    return Table("sessions", _("Meetings"), [Column(_("Day")), Column(_("Place")), *numbers], lines, empty=empty)


def attendance(row: "Programme") -> list[Row]:
    told = queries.attendance(row)
    counts = _("%(came)s (girls %(girls)s, boys %(boys)s, adults %(adults)s)") % {
        "came": told.came, "girls": told.girls, "boys": told.boys, "adults": told.adults,
    }  # fmt: skip
    held = _("%(held)s held, %(planned)s planned") % {"held": told.held, "planned": told.planned}
    return [Row(_("Meetings"), held), Row(_("Came in all; who came twice counts twice"), counts)]


def measured_table(row: "Programme", may: bool) -> Table:
    lines = [
        [
            Cell(str(one), address(row, f"measured/{one.uuid}/") if may else "", small=one.how), one.unit or "–",
            number(one.before), number(one.after), number(one.change, signed=True),
        ]
        for one in queries.measured(row)
    ]  # fmt: skip
    numbers = [Column(name, numeric=True) for name in (_("Before"), _("After"), pgettext("since before", "Change"))]
    columns = [Column(_("What is measured")), Column(_("Unit")), *numbers]
    return Table("measured", _("Before and after"), columns, lines, empty=_("Nothing is measured yet."))


def outcome(row: "Programme") -> list[Row]:
    return [
        Row(_("What changed"), row.result),
        Row(_("How many took part"), "" if row.reached is None else str(row.reached)),
        Row(_("Cost"), str(row.money or "")),
        Row(_("Cost for each who took part"), str(row.cost_each or "")),
        Row(_("What continues after the project"), row.continues),
    ]
