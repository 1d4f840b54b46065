"""What a form came to in a class: who is in which band, the highest first. A score proposes; people decide."""

from collections import Counter
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.children.actions.school_class import Pupil
from zajedno.children.rules import OPEN_FILE
from zajedno.forms.logic.scores.contract import Finding
from zajedno.kernel.actor import Actor
from zajedno.web.shared.charts import Chart
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Cell, Column, Table, Tag
from zajedno.web.work.assessment_words import number
from zajedno.web.work.class_grid import ClassSheet, find_sheet
from zajedno.web.work.frame import work_page


@work_page
def overview(request: HttpRequest, by: Actor, school: str, group: str, key: str) -> HttpResponse:
    """Who is in which band, by the newest sheets, the highest first."""
    sheet = find_sheet(by, school, group, key)
    pupils = sheet.pupils()
    context = {"table": _table(sheet, pupils), "chart": _chart(sheet, pupils)}
    return render(request, "work/class_overview.html", sheet.context() | context)


def _first(pupil: Pupil) -> Finding | None:
    """The finding that sums the others up, of the newest sheet."""
    return next(iter(pupil.newest.findings), None) if pupil.newest else None


def _height(pupil: Pupil) -> Decimal | int:
    """For the order; below everything where nothing could be said."""
    finding = _first(pupil)
    return -1 if finding is None or finding.value is None else finding.value


def _table(sheet: ClassSheet, pupils: list[Pupil]) -> Table:
    """The highest first, equals in the order of the alphabet."""
    may = sheet.desk.by.may(OPEN_FILE.key)
    rows = [_row(sheet, pupil, may) for pupil in sorted(pupils, key=_height, reverse=True)]
    measured = [Column(sheet.form.facts.finding(key)) for key in [sheet.measured] if key]
    return Table("pupils", _("Pupils"), [Column(_("Pupil")), *measured, Column(_("Day"))], rows, caption_hidden=True)


def _row(sheet: ClassSheet, pupil: Pupil, may: bool) -> list[Cell]:
    """`may`: lead to the child's own page."""
    facts, read, finding = sheet.form.facts, pupil.newest, _first(pupil)
    name = Cell(pupil.child.full_name, href=f"/work/child/{pupil.child.uuid}/assessments/" if may else "")
    if read is None:
        return [name, *([Cell(_("Not filled in yet"))] if sheet.measured else []), Cell()]
    when = Cell(day(read.row.holds_on))
    if finding is None:
        return [name, *([Cell()] if sheet.measured else []), when]
    band, missing = read.band(finding), len(read.content["missing"])
    tag = Tag(facts.band(band), "late" if finding.flagged and band == finding.band else "plain") if band else None
    small = ngettext("%(count)s question without an answer", "%(count)s questions without an answer", missing)
    value = number(finding.value) or _("could not be said")
    return [name, Cell(value, tag=tag, small=small % {"count": missing} if missing else ""), when]


def _chart(sheet: ClassSheet, pupils: list[Pupil]) -> Chart | None:
    """How many pupils are in each band, the lowest band first."""
    bands = Counter(pupil.newest.band(finding) for pupil in pupils if pupil.newest and (finding := _first(pupil)))
    facts = sheet.form.facts
    lowest = facts.options.get("bands", {})
    rows = [(facts.band(band), (bands[band],)) for band in sorted(facts.bands, key=lambda one: lowest.get(one, 0))]
    if not any(count for _name, (count,) in rows):
        return None
    told = ", ".join(f"{name}: {count}" for name, (count,) in rows)
    return Chart("bands", _("Pupils in each band"), told, [_("Pupils")], rows, unit=_("Band"))
