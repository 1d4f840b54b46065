"""“Did it work?” in words: what released figures say, how sure that is, and what they cannot say."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zajedno.exchange.queries.effect import Shown, shown
from zajedno.figures.logic.effect import Effect, Method, Reason, Verdict
from zajedno.figures.logic.effect.difference import FEWEST_PLACES
from zajedno.web.exchange.effect_chart import drawn
from zajedno.web.shared.figures import naming
from zajedno.web.shared.figures.told import told
from zajedno.web.shared.pieces import Tag

if TYPE_CHECKING:
    from zajedno.exchange.models import Site

TAGS: Mapping[str, Any] = {
    Verdict.WORKED: (gettext_lazy("It worked, as far as these figures show"), "done"),
    Verdict.NO_CHANGE: (gettext_lazy("No change seen"), "plain"),
    Verdict.WORSE: (gettext_lazy("It got worse"), "late"),
    Verdict.CANNOT_SAY: (gettext_lazy("Nothing can be said"), "wait"),
}
WHY: Mapping[str, Any] = {
    Reason.NOT_BEGUN: gettext_lazy("The service has not begun yet."),
    Reason.NOT_A_RATE: gettext_lazy("The indicator counts or sums, so it says more of how large a place is."),
    Reason.NO_DIRECTION: gettext_lazy("Neither more nor less of this indicator is better by itself."),
    Reason.SEVERAL: gettext_lazy(
        "Another model began here in the same years: nobody can tell which of them made a change."
    ),
    Reason.FEW_BEFORE: gettext_lazy(
        "Figures of three periods before the start are needed, counted in the same way. There are not so many."
    ),
    Reason.FEW_AFTER: gettext_lazy(
        "Figures of two whole periods after the start are needed. There are not so many yet."
    ),
    Reason.WITHHELD: gettext_lazy("Some figures of this place are not told, since there are few children."),
    Reason.FEW_PLACES: gettext_lazy(
        "Too few places are of a similar size and were at a similar level before: there is nothing to compare with."
    ),
    Reason.NOT_PARALLEL: gettext_lazy("The place went its own way before the start already."),
    Reason.BREAK_BEFORE: gettext_lazy("Something had changed at this place before the start already."),
    Reason.STILL: gettext_lazy("The figures never moved by themselves: nobody knows what chance can do to them."),
    Reason.TOO_WIDE: gettext_lazy("Of some figures only bounds are told, and these leave it open."),
}  # fmt: skip


def effect_of(site: "Site") -> dict[str, Any] | None:
    """The section of a page; None where no indicator is named."""
    found = shown(site)
    if found is None:
        return None
    effect, said = found.effect, sentence(found)
    place, unit = found.names.get(found.question.place, site.territory.name), _unit(found)
    return {
        "tag": Tag(*TAGS[effect.verdict]), "indicator": str(found.definition), "sentence": said,
        "chart": drawn(found, str(found.definition), said, place, unit), "late": found.named_late,
        "method": _method(effect), "periods": _periods(effect), "limits": _limits(effect),
        "places": [found.names.get(one, one) for one in effect.places],
    }  # fmt: skip


def sentence(found: Shown) -> str:
    """What was found and how sure it is, or why nothing can be said."""
    effect = found.effect
    if effect.reason is not None:
        return str(WHY[effect.reason])
    low, high = effect.low or 0.0, effect.high or 0.0
    if effect.verdict == Verdict.NO_CHANGE:
        return _no_change(found, min(low, 0.0), max(high, 0.0))
    near, far = sorted((abs(low), abs(high)))
    words = {"low": _number(near), "high": _number(far), "unit": _unit(found)}
    return (_of_a_hundred if _is_of_a_hundred(found) else _of_a_unit)(effect)[(effect.estimate or 0) > 0] % words


def _of_a_hundred(effect: Effect) -> dict[bool, str]:
    """By whether there are more."""
    if effect.method == Method.SERIES:
        return {
            True: _(
                "Between %(low)s and %(high)s of a hundred more than its own course before would lead one to expect; "
                "chance alone would show this less than once in twenty."
            ),
            False: _(
                "Between %(low)s and %(high)s of a hundred fewer than its own course before would lead one to expect; "
                "chance alone would show this less than once in twenty."
            ),
        }
    return {
        True: _(
            "Between %(low)s and %(high)s of a hundred more than where the model was not taken up; chance alone would "
            "show this less than once in twenty."
        ),
        False: _(
            "Between %(low)s and %(high)s of a hundred fewer than where the model was not taken up; chance alone would "
            "show this less than once in twenty."
        ),
    }


def _of_a_unit(effect: Effect) -> dict[bool, str]:
    if effect.method == Method.SERIES:
        return {
            True: _(
                "Higher by %(low)s to %(high)s (%(unit)s) than its own course before would lead one to expect; chance "
                "alone would show this less than once in twenty."
            ),
            False: _(
                "Lower by %(low)s to %(high)s (%(unit)s) than its own course before would lead one to expect; chance "
                "alone would show this less than once in twenty."
            ),
        }
    return {
        True: _(
            "Higher by %(low)s to %(high)s (%(unit)s) than where the model was not taken up; chance alone would show "
            "this less than once in twenty."
        ),
        False: _(
            "Lower by %(low)s to %(high)s (%(unit)s) than where the model was not taken up; chance alone would show "
            "this less than once in twenty."
        ),
    }


def _no_change(found: Shown, low: float, high: float) -> str:
    words = {"low": _number(abs(low)), "high": _number(high), "unit": _unit(found)}
    if _is_of_a_hundred(found):
        said = _(
            "No change was seen that chance alone could not make. Anything from %(low)s of a hundred fewer to "
            "%(high)s of a hundred more fits these figures."
        )
    else:
        said = _(
            "No change was seen that chance alone could not make. Anything from %(low)s lower to %(high)s higher "
            "(%(unit)s) fits these figures."
        )
    return said % words


def _number(value: float) -> str:
    """As exact as it deserves: whole from ten on, else one place."""
    return localize(round(value) if value >= 10 else round(value, 1)).removesuffix(",0").removesuffix(".0")


def _is_of_a_hundred(found: Shown) -> bool:
    return found.definition.kind == "share" and found.definition.per == 100


def _unit(found: Shown) -> str:
    if _is_of_a_hundred(found):
        return _("per cent")
    about = told(found.definition.code)
    return (naming.alone(about.unit) if about else "") or _("in the indicator's unit")


def _method(effect: Effect) -> str:
    if effect.method == Method.SERIES:
        return _(
            "A line was laid through the periods before and drawn on; it is asked whether what came after leaves it "
            "(segmented regression, errors robust to neighbours that are alike)."
        )
    return _(
        "How much the figure changed from before to after is compared with how much it changed at places of a similar "
        "size and level that did without (difference in differences; how much places change by themselves says what "
        "chance can do)."
    )


def _periods(effect: Effect) -> str:
    if not effect.before or not effect.after:
        return ""
    words = {"before": ", ".join(effect.before), "after": ", ".join(effect.after)}
    return _("Before: %(before)s. After: %(after)s. What lies between is left out.") % words


def _limits(effect: Effect) -> list[str]:
    """What these numbers cannot say."""
    told = [
        _("That the place changed otherwise than others does not say that the model did it: something else may have."),
        _("It says nothing of single children, and nothing of places that are not like this one."),
    ]
    if effect.method == Method.SERIES:
        told.append(_("No other place stands beside it: what changed everywhere in these years looks like an effect."))
    elif effect.verdict != Verdict.CANNOT_SAY:
        number = len(effect.places)
        told.append(
            ngettext(
                "%(number)s place was compared; at least %(least)s are needed.",
                "%(number)s places were compared; at least %(least)s are needed.", number,
            ) % {"number": number, "least": FEWEST_PLACES}
        )  # fmt: skip
    return told
