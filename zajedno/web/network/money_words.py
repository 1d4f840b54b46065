"""How money is shown: the tables of need, prices and budgets, for pages, exports and letters alike."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.formats import localize
from django.utils.translation import gettext as _

from zajedno.figures.logic.pools import TOGETHER
from zajedno.kernel.labels import label
from zajedno.kernel.money import Money
from zajedno.places.queries.territory import of_organisation
from zajedno.procedures.queries.definition import measures
from zajedno.programmes.queries.budget import Sheet
from zajedno.programmes.queries.need import Need, NeedLine
from zajedno.web.network.frame import home
from zajedno.web.shared.pieces import Cell, Column, Link, Table

if TYPE_CHECKING:
    from zajedno.programmes.models import Price, Rate

HOME = "/network/money/"


def money_home() -> Link:
    return Link(_("Money"), HOME)


def way(*more: Link) -> list[Link]:
    return [home(), money_home(), *more]


def links() -> list[Link]:
    return [Link(_("Price list"), f"{HOME}prices/"), Link(_("Budgets"), f"{HOME}budgets/"),
            Link(_("Grants"), f"{HOME}grants/"), Link(_("Scenarios"), f"{HOME}scenarios/"),
            Link(_("Rates of exchange"), f"{HOME}rates/")]  # fmt: skip


def payers() -> dict[str, str]:
    return {
        "municipality": _("Municipality"), "canton": _("Canton"), "entity": _("Entity"), "republic": _("Republic"),
        "health_fund": _("Health fund"), "institution": _("Institution"), "shared": _("Several together"),
        "unknown": _("Not known"),
    }  # fmt: skip


def currency_of(keepers: "list[int]") -> str:
    """What is paid with where they work."""
    places = of_organisation(keepers)
    return (places[0].country.currency if places else "") or "EUR"


def named(country: str) -> dict[str, str]:
    """Measures by key, in the language in use."""
    return {one.key: label(one.labels) for one in measures(country)}


def called(country: str) -> dict[str, str]:
    """The same of a table, in which some measures may not be told apart."""
    return named(country) | {TOGETHER: _("Not told apart")}


def said(value: Money | int | None) -> str:
    """A dash for none, or fewer than five: which of the two is told nowhere."""
    return "–" if value is None else str(value)


def need_rows(need: Need, lines: list[NeedLine], names: Mapping[str, str]) -> list[list[str]]:
    """What is needed, approved, realised, the gap, and the children behind it; the last row is of all together."""
    return [
        [names.get(one.code, one.code) if one.code else _("All together"), *map(said, one.values),
         said(one.children)]
        for one in (*lines, need.whole)
    ]  # fmt: skip


def need_heads(first: str) -> list[str]:
    return [first, _("Needed"), _("Approved"), _("Realised"), _("Gap"), _("Children")]


def need_note() -> str:
    return _(
        "A dash: none, or fewer than five children; which of the two is not told. The few of several "
        "measures stand together where they are five, else in no sum. A child with two measures is "
        "counted in both. A sum changes only when five children or more have come or gone."
    )


def need_tables(need: Need) -> list[Table]:
    country = need.edition.territory.country_id
    about = {"place": need.edition.territory, "year": need.edition.period, "currency": need.edition.unit}
    by_measure = Table(
        f"need-{need.edition.pk}", _("Cost of need: %(place)s, %(year)s, %(currency)s") % about,
        _columns(need_heads(_("Measure"))), need_rows(need, need.lines, called(country)),
    )  # fmt: skip
    by_payer = Table(
        f"payers-{need.edition.pk}", _("The same by who pays"), _columns(need_heads(_("Who pays"))),
        need_rows(need, need.payers, payers() | {TOGETHER: _("Not told apart")}),
    )  # fmt: skip
    return [by_measure, by_payer]


def _columns(heads: list[str], texts: int = 1) -> list[Column]:
    return [Column(text, numeric=at >= texts) for at, text in enumerate(heads)]


def price_table(rows: "list[Price]", country: str) -> Table:
    names, paying = named(country), payers()
    lines = [
        [
            Cell(str(one.service) if one.service else names.get(one.code, one.code),
                 f"{HOME}prices/{one.uuid}/", small=one.territory),
            one.unit, str(Money(one.amount, one.currency)), paying.get(one.payer, one.payer), _days(one),
            one.source,
        ]
        for one in rows
    ]  # fmt: skip
    heads = [_("Measure or service"), _("Unit"), _("Price"), _("Who pays"), _("Holds"), _("Source")]
    columns = [Column(text, numeric=at == 2) for at, text in enumerate(heads)]
    return Table("prices", _("Price list"), columns, lines, empty=_("No price is entered yet."))


def _days(row: "Price") -> str:
    from zajedno.web.shared.dates import day

    return f"{day(row.valid_from)} – {day(row.valid_until) if row.valid_until else ''}"


def rate_table(rows: "list[Rate]", home: str) -> Table:
    """`home`: where a rate that has no last day yet is given one; empty for who only reads."""
    from zajedno.web.shared.dates import day

    lines = [
        [Cell(rate_said(one), f"{home}{one.uuid}/" if home and one.valid_until is None else "", small=one.territory),
         day(one.valid_on), day(one.valid_until) if one.valid_until else "", one.source]
        for one in rows
    ]  # fmt: skip
    heads = [_("Rate"), _("First day"), _("Last day"), _("Source")]
    return Table("rates", _("Rates of exchange"), [Column(text) for text in heads], lines,
                 empty=_("No rate is entered yet."))  # fmt: skip


def rate_said(row: "Rate") -> str:
    return f"1 {row.currency} = {localize(row.rate.normalize() + 0)} {row.into}"


def budget_heads() -> list[str]:
    return [_("For what"), _("Codes"), _("Needed"), _("Planned"), _("Revised"), _("Spent"), _("Left")]


def budget_rows(sheet: Sheet) -> list[list[str]]:
    """Every line, and at the end all together."""
    rows = [
        [one.line.title, ", ".join(code.code for code in one.line.codes.all()), str(one.needed or "–"),
         *map(str, one.sums)]
        for one in sheet.lines
    ]  # fmt: skip
    return [*rows, [_("All together"), "", "", *map(str, sheet.sums)]]


def budgets_table(sheets: list[Sheet], here: str) -> Table:
    rows = [
        [Cell(f"{one.budget.territory} {one.budget}", f"{here}{one.budget.uuid}/", small=str(one.budget.organisation)),
         *map(str, one.sums)]
        for one in sheets
    ]  # fmt: skip
    columns = _columns([_("Budget"), *budget_heads()[-4:]])
    return Table("budgets", _("Budgets"), columns, rows, empty=_("Your institution keeps no budget yet."))


def budget_table(sheet: Sheet, here: str) -> Table:
    rows: list[list[Any]] = [list(row) for row in budget_rows(sheet)]
    for row, one in zip(rows, sheet.lines, strict=False):
        row[0] = Cell(row[0], f"{here}{one.line.uuid}/", small=str(one.line.grant or ""))
    return Table("lines", _("Lines"), _columns(budget_heads(), 2), rows)
