"""What both growth scores of a single sheet share: reading its answers, and findings with their classes."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zajedno.forms.logic.scores.answers import Impossible
from zajedno.forms.logic.scores.cells import Faults
from zajedno.forms.logic.scores.contract import Facts, Finding
from zajedno.forms.logic.scores.norms import Numbers
from zajedno.forms.logic.scores.who_2006 import Index

SEX = {"M": "1", "F": "2"}


@dataclass(frozen=True, slots=True)
class Classes:
    """Names of what lies below -3 and -2 SD, and above each of the limits."""

    low: tuple[str, str]
    high: tuple[str, ...] = ()
    limits: tuple[float, ...] = (2, 3)

    def band(self, z: float) -> str:
        if z < -2:
            return self.low[0] if z < -3 else self.low[1]
        return ("usual", *self.high)[sum(z > limit for limit in self.limits[: len(self.high)])]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`z` by index, one child's; `swollen`: indices left out for oedema; `unsaid`: the band of what is out of reach;
    `uncertain`: indices of a measure that was not taken as it must be."""

    z: Mapping[str, Numbers]
    swollen: Collection[str] = ()
    unsaid: str = ""
    uncertain: Collection[str] = ()


def cells(answers: Mapping[str, str], names: Collection[str], facts: Facts) -> dict[str, list[str]]:
    """The answers as columns of one row."""
    return {name: [answers.get(name, "")] for name in names} | {"sex_1m_2f": [SEX.get(facts.sex, "")]}


def refuse(faults: Faults) -> None:
    """Raises `Impossible` for what could not be read; that the sex is unknown is said by a band instead."""
    told = [fault for fault in faults[0] if not fault.endswith(" is empty")]
    if told:
        raise Impossible("; ".join(told))


def age_days(answers: Mapping[str, str], facts: Facts) -> float:
    """On the day of measuring; NaN when a day is not known. Raises `Impossible` before birth."""
    on = date.fromisoformat(answers["measured_on"]) if answers.get("measured_on") else facts.on
    if facts.born is None or on is None:
        return math.nan
    if on < facts.born:
        raise Impossible("measured_on is before the day of birth")
    return float((on - facts.born).days)


def unsaid(facts: Facts, age: float, youngest: float, oldest: float) -> str:
    """Why nothing can be said of this child, as a band; ages in one unit."""
    if facts.sex not in SEX:
        return "no-sex"
    if math.isnan(age):
        return "no-age"
    return "" if youngest <= age < oldest else "outside-age"


def findings(sheet: Sheet, indices: Mapping[str, Index], classes: Mapping[str, Classes]) -> tuple[Finding, ...]:
    """First `growth`, how many ask for attention; then each index of the sheet."""
    each = [_finding(sheet, key, indices[key], classes[key]) for key in sheet.z]
    asking = sum(one.flagged for one in each)
    doubtful = any(one.doubtful for one in each)
    said = asking or any(one.value is not None for one in each)
    band = "attention" if asking else "implausible" if doubtful else "usual" if said else "unknown"
    return (Finding("growth", asking if said else None, "", band, asking > 0, doubtful), *each)


def _finding(sheet: Sheet, key: str, index: Index, classes: Classes) -> Finding:
    z = sheet.z[key]
    name, value = f"z{key}", float(z[0])
    if math.isnan(value):
        swollen = key in sheet.swollen
        return Finding(name, None, "z", "oedema" if swollen else sheet.unsaid or "outside-table", flagged=swollen)
    if index.flags(z)[0]:
        return Finding(name, Decimal(f"{value:.2f}"), "z", "implausible", doubtful=True)
    band = classes.band(value)
    uncertain = key in sheet.uncertain
    return Finding(name, Decimal(f"{value:.2f}"), "z", band, flagged=band != "usual", doubtful=uncertain)
