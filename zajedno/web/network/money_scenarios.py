"""Scenarios side by side: two ways to meet the released need of a year, beside meeting it all."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.kernel.actor import Actor
from zajedno.kernel.money import Money
from zajedno.programmes.logic.scenario import Outcome, Scenario, outcome
from zajedno.programmes.queries.need import Need, needs
from zajedno.web.network import money_words as words
from zajedno.web.network.frame import network_page, number, show
from zajedno.web.network.money import places_of
from zajedno.web.shared.fields import Number, Whole
from zajedno.web.shared.forms import Form
from zajedno.web.shared.pieces import Column, Table

ASKED = {
    "coverage": gettext_lazy("Share of the need that is met (%)"),
    "ceiling": gettext_lazy("The most that may be spent"),
    "share": gettext_lazy("Children for one companion"),
    "price_change": gettext_lazy("Change of prices (%)"),
}
LIMITS: dict[str, dict[str, Any]] = {
    "coverage": {"least": 0, "most": 100}, "ceiling": {"least": 0}, "share": {"least": 1, "most": 20},
    "price_change": {"least": -100, "most": 1000},
}  # fmt: skip
NAMES = ("a", "b")


class Scenarios(Form):
    """The year, and two scenarios; what is left empty is as it is now."""

    year = Whole(label=gettext_lazy("Year"), least=2000, most=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in NAMES:
            for key, text in ASKED.items():
                said = f"{one.upper()}: {text}"
                self.fields[f"{one}_{key}"] = Number(label=said, required=False, optional=False, **LIMITS[key])

    def scenario(self, name: str, currency: str) -> Scenario:
        data = {key: self.cleaned_data[f"{name}_{key}"] for key in ASKED}
        ceiling = data.pop("ceiling")
        given = {key: value for key, value in data.items() if value is not None}
        return Scenario(**given, ceiling=None if ceiling is None else Money(ceiling, currency))


@network_page
def scenarios(request: HttpRequest, by: Actor) -> HttpResponse:
    """Asked by address, so that a comparison can be sent to a colleague."""
    places = [one.pk for one in places_of(by)]
    form = Scenarios(request.GET or None, initial={"year": by.today.year})
    tables: list[Table] = []
    if form.is_valid():
        found = [one for one in needs(places, form.cleaned_data["year"]) if one.whole.values[0] is not None]
        tables = [_table(one, form) for one in found]
    empty = _("No cost of need that may be shown is released for this year.") if form.is_bound and not tables else ""
    return show(
        request, "money_scenarios",
        {"form": form, "title": _("Scenarios"), "tables": tables, "empty": empty, "crumbs": words.way()},
    )  # fmt: skip


def _table(need: Need, form: Scenarios) -> Table:
    whole = need.whole.values[0] or Money(Decimal(0), need.edition.unit)
    told = {one.code: one.values[0] for one in need.lines}
    chosen = [Scenario(), *(form.scenario(name, whole.currency) for name in NAMES)]
    results = [outcome(whole, told, one) for one in chosen]
    rows = [
        [_("Cost"), *(_said(one, "cost") for one in results)],
        [_("Of the need met (%)"), *(_said(one, "met") for one in results)],
        [_("Left out by the ceiling"), *(_said(one, "short") for one in results)],
    ]
    heads = ["", _("Everything"), *(name.upper() for name in NAMES)]
    columns = [Column(text or _("What"), numeric=at > 0) for at, text in enumerate(heads)]
    title = f"{need.edition.territory}, {need.edition.period}, {need.edition.unit}"
    return Table(f"scenarios-{need.edition.pk}", title, columns, rows)


def _said(one: Outcome | None, name: str) -> str:
    if one is None:
        return _("withheld")
    value = getattr(one, name)
    return number(value) if isinstance(value, Decimal) else str(value)
