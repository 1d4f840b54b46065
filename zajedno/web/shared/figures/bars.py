"""Rows beside each other: the parts of a figure (girls and boys), or a place among others like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from zajedno.figures.logic.classes import steps
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.sentence import middle
from zajedno.web.shared.figures import drawing as d
from zajedno.web.shared.figures import naming, sentences, tables
from zajedno.web.shared.figures.drawing import Drawing, Mark
from zajedno.web.shared.figures.shown import Shown
from zajedno.web.shared.figures.signs import hidden, legend, target_key
from zajedno.web.shared.figures.told import Told

LABELS, RIGHT, ROW, TOP = 216, d.WIDTH - 96, 30, 8
NAME = 24  # letters of a label that fit
LETTER = 8  # of a number beside a bar, bold, about so wide


def parts(told: Told, axis: str, figures: Sequence[Figure], place: str) -> Shown:
    """One place divided by an axis."""
    rows = [(naming.word(axis, one.word), one) for one in figures]
    title = _("%(name)s: %(place)s, by part (%(axis)s)") % {
        "name": told.name,
        "axis": naming.axis(axis),
        "place": place,
    }
    lines = [sentences.divided(told, rows)]
    table = tables.table("parts-table", tables.caption(title), naming.axis(axis), rows)
    drawn = _drawn("parts", told, rows, title, lines[0])
    keys = legend("parts", figures, [target_key()] if told.line is not None else [])
    note = _("“Not told apart”: so few that they are told only together with others.")
    return Shown("parts", title, lines, table, list(figures), drawn, keys,
                 [note] if any(one.said == Said.WITHHELD for one in figures) else [])  # fmt: skip


def inside(told: Told, figures: Sequence[Figure], names: dict[str, str], place: str) -> Shown:
    """What lies directly in a place: regions of a country, municipalities of a district."""
    rows = sorted(((names.get(one.place, one.place), one) for one in figures),
                  key=lambda row: -(middle(row[1]) or Decimal(-1)))  # fmt: skip
    title = _("%(name)s: what lies in %(place)s") % {"name": told.name, "place": place}
    lines = [sentences.divided(told, rows)]
    table = tables.table("inside-table", tables.caption(title), _("Place"), rows, sortable=True)
    keys = legend("inside", figures, [target_key()] if told.line is not None else [])
    return Shown("inside", title, lines, table, list(figures), _drawn("inside", told, rows, title, lines[0]), keys)


def compared(told: Told, own: Figure, others: Sequence[Figure], names: dict[str, str], how: str) -> Shown:
    """A place among others, the highest first; behind them the range of the others."""
    rows = sorted([own, *others], key=lambda one: (-(middle(one) or Decimal(-1)), one.place))
    named = [(names.get(one.place, one.place), one) for one in rows]
    title = _("%(name)s: %(place)s beside others") % {"name": told.name, "place": names.get(own.place, own.place)}
    lines = [sentences.compared(told, own, others)]
    table = tables.table("beside-table", tables.caption(title), _("Place"), named, sortable=True)
    drawn = _drawn("beside", told, named, title, lines[0], own.place, _values(others))
    keys = legend("beside", rows, [
        (d.bar(0, 1, 26, 12, d.STEPS[0], stroke=d.STEPS[2]), _("Range of the others")),
        (d.line(13, 0, 13, 14, stroke=d.TEXT, wide=2, stroke_dasharray="3 2"), _("The middle one of the others")),
    ])  # fmt: skip
    return Shown("beside", title, lines, table, rows, drawn, keys, [how])


def _values(figures: Sequence[Figure]) -> list[Decimal]:
    return sorted(value for one in figures if not one.is_small and (value := middle(one)) is not None)


def _drawn(
    key: str, told: Told, rows: Sequence[tuple[str, Figure]], title: str, said: str, own: str = "",
    others: Sequence[Decimal] = (),
) -> Drawing | None:  # fmt: skip
    ends = [value for _name, one in rows for value in (middle(one), one.high) if value is not None]
    if not ends:
        return None
    ruled = steps([*ends, *(one.low for _name, one in rows if one.low is not None), told.line or Decimal(0)])
    is_whole = told.is_share and max(ends) <= 100  # more than all of a budget may be spent
    scale = Scale(ruled[0], Decimal(100) if is_whole else ruled[-1])
    height = TOP + ROW * len(rows) + 6
    marks = _behind(others, scale, height) if len(others) > 2 else []
    if told.line is not None and not own:
        x = scale.x(told.line)
        marks.append(d.line(x, 2, x, height - 2, stroke=d.TARGET, wide=2, stroke_dasharray="8 4"))
    for at, (name, one) in enumerate(rows):
        marks += _row(told, name, one, TOP + ROW * at, scale, is_own=bool(own) and one.place == own, dots=bool(own))
    return Drawing(key, title, said, height, marks)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value stands: nought at the left, unless something is less."""

    low: Decimal
    top: Decimal

    def x(self, value: Decimal) -> float:
        return LABELS + (RIGHT - LABELS) * float(value - self.low) / float(self.top - self.low)


