"""How a line of a plan is written on pages: the same in a case, in the child's plan and at the commission's desk."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from zajedno.access.queries.account import names as account_names
from zajedno.casework.enums import Gain, LifeArea, MeasureState, Said, Unmet, Whose, payer_label
from zajedno.kernel.money import CURRENCIES
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Cell, Column, Moment, Row, Tag
from zajedno.web.work.labels import due_tag

if TYPE_CHECKING:
    from zajedno.casework.models import Goal, Measure, PlanEntry
    from zajedno.casework.queries.plan import Reader

TONES = {"planned": "plain", "running": "info", "done": "done", "not_done": "late", "unfunded": "late"}
GAINS = {"worse": "late", "none": "wait", "some": "info", "much": "done", "reached": "done"}


def state_tag(state: str) -> Tag:
    return Tag(MeasureState(state).label, TONES[state])


def gain_tag(gain: str) -> Tag:
    return Tag(Gain(gain).label, GAINS[gain])


def cost_text(row: "Measure") -> str:
    """The whole cost; what it is made of stands beside it (`price_text`)."""
    if row.cost is None:
        return ""
    return f"{number_format(row.cost, 0, force_grouping=True)} {CURRENCIES.get(row.currency, row.currency)}"


def price_text(row: "Measure") -> str:
    if row.unit_price is None or row.units is None:
        return ""
    price = f"{number_format(row.unit_price, 2, force_grouping=True)} {CURRENCIES.get(row.currency, row.currency)}"
    units = number_format(row.units.normalize() if row.units % 1 else int(row.units))
    return f"{price} × {units} {row.unit}".rstrip() + f" × {row.times}"


def when_text(row: "Measure") -> str:
    return " – ".join(part for part in (day(row.since), day(row.until)) if part)


def late(row: "Measure", today: date) -> Tag | None:
    """How late a measure is of which the last day is over and which was not carried out."""
    over = row.until is not None and row.until < today and row.state in ("planned", "running")
    return due_tag(row.until, today) if over else None


def columns() -> list[Column]:
    return [Column(_("Measure")), Column(_("Who gives it")), Column(_("When")), Column(_("Cost")), Column(_("State"))]


def cells(reader: "Reader", row: "Measure", href: str) -> list[Cell]:
    """A line of a table of measures, in `columns()`."""
    when, funds = when_text(row), _("needs extra funds") if row.needs_funds else ""
    payer = payer_label(row.payer) if row.payer else ""
    unmet = _("Unmet need: %(why)s") % {"why": Unmet(row.unmet).label} if row.unmet else ""
    how = [part for part in (Gain(row.gain).label if row.gain else "", day(row.state_on), unmet) if part]
    return [
        Cell(reader.name(row), href=href, small=reader.words(row)),
        Cell(str(row.responsible or row.responsible_person), small=row.responsible_person if row.responsible else ""),
        Cell(when or row.frequency, small=row.frequency if when else "", tag=late(row, reader.by.today)),
        Cell(cost_text(row), small=", ".join(part for part in (payer, funds) if part)),
        Cell(tag=state_tag(row.state), small=", ".join(map(str, how))),
    ]


def goal_facts(goal: "Goal") -> str:
    """Of what area, and from whom."""
    area = LifeArea(goal.area).label if goal.area else ""
    asked = _("asked for by: %(who)s") % {"who": Whose(goal.whose).label}
    return ", ".join(str(part) for part in (area, goal.icf, asked) if part)


def facts(reader: "Reader", row: "Measure", groups: Mapping[str, str]) -> list[Row]:
    """Everything of one measure that the reader may see."""
    if row.goal:
        row.goal.child = row.child  # its key is already here
    words = reader.words(row) if reader.reads(row) else _("Only for those to whom this part of the file is open.")
    place = f"{row.service}, {row.service.organisation}" if row.service else ""
    unmet = [Tag(Unmet(row.unmet).label, "late"), day(row.unmet_on)] if row.unmet else ""
    effect = [gain_tag(row.gain)] if row.gain else ""
    found = [
        Row(_("Legal group"), groups.get(row.legal_group, "")),
        Row(_("Goal that it serves"), row.goal.text if row.goal else ""), Row(_("What exactly"), words),
        Row(_("Institution"), str(row.responsible or "")), Row(_("Responsible person"), row.responsible_person),
        Row(_("Place in a service"), place), Row(_("Unmet need"), unmet),
        Row(_("From"), day(row.since)), Row(_("Until"), day(row.until)), Row(_("How often"), row.frequency),
        Row(_("Who pays"), payer_label(row.payer) if row.payer else ""),
        Row(_("Cost"), [cost_text(row), price_text(row)]),
        Row(_("State"), [state_tag(row.state), day(row.state_on)]), Row(_("Effect"), effect),
        Row(_("Next review"), day(row.review_on)), Row(_("Planned by"), str(row.at)),
    ]  # fmt: skip
    return [one for one in found if one.values]


def history(reader: "Reader", entries: "Iterable[PlanEntry]", named: bool) -> list[Moment]:
    """What happened with the plan. `named`: say each time of which measure."""
    rows = list(entries)
    who = account_names({row.written_by or 0 for row in rows})
    return [_moment(reader, row, who.get(row.written_by or 0, ""), named) for row in rows]


def _moment(reader: "Reader", row: "PlanEntry", who: str, named: bool) -> Moment:
    title = str(Said(row.kind).label)
    if row.kind == Said.VIEW:
        title = str(Whose(row.value).label)
    elif named and row.measure:
        title = f"{reader.name(row.measure)}: {title}"
    by = ", ".join(part for part in (who, str(row.organisation or "")) if part)
    return Moment(title, row.happened_on, text=reader.said(row), byline=by, tag=_said(row))


def _said(row: "PlanEntry") -> Tag | None:
    match row.kind:
        case Said.STATE:
            return state_tag(row.value)
        case Said.EFFECT:
            return gain_tag(row.value)
        case Said.UNMET:
            return Tag(Unmet(row.value).label, "late")
        case Said.VERSION:
            return Tag(_("version %(number)s") % {"number": row.value}, "plain")
    return None
