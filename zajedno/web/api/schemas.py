"""The shapes of what the API gives, in JSON Schema 2020-12, by the names under which the description has them."""

from typing import Any

from zajedno.figures.logic.figure import Said
from zajedno.figures.logic.formats.table import COLUMNS

Schema = dict[str, Any]


def shape(required: Schema, optional: Schema | None = None) -> Schema:
    return {"type": "object", "required": sorted(required), "properties": {**required, **(optional or {})}}


def listed(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def page(of: str) -> Schema:
    """One page of a list: as HSDS has it, so that both read alike."""
    number = {"type": "integer", "minimum": 0}
    flag = {"type": "boolean"}
    return shape({
        "total_items": number, "total_pages": number, "page_number": number, "size": number, "first_page": flag,
        "last_page": flag, "empty": flag, "contents": listed(named(of)),
    })  # fmt: skip


TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": ["string", "null"], "format": "date"}
LABELS: Schema = {"type": "object", "additionalProperties": TEXT, "description": "A text by language."}
_KINDS: dict[str, Schema] = {
    "string": TEXT, "decimal": {"type": ["number", "null"]}, "integer": {"type": ["integer", "null"]}, "date": DAY,
    "boolean": {"type": "boolean"},
}  # fmt: skip
FIGURE = shape({one.name: {**_KINDS[one.kind], "description": one.title} for one in COLUMNS})
FIGURE["properties"]["said"] = {
    "type": "string", "enum": [one.value for one in Said],
    "description": "exact; between: only low and high are told; withheld: fewer than five, none, or told only together"
                   " with others; absent: not counted.",
}  # fmt: skip


def resource(*kinds: str) -> Schema:
    """One of HL7 FHIR R4, which says itself what must stand in it."""
    about = "A resource of HL7 FHIR R4."
    return shape({"resourceType": {"type": "string", "enum": list(kinds)}}) | {"description": about}


SCHEMAS: dict[str, Schema] = {
    "Problem": shape(
        {"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
        {"parameter": TEXT, "scope": TEXT, "code": TEXT, "pointer": TEXT},
    ),
    "OperationOutcome": shape({
        "resourceType": {"const": "OperationOutcome"},
        "issue": listed(shape({"severity": TEXT, "code": TEXT, "diagnostics": TEXT}, {"expression": listed(TEXT)})),
    }),
    "Figure": FIGURE,
    "Indicator": shape({
        "code": TEXT, "name": LABELS, "definition": LABELS, "numerator": LABELS, "denominator": LABELS, "kind": TEXT,
        "unit": TEXT, "per": {"type": "integer"}, "source": TEXT, "verified": {"type": "boolean"},
        "released": {"type": "object", "additionalProperties": listed(TEXT),
                     "description": "Periods with figures, by country."},
    }),
    "Target": shape({
        "indicator": TEXT, "place": TEXT, "value": {"type": "number"},
        "until": {**TEXT, "description": "The period by whose end."}, "baseline": {"type": ["number", "null"]},
        "baseline_period": {"type": ["string", "null"]},
        "source": {**TEXT, "description": "Where it is decided."}, "link": {"type": ["string", "null"]},
        "institution": {**TEXT, "description": "Who set it."}, "set_on": DAY, "ended_on": DAY,
        "ended_why": {"type": ["string", "null"]},
    }),
    "Place": shape({
        "code": TEXT, "country": TEXT, "kind": TEXT, "name": TEXT, "name_cyrillic": TEXT,
        "parent": {"type": ["string", "null"]}, "is_unit": {"type": "boolean"},
    }),
    "Practice": shape({"slug": TEXT, "address": TEXT, "state": TEXT, "country": TEXT,
                       "texts": listed({"type": "object"})}),
    "Event": shape({"key": TEXT, "address": TEXT, "title": LABELS, "place": TEXT, "begins": DAY, "ends": DAY}),
    "Service": {"type": "object", "description": "A service as Open Referral HSDS 3.0 has it."},
    "Own": shape({"id": TEXT, "name": TEXT, "capacity": {"type": ["integer", "null"]},
                  "free_places": {"type": ["integer", "null"]}, "is_public": {"type": "boolean"}, "checked_on": DAY}),
    "Entry": shape({"moment": TEXT, "stream": {"type": "integer"}, "position": {"type": "integer"}, "verb": TEXT,
                    "noun": TEXT, "subject": TEXT, "account": {"type": ["integer", "null"]}, "hash": TEXT}),
}  # fmt: skip
