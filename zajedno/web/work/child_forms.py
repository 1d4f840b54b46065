"""Forms of a child's file."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from zajedno.children.enums import GuardianKind, Settlement, Sex
from zajedno.kernel.clock import today
from zajedno.web.shared.fields import Confirm, DateField, Email, LongText, Radios, Select, Suggest, Text
from zajedno.web.shared.forms import Form

ANSWERS = (("given", _("Consent is given")), ("refused", _("Consent is refused")))
PHONE = RegexValidator(r"^[\d\s()+/.,;-]*$", _("A telephone number holds digits, blanks and + / - only."))


class Identity(Form):
    given_name = Text(
        label=_("Given name"),
        max_length=120,
        width="two-thirds",
        help_text=_("As registered, in the script of the birth register."),
    )
    family_name = Text(label=_("Family name"), max_length=120, width="two-thirds")
    birth_date = DateField(label=_("Date of birth"), latest=today)
    sex = Radios(label=_("Sex"), choices=Sex.choices, required=False, inline=True, optional=False)


class Contact(Form):
    address = Text(label=_("Address"), max_length=250, required=False)
    settlement = Radios(
        label=_("Kind of settlement"), choices=Settlement.choices, required=False, inline=True, optional=False
    )
    language = Select(
        label=_("Language of the family"), choices=settings.LANGUAGES, required=False, empty=_("Not known")
    )


class Change(Identity, Contact):
    """What is known of a child, as far as the person's ties open it."""

    def __init__(self, *args: Any, identity: bool, contact: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for shown, part in ((identity, Identity), (contact, Contact)):
            for name in part.base_fields if not shown else ():
                del self.fields[name]


class GuardianForm(Form):
    kind = Radios(label=_("Relation to the child"), choices=GuardianKind.choices, small=True)
    name = Text(label=_("Name"), max_length=200, width="two-thirds")
    represents = Confirm(label=_("Represents the child by law (may consent)"), required=False)
    phone = Text(label=_("Telephone"), max_length=60, required=False, width=20, validators=[PHONE])
    email = Email(label=_("E-mail"), required=False)
    address = Text(label=_("Address"), max_length=250, required=False)


class ConsentForm(Form):
    """`guardians`: who may answer; `purposes` and `recipients` are asked only when there is a choice."""

    answer = Radios(label=_("What is the answer?"), choices=ANSWERS)
    giver = Radios(label=_("Who answered?"))
    purpose = Select(label=_("For what"))
    recipient = Suggest(label=_("To whom the file is opened"))
    given_on = DateField(label=_("Day"), latest=today)
    proof = Text(
        label=_("Where the signed paper is"),
        max_length=250,
        required=False,
        help_text=_("For example: file of the commission, or attached to the case."),
    )

    def __init__(self, *args: Any, guardians: Any, purposes: Any = (), recipients: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("giver", [(str(row.uuid), f"{row.name}, {row.get_kind_display()}") for row in guardians])
        for name, choices in (("purpose", purposes), ("recipient", recipients)):
            if choices:
                self.fill(name, choices)
            else:
                del self.fields[name]


class Withdraw(Form):
    withdrawn_on = DateField(label=_("Day on which it was withdrawn"), latest=today)
    reason = LongText(label=_("Reason, if one was given"), rows=3, required=False, max_length=250)


class Enrol(Form):
    organisation = Suggest(label=_("School or kindergarten"))
    class_name = Text(label=_("Class or group"), max_length=60, required=False, width=10)
    since = DateField(label=_("Since"))

    def __init__(self, *args: Any, schools: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("organisation", schools)
