"""How levels, axes, their parts and what is told of a figure are called."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.formats.table import only_told, written

LEVELS = {
    "country": gettext_lazy("Country"), "entity": gettext_lazy("Entity"),
    "region": gettext_lazy("Region, province or canton"), "district": gettext_lazy("District"),
    "municipality": gettext_lazy("Municipality or city"),
}  # fmt: skip
AXES = {
    "sex": gettext_lazy("Sex"), "age": gettext_lazy("Age"), "difficulty": gettext_lazy("Functional difficulty"),
    "settlement": gettext_lazy("Settlement"),
}  # fmt: skip
PARTS = {
    "girl": gettext_lazy("Girls"), "boy": gettext_lazy("Boys"),
    "yes": pgettext_lazy("functional difficulty", "With a difficulty"),
    "no": pgettext_lazy("functional difficulty", "Without a difficulty"), "urban": gettext_lazy("In towns"),
    "rural": gettext_lazy("In villages"), "unknown": gettext_lazy("Not known"),
}  # fmt: skip


def part(one: Figure) -> str:
    """Of which children: all of them, or a part."""
    if not one.by:
        return _("All")
    return str(PARTS.get(one.word) or (_("%(years)s years") % {"years": one.word} if one.by == "age" else one.word))


def value(one: Figure) -> str:
    """The number as people here write it, or why there is none."""
    one = only_told(one)
    if one.said is Said.EXACT and one.value is not None:
        return number_format(written(one.value), force_grouping=True)
    if one.said is Said.BETWEEN and one.low is not None and one.high is not None:
        return _("between %(low)s and %(high)s") % {
            "low": number_format(written(one.low)), "high": number_format(written(one.high)),
        }  # fmt: skip
    return _("not counted") if one.said is Said.ABSENT else _("withheld")


def complete(one: Figure) -> str:
    """How many had reported when the edition was made."""
    if one.reported is None or one.expected is None:
        return ""
    return _("%(reported)s of %(expected)s") % {"reported": one.reported, "expected": one.expected}


def whole(one: Figure) -> str:
    """What it was divided from."""
    bottom = only_told(one).bottom
    return "" if bottom is None else number_format(written(bottom), force_grouping=True)
