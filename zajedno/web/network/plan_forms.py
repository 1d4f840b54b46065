"""Forms of action plans."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zajedno.kernel.money import CURRENCIES, Money
from zajedno.places.queries.organisation import near
from zajedno.programmes.actions.plan import LONGEST, Head
from zajedno.programmes.actions.plan_part import Terms
from zajedno.programmes.enums import ActivityState, Years
from zajedno.web.shared.fields import DateField, LongText, Number, Radios, Select, Suggest, Text, Whole
from zajedno.web.shared.forms import Form

if TYPE_CHECKING:
    from zajedno.places.models import Organisation, Territory
    from zajedno.programmes.models import Activity, BudgetLine, Plan

MOST = 500
DEAREST = 999_999_999_999
CURRENCY = list(CURRENCIES.items())


class Kept(Form):
    """For one of my institutions (names by id), which is asked where there are several."""

    def __init__(self, *args: Any, keepers: Mapping[int, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keepers = keepers or {}
        if len(self.keepers) > 1:
            self.fields["organisation"] = Radios(label=_("For which institution?"))
            self.fill("organisation", [(str(key), text) for key, text in self.keepers.items()])
            self.order_fields(["organisation"])

    def keeper(self) -> int:
        chosen = self.cleaned_data.get("organisation")
        return int(chosen) if chosen else next(iter(self.keepers))


class Placed(Kept):
    """About one of these places; `given`: what is changed. A subclass has the field `territory`."""

    def __init__(self, *args: Any, places: "Sequence[Territory]", given: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = {str(one.pk): one for one in places}
        self.initial["territory"] = str(given.territory_id if given else places[0].pk if places else "")
        self.fill("territory", [(key, str(one)) for key, one in self.there.items()])

    def place(self) -> "Territory":
        return self.there[self.cleaned_data["territory"]]


class WritePlan(Placed):
    title = Text(label=pgettext_lazy("of a text", "Title"), max_length=200, width="two-thirds")
    territory = Select(label=_("Municipality"))
    first_year = Whole(label=_("First year"), least=2000, most=2100, width=4)
    years = Radios(label=_("For how long?"), choices=Years.choices, inline=True)

    def __init__(self, *args: Any, given: "Plan | None" = None, today: date, **kwargs: Any) -> None:
        first = {name: getattr(given, name) for name in ("title", "first_year", "years")} if given else {}
        initial = {"first_year": today.year + 1, "years": Years.ONE} | first
        super().__init__(*args, given=given, initial=initial, **kwargs)

    def head(self) -> Head:
        data = self.cleaned_data
        return Head(data["title"], self.place(), data["first_year"], int(data["years"]))


class Situation(Form):
    situation = LongText(
        label=_("Situation analysis"), rows=24, required=False, optional=False, max_length=LONGEST,
        help_text=_("Change it as you like: what you keep is what the plan and its report say."),
    )  # fmt: skip


class Words(Form):
    text = LongText(label=_("In words"), rows=3, max_length=500)


class WriteActivity(Form):
    """`given`: the one that is changed."""

    text = LongText(label=_("What is done?"), rows=3, max_length=500)
    indicator = Text(
        label=_("How do you see that it is done?"), max_length=300, width="two-thirds",
        help_text=_("A number with its unit, for example: 12 workshops, 60 parents."),
    )  # fmt: skip
    responsible = Suggest(label=_("Who is responsible?"))
    begins_on = DateField(label=_("From"))
    ends_on = DateField(label=_("Until"))
    amount = Number(label=_("Planned amount"), required=False, least=0, most=DEAREST, width=10)
    currency = Select(label=_("Currency"), choices=CURRENCY, empty=None)
    budget_line = Text(
        label=_("Budget line"), required=False, max_length=120, width="two-thirds",
        help_text=_("In words, while no budget kept here has the line. Then choose it at the activity."),
    )  # fmt: skip

    def __init__(self, *args: Any, plan: "Plan", today: date, given: "Activity | None" = None, **kwargs: Any) -> None:
        names = ("text", "indicator", "begins_on", "ends_on", "amount", "currency", "budget_line")
        first = {name: getattr(given, name) for name in names} if given else {}
        first["currency"] = first.get("currency") or plan.territory.country.currency or "RSD"
        super().__init__(*args, initial=first, **kwargs)
        found = list(near(plan.territory, today)[:MOST])
        if given and given.responsible not in found:
            found.append(given.responsible)
        self.known: dict[str, Organisation] = {str(one.pk): one for one in found}
        self.fill("responsible", [(key, f"{one}, {one.territory}") for key, one in self.known.items()])
        self.initial["responsible"] = str((given.responsible_id if given else plan.organisation_id) or "")

    def terms(self) -> Terms:
        data = dict(self.cleaned_data)
        amount, currency = data.pop("amount"), data.pop("currency")
        data["responsible"] = self.known[data["responsible"]]
        return Terms(**data, money=None if amount is None else Money(amount, currency))


class DrawOn(Form):
    """A line of a budget; `shares`: the activity runs for several years, so that each has a part of its amount."""

    line = Select(label=_("Line of the budget"))
    share = Number(
        label=_("How much of it in that year?"), required=False, least=0, most=DEAREST, width=10,
        help_text=_("The activity runs for several years. Without an amount it stands in no sum."),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: "Sequence[BudgetLine]", shares: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {str(one.uuid): one for one in lines}
        self.fill("line", [(key, f"{one.budget}: {one}") for key, one in self.lines.items()])
        if not shares:
            del self.fields["share"]

    def chosen(self) -> dict[str, Any]:
        """For `draw`."""
        return {**self.cleaned_data, "line": self.lines[self.cleaned_data["line"]]}


class Adopt(Form):
    organ = Text(
        label=_("Body that adopted it"), max_length=200, width="two-thirds",
        help_text=_("For example: the municipal council."),
    )  # fmt: skip
    number = Text(label=_("Number of the decision"), max_length=60, width=20)
    on = DateField(label=_("Day of the decision"))


class Tell(Form):
    state = Radios(label=_("How far has it come?"), choices=ActivityState.choices)
    reached = Text(
        label=_("What does the indicator say now?"), required=False, max_length=300, width="two-thirds",
        help_text=_("When it is done: what was reached. When it is dropped: why."),
    )  # fmt: skip
