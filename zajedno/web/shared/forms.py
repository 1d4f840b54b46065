"""Forms in GOV.UK's patterns: label, hint, error and input tied together; a summary of errors on top.

A page writes a plain `class Ask(Form)` with fields of `zajedno.web.shared.fields` and, in its template,
`{% errors form %}` and `{% field form.name %}` (or `{% fields form %}`).
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

from django import forms
from django.forms.utils import ErrorList
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.web.shared.dates import PARTS, DateParts
from zajedno.web.shared.fields import Looks, looks

_FILL = _("Fill in “{label}”.")
_CHOOSE = _("Choose “{label}”.")
_TICK = _("Tick “{label}” to go on.")
_SEND = _("Add a file to “{label}”.")
# In this order: a group of boxes inherits from a group of radios.
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (DateParts, "date"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
)
_CLASSES = {"textarea": "govuk-textarea", "select": "govuk-select", "file": "govuk-file-upload", "input": "govuk-input"}


class Choice(NamedTuple):
    """One radio or box. `revealed` is the field shown under it."""

    id: str
    value: str
    label: Any
    hint: Any
    checked: bool
    revealed: "Bound | None"


class Box(NamedTuple):
    """One of a date's three boxes."""

    part: str
    label: Any
    id: str
    name: str
    value: str
    width: int
    wrong: bool


def kind(widget: forms.Widget) -> str:
    """Which template shows the widget."""
    return next((name for cls, name in _KINDS if isinstance(widget, cls)), "input")


class Bound(forms.BoundField):
    """A field of a form, as the templates in `templates/form/` show it."""

    @cached_property
    def kind(self) -> str:
        return kind(self.field.widget)

    @cached_property
    def looks(self) -> Looks:
        return getattr(self.field, "looks", None) or Looks()

    @property
    def id(self) -> str:
        return self.auto_id or self.html_name

    @property
    def is_group(self) -> bool:
        return self.kind in ("radios", "checkboxes", "date")

    @property
    def optional(self) -> bool:
        return not self.field.required and self.looks.optional and self.kind != "checkbox"

    @property
    def heading(self) -> bool:
        return self.looks.legend == "h1"

    @property
    def described_by(self) -> str:
        ids = [f"{self.id}-hint"] if self.help_text else []
        return " ".join([*ids, f"{self.id}-error"] if self.errors else ids)

    @property
    def focus_id(self) -> str:
        """Where the error summary leads: the first wrong input."""
        if self.kind == "date":
            return next((box.id for box in self.boxes if box.wrong), f"{self.id}_day")
        return self.id

    @cached_property
    def boxes(self) -> list[Box]:
        """The three boxes of a date."""
        codes = {error.code for error in self.form.errors.as_data().get(self.name, [])} if self.form.is_bound else set()
        wrong = codes & set(PARTS) or (set(PARTS) if codes else set())
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        return [
            Box(part, labels[part], f"{self.id}_{part}", f"{self.html_name}_{part}", value, width, part in wrong)
            for part, value, width in zip(PARTS, DateParts.boxes(self.value()), (2, 2, 4), strict=True)
        ]

    def choices(self) -> Iterator[Choice]:
        """Radios or boxes; the first has the field's own id, so that the summary's link finds it."""
        for number, option in enumerate(self.subwidgets, start=1):
            data = option.data
            value = str(data["value"])
            shown = self.looks.reveals.get(value)
            yield Choice(
                id=self.id if number == 1 else f"{self.id}-{number}",
                value=value,
                label=data["label"],
                hint=self.looks.hints.get(value, ""),
                checked=bool(data["selected"]),
                revealed=bound(self.form[shown]) if shown else None,
            )

    def control(self) -> str:
        """The input itself."""
        attrs: dict[str, Any] = {"class": self.css_class, "id": self.id}
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        if self.looks.filter:
            attrs["data-filter"] = _("Type to narrow the list")
        return self.as_widget(attrs=attrs)

    @property
    def css_class(self) -> str:
        base = _CLASSES.get(self.kind, "govuk-input")
        width = self.looks.width
        parts = [base]
        if isinstance(width, int):
            parts.append(f"govuk-input--width-{width}")
        elif width:
            parts.append(f"z-width-{width}")
        if self.errors:
            parts.append(f"{base}--error")
        return " ".join(parts)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Ours say what describes the input; Django's own `aria-*` and `required` are left out."""
        return {**attrs, "disabled": True} if self.field.disabled else dict(attrs)


