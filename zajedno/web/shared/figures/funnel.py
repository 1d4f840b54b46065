"""Where the cases of a procedure wait: how many came to each step, and how many went on from it."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.figures.logic.figure import Figure
from zajedno.figures.logic.funnel import CLOSED, Stage, fullest, stages
from zajedno.web.shared.figures import drawing as d
from zajedno.web.shared.figures import naming, tables
from zajedno.web.shared.figures.drawing import Drawing, Mark
from zajedno.web.shared.figures.shown import Shown
from zajedno.web.shared.figures.signs import hidden, legend
from zajedno.web.shared.figures.told import Told
from zajedno.web.shared.pieces import Cell, Column, Table

LABELS, RIGHT, ROW, AXIS = 236, d.WIDTH - 70, 40, "step"


def funnel(told: Told, figures: Sequence[Figure], order: Sequence[str], place: str) -> Shown:
    """`figures` of one place and period: how many stand at each step. `order`: of the steps; others come first."""
    places = {step: at for at, step in enumerate(order)}
    found = stages(sorted(figures, key=lambda one: places.get(one.word, -1)))
    title = _("Where cases wait: %(place)s") % {"place": place}
    lines = [_sentence(found)]
    keys = legend("funnel", [one.figure for one in found], [
        (d.bar(0, 1, 26, 12, d.BRAND), _("Went on")),
        (d.bar(0, 1, 26, 12, d.STEPS[1], stroke=d.BRAND), _("Wait there")),
    ])  # fmt: skip
    drawn = _drawn(told, found, title, lines[0])
    return Shown("funnel", title, lines, _table(told, title, found), [one.figure for one in found], drawn, keys)


def _sentence(found: Sequence[Stage]) -> str:
    """Where most wait; nothing where a step is not told that may hold more."""
    most = fullest(found)
    if most is None or most.waits is None:
        return _("Too few steps are told to say where most cases wait.")
    about = {"step": naming.word(AXIS, most.step), "count": naming.number(most.waits)}
    text = ngettext(
        "Most wait at one step: %(step)s (%(count)s case).",
        "Most wait at one step: %(step)s (%(count)s cases).",
        int(most.waits),
    )
    return text % about


def _table(told: Told, title: str, found: Sequence[Stage]) -> Table:
    heads = (_("Came to it"), _("Wait there"), _("Went on"))
    columns = [Column(_("Step")), *(Column(text, numeric=True) for text in heads)]
    rows = [
        [naming.word(AXIS, one.step), _cell(one.came), Cell(naming.value(one.figure), sort=one.waits or -1),
         _cell(one.went)]
        for one in found
    ]  # fmt: skip
    return Table("funnel-table", tables.caption(title), columns, rows)


def _cell(value: Decimal | None) -> Cell:
    return Cell("–", sort=-1) if value is None else Cell(naming.number(value), sort=value)


def _drawn(told: Told, found: Sequence[Stage], title: str, said: str) -> Drawing | None:
    known = [value for one in found for value in (one.came, one.waits) if value is not None]
    if not known or not max(known):
        return None
    scale, marks = (RIGHT - LABELS) / float(max(known)), []
    for at, one in enumerate(found):
        marks += _row(told, one, 6 + ROW * at, scale)
    return Drawing("funnel", title, said, 10 + ROW * len(found), marks)


def _row(told: Told, one: Stage, y: float, scale: float) -> list[Mark]:
    """Those who went on are dark, those who wait light behind them; without a sum only those who wait."""
    name, value = naming.word(AXIS, one.step), naming.value(one.figure)
    marks = [d.words(LABELS - 10, y + 21, d.cut(name, 27), anchor="end")]
    if one.waits is None:
        return [*marks, d.bar(LABELS, y + 6, 18, 20, hidden(one.figure), title=f"{name}: {value}", stroke=d.LINE),
                d.words(LABELS + 26, y + 21, value)]  # fmt: skip
    went, waits = float(one.went or 0) * scale, float(one.waits) * scale
    if one.step == CLOSED:
        went, waits = waits, 0.0
    marks += [
        d.bar(LABELS, y + 2, went, 28, d.BRAND),
        d.bar(LABELS + went, y + 2, waits, 28, d.STEPS[1], title=f"{name}: {value}", stroke=d.BRAND),
    ]
    return [*marks, d.words(LABELS + went + waits + 8, y + 21, naming.number(one.waits), bold=True)]
