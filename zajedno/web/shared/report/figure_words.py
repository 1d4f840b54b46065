"""A figure in words, in the language in use: the same on a page, on paper, in a table and in Excel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext

from zajedno.figures.logic.figure import Figure, Said
from zajedno.kernel.money import CURRENCIES, Money
from zajedno.kernel.spreadsheets import Cell
from zajedno.web.shared.dates import day
from zajedno.web.shared.report.sections import Printed

Names = Mapping[str, str]  # what indicators, places and parts are called, by code
PARTS = {
    "girl": lazy("girls"), "boy": lazy("boys"), "yes": lazy("with a difficulty"), "no": lazy("without a difficulty"),
    "urban": lazy("urban"), "rural": lazy("rural"), "unknown": lazy("not known"),
}  # fmt: skip
DECIMALS = ("value", "low", "high", "top", "bottom")


def said(figure: Figure) -> str:
    """What may be said of it: a number with its unit, or why there is none."""
    match figure.said:
        case Said.EXACT if figure.value is not None:
            return measured(figure.value, figure.unit)
        case Said.BETWEEN if figure.low is not None and figure.high is not None:
            ends = {"low": measured(figure.low, figure.unit), "high": measured(figure.high, figure.unit)}
            return _("between %(low)s and %(high)s") % ends
        case Said.BETWEEN if figure.low is not None:
            return _("at least %(low)s") % {"low": measured(figure.low, figure.unit)}
        case Said.WITHHELD:
            return _("fewer than five, or none")
        case _:
            return _("not reckoned")


def measured(value: Decimal, unit: str) -> str:
    """A number as the language writes it, with its unit."""
    number = localize(plain(value))
    many = int(value) if value == value.to_integral_value() else 2  # after a fraction it stands as after two
    match unit:
        case "" | "count":
            return str(number)
        case "%":
            return _("%(number)s %%") % {"number": number}
        case "per 1000":
            return _("%(number)s per 1,000") % {"number": number}
        case "days":
            return ngettext("%(number)s day", "%(number)s days", many) % {"number": number}
        case "months":
            return ngettext("%(number)s month", "%(number)s months", many) % {"number": number}
        case "people":
            return ngettext("%(number)s person", "%(number)s people", many) % {"number": number}
        case "points":
            return ngettext("%(number)s point", "%(number)s points", many) % {"number": number}
        case _ if unit in CURRENCIES:
            return str(Money(value, unit))
        case _:
            return f"{number} {unit}"


def plain(value: Decimal) -> Decimal:
    """Without the noughts at its end."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def counted(figure: Figure) -> str:
    """What it was divided from, where that may be told."""
    if figure.said is not Said.EXACT or figure.top is None or figure.bottom is None:
        return "–"
    ends = {"top": localize(plain(figure.top)), "bottom": localize(plain(figure.bottom))}
    of = _("%(top)s of %(bottom)s") % ends
    return _("%(of)s; so few that one person moves it") % {"of": of} if figure.is_small else of


def reported(figure: Figure) -> str:
    if figure.reported is None or figure.expected is None:
        return "–"
    return _("%(reported)s of %(expected)s") % {"reported": figure.reported, "expected": figure.expected}


def edition(figure: Figure) -> str:
    """The edition to which the figure is bound, with its day and why it was made anew."""
    if not figure.edition:
        return "–"
    told = f"{figure.edition}, {day(figure.released_on)}" if figure.released_on else figure.edition
    return f"{told} ({figure.reason})" if figure.reason else told


def called(figure: Figure, names: Names, *, with_place: bool) -> str:
    """The indicator, the part, and the place where there are several."""
    parts = [str(PARTS.get(figure.word, figure.word))] if figure.word else []
    parts += [names.get(figure.place, figure.place)] if with_place else []
    name = names.get(figure.indicator, figure.indicator)
    return f"{name} ({', '.join(parts)})" if parts else name


def table(caption: str, figures: Sequence[Figure], names: Names) -> Printed | None:
    """Figures below each other, each with its edition."""
    if not figures:
        return None
    several = len({one.place for one in figures}) > 1
    rows = [
        [called(one, names, with_place=several), one.period, said(one), counted(one), reported(one), edition(one)]
        for one in figures
    ]
    heads = [
        _("Indicator"),
        _("Period"),
        pgettext("released", "Figure"),
        _("Counted from"),
        _("Reported"),
        _("Edition"),
    ]
    return Printed(caption, heads, rows)


def sheet(figures: Iterable[Figure], names: Names) -> tuple[list[str], list[list[Cell]]]:
    """Heads and rows for Excel and CSV: what is said, and the numbers themselves."""
    heads = [
        _("Indicator"), _("Name"), _("Place"), _("Period"), _("Divided by"), _("Part"), pgettext("released", "Figure"),
        _("Value"),
        _("At least"), _("At most"), _("Counted"), _("Out of"), _("Unit"), _("Reported"), _("Expected"), _("Edition"),
        _("Released on"), _("Method"), _("Reason"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            one.indicator, names.get(one.indicator, ""), names.get(one.place, one.place), one.period, one.by, one.word,
            said(one), *map(cell, told(one)), one.unit, one.reported, one.expected,
            one.edition, one.released_on, one.method, one.reason,
        ]
        for one in figures
    ]  # fmt: skip
    return heads, rows


def told(figure: Figure) -> list[Decimal | None]:
    """The numbers of a figure that may be told: none of one that is withheld, and of one that is not exact its ends."""
    open_ones = {Said.EXACT: ("value", "top", "bottom"), Said.BETWEEN: ("low", "high")}.get(figure.said, ())
    return [getattr(figure, name) if name in open_ones else None for name in DECIMALS]


def cell(value: Decimal | None) -> Cell:
    """A number as a spreadsheet keeps it."""
    return None if value is None else int(value) if value == value.to_integral_value() else float(value)


def as_data(figure: Figure) -> dict[str, Any]:
    """For keeping with an edition."""
    row = asdict(figure)
    kept = {name: str(row[name]) for name in DECIMALS if row[name] is not None}
    on = figure.released_on.isoformat() if figure.released_on else None
    return {**row, **dict.fromkeys(DECIMALS), **kept, "said": figure.said.value, "released_on": on}


def from_data(row: Mapping[str, Any]) -> Figure:
    """As it was kept."""
    numbers = {name: Decimal(row[name]) for name in DECIMALS if row.get(name) is not None}
    on = date.fromisoformat(row["released_on"]) if row.get("released_on") else None
    return Figure(**{**row, **numbers, "said": Said(row["said"]), "released_on": on})