class Form(forms.Form):
    """Base of every form of every page."""

    bound_field_class = Bound
    use_required_attribute = False
    refused_with: int = HTTPStatus.UNPROCESSABLE_ENTITY  # answered with, where it was not accepted
    gone = False  # what it does can no longer be done: it is shown for what was typed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def fill(self, name: str, choices: Any) -> None:
        """Other choices of a field than those of the class, in `__init__`: `self.fill("place", rows)`."""
        self.fields[name].fill(choices)  # type: ignore[attr-defined]  # our own fields, which know how

    def full_clean(self) -> None:
        """What is shown under a choice that was not made is neither required nor kept. Fields may have come late."""
        for field in self.fields.values():
            explain_required(field)
        hidden = self._hidden() if self.is_bound else []
        kept = {name: self.fields[name].required for name in hidden}
        for name in hidden:
            self.fields[name].required = False
        super().full_clean()
        for name in hidden:
            self.fields[name].required = kept[name]
            self.errors.pop(name, None)
            if hasattr(self, "cleaned_data"):
                self.cleaned_data[name] = getattr(self.fields[name], "empty_value", None)

    def _hidden(self) -> list[str]:
        hidden = []
        for name, field in self.fields.items():
            answer = self[name].data
            made = {str(one) for one in (answer if isinstance(answer, (list, tuple)) else [answer])}
            hidden += [
                shown for choice, shown in getattr(field, "looks", Looks()).reveals.items() if choice not in made
            ]
        return hidden

    def revealed(self) -> set[str]:
        """Fields that are shown under a choice, so not by themselves."""
        return {name for field in self.fields.values() for name in getattr(field, "looks", Looks()).reveals.values()}


def explain_required(field: forms.Field) -> None:
    """An empty answer is named by its question, unless the field has words of its own."""
    if field.error_messages["required"] is not forms.Field.default_error_messages["required"] or not field.label:
        return
    sentence = {"radios": _CHOOSE, "checkboxes": _CHOOSE, "select": _CHOOSE, "checkbox": _TICK, "file": _SEND}
    field.error_messages["required"] = format_lazy(sentence.get(kind(field.widget), _FILL), label=field.label)


def bound(field: forms.BoundField) -> Bound:
    """Any form's field as one of ours (allauth's forms are not ours)."""
    if isinstance(field, Bound):
        return field
    field.field.label, field.field.help_text = field.label, ""
    field.field.widget.attrs.pop("placeholder", None)  # says less than a label and vanishes
    looks(field.field, width="two-thirds")
    return Bound(field.form, field.field, field.name)


class Problem(NamedTuple):
    """A line of the error summary; `href` is empty for what no single field caused."""

    text: Any
    href: str


def problems(form: forms.BaseForm) -> list[Problem]:
    """Every error of a form in the order of its fields, those of the whole form first."""
    found = [Problem(text, "") for text in form.non_field_errors()]
    for field in form:
        if field.name in form.errors:
            errors: ErrorList = form.errors[field.name]
            found += [Problem(_named(form, field, str(text)), f"#{bound(field).focus_id}") for text in errors]
    return found


def _named(form: forms.BaseForm, field: forms.BoundField, text: str) -> str:
    """With the field's name, where a form is long and many of its errors read alike."""
    unclear = getattr(form, "names_fields", False) and str(field.label) not in text
    return f"{field.label}: {text}" if unclear else text
