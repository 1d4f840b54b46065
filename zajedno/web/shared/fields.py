"""The inputs that pages may use. Looks are options here, so that pages have none."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zajedno.web.shared import numbers
from zajedno.web.shared.dates import DateField
from zajedno.web.shared.uploads import UploadField

__all__ = [
    "Checks",
    "Confirm",
    "DateField",
    "Email",
    "LongText",
    "Looks",
    "Money",
    "Number",
    "Password",
    "Radios",
    "Select",
    "Suggest",
    "Text",
    "UploadField",
    "Whole",
    "YesNo",
    "looks",
]


CHOOSE = _("Choose")
MOST = 999_999_999_999  # more fits into no column


class Looks:
    """How a field is shown.

    `width`: characters (2, 3, 4, 5, 10, 20) or a share ("one-half", "two-thirds", "full"); `prefix`, `suffix`: beside
    the box; `legend`: s, m, l for a question's size, "h1" when the question is the page's heading; `hints`: {choice:
    hint}; `reveals`: {choice: name of the field shown under it}; `inline`, `small`: for choices; `rows`: of a text;
    `filter`: let a long list be narrowed by typing; `optional`: whether to write "(optional)".
    """

    def __init__(self, **options: Any) -> None:
        self.width: int | str = options.pop("width", "")
        self.prefix: Any = options.pop("prefix", "")
        self.suffix: Any = options.pop("suffix", "")
        self.legend: str = options.pop("legend", "s")
        self.hints: Mapping[str, Any] = options.pop("hints", {})
        self.reveals: Mapping[str, str] = options.pop("reveals", {})
        self.inline: bool = options.pop("inline", False)
        self.small: bool = options.pop("small", False)
        self.filter: bool = options.pop("filter", False)
        self.optional: bool = options.pop("optional", True)
        if options:
            raise TypeError(f"unknown look: {', '.join(options)}")


def looks(field: forms.Field, **options: Any) -> forms.Field:
    """Give any Django field its looks: `looks(forms.CharField(label=…), width=10)`."""
    field.looks = Looks(**options)  # type: ignore[attr-defined]
    return field


_LOOKS = ("width", "prefix", "suffix", "legend", "hints", "reveals", "inline", "small", "filter", "optional")


class _Shown:
    """Mixed into Django's fields: takes the looks out of the options."""

    looks_like: dict[str, Any] = {}

    def __init__(self, **options: Any) -> None:
        chosen = {name: options.pop(name) for name in _LOOKS if name in options}
        options.setdefault("label_suffix", "")
        super().__init__(**options)
        self.looks = Looks(**{**self.looks_like, **chosen})


class Text(_Shown, forms.CharField):
    """One line: a break in it becomes a blank, as in a browser's own box, so that none gets into a subject."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return " ".join(text.splitlines()) if isinstance(text, str) else text


class LongText(_Shown, forms.CharField):
    """Many lines; `rows` how many are shown."""

    def __init__(self, *, rows: int = 5, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows, "cols": False}))
        options.setdefault("max_length", 10_000)
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # the browser would cut a pasted text silently; the field says it is too long


class Email(_Shown, forms.EmailField):
    looks_like = {"width": "two-thirds"}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 254} | options)  # as long as the columns; Django's field takes more

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "email", "spellcheck": "false", **super().widget_attrs(widget)}


class Password(_Shown, forms.CharField):
    looks_like = {"width": "two-thirds"}

    def __init__(self, *, new: bool = False, **options: Any) -> None:
        attrs = {"autocomplete": "new-password" if new else "current-password"}
        super().__init__(widget=forms.PasswordInput(attrs=attrs), strip=False, **options)


class Select(_Shown, forms.ChoiceField):
    """One of many, in a list. An empty first line is added when nothing is chosen yet."""

    def __init__(self, *, empty: Any = CHOOSE, choices: Any = (), **options: Any) -> None:
        self.empty = empty
        super().__init__(choices=self._opened(choices), **options)

    def fill(self, choices: Any) -> None:
        """Other choices than those of the class; a form calls it: `self.fill("place", rows)`."""
        self.choices = self._opened(choices)

    def _opened(self, choices: Any) -> list[Any]:
        rows = list(choices() if callable(choices) else choices)
        closed = self.empty is None or any(key == "" for key, _label in rows)
        return rows if closed else [("", self.empty), *rows]


class Suggest(Select):
    """A long list that can be narrowed by typing; without a script it is a plain list."""

    looks_like = {"filter": True}


class Radios(_Shown, forms.ChoiceField):
    """One of a few, all in view."""

    widget = forms.RadioSelect

    def fill(self, choices: Any) -> None:
        self.choices = choices


class YesNo(_Shown, forms.TypedChoiceField):
    """A question answered yes or no; cleans to a bool, or None when it may stay open."""

    widget = forms.RadioSelect
    looks_like = {"inline": True}

    def __init__(self, **options: Any) -> None:
        options.setdefault("choices", (("yes", _("Yes")), ("no", _("No"))))
        super().__init__(coerce=lambda value: value == "yes", empty_value=None, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class Checks(_Shown, forms.MultipleChoiceField):
    """Any of a few."""

    widget = forms.CheckboxSelectMultiple

    def fill(self, choices: Any) -> None:
        self.choices = choices


class Confirm(_Shown, forms.BooleanField):
    """One box to tick: a confirmation when required, an option when not."""


class Number(_Shown, forms.CharField):
    """A number with a decimal comma; cleans to Decimal or None."""

    looks_like = {"width": 10}
    default_error_messages = {
        "number": _("Write a number, for example 12.5."),
        "small": _("The number must be %(limit)s or more."),
        "large": _("The number must be %(limit)s or less."),
        "places": _("Write at most %(places)s digits after the comma."),
    }

    def __init__(self, *, least: Any = -MOST, most: Any = MOST, places: int = 2, **options: Any) -> None:
        self.least, self.most, self.places = least, most, places
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal" if self.places else "numeric"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            number = numbers.parse(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["number"], code="number") from error
        if -int(number.as_tuple().exponent) > self.places:
            raise ValidationError(self.error_messages["places"], code="places", params={"places": self.places})
        for code, limit, wrong in (("small", self.least, lambda a, b: a < b), ("large", self.most, lambda a, b: a > b)):
            if limit is not None and wrong(number, limit):
                raise ValidationError(self.error_messages[code], code=code, params={"limit": limit})
        return self.finish(number)

    def finish(self, number: Decimal) -> Any:
        return number

    def prepare_value(self, value: Any) -> Any:
        return str(value).replace(".", ",") if isinstance(value, (Decimal, float)) else value


class Whole(Number):
    """A whole number; cleans to int."""

    looks_like = {"width": 5}
    default_error_messages = {
        "number": _("Write a whole number, for example 24."),
        "places": _("Write a whole number, for example 24."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(places=0, **options)

    def finish(self, number: Decimal) -> int:
        return int(number)


class Money(Number):
    """An amount with its currency beside it; cleans to Decimal."""

    def __init__(self, *, currency: str = "RSD", **options: Any) -> None:
        super().__init__(suffix=currency, **options)
