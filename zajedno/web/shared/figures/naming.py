"""How figures, axes and their words are called: the one place where a figure is put into words.

Its unit alone says how its number is written, so nothing has to be known of the indicator.
"""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.target import Aim
from zajedno.kernel.money import CURRENCIES
from zajedno.web.shared.dates import day
from zajedno.web.shared.figures.told import Told

STEPS = ("request", "consent", "assessment", "opinion", "support", "closed")  # of a procedure of a commission
NBSP = "\u00a0"
NO_WORD = ("", "count", "currency")  # numbers, and sums in the currency of a country, which their definition names
_PER = re.compile(r"per (\d+)")


def axis(key: str) -> str:
    """By what a figure is divided."""
    known = {
        "": _("All together"), "sex": _("Sex"), "age": _("Age"), "difficulty": _("Functional difficulty"),
        "settlement": _("Kind of settlement"), "sector": pgettext("figures", "Sector"), "step": _("Step"),
        "measure": _("Measure"), "payer": _("Who pays"), "stage": _("Stage"), "level": _("Level"),
    }  # fmt: skip
    return known.get(key, key)


def word(key: str, word: str) -> str:
    """A part of an axis."""
    known = {
        ("", ""): _("All together"), ("sex", "girl"): _("Girls"), ("sex", "boy"): _("Boys"),
        ("age", "0-2"): _("0 to 2 years"), ("age", "3-6"): _("3 to 6 years"), ("age", "7-14"): _("7 to 14 years"),
        ("age", "15-18"): _("15 to 18 years"), ("difficulty", "yes"): _("With a functional difficulty"),
        ("difficulty", "no"): _("Without a functional difficulty"), ("settlement", "urban"): _("Town"),
        ("settlement", "rural"): _("Village"),
        ("stage", "approved"): _("Approved"), ("stage", "realised"): _("Realised"), ("stage", "gap"): _("Gap"),
        ("stage", ""): _("Needed"), ("step", "request"): _("Request"), ("step", "consent"): _("Consent"),
        ("step", "assessment"): _("Assessment"), ("step", "opinion"): _("Opinion"), ("step", "support"): _("Support"),
        ("step", "closed"): _("Closed"),
    }  # fmt: skip
    usual = {"unknown": _("Not known"), "*": _("Not told apart"), "": _("All together")}
    return known.get((key, word)) or usual.get(word, word)


def number(value: Decimal) -> str:
    """As the language writes it, without decimals that say nothing."""
    told = round(value, 2)
    places = -min(int(told.normalize().as_tuple().exponent), 0)
    return str(number_format(told, places, use_l10n=True, force_grouping=abs(told) >= 10_000))


def with_unit(text: str, unit: str, last: Decimal = Decimal(0)) -> str:
    """`text` is one number, or several of one unit; `last`: after which of them the unit stands."""
    if unit in NO_WORD:
        return text
    if unit in CURRENCIES or unit == "%":
        return f"{text}{NBSP}{CURRENCIES.get(unit, unit)}"
    if per := _PER.fullmatch(unit):
        return _("%(number)s per %(per)s") % {"number": text, "per": number(Decimal(per[1]))}
    many = int(last) if last == last.to_integral_value() else 2  # after a fraction it stands as after two
    known = {
        "days": ngettext("%(number)s day", "%(number)s days", many),
        "months": ngettext("%(number)s month", "%(number)s months", many),
        "points": ngettext("%(number)s point", "%(number)s points", many),
        "people": ngettext("%(number)s person", "%(number)s people", many),
    }
    return known[unit] % {"number": text} if unit in known else f"{text}{NBSP}{unit}"


def alone(unit: str) -> str:
    """Beside an axis or a box."""
    return with_unit("", unit, Decimal(2)).strip(f" {NBSP}")


def value(figure: Figure) -> str:
    """What may be said of it, in short: the same on a page, on paper and in a file."""
    match figure.said:
        case Said.EXACT if figure.value is not None:
            return with_unit(number(figure.value), figure.unit, figure.value)
        case Said.BETWEEN if figure.low is not None and figure.high is not None:
            ends = {"low": number(figure.low), "high": number(figure.high)}
            return with_unit(_("%(low)s to %(high)s") % ends, figure.unit, figure.high)
        case Said.BETWEEN if figure.low is not None:
            return with_unit(_("at least %(low)s") % {"low": number(figure.low)}, figure.unit, figure.low)
        case Said.WITHHELD:
            return _("fewer than five, or none")
    return _("not reckoned")


def beside(figure: Figure) -> str:
    """What must stand beside the number wherever it is shown."""
    has_number = figure.said in (Said.EXACT, Said.BETWEEN)
    return _("on few: one person moves it") if figure.is_small and has_number else ""


def complete(figure: Figure) -> str:
    """How many institutions had sent something."""
    if figure.expected is None or figure.reported is None:
        return ""
    told = {"reported": figure.reported, "expected": figure.expected}
    return ngettext("%(reported)s of %(expected)s reported", "%(reported)s of %(expected)s reported",
                    figure.expected) % told  # fmt: skip


def without(figure: Figure) -> str:
    """How many places a rate leaves out."""
    if not figure.left_out:
        return ""
    if figure.said == Said.ABSENT:
        return _("Nobody published how many people live here.")
    text = ngettext(
        "Without %(count)s place, of which nobody published how many people live there.",
        "Without %(count)s places, of which nobody published how many people live there.", figure.left_out,
    )  # fmt: skip
    return text % {"count": figure.left_out}


def parts(figure: Figure) -> str:
    """Of what it was divided, where that may be told: 20 of 30."""
    if figure.said is not Said.EXACT or figure.top is None or figure.bottom is None:
        return ""
    return _("%(top)s of %(bottom)s") % {"top": number(figure.top), "bottom": number(figure.bottom)}


def edition(figure: Figure) -> str:
    """The edition to which the figure is bound, with its day and why it was made anew."""
    told = f"{figure.edition}, {day(figure.released_on)}" if figure.released_on else figure.edition
    return f"{told} ({figure.reason})" if figure.reason else told


def aim(told: Told, unit: str = "") -> str:
    """The target with its period, and whose it is where it is another place's. Empty where there is none."""
    if told.target is None:
        return ""
    value = with_unit(number(told.target.value), unit or told.unit, told.target.value)
    if not told.target.until:
        return value
    about = {"value": value, "period": told.target.until, "place": told.whose}
    if told.whose:
        return _("%(value)s by the end of %(period)s (%(place)s)") % about
    return _("%(value)s by the end of %(period)s") % about


def aim_on_line(told: Told, aim: Aim) -> str:
    """As it is written at the line of a drawing."""
    about = {"value": number(aim.value), "period": aim.until, "place": told.whose}
    if told.whose:
        return _("target %(value)s by %(period)s (%(place)s)") % about
    return _("target %(value)s by %(period)s") % about if aim.until else _("target %(value)s") % about


def baseline(told: Told) -> str:
    """From where the target is reckoned, where that is told."""
    if told.target is None or told.target.baseline is None:
        return ""
    value = with_unit(number(told.target.baseline), told.unit, told.target.baseline)
    return _("%(value)s in %(period)s") % {"value": value, "period": told.target.since}
