"""The steps of a request, each a form of its own."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.enums import PaperKind
from zajedno.children.enums import GuardianKind
from zajedno.kernel.clock import today
from zajedno.kernel.national_numbers import read_jmbg
from zajedno.web.shared.fields import Checks, Confirm, DateField, Email, LongText, Radios, Select, Suggest, Text, YesNo
from zajedno.web.shared.forms import Form
from zajedno.web.work.child_forms import PHONE, Contact, Identity
from zajedno.web.work.labels import REASON_LABELS

LATER, GIVEN, REFUSED = "later", "given", "refused"
PARENTS = [(value, text) for value, text in GuardianKind.choices if value != GuardianKind.TRUSTED]
Raw = Mapping[str, list[str]]


class StepForm(Form):
    """A step; `initial_of` shows again what was saved, whole or not."""

    @classmethod
    def initial_of(cls, fields: Mapping[str, forms.Field], raw: Raw) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, field in fields.items():
            if isinstance(field, DateField):
                parts = tuple((raw.get(f"{name}_{part}") or [""])[0] for part in ("day", "month", "year"))
                found |= {name: parts} if any(parts) else {}
            elif name in raw:
                found[name] = raw[name] if isinstance(field, forms.MultipleChoiceField) else raw[name][0]
            elif raw and isinstance(field, forms.BooleanField):
                found[name] = False
        return found


class WhoStep(StepForm):
    asker = Radios(label=gettext_lazy("Who asks for support?"), legend="m")
    commission = Suggest(
        label=gettext_lazy("Commission"),
        required=False,
        help_text=gettext_lazy("The one of the municipality where the child lives."),
    )
    received_on = DateField(
        label=gettext_lazy("Day on which the request was received"),
        latest=today,
        help_text=gettext_lazy("The time for the opinion runs from this day."),
    )

    def __init__(self, *args: Any, askers: Any, commissions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("asker", askers)
        if commissions:
            self.fill("commission", commissions)
            self.fields["commission"].looks.optional = False  # type: ignore[attr-defined]
        else:
            del self.fields["commission"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if str(data.get("asker", "")).startswith("institution") and not data.get("commission"):
            where = "commission" if "commission" in self.fields else None
            self.add_error(where, _("Choose the commission to which the initiative goes."))
        return data


class ChildStep(Identity, Contact, StepForm):
    number = Text(
        label=gettext_lazy("Unique citizen number (JMBG)"),
        max_length=20,
        required=False,
        width=20,
        help_text=gettext_lazy("13 digits. Leave it empty when the child has none or you do not know it."),
    )
    field_order = ("given_name", "family_name", "birth_date", "sex", "number", "address", "settlement", "language")

    def clean(self) -> dict[str, Any]:
        """The number is checked here too, beside its own input; registering checks it again."""
        data = super().clean() or {}
        number = data.get("number", "").replace(" ", "")
        if number:
            reading = read_jmbg(number)
            if not reading.valid:
                self.add_error("number", _("This number is not correct. Check it digit by digit."))
            elif data.get("birth_date") and reading.dob != data["birth_date"]:
                self.add_error("number", _("The number and the date of birth do not agree."))
        return {**data, "number": number}


class FamilyStep(StepForm):
    """Two parents or guardians and a person of trust. Nobody is required when the file has a parent already."""

    first_kind = Select(label=gettext_lazy("Relation to the child"), choices=PARENTS)
    first_name = Text(label=gettext_lazy("Name"), max_length=200, width="two-thirds")
    first_represents = Confirm(
        label=gettext_lazy("Represents the child by law (may consent)"), required=False, initial=True
    )
    first_phone = Text(label=gettext_lazy("Telephone"), max_length=60, required=False, width=20, validators=[PHONE])
    first_email = Email(label=gettext_lazy("E-mail"), required=False)
    first_address = Text(label=gettext_lazy("Address, when it is not the child's"), max_length=250, required=False)
    second_kind = Select(label=gettext_lazy("Relation to the child"), choices=PARENTS, required=False)
    second_name = Text(label=gettext_lazy("Name"), max_length=200, required=False, width="two-thirds")
    second_represents = Confirm(
        label=gettext_lazy("Represents the child by law (may consent)"), required=False, initial=True
    )
    second_phone = Text(label=gettext_lazy("Telephone"), max_length=60, required=False, width=20, validators=[PHONE])
    trusted_name = Text(label=gettext_lazy("Name"), max_length=200, required=False, width="two-thirds")
    trusted_phone = Text(label=gettext_lazy("Telephone"), max_length=60, required=False, width=20, validators=[PHONE])

    def __init__(self, *args: Any, nobody_yet: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not nobody_yet:
            self.fields["first_kind"].required = self.fields["first_name"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for place in ("first", "second"):
            if data.get(f"{place}_name") and not data.get(f"{place}_kind"):
                self.add_error(f"{place}_kind", _("Choose the relation to the child."))
            if data.get(f"{place}_kind") and not data.get(f"{place}_name"):
                self.add_error(f"{place}_name", _("Write the name."))
        return data

    def group(self, place: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(f"{place}_")]

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        titles = {"first": _("Parent or guardian"), "second": _("Another parent or guardian (optional)"),
                  "trusted": _("Person of trust (optional)")}  # fmt: skip
        return [(title, self.group(place)) for place, title in titles.items()]


class SchoolStep(StepForm):
    school = Suggest(
        label=gettext_lazy("School or kindergarten"),
        required=False,
        empty=gettext_lazy("None of these, or none at all"),
        optional=False,
    )
    other = Text(label=gettext_lazy("When it is not in the list: its name and place"), max_length=200, required=False)
    class_name = Text(label=gettext_lazy("Class or group"), max_length=60, required=False, width=10)

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("school", schools)


class ReasonsStep(StepForm):
    """What the family asks for; also the form by which a request is changed later."""

    reasons = Checks(
        label=gettext_lazy("Why is support asked for?"),
        choices=list(REASON_LABELS.items()),
        help_text=gettext_lazy("Tick all that hold."),
    )
    difficulties = LongText(
        label=gettext_lazy("What is hard for the child?"), help_text=gettext_lazy("In the family's words.")
    )
    strengths = LongText(label=gettext_lazy("What does the child like and do well?"), rows=4, required=False)
    tried = LongText(label=gettext_lazy("What was tried so far?"), rows=4, required=False)
    asked = LongText(label=gettext_lazy("What support is asked for?"))
    doctor = Text(label=gettext_lazy("Child's doctor"), max_length=200, required=False, width="two-thirds")
    conditions = LongText(
        label=gettext_lazy("Living conditions, when the family wants to tell"), rows=3, required=False
    )


class PapersStep(StepForm):
    papers = Checks(
        label=gettext_lazy("Which papers were handed over?"),
        choices=PaperKind.choices,
        required=False,
        optional=False,
        help_text=gettext_lazy("Scans can be attached to the case once it is opened."),
    )


class ConsentStep(StepForm):
    informed = YesNo(
        label=gettext_lazy("Was the parent told everything in words they understand?"),
        help_text=gettext_lazy("What the commission does, who sees the file, and that they may say no."),
    )
    answer = Radios(
        label=gettext_lazy("Does the parent consent to the assessment?"),
        choices=((GIVEN, gettext_lazy("Yes, consent is given")), (REFUSED, gettext_lazy("No, consent is refused")),
                 (LATER, gettext_lazy("Not answered yet"))),
    )  # fmt: skip
    giver = Radios(label=gettext_lazy("Who answered?"), required=False, optional=False)
    given_on = DateField(label=gettext_lazy("Day of the answer"), required=False, latest=today)
    proof = Text(label=gettext_lazy("Where the signed paper is"), max_length=250, required=False)

    def __init__(self, *args: Any, givers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if givers:
            self.fill("giver", givers)
        else:
            del self.fields["giver"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") in (GIVEN, REFUSED):
            if not data.get("giver"):
                self.add_error(
                    "giver" if "giver" in self.fields else None,
                    _("Choose who answered. Only who represents the child by law can."),
                )
            if not data.get("given_on") and "given_on" not in self.errors:
                self.add_error("given_on", _("Write the day of the answer."))
        return data


class CheckStep(Form):
    submit = YesNo(
        label=gettext_lazy("Submit the request to the commission now?"),
        initial=True,
        inline=False,
        hints={"no": gettext_lazy("The case is opened with you, and you submit it when everything is there.")},
    )
