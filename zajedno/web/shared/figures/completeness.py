"""How many institutions had sent something when an edition was made: a figure is read beside this."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.figures.logic.figure import Figure
from zajedno.web.shared.dates import day
from zajedno.web.shared.figures import drawing as d
from zajedno.web.shared.figures import naming, tables
from zajedno.web.shared.figures.drawing import Drawing
from zajedno.web.shared.figures.shown import Shown
from zajedno.web.shared.figures.told import Told
from zajedno.web.shared.pieces import Column, Table

LEFT, RIGHT, ROW = 90, d.WIDTH - 90, 30
SQUARES = 40  # so many institutions are shown one by one; more as a bar


def completeness(told: Told, figures: Sequence[Figure], place: str, period: str) -> Shown:
    """`figures` of one place, a period each."""
    rows = sorted(figures, key=lambda one: one.period, reverse=True)
    title = _("How complete it is: %(place)s") % {"place": place}
    now = next((one for one in rows if one.period == period), None)
    lines = [_sentence(now)]
    columns = [Column(text) for text in (_("Period"), _("Reported"), _("Edition"), _("Released on"), _("Why again"))]
    lined = [
        [one.period, naming.complete(one) or "–", one.edition or "–",
         day(one.released_on) if one.released_on else "–", one.reason or "–"]
        for one in rows
    ]  # fmt: skip
    known = [one for one in rows if one.expected and one.reported is not None]
    drawn = _drawn(known[:8], title, lines[0]) if known else None
    return Shown("complete", title, lines, Table("complete-table", tables.caption(title), columns, lined), rows, drawn)


def _sentence(now: Figure | None) -> str:
    if now is None or not now.expected or now.reported is None:
        return _("It is not known how many institutions had to report.")
    about = {"reported": now.reported, "expected": now.expected, "count": now.expected}
    if now.reported >= now.expected:
        text = ngettext("The one institution that was expected to report did.",
                        "All %(count)s institutions that were expected to report did.", now.expected)  # fmt: skip
        return text % about
    return (
        ngettext(
            "%(reported)s of %(expected)s institution had reported when the edition was made.",
            "%(reported)s of %(expected)s institutions had reported when the edition was made.",
            now.expected,
        )
        % about
    )


def _drawn(rows: Sequence[Figure], title: str, said: str) -> Drawing:
    marks = []
    for at, one in enumerate(rows):
        y, expected, reported = 4 + ROW * at, one.expected or 1, min(one.reported or 0, one.expected or 1)
        marks.append(d.words(LEFT - 10, y + 19, one.period, anchor="end"))
        step = min((RIGHT - LEFT) / expected, 22)
        if expected <= SQUARES:
            marks += [
                d.bar(LEFT + step * number, y + 6, step - 3, 16, d.BRAND if number < reported else d.LIGHT,
                      stroke=d.BRAND)
                for number in range(expected)
            ]  # fmt: skip
            end = LEFT + step * expected
        else:
            wide, end = (RIGHT - LEFT) * reported / expected, float(RIGHT)
            marks += [
                d.bar(LEFT, y + 6, RIGHT - LEFT, 16, d.LIGHT, stroke=d.BRAND),
                d.bar(LEFT, y + 6, wide, 16, d.BRAND),
            ]
        told = _("%(top)s of %(bottom)s") % {"top": one.reported, "bottom": one.expected}
        marks.append(d.words(end + 6, y + 19, told, bold=True))
    return Drawing("complete", title, said, 8 + ROW * len(rows), marks)
