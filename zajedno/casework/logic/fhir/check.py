"""Is it FHIR R4? By the models of fhir.resources (R4B), which know every element but no required code set; by our own
table of those; and every reference of a Bundle stands within it, where that is asked.

What is found says where and what kind of mistake, never what stood there: it may be a child's.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zajedno.casework.logic.fhir.codes import Codes

REQUIRED, VALUE, CODE, STRUCTURE, REFERENCE = "required", "value", "code-invalid", "structure", "not-found"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9]{0,60}")
MOST = 50  # mistakes told at once
DEEPEST = 40  # lists and objects within each other; R4's own examples have no more than fifteen


@dataclass(frozen=True, slots=True)
class Problem:
    """`where`: as FHIRPath names it ("Bundle.entry[0].resource.gender"); `kind`: of FHIR's issue-type; `said`: a key of
    the sentences that the API has."""

    where: str
    kind: str
    said: str


def problems(content: Any, codes: Codes) -> list[Problem]:
    """Mistakes of a resource; none when it holds."""
    from fhir.resources.R4B import get_fhir_model_class
    from pydantic import ValidationError

    if not isinstance(content, dict) or not isinstance(kind := content.get("resourceType"), str):
        return [Problem("", STRUCTURE, "no_resource")]
    if _depth(content) > DEEPEST:
        return [Problem("", STRUCTURE, "too_deep")]
    try:
        model = get_fhir_model_class(kind)
    except (KeyError, LookupError, ValueError):
        return [Problem("", STRUCTURE, "no_resource")]
    try:
        read = model.model_validate(content)
    except ValidationError as error:
        found = [_of_model(kind, one["loc"], one["type"]) for one in error.errors(include_input=False)]
        return list(dict.fromkeys(found))[:MOST]
    except (ValueError, TypeError, AssertionError, RecursionError, OverflowError, LookupError, AttributeError):
        return [Problem(kind, STRUCTURE, "not_read")]  # the library trips over some things instead of refusing them
    return list(_codes_in(read, kind, codes))[:MOST]


def _depth(value: Any) -> int:
    """Without recursion: what comes in may be nested on purpose."""
    deepest, level = 0, [value]
    while level and deepest <= DEEPEST:
        deepest += 1
        level = [inner for one in level for inner in _within(one)]
    return deepest


def _within(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [one for one in value.values() if isinstance(one, dict | list)]
    return [one for one in value if isinstance(one, dict | list)] if isinstance(value, list) else []


def _of_model(kind: str, place: tuple[int | str, ...], said: str) -> Problem:
    unknown = "extra" in said
    # the name of an element that FHIR does not know may be anything that was sent
    where = _where(kind, place[:-1] if unknown else place)
    if unknown:
        return Problem(where, STRUCTURE, "unknown_element")
    if "missing" in said:
        return Problem(where, REQUIRED, "required")
    return Problem(where, VALUE, "wrong_value")


def _where(kind: str, place: tuple[int | str, ...]) -> str:
    steps = (f"[{one}]" if isinstance(one, int) else f".{one}" if _NAME.fullmatch(one) else "" for one in place)
    return kind + "".join(steps)


def _codes_in(model: Any, where: str, codes: Codes) -> Iterator[Problem]:
    """Codes that stand in no required set; by the types of the models, as the table names them."""
    name = type(model).__name__
    for field in type(model).model_fields:
        value = getattr(model, field, None)
        allowed, at = codes.allowed(f"{name}.{field}"), f"{where}.{field}"
        for place, one in enumerate(value if isinstance(value, list) else [value]):
            here = f"{at}[{place}]" if isinstance(value, list) else at
            if hasattr(type(one), "model_fields"):
                yield from _codes_in(one, here, codes)
            elif allowed is not None and one is not None and str(one) not in allowed:
                yield Problem(here, CODE, "not_in_set")


def loose(bundle: Mapping[str, Any]) -> list[Problem]:
    """References of a Bundle of ours that lead out of it."""
    known = {entry["fullUrl"] for entry in bundle["entry"]}
    found = _references(bundle["entry"], "Bundle.entry")
    return [Problem(where, REFERENCE, "leads_out") for where, target in found if target not in known]


def _references(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "reference" and isinstance(one, str):
                yield where, one
            else:
                yield from _references(one, f"{where}.{key}")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _references(one, f"{where}[{place}]")
