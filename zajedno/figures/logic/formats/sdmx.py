"""SDMX-JSON 2.0 (SDMX 3.0), a data message: one flat set of observations with what describes them.

An observation is `[value, status, …attributes]`; its key gives the place of each dimension's value in its list.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from zajedno.figures.logic.closing import last_day
from zajedno.figures.logic.figure import Figure
from zajedno.figures.logic.formats.period import first_day, iso
from zajedno.figures.logic.formats.sdmx_words import (
    AGENCY,
    ATTRIBUTES,
    DIMENSIONS,
    FLOW,
    MEASURE,
    STATUS,
    STRUCTURE,
    TIME,
    TOTAL,
    status,
    urn,
)
from zajedno.figures.logic.formats.table import Table, plain
from zajedno.kernel.labels import Labels

SCHEMA = "https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json"
MEDIA = "application/vnd.sdmx.data+json;version=2.0.0"
_HERE: dict[str, Any] = {"observation": {}}


def data_message(table: Table) -> dict[str, Any]:
    lists = _lists(table)
    at = {dimension: {value: place for place, value in enumerate(values)} for dimension, values in lists.items()}
    statuses = sorted({status(one) for one in table.figures})
    links = [{"rel": "dataflow", "urn": urn("datastructure", "Dataflow", FLOW)}]
    return {
        "meta": meta(table, SCHEMA),
        "data": {
            "structures": [_structure(table, lists, statuses)],
            "dataSets": [{
                "structure": 0, "links": links, "action": "Replace",
                "observations": {
                    ":".join(str(at[dimension][value]) for dimension, value in coordinates(one).items()):
                        _observation(one, statuses)
                    for one in table.figures
                },
            }],
        },
    }  # fmt: skip


def meta(table: Table, schema: str) -> dict[str, Any]:
    return {
        "schema": schema, "id": f"{AGENCY}_{table.made_on:%Y%m%d%H%M%S}", "test": False,
        "prepared": table.made_on.isoformat(timespec="seconds"), "contentLanguages": [table.language],
        "sender": {"id": AGENCY, "name": table.publisher},
    }  # fmt: skip


def coordinates(one: Figure) -> dict[str, str]:
    """A figure's value of each dimension, in their order."""
    words = (one.indicator, one.place, one.by or TOTAL, one.word or TOTAL, one.period)
    return {dimension: word for (dimension, _name), word in zip(DIMENSIONS, words, strict=True)}


def _lists(table: Table) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {dimension: {} for dimension, _name in DIMENSIONS}
    for one in table.figures:
        for dimension, value in coordinates(one).items():
            found[dimension][value] = None
    return {dimension: list(values) for dimension, values in found.items()}


def _observation(one: Figure, statuses: Sequence[str]) -> list[Any]:
    """What is null at its end is left off, as the format lets."""
    value = None if one.value is None else plain(one.value)
    told = [value, statuses.index(status(one)), *(attribute.of(one) for attribute in ATTRIBUTES)]
    while told[-1] is None:
        told.pop()
    return told


def _structure(table: Table, lists: Mapping[str, Sequence[str]], statuses: Sequence[str]) -> dict[str, Any]:
    dimensions = [
        {"id": dimension, "name": name, "names": {"en": name}, "keyPosition": position,
         "values": [_value(table, dimension, value) for value in lists[dimension]]}
        | ({"roles": [TIME]} if dimension == TIME else {})
        for position, (dimension, name) in enumerate(DIMENSIONS)
    ]  # fmt: skip
    coded = {"id": "OBS_STATUS", "name": "Status", "names": {"en": "Status"}, "relationship": _HERE,
             "values": [_named(code, {"en": STATUS[code]}, "en") for code in statuses]}  # fmt: skip
    free = [
        {"id": one.id, "name": one.name, "names": {"en": one.name}, "relationship": _HERE,
         "format": {"dataType": one.kind}}
        for one in ATTRIBUTES
    ]  # fmt: skip
    measure = {"id": MEASURE[0], "name": MEASURE[1], "names": {"en": MEASURE[1]}, "format": {"dataType": "Decimal"}}
    return {
        "name": table.title, "names": {table.language: table.title}, "dataSets": [0],
        "links": [{"rel": "dataflow", "urn": urn("datastructure", "Dataflow", FLOW)},
                  {"rel": "structure", "urn": urn("datastructure", "DataStructure", STRUCTURE)}],
        "dimensions": {"observation": dimensions}, "measures": {"observation": [measure]},
        "attributes": {"observation": [coded, *free]},
    }  # fmt: skip


def _value(table: Table, dimension: str, value: str) -> dict[str, Any]:
    if dimension == TIME:
        return {"value": time(value), "start": f"{first_day(value)}T00:00:00Z", "end": f"{last_day(value)}T23:59:59Z"}
    return _named(value, names(table, dimension, value), table.language)


def time(period: str) -> str:
    """A calendar year, or the range of a school year."""
    return period if first_day(period).month == 1 else iso(period)


def names(table: Table, dimension: str, value: str) -> Labels:
    if value == TOTAL:
        return {"en": "Total"}
    if dimension == "INDICATOR" and value in table.meanings:
        return table.meanings[value].name
    return (table.places.get(value) if dimension == "REF_AREA" else None) or {"en": value}


def _named(code: str, words: Labels, language: str) -> dict[str, Any]:
    return {"id": code, "name": words.get(language) or words.get("en") or next(iter(words.values())),
            "names": dict(words)}  # fmt: skip
