"""Forms of prices and budgets."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.money import CURRENCIES
from zajedno.programmes.actions.budget import Named
from zajedno.programmes.actions.price import Terms
from zajedno.programmes.queries.budget import codes_by_id
from zajedno.web.network import plan_forms
from zajedno.web.network.money_words import payers
from zajedno.web.shared.fields import Checks, DateField, Number, Radios, Select, Text, Whole
from zajedno.web.shared.forms import Form

if TYPE_CHECKING:
    from zajedno.figures.models import Value
    from zajedno.programmes.models import Code

MONEY = [(code, code) for code in CURRENCIES]


class Placed(plan_forms.Placed):
    """A form about a place."""

    territory = Select(label=_("Place"))


class Price(Placed):
    code = Select(label=_("Measure"))
    unit = Text(label=_("Unit"), max_length=40, width=20, help_text=_("As plans name it, for example: hour, day."))
    amount = Number(label=_("Price of a unit"), least=0, most=9_999_999_999)  # more fits into no price
    currency = Radios(label=_("Currency"), choices=MONEY, inline=True)
    payer = Select(label=_("Who pays?"))
    source = Text(label=_("Where does the price come from?"), max_length=250, width="two-thirds")
    valid_from = DateField(label=_("First day"))
    valid_until = DateField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, measures: Mapping[str, str], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"currency": currency}, **kwargs)
        self.fill("code", list(measures.items()))
        self.fill("payer", list(payers().items()))

    def terms(self) -> Terms:
        return Terms(**{key: value for key, value in self.cleaned_data.items() if key != "territory"})


class EndPrice(Form):
    last_day = DateField(label=_("Last day"))


class Begin(Placed):
    year = Whole(label=_("Year"), least=2000, most=2100)
    currency = Radios(label=_("Currency"), choices=MONEY, inline=True)


class Line(Form):
    """`figures`: released values that the line may answer to."""

    title = Text(label=_("What is the money for?"), max_length=250, width="two-thirds")
    figure = Select(label=_("Which released figure does it answer to?"), required=False)
    codes = Checks(label=_("Codes of the budget system"), required=False, small=True)

    def __init__(
        self, *args: Any, figures: "Mapping[str, tuple[str, Value]]", codes: "Sequence[Code]", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = figures
        self.fill("figure", [(key, text) for key, (text, _value) in figures.items()])
        self.fill("codes", [(str(one.pk), f"{one}{'' if one.verified else ' *'}") for one in codes])

    def named(self) -> Named:
        chosen = self.known.get(self.cleaned_data["figure"])
        return Named(self.cleaned_data["title"], codes_by_id(self.cleaned_data["codes"]), chosen[1] if chosen else None)


class Enter(Form):
    kind = Radios(label=_("What do you enter?"))
    amount = Number(label=_("Amount"))
    day = DateField(label=_("Day"))
    reason = Text(label=_("On what ground?"), max_length=250, width="two-thirds")

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"kind": kinds[0][0]}, **kwargs)
        self.fill("kind", [(key, str(text)) for key, text in kinds])
