"""The words of SDMX that data and structure share: agency, dimensions, attributes, the status of an observation."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.formats.table import plain

AGENCY, FLOW, STRUCTURE, SCHEME, VERSION = "ZAJEDNO", "FIGURES", "FIGURES", "CONCEPTS", "1.0"
TOTAL = "_T"  # how SDMX writes the whole
TIME = "TIME_PERIOD"
_URN = "urn:sdmx:org.sdmx.infomodel"

DIMENSIONS = (
    ("INDICATOR", "Indicator"), ("REF_AREA", "Place"), ("BREAKDOWN", "Divided by"), ("PART", "Part"),
    (TIME, "Period"),
)  # fmt: skip
MEASURE = ("OBS_VALUE", "Value")
# CL_OBS_STATUS of SDMX's content-oriented guidelines
STATUS = {
    "A": "Normal value", "U": "Low reliability", "Q": "Missing value; suppressed", "O": "Missing value",
}  # fmt: skip


@dataclass(frozen=True)
class Attribute:
    """Of an observation, written as it is; `kind` in SDMX's words."""

    id: str
    name: str
    kind: str
    of: Callable[[Figure], Any]


def _number(value: Decimal | None) -> Any:
    return None if value is None else plain(value)


ATTRIBUTES = (
    Attribute("TOLD", "What is told", "String", lambda one: one.said.value),
    Attribute("LOW", "At least", "Decimal", lambda one: _number(one.low)),
    Attribute("HIGH", "At most", "Decimal", lambda one: _number(one.high)),
    Attribute("UNIT_MEASURE", "Unit", "String", lambda one: one.unit or None),
    Attribute("NUMERATOR", "Counted", "Decimal", lambda one: _number(one.top)),
    Attribute("DENOMINATOR", "Of how many", "Decimal", lambda one: _number(one.bottom)),
    Attribute("DENOMINATOR_YEAR", "Year of those people", "Integer", lambda one: one.bottom_year),
    Attribute("LEFT_OUT", "Places left out", "Integer", lambda one: one.left_out),
    Attribute("REPORTED", "Institutions that reported", "Integer", lambda one: one.reported),
    Attribute("EXPECTED", "Institutions asked", "Integer", lambda one: one.expected),
    Attribute("EDITION", "Edition", "String", lambda one: one.edition or None),
    Attribute("RELEASED", "Released on", "GregorianDay", lambda one: str(one.released_on or "") or None),
    Attribute("METHOD", "Method", "Integer", lambda one: one.method),
    Attribute("REASON", "Why this edition", "String", lambda one: one.reason or None),
)


def status(one: Figure) -> str:
    if one.said is Said.EXACT:
        return "U" if one.is_small else "A"
    return "O" if one.said is Said.ABSENT else "Q"


def urn(package: str, of: str, what: str, item: str = "") -> str:
    """Such as urn:…codelist.Codelist=ZAJEDNO:CL_AREA(1.0), with an item behind it."""
    return f"{_URN}.{package}.{of}={AGENCY}:{what}({VERSION})" + (f".{item}" if item else "")
