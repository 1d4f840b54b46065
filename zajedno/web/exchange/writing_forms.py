"""Forms of who writes a practice, made from the template's fields."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zajedno.exchange.actions.translation import longest
from zajedno.exchange.enums import Cost, Evidence, Target, Template, Theme, Validation
from zajedno.exchange.logic import template
from zajedno.places.enums import Sector
from zajedno.web.shared.fields import (
    Checks,
    Confirm,
    DateField,
    LongText,
    Number,
    Radios,
    Select,
    Text,
    UploadField,
    looks,
)
from zajedno.web.shared.forms import Form, explain_required

CURRENCIES = (("RSD", "RSD"), ("BAM", "BAM"), ("EUR", "EUR"))
ANONYMOUS = _(
    "Your name, institution, place, partners, contact and links are hidden; do not name them elsewhere either."
)


TOOLS = {
    "procedure": _("Procedure that belongs to it"), "form": _("Form that belongs to it"),
    "territory": _("Municipality or city where it happens"),
}  # fmt: skip


class Begin(Form):
    organisation = Radios(label=_("For which institution do you write?"))
    title = Text(
        label=_("Title of the practice"),
        help_text=_("Short, and without the name of your institution. You can change it later."),
        max_length=template.SHORT, width="two-thirds",
    )  # fmt: skip
    language = Select(
        label=_("In which language do you write?"), help_text=_("Others can translate it once it is published."),
        choices=settings.LANGUAGES,
    )  # fmt: skip


def _inputs(step: str) -> Iterator[tuple[str, forms.Field]]:
    """The inputs of a step, in order; those of columns before or after the texts they belong to."""
    if step == "results":
        yield "evidence", Radios(label=_("How well are the results shown?"), choices=Evidence.choices)
    for field in template.of_step(step):
        yield from _input(field)
        yield from _beside(field)
    if step == "about":
        yield "themes", Checks(label=_("Themes"), choices=Theme.choices, required=False, small=True, optional=False)
        yield "anonymous", Confirm(label=_("Reviewers shall not know whose it is"), help_text=ANONYMOUS, required=False)
    elif step == "why":
        yield (
            "targets",
            Checks(label=_("Whom it serves"), choices=Target.choices, required=False, small=True, optional=False),
        )
    elif step == "how":
        yield (
            "sectors",
            Checks(
                label=_("Sectors of the partners"), choices=Sector.choices, required=False, small=True, optional=False
            ),
        )
        yield "cost", Radios(label=_("Cost"), choices=Cost.choices, required=False, small=True)
        yield "amount", Number(label=_("Amount, if you know it"), required=False, least=0)
        yield "currency", Select(label=_("Currency"), choices=CURRENCIES, required=False)
        yield (
            "cost_source",
            Text(label=_("Who paid, or where the amount can be looked up"), max_length=250, required=False),
        )


def _beside(field: template.Field) -> Iterator[tuple[str, forms.Field]]:
    """Columns that belong right after a text."""
    if field.key == "stakeholders":
        yield "partners", LongText(
            label=_("Institutions that took part"), rows=4, max_length=4_000, required=False,
            help_text=_("One a line. What is in the register of institutions is linked to, with its sector."),
        )  # fmt: skip
    elif field.key == "validation":
        yield (
            "validated_by",
            Checks(
                label=_("Who has confirmed it"), choices=Validation.choices, required=False, small=True, optional=False
            ),
        )


def _input(field: template.Field) -> Iterator[tuple[str, forms.Field]]:
    if field.key == "period":
        yield "begins_on", looks(DateField(label=_("First day"), required=False), optional=False)
        yield "ends_on", DateField(label=_("Last day, if it has ended"), required=False)
        return
    options: dict[str, Any] = {
        "label": gettext(field.label), "help_text": field.hint and gettext(field.hint), "max_length": field.limit,
        "required": field.key == "title",
    }  # fmt: skip
    if field.key != "title":
        options["optional"] = not field.required
    if field.kind == "line" or field.key == "contact":
        yield field.key, Text(width="two-thirds", **options)
    else:
        yield field.key, LongText(rows=3 if field.limit <= 1_000 else 6, **options)


class StepForm(Form):
    """One page of the practice. Nothing but the title must be there: what is missing is said before handing in."""

    def __init__(self, *args: Any, step: str, tools: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in _inputs(step):
            self.fields[name] = field
            explain_required(field)
        for name, choices in tools.items():
            is_place = name == "territory"
            self.fields[name] = Select(
                label=TOOLS[name], choices=choices, required=False, optional=not is_place, filter=is_place
            )

    def sent(self) -> tuple[dict[str, str], dict[str, Any]]:
        """(texts, facts) for `practice.save`."""
        texts = {name: value for name, value in self.cleaned_data.items() if name in _TEXTS}
        facts = {name: value for name, value in self.cleaned_data.items() if name not in _TEXTS}
        if not facts.get("territory"):
            facts.pop("territory", None)  # where the institution is
        if "partners" in facts:
            facts["partners"] = facts["partners"].splitlines()
        return texts, facts


_TEXTS = frozenset(field.key for field in template.TEXTS)


class HandIn(Form):
    """`suspicious`: something may name a child, so that somebody has to say that it does not."""

    confirmed = Confirm(label=_("I have looked at each of them: no child can be recognised"))

    def __init__(self, *args: Any, suspicious: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not suspicious:
            del self.fields["confirmed"]


class AddFile(Form):
    file = UploadField(
        strict=True,
        label=_("Picture or paper"),
        help_text=_("JPEG, PNG, PDF, Word, Excel or ODT. Pictures lose where and when they were taken."),
    )
    template = Select(
        label=_("Is it a template that another place fills in?"), choices=Template.choices, required=False,
        empty=_("No"), optional=False,
        help_text=_("A letter or a protocol comes with the practice when another place takes it over."),
    )  # fmt: skip
    alternative = Text(
        label=_("What it shows"), help_text=_("For those who cannot see it: what would you say on the telephone?"),
        max_length=250,
    )  # fmt: skip
    consent = Text(
        label=_("Who has allowed it"),
        help_text=_("Everybody who can be recognised, and who made it; or that nobody can be recognised."),
        max_length=250,
    )  # fmt: skip


class AddFigure(Form):
    indicator = Text(label=_("What is counted"), help_text=_("For example: children who were examined"), max_length=200)
    before = Number(label=_("Before"), required=False, help_text=_("Leave it empty if nobody counted."))
    after = Number(label=_("After"))
    unit = Text(label=_("Unit"), max_length=40, required=False, width=10)
    source = Text(label=_("Where the numbers come from"), max_length=500)


class NarrowTranslations(Form):
    """What translators look for, by GET."""

    q = Text(label=_("Words of the title"), required=False, optional=False, max_length=100)
    lacking = Select(
        label=_("Not yet checked in"), required=False, optional=False, empty=_("Any language"),
        choices=[(code, name) for code, name in settings.LANGUAGES if code != "sr-latn"],
    )  # fmt: skip


class BeginTranslation(Form):
    language = Select(label=_("Into which language?"))


class TranslationForm(Form):
    """A text for each that is written in the source; `written` is the source by key."""

    machine = Confirm(
        label=_("A machine has translated it, and nobody has read it yet"), required=False,
        help_text=_("Readers are told so."),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, written: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = {name: self.fields.pop(name) for name in ("machine", "seen")}
        for field in template.TEXTS:
            if written.get(field.key, "").strip():
                make = Text if field.kind == "line" else LongText
                self.fields[field.key] = make(
                    label=gettext(field.label), max_length=longest(field.key), required=False, optional=False
                )
        self.fields |= last