def _behind(others: Sequence[Decimal], scale: Scale, height: float) -> list[Mark]:
    """From the lowest to the highest of the others, and the middle one."""
    low, high, mid = others[0], others[-1], others[len(others) // 2]
    x, wide = scale.x(low), max(scale.x(high) - scale.x(low), 2)
    at = scale.x(mid)
    return [
        d.bar(x, 2, wide, height - 4, d.STEPS[0], stroke=d.STEPS[2]),
        d.line(at, 2, at, height - 2, stroke=d.TEXT, wide=2, stroke_dasharray="3 2"),
    ]


def _row(told: Told, name: str, one: Figure, y: float, scale: Scale, *, is_own: bool, dots: bool) -> list[Mark]:
    found, value = middle(one), naming.value(one)
    title = f"{name}: {value} {naming.beside(one)}".strip()
    marks = [d.words(LABELS - 10, y + 19, d.cut(name, NAME), anchor="end", bold=is_own)]
    if found is None:
        marks.append(d.bar(LABELS, y + 6, 18, 18, hidden(one), title=title, stroke=d.LINE))
        return [*marks, d.words(LABELS + 26, y + 19, value, **d.HALO)]
    x, zero = scale.x(found), scale.x(Decimal(0))
    if one.said == Said.BETWEEN and one.low is not None:
        high = one.high if one.high is not None else one.low
        marks.append(_range(one.low, high, y, scale, title))
        end = scale.x(high)
    elif dots:
        marks.append(_dot(x, y + 14, title, is_own=is_own, is_small=one.is_small))
        end = x + 4
    else:
        look = {"fill": d.LIGHT, "stroke": d.BRAND, "stroke_width": 2} if one.is_small else {"fill": d.BRAND}
        marks.append(d.bar(min(x, zero), y + 5, abs(x - zero), 20, title=title, **look))
        end = max(x, zero)
    if end + 8 + LETTER * len(value) > d.WIDTH:  # it would be cut off
        return [*marks, d.words(d.WIDTH - 4, y + 19, value, anchor="end", bold=is_own or not dots, **d.HALO)]
    return [*marks, d.words(end + 8, y + 19, value, bold=is_own or not dots, **d.HALO)]


def _range(low: Decimal, high: Decimal, y: float, scale: Scale, title: str) -> Mark:
    wide = max(scale.x(high) - scale.x(low), 2)
    return d.bar(scale.x(low), y + 7, wide, 16, d.LIGHT, title=title, stroke=d.BRAND, stroke_width=2)


def _dot(x: float, y: float, title: str, *, is_own: bool, is_small: bool) -> Mark:
    """The own place is a square, so that it is found without a colour."""
    if is_own:
        return d.bar(x - 8, y - 8, 16, 16, d.LIGHT if is_small else d.BRAND, title=title, stroke=d.TEXT, stroke_width=2)
    return d.dot(x, y, 6, fill=d.LIGHT if is_small else d.STEPS[2], title=title)
