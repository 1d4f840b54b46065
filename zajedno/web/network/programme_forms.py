"""Forms of programmes. People are counts; there is no box for a name of who takes part."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from zajedno.kernel import money
from zajedno.programmes.actions.programme import MOST, Head, Outcome
from zajedno.programmes.actions.session import Came, Values
from zajedno.programmes.enums import ProgrammeKind
from zajedno.web.network.plan_forms import CURRENCY, DEAREST, Placed
from zajedno.web.shared.fields import DateField, LongText, Number, Radios, Select, Text, Whole
from zajedno.web.shared.forms import Form

if TYPE_CHECKING:
    from zajedno.programmes.models import BeforeAfter, Programme, Session

HEAD = ("kind", "title", "target", "curriculum", "facilitator", "begins_on", "ends_on", "places")


class WriteProgramme(Placed):
    title = Text(label=_("Title"), max_length=200, width="two-thirds")
    kind = Radios(label=_("What is it?"), choices=ProgrammeKind.choices)
    target = Text(
        label=_("For whom is it?"), max_length=250, width="two-thirds",
        help_text=_("For example: parents of children up to 6 years. Name nobody."),
    )  # fmt: skip
    territory = Select(label=_("Municipality"))
    begins_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"), required=False)
    places = Whole(
        label=_("Places"), required=False, least=1, most=MOST,
        help_text=_("Leave it empty when it is open to everybody."),
    )  # fmt: skip
    facilitator = Text(label=_("Led by"), required=False, max_length=200, width="two-thirds")
    curriculum = LongText(label=_("Curriculum"), required=False, rows=6)

    def __init__(self, *args: Any, given: "Programme | None" = None, today: date, **kwargs: Any) -> None:
        first = {name: getattr(given, name) for name in HEAD} if given else {"begins_on": today}
        super().__init__(*args, given=given, initial=first, **kwargs)

    def head(self) -> Head:
        data = {name: self.cleaned_data[name] for name in HEAD}
        return Head(territory=self.place(), **data)


class People(Form):
    act = Radios(
        label=_("What has happened?"),
        choices=(
            ("take_in", _("People want a place")),
            ("let_go", _("People gave their place back")),
            ("give_up", _("People wait no more")),
        ),
    )
    number = Whole(label=_("How many?"), least=1, most=MOST)


class Meet(Form):
    on = DateField(label=_("Day"))
    place = Text(label=_("Place"), max_length=200, width="two-thirds")
    topic = Text(label=_("What is it about?"), required=False, max_length=200, width="two-thirds")


class Count(Form):
    girls = Whole(label=_("Girls"), least=0, most=MOST)
    boys = Whole(label=_("Boys"), least=0, most=MOST)
    adults = Whole(label=_("Adults"), least=0, most=MOST)

    def __init__(self, *args: Any, given: "Session", **kwargs: Any) -> None:
        names = ("girls", "boys", "adults")
        super().__init__(*args, initial={name: getattr(given, name) for name in names}, **kwargs)

    def came(self) -> Came:
        return Came(**self.cleaned_data)


class Measure(Form):
    name = Text(label=_("What is measured?"), max_length=200, width="two-thirds")
    unit = Text(label=_("Unit"), required=False, max_length=60, width=20)
    how = Text(
        label=_("How is it measured?"), max_length=500, width="two-thirds",
        help_text=_("With what, by whom, and of how many people."),
    )  # fmt: skip
    before = Number(label=_("Before"), width=10, least=-9_999_999_999, most=9_999_999_999)
    after = Number(label=_("After"), required=False, width=10, least=-9_999_999_999, most=9_999_999_999)

    def __init__(self, *args: Any, given: "BeforeAfter | None" = None, **kwargs: Any) -> None:
        names = ("name", "unit", "how", "before", "after")
        initial = {name: getattr(given, name) for name in names} if given else None
        super().__init__(*args, initial=initial, **kwargs)

    def values(self) -> Values:
        return Values(**self.cleaned_data)


class Result(Form):
    result = LongText(label=_("What changed?"), required=False, rows=5)
    reached = Whole(
        label=_("How many took part?"), required=False, least=0, most=MOST,
        help_text=_("Everybody counted once, however often they came."),
    )  # fmt: skip
    cost = Number(label=_("Cost of the whole programme"), required=False, least=0, most=DEAREST, width=10)
    currency = Select(label=_("Currency"), choices=CURRENCY, empty=None)
    continues = LongText(label=_("What continues after the project?"), required=False, rows=4)

    def __init__(self, *args: Any, given: "Programme", **kwargs: Any) -> None:
        initial = {name: getattr(given, name) for name in ("result", "reached", "cost", "continues")}
        initial["currency"] = given.currency or given.territory.country.currency or "RSD"
        super().__init__(*args, initial=initial, **kwargs)

    def outcome(self) -> Outcome:
        data = dict(self.cleaned_data)
        cost, currency = data.pop("cost"), data.pop("currency")
        return Outcome(**data, cost=None if cost is None else money.Money(cost, currency))
