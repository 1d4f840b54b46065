"""One place through time, with the target as a line. What is not told leaves a gap, and a gap is never bridged."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from zajedno.figures.logic.classes import steps
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.period import is_next, year_before
from zajedno.figures.logic.sentence import middle
from zajedno.web.shared.figures import drawing as d
from zajedno.web.shared.figures import naming, sentences, tables
from zajedno.web.shared.figures.drawing import Drawing, Mark
from zajedno.web.shared.figures.shown import Shown
from zajedno.web.shared.figures.signs import hidden, legend, target_key
from zajedno.web.shared.figures.told import Told

LEFT, RIGHT, ABOVE, BELOW, HEIGHT = 52, d.WIDTH - 30, 30, 190, 222


def trend(told: Told, figures: Sequence[Figure], place: str, period: str) -> Shown:
    """`figures` of one place, a period each; the sentence is of `period`."""
    rows = sorted(figures, key=lambda one: one.period)
    by_period = {one.period: one for one in rows}
    now = by_period.get(period) or (rows[-1] if rows else Figure(told.code, "", period, Said.ABSENT))
    lines = sentences.said(told, now, by_period.get(year_before(now.period)))
    title = _("%(name)s through time: %(place)s") % {"name": told.name, "place": place}
    table = tables.table("trend-table", tables.caption(title), _("Period"), [(one.period, one) for one in rows])
    drawn = _drawn(told, rows, title, " ".join(lines)) if any(middle(one) is not None for one in rows) else None
    return Shown(
        "trend",
        title,
        lines,
        table,
        rows,
        drawn,
        legend("trend", rows, [target_key()] if told.target is not None else []),
        _notes(rows),
    )


def _drawn(told: Told, rows: Sequence[Figure], title: str, said: str) -> Drawing:
    known = [value for one in rows for value in (middle(one), one.high) if value is not None]
    marks = steps([*known, told.target.value if told.target else Decimal(0)])
    scale = Scale(len(rows), marks[-1], marks[0])
    parts = [*_grid(told, rows, marks, scale), *_target(told, rows, scale), *_line(rows, scale)]
    for at, one in enumerate(rows):
        parts += _point(told, one, scale, at, labelled=len(rows) <= 8 or at == len(rows) - 1)
    return Drawing("trend", title, said, HEIGHT, parts)


class Scale:
    """Where a period and a value stand."""

    def __init__(self, count: int, top: Decimal, low: Decimal = Decimal(0)) -> None:
        self.count, self.low, self.top = count, float(low), float(top) or 1.0

    def x(self, at: int) -> float:
        """In the middle of its share of the width, so that one alone stands in the middle."""
        return LEFT + (RIGHT - LEFT) * (at + 0.5) / self.count

    def y(self, value: Decimal) -> float:
        return BELOW - (BELOW - ABOVE) * (float(value) - self.low) / (self.top - self.low)


def _grid(told: Told, rows: Sequence[Figure], marks: Sequence[Decimal], scale: Scale) -> list[Mark]:
    found = [d.words(4, 16, naming.alone(told.unit))]
    for mark in marks:
        y = scale.y(mark)
        found += [d.line(LEFT, y, RIGHT, y, stroke=d.GRID), d.words(LEFT - 8, y + 5, naming.number(mark), anchor="end")]
    for at, one in enumerate(rows):
        if len(rows) <= 8 or at % 2 == (len(rows) - 1) % 2:
            found.append(d.words(scale.x(at), HEIGHT - 8, one.period, anchor="middle"))
    return found


def _target(told: Told, rows: Sequence[Figure], scale: Scale) -> list[Mark]:
    if told.target is None:
        return []
    y = scale.y(told.target.value)
    label = naming.aim_on_line(told, told.target)
    first, last = (abs(y - scale.y(found)) if (found := middle(rows[at])) is not None else BELOW for at in (0, -1))
    x, anchor = (RIGHT, "end") if last >= first else (LEFT, "start")  # where it is further from the line of figures
    return [
        d.line(LEFT, y, RIGHT, y, stroke=d.TARGET, wide=2, stroke_dasharray="8 4"),
        d.words(x, y - 6, label, anchor=anchor, fill=d.TARGET, bold=True),
    ]


def _line(rows: Sequence[Figure], scale: Scale) -> list[Mark]:
    """Only between periods that follow each other and were reckoned in one way."""
    found = []
    for at, (one, other) in enumerate(pairwise(rows)):
        start, end = middle(one), middle(other)
        if start is not None and end is not None and one.method == other.method and is_next(other.period, one.period):
            way = (scale.x(at), scale.y(start), scale.x(at + 1), scale.y(end))
            found.append(d.line(*way, stroke=d.BRAND, wide=3))
    return found


def _point(told: Told, one: Figure, scale: Scale, at: int, *, labelled: bool) -> list[Mark]:
    x, found = scale.x(at), middle(one)
    title = f"{one.period}: {naming.value(one)} {naming.beside(one)}".strip()
    if found is None:
        return [d.bar(x - 9, BELOW - 18, 18, 18, hidden(one), title=title, stroke=d.LINE)]
    marks = []
    if one.said == Said.BETWEEN and one.low is not None:
        low, high = scale.y(one.low), scale.y(one.high if one.high is not None else one.low)
        marks.append(d.bar(x - 6, high, 12, max(low - high, 2), d.LIGHT, title=title, stroke=d.BRAND, stroke_width=2))
    else:
        marks.append(d.dot(x, scale.y(found), 6, fill=d.LIGHT if one.is_small else d.BRAND, title=title))
    if labelled:
        above = scale.y(one.high if one.high is not None else found) - 11
        marks.append(
            d.words(
                x, above, naming.number(found) if one.said == Said.EXACT else "", anchor="middle", bold=True, **d.HALO
            )
        )
    return [mark for mark in marks if mark.name != "text" or mark.text]


def _notes(rows: Sequence[Figure]) -> list[str]:
    """What changed in the way of reckoning, and editions that came after another."""
    found = [
        _("From %(period)s on it is reckoned in another way, so the line is broken.") % {"period": other.period}
        for one, other in pairwise(rows)
        if one.method != other.method
    ]
    return [*found, *(_("%(period)s was made anew: %(reason)s") % {"period": one.period, "reason": one.reason}
                      for one in rows if one.reason)]  # fmt: skip
