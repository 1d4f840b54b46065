"""SDMX-JSON 2.0, a structure message: what the data message's dimensions and attributes are, with their codes."""

from collections.abc import Iterable
from typing import Any

from zajedno.figures.logic.formats.sdmx import coordinates, meta, names
from zajedno.figures.logic.formats.sdmx_words import (
    AGENCY,
    ATTRIBUTES,
    DIMENSIONS,
    FLOW,
    MEASURE,
    SCHEME,
    STATUS,
    STRUCTURE,
    TIME,
    VERSION,
    urn,
)
from zajedno.figures.logic.formats.table import Table
from zajedno.kernel.labels import Labels

SCHEMA = "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json"
MEDIA = "application/vnd.sdmx.structure+json;version=2.0.0"
_CODED = [dimension for dimension, _name in DIMENSIONS if dimension != TIME]


def structure_message(table: Table) -> dict[str, Any]:
    """Its codes are those of the table, so that they fit together."""
    lists = [_codelist(table, dimension) for dimension in _CODED]
    status = _kept("CL_OBS_STATUS", "Status", codes=[_code(code, {"en": text}) for code, text in STATUS.items()])
    return {
        "meta": meta(table, SCHEMA),
        "data": {
            "dataflows": [_kept(FLOW, table.title, structure=urn("datastructure", "DataStructure", STRUCTURE))],
            "dataStructures": [_kept(STRUCTURE, "Figures", dataStructureComponents=_components())],
            "conceptSchemes": [_kept(SCHEME, "Concepts", concepts=list(_concepts()))],
            "codelists": [*lists, status],
        },
    }


def _kept(what: str, name: str, **more: Any) -> dict[str, Any]:
    """Of every artefact that an agency keeps."""
    return {"id": what, "version": VERSION, "agencyID": AGENCY, "name": name, "names": {"en": name}, **more}


def _code(code: str, words: Labels) -> dict[str, Any]:
    return {"id": code, "name": words.get("en") or next(iter(words.values())), "names": dict(words)}


def _codelist(table: Table, dimension: str) -> dict[str, Any]:
    codes = dict.fromkeys(coordinates(one)[dimension] for one in table.figures)
    return _kept(f"CL_{dimension}", dimension, codes=[_code(code, names(table, dimension, code)) for code in codes])


def _concepts() -> Iterable[dict[str, Any]]:
    status, free = ("OBS_STATUS", "Status"), [(one.id, one.name) for one in ATTRIBUTES]
    for concept, name in (*DIMENSIONS, MEASURE, status, *free):
        yield {"id": concept, "name": name, "names": {"en": name}}


def _component(component: str, **representation: Any) -> dict[str, Any]:
    return {"id": component, "conceptIdentity": urn("conceptscheme", "Concept", SCHEME, component),
            "localRepresentation": representation}  # fmt: skip


def _listed(dimension: str) -> dict[str, Any]:
    return _component(dimension, enumeration=urn("codelist", "Codelist", f"CL_{dimension}"))


def _components() -> dict[str, Any]:
    here: dict[str, Any] = {"attributeRelationship": {"observation": {}}}
    return {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": [_listed(one) | {"position": place} for place, one in enumerate(_CODED)],
            "timeDimension": _component(TIME, format={"dataType": "ObservationalTimePeriod"}),
        },
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": [
                _listed("OBS_STATUS") | here | {"usage": "mandatory"},
                *(_component(one.id, format={"dataType": one.kind}) | here | {"usage": "optional"}
                  for one in ATTRIBUTES),
            ],
        },
        "measureList": {
            "id": "MeasureDescriptor",
            "measures": [_component(MEASURE[0], format={"dataType": "Decimal"}) | {"usage": "optional"}],
        },
    }  # fmt: skip
