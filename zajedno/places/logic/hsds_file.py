"""A file of HSDS services: held against the standard's own schemas, its mistakes told in plain words."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from zajedno.kernel.refusal import Refused
from zajedno.kernel.spreadsheets import gettext_noop
from zajedno.places.logic import hsds
from zajedno.places.logic.arriving import Fault, Said

MOST = 5_000  # services in one file
SHOWN = 20  # faults of one service
NOT_JSON = gettext_noop("This is not a JSON file. Export the services as HSDS 3.0 and send that file.")
NO_SERVICE = gettext_noop(
    "There is no service in this file: it must hold an HSDS service, a list of them, or a page of them."
)
TOO_MANY = gettext_noop("There are too many services in this file. Split it.")
_KINDS = {
    "string": gettext_noop("a text"), "number": gettext_noop("a number"), "integer": gettext_noop("a whole number"),
    "array": gettext_noop("a list"), "object": gettext_noop("a record"), "boolean": gettext_noop("yes or no"),
}  # fmt: skip
_CODES = {"required": "missing", "type": "wrong_kind", "enum": "wrong_choice", "format": "wrong_form"}


class Unreadable(Refused):
    """Not a file of services; the sentence is a msgid."""


@cache
def validator(folder: Path, name: str = "service") -> Draft202012Validator:
    """Of one of the standard's schemas; they lie in a folder and name each other by file."""
    schemas = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    registry: Any = Registry().with_resources(
        (key, Resource.from_contents(schema, default_specification=DRAFT202012)) for key, schema in schemas.items()
    )
    return Draft202012Validator(
        {"$ref": f"{name}.json"}, registry=registry, format_checker=FormatChecker(["uuid", "email", "date"])
    )


def faults(record: Any, folder: Path, name: str = "service") -> list[Fault]:
    """What is against the standard, in the order of the file; the first of them."""
    errors = sorted(validator(folder, name).iter_errors(record), key=lambda error: [str(one) for one in error.path])
    return [_told(error) for error in errors[:SHOWN]]


def _told(error: ValidationError) -> Fault:
    code = _CODES.get(str(error.validator), "not_allowed")
    where = " › ".join(str(part + 1) if isinstance(part, int) else part for part in error.absolute_path)
    what: dict[str, Any] = {}
    if code == "missing":
        lacking = [key for key in error.validator_value if key not in error.instance]
        what = {"name": ", ".join(lacking)}
    elif code == "wrong_kind":
        what = {"kind": _KINDS.get(str(error.validator_value), str(error.validator_value))}
    elif code == "wrong_choice":
        what = {"choices": ", ".join(map(str, error.validator_value))}
    elif code == "wrong_form":
        what = {"format": str(error.validator_value)}
    return Fault(code, where, what)


def records(content: bytes) -> list[Any]:
    """The services of a file: one, a list, or a page as the standard's API gives it. Raises Unreadable."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unreadable(NOT_JSON, "not_json") from error
    rows = found.get("contents", [found]) if isinstance(found, dict) else found
    if not isinstance(rows, list) or not rows:
        raise Unreadable(NO_SERVICE, "no_service")
    if len(rows) > MOST:
        raise Unreadable(TOO_MANY, "too_many")
    return rows


def said(content: bytes, folder: Path, today: date, language: str) -> Iterator[Said]:
    """What each service of a file says; of one that is against the standard only what is wrong."""
    for number, record in enumerate(records(content), 1):
        wrong = faults(record, folder)
        name = str(record.get("name", "")) if isinstance(record, dict) else ""
        if wrong:
            yield Said(number, name, [], {}, faults=wrong)
            continue
        try:
            yield _service(number, record, today, language)
        except (TypeError, AttributeError, KeyError):  # null where the schemas say nothing
            yield Said(number, name, [], {}, faults=[Fault("not_allowed")])


def _service(number: int, record: Mapping[str, Any], today: date, language: str) -> Said:
    found = hsds.read(record)
    wrong = [] if found["name"] else [Fault("no_name", "name")]
    if (found["age_from"] or 0) > (120 if found["age_until"] is None else found["age_until"]):
        wrong.append(Fault("ages_turned", "minimum_age"))
    name, active, checked = found.pop("name"), found.pop("active"), _day(found.pop("checked_on"))
    if checked == date.max:
        wrong.append(Fault("not_day", "assured_date"))
    fields = found | {"labels": {language: name}, "kept": dict(record)}
    fields |= {"checked_on": min(checked, today) if checked else None}
    fields |= {} if active else {"is_public": False}
    provider = record.get("organization") or {}
    names = [provider.get("id"), record.get("organization_id"), provider.get("tax_id"), provider.get("name")]
    return Said(number, name, [str(one) for one in names if one], fields, str(record["id"]), wrong)


def _day(text: str) -> date | None:
    """None when nothing is said; `date.max` when it cannot be read."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.max
