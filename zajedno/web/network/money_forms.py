"""Forms of prices and budgets."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.money import CURRENCIES
from zajedno.programmes.actions.budget import Named
from zajedno.programmes.actions.price import Terms
from zajedno.programmes.queries.budget import codes_by_id
from zajedno.web.network import plan_forms
from zajedno.web.network.money_words import payers
from zajedno.web.shared.bringing import TABLES
from zajedno.web.shared.fields import Checks, DateField, Number, Radios, Select, Suggest, Text, UploadField, Whole
from zajedno.web.shared.forms import Form

if TYPE_CHECKING:
    from zajedno.figures.models import Value
    from zajedno.places.models import Service
    from zajedno.programmes.models import Code, Grant

MONEY = [(code, code) for code in CURRENCIES]
NAMED = _("The file names it")


class Placed(plan_forms.Placed):
    """A form about a place."""

    territory = Select(label=_("Place"))


class Price(Placed):
    code = Suggest(label=_("Measure or service"))
    unit = Text(label=_("Unit"), max_length=40, width=20, help_text=_("As plans name it, for example: hour, day."))
    amount = Number(label=_("Price of a unit"), least=0, most=9_999_999_999)  # more fits into no price
    currency = Radios(label=_("Currency"), choices=MONEY, inline=True)
    payer = Select(label=_("Who pays?"))
    source = Text(label=_("Where does the price come from?"), max_length=250, width="two-thirds")
    valid_from = DateField(label=_("First day"))
    valid_until = DateField(label=_("Last day"), required=False)

    def __init__(
        self, *args: Any, measures: Mapping[str, str], services: "Mapping[str, Service]", currency: str, **kwargs: Any
    ) -> None:
        """`services` by uuid: those that are given where prices are kept."""
        super().__init__(*args, initial={"currency": currency}, **kwargs)
        self.services = services
        given = [(key, f"{one}, {one.organisation}") for key, one in services.items()]
        self.fill("code", [*measures.items(), *given])
        self.fill("payer", list(payers().items()))

    def terms(self) -> Terms:
        said = {key: value for key, value in self.cleaned_data.items() if key != "territory"}
        service = self.services.get(said["code"])
        return Terms(**said | {"code": "" if service else said["code"], "service": service})


class PriceList(Placed):
    """A price list that comes in, with what holds where it says nothing."""

    file = UploadField(
        kinds=TABLES, label=_("Price list"), help_text=_("Excel, LibreOffice or CSV with one row for each price.")
    )
    currency = Select(label=_("Currency, where the file names none"), choices=MONEY, required=False, empty=NAMED)
    payer = Select(label=_("Who pays, where the file does not say"), required=False, empty=NAMED)
    source = Text(label=_("Source, where the file names none"), max_length=250, required=False, width="two-thirds")
    valid_from = DateField(label=_("First day, where the file names none"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("payer", list(payers().items()))


class Rate(Placed):
    currency = Radios(label=_("One unit of"), choices=MONEY, inline=True)
    into = Radios(label=_("is worth, in"), choices=MONEY, inline=True)
    rate = Number(label=_("Rate"), least=0, most=9_999_999, places=6)
    valid_on = DateField(label=_("First day"))
    source = Text(label=_("Where does the rate come from?"), max_length=250, width="two-thirds")

    def said(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if key != "territory"}


class EndPrice(Form):
    last_day = DateField(label=_("Last day"))


class Begin(Placed):
    year = Whole(label=_("Year"), least=2000, most=2100)
    currency = Radios(label=_("Currency"), choices=MONEY, inline=True)


class Earmark(Form):
    """`grants`: those that may pay; none of them, and the institution itself does."""

    grant_id = Select(label=_("Paid by a grant?"), required=False, empty=_("No, own money"))

    def __init__(self, *args: Any, grants: "Iterable[Grant]", given: "Grant | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"grant_id": str(given.pk) if given else ""}, **kwargs)
        self.grants = {str(one.pk): one for one in grants}
        if self.grants:
            self.fill("grant_id", [(key, f"{one}, {one.funder}") for key, one in self.grants.items()])
        else:
            del self.fields["grant_id"]

    def grant(self) -> "Grant | None":
        return self.grants.get(self.cleaned_data.get("grant_id", ""))


class Line(Earmark):
    """`figures`: released values that the line may answer to."""

    title = Text(label=_("What is the money for?"), max_length=250, width="two-thirds")
    figure = Select(label=_("Which released figure does it answer to?"), required=False)
    codes = Checks(label=_("Codes of the budget system"), required=False, small=True)
    field_order = ["title", "figure", "grant_id", "codes"]

    def __init__(
        self, *args: Any, figures: "Mapping[str, tuple[str, Value]]", codes: "Sequence[Code]", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = figures
        self.fill("figure", [(key, text) for key, (text, _value) in figures.items()])
        self.fill("codes", [(str(one.pk), f"{one}{'' if one.verified else ' *'}") for one in codes])

    def named(self) -> Named:
        chosen, data = self.known.get(self.cleaned_data["figure"]), self.cleaned_data
        return Named(data["title"], codes_by_id(data["codes"]), chosen[1] if chosen else None, self.grant())


class Enter(Form):
    kind = Radios(label=_("What do you enter?"))
    amount = Number(label=_("Amount"))
    day = DateField(label=_("Day"))
    reason = Text(label=_("On what ground?"), max_length=250, width="two-thirds")

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"kind": kinds[0][0]}, **kwargs)
        self.fill("kind", [(key, str(text)) for key, text in kinds])
