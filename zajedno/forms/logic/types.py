"""Whether a text can be an answer of a kind, and how ODK would write it in the sheet."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from zajedno.forms.logic.parts import Question
from zajedno.forms.logic.values import time_fraction

LARGEST = 2_147_483_647
"""XForms' int has 32 bits; so has a phone's."""
_INTEGER = re.compile(r"[-+]?[0-9]{1,12}")
_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Without characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def written(question: Question, text: str) -> str | None:
    """The answer as it stands in the sheet, for expressions; None when it is no answer of this kind.

    Choices are not looked at here: which may be chosen depends on other answers.
    """
    if not text:
        return ""
    made = _BY_KIND[question.kind](text) if question.kind in _BY_KIND else text
    if made is not None and question.kind == "range":
        made = _of_type(question, text)
        return made if made is not None and _in_range(question.parameters, Decimal(made)) else None
    return made


def _of_type(question: Question, text: str) -> str | None:
    return (_integer if question.bind.type == "int" else _decimal)(text)


def _integer(text: str) -> str | None:
    if not _INTEGER.fullmatch(text) or abs(int(text)) > LARGEST:
        return None
    return str(int(text))


def _decimal(text: str) -> str | None:
    """At least one digit after the point, as JavaRosa writes it."""
    if not _DECIMAL.fullmatch(text) or len(text) > 40:
        return None
    made = format(Decimal(text).normalize(), "f")
    return made if "." in made else f"{made}.0"


def _in_range(parameters: Mapping[str, str], value: Decimal) -> bool:
    try:
        start, end, step = (Decimal(parameters.get(name, "")) for name in ("start", "end", "step"))
    except InvalidOperation:
        return True
    return min(start, end) <= value <= max(start, end) and (step == 0 or (value - start) % step == 0)


def _day(text: str) -> str | None:
    try:
        return text if _DAY.fullmatch(text) and date.fromisoformat(text) else None
    except ValueError:
        return None


def _time(text: str) -> str | None:
    return text if time_fraction(text) is not None else None


def _datetime(text: str) -> str | None:
    day, mark, time = text.partition("T")
    return text if mark and _day(day) and _time(time) else None


def _geopoint(text: str) -> str | None:
    """Latitude, longitude, and perhaps altitude and accuracy in metres."""
    parts = text.split()
    if not 2 <= len(parts) <= 4 or not all(_DECIMAL.fullmatch(part) for part in parts):
        return None
    return text if abs(float(parts[0])) <= 90 and abs(float(parts[1])) <= 180 else None


_BY_KIND: Mapping[str, Callable[[str], str | None]] = {
    "integer": _integer,
    "decimal": _decimal,
    "date": _day,
    "time": _time,
    "datetime": _datetime,
    "geopoint": _geopoint,
    "acknowledge": lambda text: "OK" if text.lower() == "ok" else None,
}
