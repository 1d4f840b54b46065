"""What people fill in about a plan: goals, measures, what became of them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions.plan import MOST_MONEY, currency_of
from zajedno.casework.enums import PAYERS, Gain, LifeArea, MeasureState, Unmet, Whose
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.plan import coded, country_of, goals
from zajedno.kernel.labels import label
from zajedno.kernel.money import CURRENCIES
from zajedno.places.queries.organisation import organisations
from zajedno.web.shared.fields import (
    Confirm,
    DateField,
    LongText,
    Money,
    Number,
    Radios,
    Select,
    Suggest,
    Text,
    Whole,
    looks,
)
from zajedno.web.shared.forms import Form

NOT_FIELDS = (
    "goal",
    "serves",
    "responsible",
    "different",
    "reason",
    "seen",
)  # of the form, with no column of that name


def measures(file: CaseFile) -> Any:
    return coded(file.definition.country or country_of(file))


def near(file: CaseFile) -> Any:
    """Working institutions of the municipality, and those that already take part."""
    return organisations(territory=file.case.organisation.territory, working_on=file.by.today)[:500]


class Line(Form):
    """`seen`: the state of the line that the page was opened with."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class MeasureForm(Line):
    code = Suggest(label=gettext_lazy("Measure"))
    legal_group = Radios(label=gettext_lazy("Legal group"))
    different = LongText(
        label=gettext_lazy("In what is it different from the one in force?"), rows=2, required=False, max_length=1000
    )
    serves = Select(label=gettext_lazy("Goal that it serves"), required=False, empty=gettext_lazy("None"))
    goal = LongText(
        label=gettext_lazy("What exactly is done, and what the child will be able to do"), rows=3, required=False
    )
    responsible = Suggest(
        label=gettext_lazy("Institution that gives the support"), required=False, empty=gettext_lazy("None")
    )
    responsible_person = Text(
        label=gettext_lazy("Responsible person"), max_length=200, required=False, width="two-thirds"
    )
    since = DateField(label=gettext_lazy("From"), required=False)
    until = DateField(label=gettext_lazy("Until"), required=False)
    frequency = Text(
        label=gettext_lazy("How often"),
        max_length=120,
        required=False,
        width="two-thirds",
        help_text=gettext_lazy("For example: twice a week, 45 minutes."),
    )
    review_on = DateField(label=gettext_lazy("Next review"), required=False)
    payer = Select(label=gettext_lazy("Who pays"), choices=list(PAYERS.items()), required=False)
    needs_funds = Confirm(label=gettext_lazy("Needs extra funds"), required=False)
    unit_price = Money(label=gettext_lazy("Price of a unit"), required=False, least=0, most=MOST_MONEY)
    unit = Text(
        label=gettext_lazy("Unit"),
        max_length=40,
        required=False,
        width=20,
        help_text=gettext_lazy("For example: hour, visit, kilometre, piece."),
    )
    units = Number(label=gettext_lazy("Units each time"), required=False, least=Decimal("0.01"), most=999_999)
    times = Whole(label=gettext_lazy("How many times"), required=False, least=1, most=100_000)
    cost = Money(
        label=gettext_lazy("Estimated cost"),
        required=False,
        least=0,
        most=MOST_MONEY,
        help_text=gettext_lazy(
            "From its first day to its last; of a measure without a last day, in a year. Reckoned for you when the "
            "price of a unit is given."
        ),
    )
    reason = LongText(label=gettext_lazy("Why is the adopted plan changed?"), rows=3, max_length=2000)

    def __init__(self, *args: Any, file: CaseFile, adopted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(group.key, label(group.labels)) for group in file.definition.measure_groups]
        listed = measures(file)
        self.fill("legal_group", groups)
        self.fill("code", [(one.key, label(one.labels)) for one in listed.values()])
        self.fill("responsible", [(str(row.pk), str(row)) for row in near(file)])
        self.fill("serves", [(str(row.uuid), row.text) for row in goals(file)])
        for name in ("unit_price", "cost"):
            looks(self.fields[name], width=10, suffix=CURRENCIES[currency_of(file)])
        unused = {"reason": not adopted, "different": not self.is_bound, "legal_group": not groups,
                  "serves": len(self.fields["serves"].choices) == 1}  # type: ignore[attr-defined]  # fmt: skip
        for name in (name for name, off in unused.items() if off):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The end lies before the beginning."))
        if not data.get("responsible") and not data.get("responsible_person"):
            self.add_error("responsible", _("Choose who is responsible: an institution or a person."))
        if data.get("unit_price") is None and (data.get("units") or data.get("times")):
            self.add_error("unit_price", _("Give the price of a unit, or leave units and times empty."))
        return data

    def values(self, file: CaseFile) -> dict[str, Any]:
        """What `write_measure` takes. What the coded list says of a measure holds where nothing else was chosen."""
        data, known = self.cleaned_data, measures(file).get(self.cleaned_data["code"])
        kept = {key: value for key, value in data.items() if key not in NOT_FIELDS}
        chosen = {str(row.pk): row for row in near(file)}
        served = {str(row.uuid): row for row in goals(file)}
        return {
            **kept,
            "legal_group": data.get("legal_group") or (known.legal_group if known else ""),
            "payer": data["payer"] or (known.payer if known else ""),
            "responsible": chosen.get(data["responsible"]),
            "goal": served.get(data.get("serves", "")),
        }


