"""Inputs of the pages about forms."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.children.enums import Field
from zajedno.forms.actions.upload import KEY
from zajedno.forms.logic.check import Fault
from zajedno.forms.queries import office
from zajedno.forms.queries.office import About
from zajedno.places.queries.organisation import names
from zajedno.web.shared.fields import Checks, LongText, Radios, Select, Text, UploadField
from zajedno.web.shared.forms import Form

WAITING, HERE, PACK, RETIRED = "waiting", "here", "pack", "retired"
KEY_RULE = gettext_lazy(
    "The form's name for ever: small letters, digits and hyphens, beginning with a letter, for example reading-7-10."
)


class Filter(Form):
    """What the list is narrowed by."""

    q = Text(label=gettext_lazy("Name or key"), required=False, optional=False, max_length=100)
    about = Select(
        label=gettext_lazy("About"), choices=About.choices, required=False, optional=False, empty=gettext_lazy("All")
    )
    state = Select(
        label=gettext_lazy("State"),
        choices=[
            (WAITING, gettext_lazy("Waits for approval")),
            (HERE, gettext_lazy("In use in an institution")),
            (PACK, gettext_lazy("From a pack")),
            (RETIRED, gettext_lazy("Retired")),
        ],
        required=False,
        optional=False,
        empty=gettext_lazy("All that are not retired"),
    )


class Send(Form):
    """A workbook with what lies beside its questions. `scored`: forms of packs whose way of scoring may be used."""

    file = UploadField(
        kinds=("xlsx",),
        label=gettext_lazy("Workbook with the form"),
        help_text=gettext_lazy("An XLSForm (.xlsx) with the sheets survey, choices and settings, as for ODK or Kobo."),
    )
    organisation = Select(label=gettext_lazy("Institution that sends it"), empty=None)
    key = Text(
        label=gettext_lazy("Key"),
        help_text=KEY_RULE,
        max_length=80,
        width=20,
        validators=[RegexValidator(KEY, KEY_RULE)],
    )
    about = Radios(
        label=gettext_lazy("About whom is it filled in?"),
        choices=About.choices,
        reveals={About.CHILD.value: "purpose"},
    )
    purpose = Select(
        label=gettext_lazy("Purpose"), help_text=gettext_lazy("It decides whether the parents' consent is needed.")
    )
    parts = Checks(
        label=gettext_lazy("Parts of a child's file that the sheet may belong to"),
        help_text=gettext_lazy("Only for a form about a child. A sheet belongs to the first that its filler may open."),
        choices=Field.choices,
        required=False,
        small=True,
    )
    scored = Select(
        label=gettext_lazy("Scored in the same way as"),
        help_text=gettext_lazy("For a translation of a form that is here: its questions must have the same names."),
        required=False,
        empty=gettext_lazy("No score"),
    )
    source = LongText(label=gettext_lazy("Who published it, and when"), rows=2, max_length=500)
    licence = Text(label=gettext_lazy("Licence, or whose permission you have"), max_length=250, width="full")

    def __init__(
        self, *args: Any, organisations: list[int], purposes: list[tuple[str, str]], scored: list[tuple[str, str]],
        form: "office.Kept | None", **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.first = organisations[0]
        self.faults: Sequence[Fault] = ()  # of the workbook, once it was sent
        self.whom = form.form.about if form else ""
        self.fill("organisation", names(set(organisations)).items())
        self.fill("purpose", purposes)
        self.fill("scored", scored)
        self.fields["parts"].required = self.whom == About.CHILD
        gone = {"organisation"} if form or len(organisations) < 2 else set()
        gone |= {"key", "about"} if form else set()
        gone |= {"purpose", "parts"} if form and self.whom != About.CHILD else set()
        for name in gone | (set() if scored else {"scored"}):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("about", self.whom) == About.CHILD and not cleaned.get("parts"):
            self.add_error("parts", ValidationError(_("Choose at least one part of the file."), code="parts"))
        return cleaned

    def organisation_id(self) -> int:
        return int(self.cleaned_data.get("organisation") or self.first)


class Decide(Form):
    """An administrator's word on a version."""

    answer = Radios(
        label=gettext_lazy("May institutions use this version?"),
        choices=[("approve", gettext_lazy("Yes, approve it")), ("refuse", gettext_lazy("No, refuse it"))],
    )
    reason = LongText(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Needed when you refuse: the office reads it and sends another version."),
        required=False,
        max_length=500,
        rows=3,
    )
