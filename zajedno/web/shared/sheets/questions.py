"""A question of a form as an input of ours, and an answer as an XForm writes it: days 2026-11-26, choices by blanks.

What cannot be understood is kept as it was typed, so that nothing is lost; the form then says what is wrong with it.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zajedno.forms.logic.parts import Question
from zajedno.forms.logic.sheet import Shown
from zajedno.web.shared.dates import PARTS
from zajedno.web.shared.fields import Checks, Confirm, DateField, LongText, Number, Radios, Select, Suggest, Text, Whole
from zajedno.web.shared.fields import looks as with_looks

FEW, MANY = 8, 20  # choices shown as radios; from so many on a list that can be narrowed
ACKNOWLEDGED = "OK"
_TIME = re.compile(r"(\d{1,2})[.:](\d{2})")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class TimeOfDay(Text):
    """Cleans to text such as 10:30:00, or empty."""

    looks_like = {"width": 5}

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        found = _TIME.fullmatch(text)
        if not text:
            return ""
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValidationError(_("Write a time of day, for example 10.30."), code="time")
        return f"{int(found[1]):02}:{found[2]}:00"


class Point(Text):
    """A place as two numbers of degrees; cleans to "lat lon 0 0", or empty."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return ""
        try:
            north, east = (float(part) for part in re.split(r"[,;\s]+", text)[:2])
        except ValueError:
            north, east = 999.0, 999.0
        if abs(north) > 90 or abs(east) > 180:
            raise ValidationError(_("Write two numbers: degrees north and east, for example 45.8 19.6."), code="point")
        return f"{north:g} {east:g} 0 0"


def kind_of(shown: Shown) -> str:
    """The question's kind; empty for groups and repeats."""
    return shown.node.kind if isinstance(shown.node, Question) else ""


def field_of(shown: Shown) -> forms.Field:
    """The input for a question as it is shown now."""
    looks: dict[str, Any] = {"label": shown.label, "help_text": shown.hint, "required": False}
    looks |= {"optional": not shown.required, "disabled": shown.read_only}
    return _make(shown, looks)


def _make(shown: Shown, looks: dict[str, Any]) -> forms.Field:
    match kind_of(shown):
        case "select_one":
            return _one_of(shown, looks)
        case "select_multiple":
            return Checks(choices=shown.choices, **looks)
        case "integer":
            return Whole(**looks)
        case "decimal" | "range":
            return Number(places=6, **looks)
        case "date":
            return _day(**looks)
        case "time":
            return TimeOfDay(**looks)
        case "geopoint":
            return Point(**looks)
        case "acknowledge":
            return Confirm(**looks)
        case _:
            return LongText(**looks) if "multiline" in shown.node.appearance else Text(max_length=1000, **looks)


def _day(*, optional: bool, **options: Any) -> forms.Field:
    return with_looks(DateField(**options), optional=optional)


def _one_of(shown: Shown, looks: dict[str, Any]) -> forms.Field:
    rows = shown.choices
    if len(rows) > MANY:
        return Suggest(choices=rows, **looks)
    if len(rows) > FEW or "minimal" in shown.node.appearance:
        return Select(choices=rows, **looks)
    return Radios(choices=rows, **looks)


def posted(field: forms.Field, name: str, data: Mapping[str, Any]) -> str:
    """What was sent for a field, as the form writes it; as it was typed where it cannot be understood."""
    raw = field.widget.value_from_datadict(data, {}, name)
    try:
        return written(field.clean(raw))
    except ValidationError:
        return " ".join(str(part) for part in raw).strip() if isinstance(raw, (list, tuple)) else str(raw or "")


def written(value: Any) -> str:
    """A cleaned value as an XForm writes it."""
    match value:
        case None | "" | False:
            return ""
        case True:
            return ACKNOWLEDGED
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case list():
            return " ".join(value)
        case _:
            return str(value)


def data_of(field: forms.Field, name: str, text: str) -> dict[str, Any]:
    """An answer as a browser would send it, to show it again."""
    if isinstance(field, DateField):
        boxes = tuple(text.split("-")[::-1]) if _ISO_DAY.fullmatch(text) else tuple(text.split(" ", 2))
        boxes = tuple(part.lstrip("0") for part in boxes[:2]) + boxes[2:] if _ISO_DAY.fullmatch(text) else boxes
        return {f"{name}_{part}": box for part, box in zip(PARTS, boxes, strict=False)} if text else {}
    if isinstance(field, Checks):
        return {name: text.split()} if text else {}
    if isinstance(field, Confirm):
        return {name: "on"} if text else {}
    if isinstance(field, Number):
        return {name: field.prepare_value(_number(text))}
    if isinstance(field, TimeOfDay):
        return {name: text[:5].replace(":", ".")}
    return {name: " ".join(text.split()[:2]) if isinstance(field, Point) else text}


def _number(text: str) -> Any:
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def said(shown: Shown) -> Any:
    """An answer as people read it: the labels of what was chosen, a day as the language writes it."""
    text = shown.value
    match kind_of(shown):
        case "select_one" | "select_multiple":
            labels = dict(shown.choices)
            return [labels.get(one, one) for one in text.split()] if text else ""
        case "date":
            return date_format(date.fromisoformat(text), "DATE_FORMAT") if _ISO_DAY.fullmatch(text) else text
        case "time":
            return text[:5]
        case "acknowledge":
            return _("Yes") if text else ""
        case "decimal" | "range" | "integer":
            value = _number(text)
            return Number().prepare_value(value) if isinstance(value, Decimal) else text
        case "geopoint":
            return ", ".join(text.split()[:2])
        case _:
            return text
