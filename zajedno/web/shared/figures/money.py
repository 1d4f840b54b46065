"""What help costs in a place, and for how much of it nobody pays yet: as released, by measure."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.figures.logic.classes import ticks
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.pools import TOGETHER
from zajedno.kernel.labels import label
from zajedno.kernel.money import Money
from zajedno.procedures.queries.definition import measures
from zajedno.programmes.queries.need import COST, STAGES, Need, NeedLine, needs, unpriced
from zajedno.web.shared.figures import drawing as d
from zajedno.web.shared.figures import tables
from zajedno.web.shared.figures.drawing import Drawing, Mark
from zajedno.web.shared.figures.shown import Key, Shown
from zajedno.web.shared.figures.signs import sign
from zajedno.web.shared.pieces import Cell, Column, Table

if TYPE_CHECKING:
    from zajedno.places.models import Territory

LABELS, RIGHT, ROW, BARS = 216, d.WIDTH - 110, 32, 12
# Each part differs in lightness, and what nobody pays in its pattern too.
FILLS = {"realised": d.BRAND, "approved": d.STEPS[1], "gap": d.BEHIND["hatch"]}


def money(place: "Territory", year: int) -> list[Shown]:
    """One chart a currency; none where nothing is released."""
    bare = sum(int(one.value or 0) for one in unpriced([place.pk], year))
    return [_shown(place, need, bare) for need in needs([place.pk], year)]


def _shown(place: "Territory", need: Need, bare: int) -> Shown:
    names = {one.key: label(one.labels) for one in measures(place.country_id)} | {TOGETHER: _("Not told apart")}
    about = {"place": place.name, "year": need.edition.period, "currency": need.edition.unit}
    title = _("What help costs, and for what nobody pays yet: %(place)s, %(year)s, %(currency)s") % about
    lines = [*_sentences(need), *_unpriced(bare)]
    key = f"money-{place.code}-{need.edition.unit}".lower()
    drawn = _drawn(key, need.lines, names, title, " ".join(lines))
    words = {"realised": _("Realised"), "approved": _("Approved, not begun"), "gap": _("Gap: nobody pays yet")}
    keys = [Key(sign(f"{key}-{stage}", d.bar(0, 1, 26, 12, fill, stroke=d.LINE)), words[stage])
            for stage, fill in FILLS.items()]  # fmt: skip
    note = _("A missing part: none, or fewer than five children. Few are told together with others, or in no sum.")
    return Shown(key, title, lines, _table(key, title, need, names), _figures(place, need, names), drawn, keys, [note])


def _sentences(need: Need) -> list[str]:
    needed, gap = need.whole.values[0], need.whole.values[STAGES.index("gap")]
    if needed is None:
        return [_("So few children stand behind it that no sum is told.")]
    if gap is None:
        return [_("Needed: %(needed)s. How much of it nobody pays is not told.") % {"needed": needed}]
    return [_("Needed: %(needed)s. Nobody pays yet for %(gap)s of it.") % {"needed": needed, "gap": gap}]


def _unpriced(bare: int) -> list[str]:
    text = ngettext(
        "%(count)s measure has no price and stands in no sum.", "%(count)s measures have no price and stand in no sum.",
        bare,
    )  # fmt: skip
    return [text % {"count": bare}] if bare else []


def _table(key: str, title: str, need: Need, names: Mapping[str, str]) -> Table:
    heads = [_("Needed"), _("Approved"), _("Realised"), _("Gap"), _("Children")]
    columns = [Column(_("Measure")), *(Column(text, numeric=True) for text in heads)]
    rows = [
        [names.get(one.code, one.code) if one.code else _("All together"), *map(_cell, one.values),
         Cell(one.children or "–", sort=one.children or -1)]
        for one in (*need.lines, need.whole)
    ]  # fmt: skip
    return Table(f"{key}-table", tables.caption(title), columns, rows)


def _cell(value: Money | None) -> Cell:
    return Cell(str(value) if value is not None else "–", sort=value.amount if value is not None else -1)


def _drawn(key: str, rows: Sequence[NeedLine], names: Mapping[str, str], title: str, said: str) -> Drawing | None:
    known = [one for one in rows if one.values[0] is not None][:BARS]
    most = max((one.values[0].amount for one in known if one.values[0] is not None), default=None)
    if not most:
        return None
    scale = (RIGHT - LABELS) / float(ticks(most)[-1])
    marks = [mark for at, one in enumerate(known) for mark in _row(one, names.get(one.code, one.code), at, scale)]
    return Drawing(key, title, said, 8 + ROW * len(known), marks)


def _row(one: NeedLine, name: str, at: int, scale: float) -> list[Mark]:
    """Parts that are told, one after another; what is left of the need has no fill."""
    y, x = 6 + ROW * at, float(LABELS)
    told = dict(zip(STAGES, one.values, strict=True))
    whole = told[""]
    assert whole is not None
    wide = float(whole.amount) * scale
    marks = [d.words(LABELS - 10, y + 16, d.cut(name, 24), anchor="end"),
             d.bar(LABELS, y, wide, 22, d.LIGHT, title=f"{name}: {whole}", stroke=d.LINE)]  # fmt: skip
    for stage, fill in FILLS.items():
        part = told[stage]
        if part is not None:
            marks.append(d.bar(x, y, float(part.amount) * scale, 22, fill, title=f"{name}: {part}", stroke=d.LINE))
            x += float(part.amount) * scale
    return [*marks, d.words(LABELS + wide + 6, y + 16, whole)]


def _figures(place: "Territory", need: Need, names: Mapping[str, str]) -> list[Figure]:
    """Each measure, then the whole and its stages: for who takes them elsewhere."""
    measured = [("measure", names.get(one.code, one.code), one.values[0]) for one in need.lines]
    whole = [("stage", stage, value) for stage, value in zip(STAGES, need.whole.values, strict=True)]
    return [
        Figure(
            COST, place.code, need.edition.period, Said.EXACT if value is not None else Said.WITHHELD, by=axis,
            word=word, unit=need.edition.unit, value=value.amount if value is not None else None,
            edition=need.edition.number, released_on=need.edition.released_on,
        )
        for axis, word, value in (*measured, *whole)
    ]  # fmt: skip
