"""Forms of the register: the file, its columns, and taking it out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zajedno.casework.actions.register_out import KINDS, SCRIPTS
from zajedno.web.shared.fields import Radios, Select, UploadField
from zajedno.web.shared.forms import Form

TABLES = ("xlsx", "xls", "ods", "csv")
# In the order in which registers mostly have them.
FIELDS: Mapping[str, Any] = {
    "number": _("Registry number"),
    "received": _("Received"),
    "full_name": _("Child: given and family name"),
    "full_name_family_first": _("Child: family and given name"),
    "given_name": _("Child: given name"),
    "family_name": _("Child: family name"),
    "birth_date": _("Date of birth"),
    "national_number": _("National number"),
    "sex": _("Sex"),
    "parent": _("Parent"),
    "address": _("Address"),
    "initiator": _("Who began"),
    "institution": _("Institution"),
    "status": _("Status"),
    "sitting": _("Day of the sitting"),
    "opinion_date": _("Day of the opinion"),
    "measures": _("Measures of support"),
    "note": _("Remark"),
}
SCRIPT_NAMES = {"sr": _("Cyrillic"), "sr-latn": _("Latin")}
KIND_NAMES = {"xlsx": _("Excel workbook"), "csv": _("CSV")}


class File(Form):
    file = UploadField(
        kinds=TABLES, label=_("The register as a file"),
        help_text=_("Excel, LibreOffice or CSV, as you keep it: the columns may stand in any order, in either script."),
    )  # fmt: skip


class Out(Form):
    kind = Radios(label=_("Kind of file"), choices=[(key, KIND_NAMES[key]) for key in KINDS], small=True, inline=True)
    script = Radios(label=_("Script"), choices=[(key, SCRIPT_NAMES[key]) for key in SCRIPTS], small=True, inline=True)


class Columns(Form):
    """One list for each field: which column of the file it stands in."""

    def __init__(self, *args: Any, header: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(at), name or f"{at + 1}") for at, name in enumerate(header)]
        for key, label in FIELDS.items():
            self.fields[key] = Select(
                label=label, choices=choices, required=False, optional=False, empty=_("Not in the file")
            )

    def chosen(self) -> dict[str, int]:
        return {key: int(value) for key, value in self.cleaned_data.items() if value != ""}


class Decision(Form):
    answer = Radios(label=_("Is it the same child?"), legend="m", choices=())

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
