"""Places of a country by class: an area where its outline is free to be drawn, else a dot at its seat. Each class has
a lightness, a number and, of dots, a size; the table beside says the same and is read by keyboard."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.figures.logic.classes import bounds, breaks, class_of
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.sentence import middle
from zajedno.places.queries.shape import Drawn, drawn
from zajedno.web.shared.figures import drawing as d
from zajedno.web.shared.figures import naming, sentences, tables
from zajedno.web.shared.figures.drawing import Drawing, Mark
from zajedno.web.shared.figures.shown import Key, Shown
from zajedno.web.shared.figures.signs import hidden, sign
from zajedno.web.shared.figures.told import Told
from zajedno.web.shared.pieces import Cell

if TYPE_CHECKING:
    from zajedno.places.models import Territory

SIZES = (5, 6, 7.5, 9, 10.5)  # of dots, by class
BESIDE = 40  # places; a longer table is folded away


def mapped(
    told: Told, figures: Sequence[Figure], places: Mapping[str, "Territory"], country: str, home: str, period: str
) -> Shown:  # fmt: skip
    """`places` by code; `home` is the page on which each opens. Of a small number the map shows no class."""
    rows = sorted((one for one in figures if one.place in places), key=lambda one: places[one.place].key)
    values = [value for one in rows if (value := _value(one)) is not None]
    title = _("%(name)s by place, %(period)s") % {"name": told.name, "period": period}
    few = sum(map(_is_unclassed, rows))
    lines = [sentences.spread(told, values, few, len(rows) - len(values) - few)]
    named = [(Cell(places[one.place].name, f"{home}?place={one.place}&period={period}"), one) for one in rows]
    table = tables.table("map-table", tables.caption(title), _("Place"), named, sortable=True)
    ground, ends = drawn(country), breaks(values)
    picture = _picture(told, rows, places, ground, ends, title, lines[0]) if ground and values else None
    keys = _legend(told, values, ends, rows) if picture else []
    notes = [*_undrawn(ground, rows), *_credits(ground, rows)] if ground and picture else []
    return Shown("map", title, lines, table, rows, picture, keys, notes, open=len(rows) <= BESIDE)


def _value(one: Figure) -> Decimal | None:
    """What may be classed: not what one person moves, and not a range."""
    return one.value if one.said == Said.EXACT and not one.is_small else None


def _undrawn(ground: Drawn, rows: Sequence[Figure]) -> list[str]:
    """Who counts the places of the map would miss them."""
    count = sum(one.place not in ground.areas and one.place not in ground.spots for one in rows)
    text = ngettext(
        "%(count)s place stands in the table alone: where it lies is not known here.",
        "%(count)s places stand in the table alone: where they lie is not known here.",
        count,
    )
    return [text % {"count": count}] if count else []


def _credits(ground: Drawn, rows: Sequence[Figure]) -> list[str]:
    """The licence asks for it wherever the map is shown."""
    owed = sorted({ground.owed[one.place] for one in rows if one.place in ground.owed})
    told = _("Where places lie: %(credits)s, Open Database Licence (ODbL) 1.0.") % {"credits": ", ".join(owed)}
    return [told] if owed else []


def _picture(
    told: Told, rows: Sequence[Figure], places: Mapping[str, "Territory"], ground: Drawn, ends: Sequence[Decimal],
    title: str, said: str,
) -> Drawing:  # fmt: skip
    marks = [Mark("path", {"d": path, "fill": "#f3f5f5", "stroke": "#b9c4c6", "stroke-width": 0.7})
             for path in ground.land]  # fmt: skip
    areas = [one for one in rows if one.place in ground.areas]
    spots = [one for one in rows if one.place not in ground.areas and one.place in ground.spots]
    for one in [*areas, *spots]:
        about = f"{places[one.place].name}: {naming.value(one)} {naming.beside(one)}".strip()
        marks += _area(one, ground, ends, about, len(areas)) if one in areas else _spot(one, ground, ends, about)
    return Drawing("map", title, said, ground.height, marks, ground.width)


def _fill(one: Figure, ends: Sequence[Decimal]) -> str:
    value = _value(one)
    if value is not None:
        return d.STEPS[_step(value, ends)]
    return d.LIGHT if middle(one) is not None else hidden(one)


def _step(value: Decimal, ends: Sequence[Decimal]) -> int:
    """Few classes take the ends of the scale, so that they are told apart well."""
    return round(class_of(value, ends) * (len(d.STEPS) - 1) / len(ends)) if ends else 2


def _area(one: Figure, ground: Drawn, ends: Sequence[Decimal], title: str, count: int) -> list[Mark]:
    look = {"fill": _fill(one, ends), "stroke": d.LINE, "stroke-width": 0.8}
    marks = [Mark("path", {"d": ground.areas[one.place], **look}, title=title)]
    value, spot = _value(one), ground.spots.get(one.place)
    if value is not None and spot is not None and count <= 40:  # more numbers would not be read
        step = _step(value, ends)
        ink = d.LIGHT if step > 2 else d.TEXT
        marks.append(d.words(spot[0], spot[1] + 5, class_of(value, ends) + 1, anchor="middle", bold=True, fill=ink))
    return marks


def _spot(one: Figure, ground: Drawn, ends: Sequence[Decimal], title: str) -> list[Mark]:
    x, y = ground.spots[one.place]
    value = _value(one)
    if value is None:
        return [d.bar(x - 4.5, y - 4.5, 9, 9, _fill(one, ends), title=title, stroke=d.LINE)]
    return [d.dot(d.short(x), d.short(y), SIZES[_step(value, ends)], fill=_fill(one, ends), title=title)]


def _legend(told: Told, values: Sequence[Decimal], ends: Sequence[Decimal], rows: Sequence[Figure]) -> list[Key]:
    keys = []
    for number, (low, high) in enumerate(bounds(values, ends)):
        fill = d.STEPS[_step(low, ends)] if ends else d.STEPS[2]
        about = {"number": number + 1, "values": naming.with_unit(_ends(low, high), told.unit, high)}
        text = _("class %(number)s: %(values)s") % about
        keys.append(Key(sign(f"map-key-{number}", d.bar(0, 0, 26, 14, fill, stroke=d.LINE)), text))
    more = (
        ("few", d.LIGHT, _("On few, or only between two numbers: no class"), _is_unclassed),
        ("hidden", d.BEHIND["hatch"], _("Fewer than five, or none"), lambda one: one.said == Said.WITHHELD),
        ("none", d.BEHIND["none"], _("Not reckoned"), lambda one: one.said == Said.ABSENT),
    )
    return [*keys, *(Key(sign(f"map-key-{key}", d.bar(6, 0, 14, 14, fill, stroke=d.LINE)), text)
                     for key, fill, text, is_there in more if any(map(is_there, rows)))]  # fmt: skip


def _is_unclassed(one: Figure) -> bool:
    return middle(one) is not None and _value(one) is None


def _ends(low: Decimal, high: Decimal) -> str:
    if low == high:
        return naming.number(low)
    return _("%(low)s to %(high)s") % {"low": naming.number(low), "high": naming.number(high)}
