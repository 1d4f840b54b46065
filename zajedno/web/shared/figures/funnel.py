"""Where the cases of a procedure wait: how many came to each step, and how many went on from it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.funnel import Stage, stages, widest
from zajedno.web.shared.figures import drawing as d
from zajedno.web.shared.figures import naming, tables
from zajedno.web.shared.figures.drawing import Drawing, Mark
from zajedno.web.shared.figures.shown import Shown
from zajedno.web.shared.figures.signs import hidden, legend
from zajedno.web.shared.figures.told import Told
from zajedno.web.shared.pieces import Cell, Column, Table

LABELS, RIGHT, ROW = 236, d.WIDTH - 70, 40


def funnel(told: Told, figures: Sequence[Figure], names: Mapping[str, str], place: str) -> Shown:
    """`figures` of one place and period by step: `bottom` came to the step, `top` went on. In the order of `names`."""
    order = list(names)
    rows = sorted(figures, key=lambda one: (order.index(one.word) if one.word in names else len(order), one.word))
    found = stages(rows)
    title = _("Where cases wait: %(place)s") % {"place": place}
    lines = [_sentence(found, names)]
    keys = legend("funnel", rows, [
        (d.bar(0, 1, 26, 12, d.BRAND), _("Went on")),
        (d.bar(0, 1, 26, 12, d.STEPS[1], stroke=d.BRAND), _("Wait there")),
    ])  # fmt: skip
    return Shown("funnel", title, lines, _table(title, found, names), rows, _drawn(found, names, title, lines[0]), keys)


def _sentence(found: Sequence[Stage], names: Mapping[str, str]) -> str:
    """Where most wait; nothing where the steps are not told."""
    most = widest(found)
    if most is None or most.waits is None:
        return _("Too few steps are told to say where cases wait.")
    about = {"step": names.get(most.step, most.step), "count": naming.number(most.waits)}
    text = ngettext("Most wait at one step: %(step)s (%(count)s).", "Most wait at one step: %(step)s (%(count)s).",
                    int(most.waits))  # fmt: skip
    return text % about


def _table(title: str, found: Sequence[Stage], names: Mapping[str, str]) -> Table:
    columns = [Column(_("Step")), *(Column(text, numeric=True) for text in (_("Came"), _("Went on"), _("Wait there")))]
    rows = [
        [names.get(one.step, one.step), *(_cell(value, one.figure) for value in (one.came, one.went, one.waits))]
        for one in found
    ]
    return Table("funnel-table", title, columns, rows)


def _cell(value: Decimal | None, figure: Figure) -> Cell:
    if value is None:
        return Cell(str(tables.SAID[Said.WITHHELD if figure.said != Said.ABSENT else Said.ABSENT]), sort=-1)
    return Cell(naming.number(value), sort=value)


def _drawn(found: Sequence[Stage], names: Mapping[str, str], title: str, said: str) -> Drawing | None:
    top = max((one.came for one in found if one.came is not None), default=None)
    if not top:
        return None
    scale, marks = (RIGHT - LABELS) / float(top), []
    for at, one in enumerate(found):
        marks += _row(one, names.get(one.step, one.step), 6 + ROW * at, scale)
    return Drawing("funnel", title, said, 10 + ROW * len(found), marks)


def _row(one: Stage, name: str, y: float, scale: float) -> list[Mark]:
    marks = [d.words(LABELS - 10, y + 21, d.cut(name, 29), anchor="end")]
    if one.came is None:
        told = str(tables.SAID[Said.WITHHELD if one.figure.said != Said.ABSENT else Said.ABSENT])
        return [*marks, d.bar(LABELS, y + 6, 18, 20, hidden(one.figure), title=f"{name}: {told}", stroke=d.LINE),
                d.words(LABELS + 26, y + 21, told)]  # fmt: skip
    wide = float(one.came) * scale
    title = _("%(step)s: %(count)s came") % {"step": name, "count": naming.number(one.came)}
    marks.append(d.bar(LABELS, y + 2, wide, 28, d.STEPS[1], title=title, stroke=d.BRAND))
    if one.went is not None:
        marks.append(d.bar(LABELS, y + 2, float(one.went) * scale, 28, d.BRAND))
    return [*marks, d.words(LABELS + wide + 8, y + 21, naming.number(one.came), bold=True)]
