"""WHO Reference 2007, 5 to 19 years: z-scores of many pupils at once, as WHO's survey software reckons them.

Source: documentation of WHO's R package `anthroplus`. Ages are months with their fraction, from 60 to the end of month
228, for weight to the end of month 120 (older, weight says nothing without height).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zajedno.forms.logic.scores.norms import Codes, Mask, Numbers, norm
from zajedno.forms.logic.scores.who_2006 import Index, scored

YOUNGEST, OLDEST, OLDEST_FOR_WEIGHT = 60, 229, 121  # months; the last two no longer within
INDICES = {
    "hfa": Index("hfa", -6, 6, restricted=False),
    "wfa": Index("wfa", -6, 5),
    "bfa": Index("bfa", -5, 5),
}


@dataclass(frozen=True, slots=True)
class Pupils:
    """Arrays of one length; NaN: not known. `sex`: 1 boy, 2 girl, 0 not known; all are measured standing."""

    sex: Codes
    age_months: Numbers
    weight_kg: Numbers
    height_cm: Numbers
    oedema: Mask


@dataclass(frozen=True, slots=True)
class SchoolGrowth:
    """`cbmi` kg/m²; `measured` and `z` (to 2 decimals) by index. NaN: could not be said."""

    cbmi: Numbers
    measured: Mapping[str, Numbers]
    z: Mapping[str, Numbers]


def school_growth(pupils: Pupils) -> SchoolGrowth:
    """All three indices; with oedema only height."""
    cbmi = pupils.weight_kg / (pupils.height_cm / 100) ** 2
    known = (pupils.sex > 0) & (pupils.age_months >= YOUNGEST) & (pupils.age_months < OLDEST)
    measured = {"hfa": pupils.height_cm, "wfa": pupils.weight_kg, "bfa": cbmi}
    weighed = known & ~pupils.oedema
    whom = {"hfa": known, "wfa": weighed & (pupils.age_months < OLDEST_FOR_WEIGHT), "bfa": weighed}
    z = {
        key: scored(
            norm("who-growth-5-19", index.table), pupils.sex, pupils.age_months, measured[key], whom[key],
            index.restricted,
        )
        for key, index in INDICES.items()
    }  # fmt: skip
    return SchoolGrowth(cbmi, measured, z)
