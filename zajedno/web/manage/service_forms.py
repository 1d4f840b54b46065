"""Inputs of the pages about services."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zajedno.places.enums import LANGUAGES, Fee, Need
from zajedno.web.shared.bringing import TABLES
from zajedno.web.shared.fields import (
    Checks,
    Confirm,
    DateField,
    Email,
    LongText,
    Select,
    Text,
    UploadField,
    Whole,
)
from zajedno.web.shared.forms import Form


class Offer(Form):
    """A service of an institution, as the public directory tells it."""

    name = Text(label=_("Name of the service"), max_length=200, width="full")
    target = Text(label=_("For whom"), max_length=250, required=False, width="full")
    about = LongText(label=_("What it is"), max_length=4000, required=False)
    needs = Checks(label=_("Need"), choices=Need.choices, required=False, small=True)
    capacity = Whole(label=_("Places"), least=0, most=100_000, required=False)
    free_told = Whole(
        label=_("Free places"), help_text=_("As you want the public to see it; it is never taken from cases."),
        least=0, most=100_000, required=False,
    )  # fmt: skip
    age_from = Whole(label=_("From age, years"), least=0, most=120, required=False)
    age_until = Whole(label=_("To age, years"), least=0, most=120, required=False)
    entry = LongText(label=_("How to enter"), max_length=2000, required=False, rows=3)
    fee = Select(label=pgettext_lazy("service", "Cost"), choices=Fee.choices, required=False)
    fee_note = Text(label=_("What it costs, in words"), max_length=1000, required=False, width="full")
    languages = Checks(label=_("Languages"), choices=[*LANGUAGES.items()], required=False, small=True)
    accessibility = LongText(label=_("Accessibility"), max_length=2000, required=False, rows=3)
    phone = Text(label=_("Telephone"), max_length=100, required=False, width="one-half")
    email = Email(label=_("E-mail"), required=False)
    url = Text(label=_("Page on the internet"), max_length=500, required=False, width="full")
    active_from = DateField(label=_("Offered since"), required=False)
    is_public = Confirm(label=_("Show it in the public directory"), required=False)
    names_people = Confirm(
        label=_("Name the contact persons to the public"),
        help_text=_(
            "The list brought their names. Without this the public sees their roles, telephones and e-mails only."
        ),
        required=False,
    )

    def __init__(self, *args: Any, people: Iterable[str] = (), **kwargs: Any) -> None:
        """`people`: contact persons that may be named; without any nothing is asked."""
        super().__init__(*args, **kwargs)
        if not any(people):
            del self.fields["names_people"]
        others = [code for code in self.initial.get("languages", ()) if code not in LANGUAGES]
        self.fill("languages", [*LANGUAGES.items(), *((code, code) for code in others)])


class EndOffer(Form):
    on = DateField(label=_("First day on which it is no longer offered"))


class Bring(Form):
    """A list of services, as a table or as HSDS."""

    file = UploadField(
        kinds=TABLES, label=_("List of services"),
        help_text=_("Excel, LibreOffice or CSV with one row for each service, or Open Referral HSDS 3.0 (JSON)."),
    )  # fmt: skip
    organisation = Select(
        label=_("Institution, where the file names none"), required=False, empty=_("The file names it")
    )
    language = Select(label=_("Language of the list"), empty=None)
    is_public = Confirm(label=_("Show them in the public directory at once"), required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{kind}" for kind in (*TABLES, "json"))
        self.fill("organisation", [(str(one.uuid), str(one)) for one in organisations])
        self.fill("language", [pair for pair in settings.LANGUAGES if pair[0] != "sr-latn"])
