"""Forms of a register: the file, its columns, and who a row is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zajedno.places.queries.organisation import names
from zajedno.web.shared.fields import Radios, Select, UploadField
from zajedno.web.shared.forms import Form, explain_required

TABLES = ("xlsx", "xls", "ods", "csv")
MAYBE = _("It may be: enter it with a record of its own, and propose that both are one child")


class File(Form):
    """The file and, for who may bring in at several, the institution."""

    organisation = Select(label=_("Institution"))
    file = UploadField(
        kinds=TABLES, label=_("The register as a file"),
        help_text=_("Excel, LibreOffice or CSV, as you keep it: the columns may stand in any order, in either script."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = organisations[0]
        if len(organisations) < 2:
            del self.fields["organisation"]
        else:
            self.fill("organisation", names(set(organisations)).items())

    def organisation_id(self) -> int:
        return int(self.cleaned_data.get("organisation") or self.first)

    def about(self) -> dict[str, Any]:
        """What else is said of the file, for `upload`."""
        return {}


class Columns(Form):
    """One list for each field: which column of the file it stands in."""

    def __init__(self, *args: Any, fields: Mapping[str, Any], header: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(at), name or f"{at + 1}") for at, name in enumerate(header)]
        for key, label in fields.items():
            self.fields[key] = Select(
                label=label, choices=choices, required=False, optional=False, empty=_("Not in the file")
            )

    def chosen(self) -> dict[str, int]:
        return {key: int(value) for key, value in self.cleaned_data.items() if value != ""}


class Decision(Form):
    """Who a row is: `same`, `another`, or the code of a child."""

    answer = Radios(legend="m", choices=())

    def __init__(self, *args: Any, label: Any, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = label
        explain_required(self.fields["answer"])
        self.fill("answer", choices)

    def same(self) -> bool | UUID:
        answer = self.cleaned_data["answer"]
        return answer == "same" if answer in ("same", "another") else UUID(answer)


def same_or_another(same: Any) -> Callable[[Any], list[tuple[str, Any]]]:
    """Answers about a row that was looked at. `same`: that it is the one child who is known; it can be given only while
    somebody is there who may be the same."""

    def choices(looked: Any) -> list[tuple[str, Any]]:
        yes = [("same", same if len(looked.known) == 1 else MAYBE)] if looked.known or looked.elsewhere else []
        return [*yes, ("another", _("No: another child"))]

    return choices
