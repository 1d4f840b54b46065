"""How figures, axes and their words are called."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zajedno.figures.logic.figure import Figure, Said
from zajedno.kernel.money import CURRENCIES
from zajedno.web.shared.figures.told import Told

STEPS = ("request", "consent", "assessment", "opinion", "support", "closed")  # of a procedure of a commission
NBSP = "\u00a0"


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


def number(value: Decimal, places: int = 1) -> str:
    """As the language writes it, without decimals that say nothing."""
    told = round(value, places)
    whole = told == told.to_integral_value()
    return str(number_format(told, 0 if whole else places, use_l10n=True, force_grouping=abs(told) >= 10_000))


def with_unit(text: str, told: Told, unit: str = "", last: Decimal = Decimal(0)) -> str:
    """`text` is one number, or several of one unit; `last`: after which of them the unit stands."""
    match told.kind:
        case "share" | "rate" if told.per == 100:
            return f"{text}{NBSP}%"
        case "share" | "rate":
            return _("%(number)s per %(per)s") % {"number": text, "per": number(Decimal(told.per))}
        case "money":
            return f"{text}{NBSP}{unit or told.unit}"
    if told.unit == "%":
        return f"{text}{NBSP}%"
    if told.unit == "currency":
        return f"{text}{NBSP}{CURRENCIES.get(unit, unit)}" if unit else text
    many = int(last) if last == last.to_integral_value() else 2  # after a fraction it stands as after two
    known = {
        "days": ngettext("%(number)s day", "%(number)s days", many),
        "months": ngettext("%(number)s month", "%(number)s months", many),
        "points": ngettext("%(number)s point", "%(number)s points", many),
        "people": ngettext("%(number)s person", "%(number)s people", many),
    }
    return known[told.unit] % {"number": text} if told.unit in known else text


def unit(told: Told) -> str:
    """In what it is told, without a number."""
    return with_unit("", told, last=Decimal(2)).strip(f" {NBSP}")


def value(figure: Figure, told: Told) -> str:
    """What may be said of it, in short."""
    match figure.said:
        case Said.EXACT if figure.value is not None:
            return with_unit(number(figure.value), told, figure.unit, figure.value)
        case Said.BETWEEN if figure.low is not None and figure.high is not None:
            ends = {"low": number(figure.low), "high": number(figure.high)}
            return with_unit(_("%(low)s to %(high)s") % ends, told, figure.unit, figure.high)
        case Said.BETWEEN if figure.low is not None:
            least = _("at least %(low)s") % {"low": number(figure.low)}
            return with_unit(least, told, figure.unit, figure.low)
        case Said.WITHHELD:
            return _("fewer than five, or none")
    return "–"


def beside(figure: Figure) -> str:
    """What must stand beside the number wherever it is shown."""
    if figure.said == Said.ABSENT:
        return _("not reckoned")
    return _("on few: one person moves it") if figure.is_small and figure.said != Said.WITHHELD else ""


def complete(figure: Figure) -> str:
    """How many institutions had sent something."""
    if figure.expected is None or figure.reported is None:
        return ""
    told = {"reported": figure.reported, "expected": figure.expected}
    return ngettext("%(reported)s of %(expected)s reported", "%(reported)s of %(expected)s reported",
                    figure.expected) % told  # fmt: skip


def parts(figure: Figure) -> str:
    """Of what it was divided: 20 of 30."""
    if figure.top is None or figure.bottom is None:
        return ""
    return _("%(top)s of %(bottom)s") % {"top": number(figure.top), "bottom": number(figure.bottom)}
