"""A date in three boxes, or pasted whole into the first."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.script import fold

PARTS = ("day", "month", "year")
_WHOLE = re.compile(r"(\d{1,2})[./\-\s]+(\w+)[./\-\s]+(\d{4})\.?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@cache
def month_names() -> dict[str, int]:
    """Folded names of months in all our languages, by name."""
    names: dict[str, int] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            names |= {fold(str(name)): number for number, name in MONTHS.items()}
    return names


def month(text: str) -> int | None:
    """Number of a month written as a number, a name or its beginning (at least three letters)."""
    text = text.strip(" .")
    if text.isdecimal():
        return int(text)
    wanted = fold(text)
    found = {number for name, number in month_names().items() if len(wanted) >= 3 and name.startswith(wanted)}
    return found.pop() if len(found) == 1 else None


class DateParts(forms.Widget):
    """Posts NAME_day, NAME_month and NAME_year."""

    template_name = "form/date_parts.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, ...]:
        if name in data:  # a link or a test may give the whole date at once
            return (str(data[name]).strip(), "", "")
        return tuple(str(data.get(f"{name}_{part}", "")).strip() for part in PARTS)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_

    @staticmethod
    def boxes(value: Any) -> tuple[str, ...]:
        """What stands in the three boxes."""
        if isinstance(value, date):
            return (str(value.day), str(value.month), str(value.year))
        return tuple(value) if value else ("", "", "")


class DateField(forms.Field):
    """Cleans to a `date`. An error's `code` names the box that is wrong: day, month, year or whole."""

    widget = DateParts
    default_error_messages = {
        "day": _("The day is missing or is not a number."),
        "month": _("The month is missing or cannot be understood."),
        "year": _("Write the year with four digits."),
        "whole": _("There is no such day. Write day, month and year, for example 24 11 2026."),
        "early": _("The day must be %(limit)s or later."),
        "late": _("The day must be %(limit)s or earlier."),
    }

    def __init__(self, *, earliest: Any = None, latest: Any = None, **options: Any) -> None:
        """`earliest`, `latest`: a date or a function that gives one."""
        self.earliest, self.latest = earliest, latest
        super().__init__(**options)

    def clean(self, value: Any) -> date | None:
        if isinstance(value, date):
            found: date | None = value
        else:
            found = self._read(tuple(value or ("", "", "")))
        if found is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if found is not None:
            self._within(found)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return DateParts.boxes(initial) != DateParts.boxes(data)

    def _read(self, boxes: tuple[str, ...]) -> date | None:
        if not any(boxes):
            return None
        day, month_text, year = self._spread(boxes)
        number = month(month_text)
        for part, right in (
            ("day", day.isdecimal()),
            ("month", number is not None and 1 <= number <= 12),
            ("year", len(year) == 4 and year.isdecimal()),
        ):
            if not right:
                raise self._error(part)
        try:
            return date(int(year), number or 0, int(day))
        except ValueError as error:
            raise self._error("whole") from error

    @staticmethod
    def _spread(boxes: tuple[str, ...]) -> tuple[str, str, str]:
        """A whole date in the first box is spread over three."""
        day, month_text, year = boxes
        if not month_text and not year:
            if match := _WHOLE.fullmatch(day):
                return match.group(1), match.group(2), match.group(3)
            if match := _ISO.fullmatch(day):
                return match.group(3), match.group(2), match.group(1)
        return day.rstrip("."), month_text, year.rstrip(".")

    def _within(self, found: date) -> None:
        for code, limit, wrong in (
            ("early", self.earliest, lambda bound: found < bound),
            ("late", self.latest, lambda bound: found > bound),
        ):
            bound = limit() if callable(limit) else limit
            if bound is not None and wrong(bound):
                raise ValidationError(self.error_messages[code], code=code, params={"limit": _shown(bound)})

    def _error(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


def _shown(day: date) -> str:

    return date_format(day, "DATE_FORMAT")


def day(value: date | None) -> str:
    """As the language writes it, in digits; nothing for none."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""


def moment(value: datetime) -> str:
    """The same to the minute."""
    return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
