"""The plain sentence under a chart. Each text is a whole sentence, so that a language can turn it as it likes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zajedno.figures.logic.figure import Figure
from zajedno.figures.logic.sentence import STEADY, Change, Claim, Part, Sentence, meets, middle, nearest, sentence
from zajedno.figures.logic.target import way
from zajedno.web.shared.figures import naming
from zajedno.web.shared.figures.told import Told

# Of less than one in twenty the number itself is said: “hardly any” of thousands may be hundreds.
NOW: dict[Part, Any] = {
    Part.NEARLY_ALL: gettext_lazy("%(name)s: nearly all."),
    Part.NINE_TENTHS: gettext_lazy("%(name)s: nine in ten."),
    Part.FOUR_FIFTHS: gettext_lazy("%(name)s: four in five."),
    Part.THREE_QUARTERS: gettext_lazy("%(name)s: three in four."),
    Part.TWO_THIRDS: gettext_lazy("%(name)s: two in three."),
    Part.THREE_FIFTHS: gettext_lazy("%(name)s: three in five."),
    Part.HALF: gettext_lazy("%(name)s: one in two."),
    Part.TWO_FIFTHS: gettext_lazy("%(name)s: two in five."),
    Part.THIRD: gettext_lazy("%(name)s: one in three."),
    Part.QUARTER: gettext_lazy("%(name)s: one in four."),
    Part.FIFTH: gettext_lazy("%(name)s: one in five."),
    Part.TENTH: gettext_lazy("%(name)s: one in ten."),
}
THEN: dict[Part, Any] = {
    Part.NEARLY_ALL: gettext_lazy("A year before, nearly all."),
    Part.NINE_TENTHS: gettext_lazy("A year before, nine in ten."),
    Part.FOUR_FIFTHS: gettext_lazy("A year before, four in five."),
    Part.THREE_QUARTERS: gettext_lazy("A year before, three in four."),
    Part.TWO_THIRDS: gettext_lazy("A year before, two in three."),
    Part.THREE_FIFTHS: gettext_lazy("A year before, three in five."),
    Part.HALF: gettext_lazy("A year before, one in two."),
    Part.TWO_FIFTHS: gettext_lazy("A year before, two in five."),
    Part.THIRD: gettext_lazy("A year before, one in three."),
    Part.QUARTER: gettext_lazy("A year before, one in four."),
    Part.FIFTH: gettext_lazy("A year before, one in five."),
    Part.TENTH: gettext_lazy("A year before, one in ten."),
}
# Of the way from the baseline of a target.
WAY: dict[Part, Any] = {
    Part.NEARLY_ALL: gettext_lazy("That is nearly all of the way."),
    Part.NINE_TENTHS: gettext_lazy("That is nine tenths of the way."),
    Part.FOUR_FIFTHS: gettext_lazy("That is four fifths of the way."),
    Part.THREE_QUARTERS: gettext_lazy("That is three quarters of the way."),
    Part.TWO_THIRDS: gettext_lazy("That is two thirds of the way."),
    Part.THREE_FIFTHS: gettext_lazy("That is three fifths of the way."),
    Part.HALF: gettext_lazy("That is half of the way."),
    Part.TWO_FIFTHS: gettext_lazy("That is two fifths of the way."),
    Part.THIRD: gettext_lazy("That is a third of the way."),
    Part.QUARTER: gettext_lazy("That is a quarter of the way."),
    Part.FIFTH: gettext_lazy("That is a fifth of the way."),
    Part.TENTH: gettext_lazy("That is a tenth of the way."),
    Part.HARDLY_ANY: gettext_lazy("That is hardly any of the way."),
}
AWAY = gettext_lazy("That is away from the target.")
# Where no fraction can be said: why, so that nobody reads a nought into a gap.
UNSAID: dict[Claim, Any] = {
    Claim.PART: gettext_lazy("%(name)s: %(value)s."),
    Claim.NUMBER: gettext_lazy("%(name)s: %(value)s."),
    Claim.RANGE: gettext_lazy("%(name)s: %(value)s. The exact number is not told, since one part of it is few."),
    Claim.FEW: gettext_lazy("%(name)s: %(value)s. They are so few that one person moves it, so nothing follows."),
    Claim.WITHHELD: gettext_lazy("%(name)s: fewer than five, or none. Which of the two is not told."),
    Claim.ABSENT: gettext_lazy("%(name)s: not reckoned for this period."),
}


def said(told: Told, now: Figure, before: Figure | None) -> list[str]:
    """What it is, what it was, whether the target is met, and how much of the way is gone."""
    found = sentence(now, before, is_share=told.is_share, in_bands=told.in_bands)
    values = {"name": told.name, "value": naming.value(now)}
    text = NOW[found.part] if found.part in NOW else UNSAID[found.claim]
    lines = (str(text) % values, _then(told, found), _target(told, found), *_way(told, found))
    return [line for line in lines if line]


def _then(told: Told, found: Sentence) -> str:
    """Of the year before: a fraction where it is another one, else how it changed."""
    if found.before is None:
        return ""
    value = {"value": naming.value(found.before)}
    if found.change == Change.SAME:
        return _("A year before it was about the same.")
    if found.before_part in THEN and found.before_part != found.part:
        return str(THEN[found.before_part])
    if found.change == Change.MORE:
        return _("A year before it was less: %(value)s.") % value
    return _("A year before it was more: %(value)s.") % value if found.change == Change.LESS else ""


def progress(told: Told, now: Figure) -> list[str]:
    """Of a target alone: whether it is met and how much of the way is gone, or why that is not said."""
    found = sentence(now, None, is_share=told.is_share, in_bands=told.in_bands)
    if told.better not in ("higher", "lower"):
        return [_("No direction is better here, so it is neither met nor missed.")]
    if told.target is None or not found.is_firm or meets(now, told.target.value, told.better) is None:
        return [_("This figure does not carry a claim.")]
    return [_target(told, found), *_way(told, found)]


def _target(told: Told, found: Sentence) -> str:
    """Whether it is met, where the figure carries that; else only what the target of a place is."""
    if told.target is None:
        return ""
    value = {"value": naming.aim(told, found.figure.unit)}
    met = meets(found.figure, told.target.value, told.better) if found.is_firm else None
    if met is None:
        return _("The target is %(value)s.") % value if told.target.place else ""
    if met:
        return _("The target of %(value)s is met.") % value
    if found.figure.period < told.target.until:
        return _("The target of %(value)s is not met yet.") % value
    return _("The target of %(value)s is not met.") % value


def _way(told: Told, found: Sentence) -> list[str]:
    """How much of the way from the baseline is gone, where that may be said and the target is not met."""
    aim, figure = told.target, found.figure
    gone = way(figure, aim, told.better) if aim is not None and found.is_firm else None
    if aim is None or aim.baseline is None or gone is None or gone >= 1:
        return []
    values = {
        "baseline": naming.with_unit(naming.number(aim.baseline), figure.unit or told.unit, aim.baseline),
        "since": aim.since, "value": naming.value(figure), "period": figure.period,
    }  # fmt: skip
    course = _("From %(baseline)s in %(since)s to %(value)s in %(period)s.") % values
    return [course, str(AWAY if gone < 0 else WAY[nearest(gone)])]


def compared(told: Told, own: Figure, others: Sequence[Figure]) -> str:
    """Beside places like it: how many stand better, where it may be said at all."""
    found = sentence(own, None, is_share=told.is_share, in_bands=told.in_bands)
    values = [value for one in others if not one.is_small and (value := middle(one)) is not None]
    now = middle(own)
    if now is None or not found.is_firm or len(values) < 3:
        return _("Too few places beside it have a number that may be compared.")
    return _ranked(now, values)


def _ranked(now: Decimal, values: Sequence[Decimal]) -> str:
    above = sum(value > now for value in values)
    about = {"count": above, "all": len(values)}
    if not above:
        return _("None of the %(all)s places that may be compared has a higher number.") % about
    text = ngettext(
        "%(count)s of the %(all)s places that may be compared has a higher number.",
        "%(count)s of the %(all)s places that may be compared have a higher number.",
        above,
    )
    return text % about


def divided(told: Told, parts: Sequence[tuple[str, Figure]]) -> str:
    """The highest and the lowest part, where the difference carries a sentence."""
    firm = [
        (value, name, one) for name, one in parts
        if sentence(one, None, is_share=told.is_share, in_bands=told.in_bands).is_firm
        and (value := middle(one)) is not None
    ]  # fmt: skip
    if len(firm) < 2:
        return _("Too few of its parts have a number that may be compared.")
    (low, lowest, least), (high, highest, most) = (end(firm, key=lambda part: part[:2]) for end in (min, max))
    if high == low or (told.is_share and high - low < STEADY):
        return _("All parts stand about alike.")
    values = {"highest": highest, "lowest": lowest, "high": naming.value(most), "low": naming.value(least)}
    return _("Highest: %(highest)s (%(high)s). Lowest: %(lowest)s (%(low)s).") % values


def _short(value: Decimal, told: Told) -> str:
    return naming.with_unit(naming.number(value), told.unit, value)


def spread(told: Told, values: Sequence[Decimal], few: int, hidden: int) -> str:
    """Of a map or a list of places: between what the known ones lie, of how many only bounds or a number on few is
    told, and of how many nothing."""
    if not values and not few:
        return _("No place has a number that may be told for this period.")
    told_of = _classed(told, values) if values else ""
    return " ".join(part for part in (told_of, _bounded(few), unseen(hidden)) if part)


def _classed(told: Told, values: Sequence[Decimal]) -> str:
    about = {"low": _short(min(values), told), "high": _short(max(values), told), "count": len(values)}
    text = ngettext(
        "%(count)s place has a number: %(high)s.",
        "%(count)s places have a number, from %(low)s to %(high)s.",
        len(values),
    )
    return text % about


def _bounded(count: int) -> str:
    text = ngettext(
        "Of %(count)s place only bounds or a number on few is told.",
        "Of %(count)s places only bounds or a number on few is told.",
        count,
    )
    return text % {"count": count} if count else ""


def unseen(count: int) -> str:
    """Places of which nothing is told."""
    text = ngettext("%(count)s place is not told.", "%(count)s places are not told.", count)
    return text % {"count": count} if count else ""