class GoalForm(Line):
    text = LongText(label=gettext_lazy("What is to become possible for the child?"), rows=3, max_length=2000)
    whose = Radios(label=gettext_lazy("Who asks for it?"), choices=Whose.choices)
    area = Select(label=gettext_lazy("Area of life"), choices=LifeArea.choices, required=False)
    icf = Text(
        label=gettext_lazy("ICF code"),
        max_length=6,
        required=False,
        width=10,
        help_text=gettext_lazy("A letter b, s, d or e with one to five digits, for example d166."),
    )

    def clean_icf(self) -> str:
        code: str = self.cleaned_data["icf"].lower()
        if code and not (code[0] in "bsde" and code[1:].isascii() and code[1:].isdecimal()):
            self.add_error("icf", _("Write the code as a letter b, s, d or e and digits, for example d166."))
        return code


class ReportForm(Form):
    """How far a measure has come, what it brought, and when it is looked at again."""

    state = Radios(label=gettext_lazy("How far has it come?"), choices=MeasureState.choices)
    gain = Select(
        label=gettext_lazy("What has it brought?"),
        choices=Gain.choices,
        required=False,
        empty=gettext_lazy("Nothing to say yet"),
    )
    text = LongText(label=gettext_lazy("In words"), rows=4, required=False, max_length=4000)
    happened_on = DateField(label=gettext_lazy("Day"), required=False)
    review_on = DateField(label=gettext_lazy("Next review"), required=False)


class PlaceForm(Form):
    """Services of the municipality with their free places."""

    service = Radios(label=gettext_lazy("Service"))

    def __init__(self, *args: Any, services: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("service", [(str(row.uuid), f"{row}, {row.organisation}") for row in services])
        looks(self.fields["service"], hints={str(row.uuid): free_text(row) for row in services})


def free_text(service: Any) -> str:
    if service.free is None:
        return _("how many places it has is not entered")
    return _("free places: %(free)s of %(all)s") % {"free": service.free, "all": service.capacity}


class UnmetForm(Form):
    why = Radios(label=gettext_lazy("Why is the need unmet?"), choices=Unmet.choices)
    text = LongText(label=gettext_lazy("What was tried?"), rows=3, required=False, max_length=2000)


class ViewForm(Form):
    whose = Radios(
        label=gettext_lazy("Whose view is it?"), choices=[(one.value, one.label) for one in (Whose.CHILD, Whose.PARENT)]
    )
    text = LongText(label=gettext_lazy("In their own words"), rows=5, max_length=4000)
    told_on = DateField(label=gettext_lazy("Day"))
