"""Marks and absences on the child's page: each half-year, and what changed since the one before."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zajedno.children.queries.attendance import HalfYear, of_child
from zajedno.kernel.actor import Actor
from zajedno.web.shared.pieces import Cell, Column, Table
from zajedno.web.work.marks import TOLD, half_year_label, number_label

COLUMNS = ("lessons", "excused", "unexcused", "mean_mark", "negative_marks")
COMPARED = COLUMNS[1:]


def attendance_table(by: Actor, child: Any) -> Table:
    """Without rows where there are none, or none that this person may read."""
    rows = [[_when(one), *(_cell(one, name) for name in COLUMNS)] for one in of_child(by, child)]
    columns = [Column(_("Half-year")), *(Column(TOLD[name], numeric=True) for name in COLUMNS)]
    return Table("attendance", _("Marks and absences"), columns, rows, caption_hidden=True)


def _when(one: HalfYear) -> Cell:
    return Cell(half_year_label(one.row), small=str(one.row.organisation))


def _cell(one: HalfYear, name: str) -> Cell:
    notes = [_changed(one.change(name))] if name in COMPARED else []
    if name == "unexcused" and one.row.after_notice is not None:
        notes.append(_("%(n)s after notice to the parents") % {"n": one.row.after_notice})
    return Cell(number_label(getattr(one.row, name)), small=" · ".join(filter(None, notes)))


def _changed(change: int | Decimal | None) -> str:
    """What is the same as before needs no words."""
    if not change:
        return ""
    words = _("%(n)s more than before") if change > 0 else _("%(n)s less than before")
    return words % {"n": number_label(change if change > 0 else -change)}
