"""WHO Child Growth Standards, birth to 5 years: z-scores of many children at once, as WHO's own software reckons them.

Sources: WHO, methods and development, 2006 and 2007; documentation of WHO's R package `anthro` (rules on age, position
and oedema). Limits are WHO's: age under 60 months, length 45-110 cm, height 65-120 cm, arm and skinfolds from 91 days.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zajedno.forms.logic.scores.norms import Codes, Mask, Norm, Numbers, norm

LYING, STANDING = 1, 2
MONTH = 30.4375  # days
TWO_YEARS = 731  # days: from here a child is measured standing
TALLER_LYING = 0.7  # cm
FIRST_STANDING = 9  # months: a younger child does not stand to be measured
SHORT = 87  # cm: below it, a child whose age and position nobody knows was measured lying
OLDEST = 60  # months, no longer within


@dataclass(frozen=True, slots=True)
class Index:
    """`table`: its norm; `restricted`: see `Norm.z`; outside `low` to `high` an entry cannot be true (WHO's flags)."""

    table: str
    low: float
    high: float
    restricted: bool = True

    def flags(self, z: Numbers) -> Mask:
        return (z < self.low) | (z > self.high)


INDICES = {
    "len": Index("lhfa", -6, 6, restricted=False),
    "wei": Index("wfa", -6, 5),
    "wfl": Index("wfl", -5, 5),  # and `wfh`
    "bmi": Index("bfa", -5, 5),
    "hc": Index("hcfa", -5, 5, restricted=False),
    "ac": Index("acfa", -5, 5),
    "ts": Index("tsfa", -5, 5),
    "ss": Index("ssfa", -5, 5),
}
SWELLS = ("wei", "wfl", "bmi")  # what oedema makes untrue


@dataclass(frozen=True, slots=True)
class Children:
    """Arrays of one length; NaN: not known. `sex`: 0 not known; `position`: 0 not known, then as usual at the age."""

    sex: Codes
    age_days: Numbers
    weight_kg: Numbers
    lenhei_cm: Numbers
    position: Codes
    headc_cm: Numbers
    armc_cm: Numbers
    triskin_mm: Numbers
    subskin_mm: Numbers
    oedema: Mask


@dataclass(frozen=True, slots=True)
class Growth:
    """`measured` and `z` (to 2 decimals) by index; of weight for length it is the weight. NaN: could not be said.

    `clenhei`: cm as lying under two years and as standing from then on; `cbmi` is of it. `early`: measured standing
    under 9 months, which is not corrected.
    """

    clenhei: Numbers
    cbmi: Numbers
    measured: Mapping[str, Numbers]
    z: Mapping[str, Numbers]
    early: Mask


def growth(children: Children) -> Growth:
    """All indices. Ages in days are rounded half up; without an age only weight for length or height is reckoned."""
    day = np.floor(children.age_days + 0.5)
    early = (children.position == STANDING) & (children.age_days < FIRST_STANDING * MONTH)
    clenhei = _corrected(children, day, early)
    cbmi = children.weight_kg / (clenhei / 100) ** 2
    known = (children.sex > 0) & (children.age_days >= 0) & (children.age_days < OLDEST * MONTH)
    measured = {
        "len": clenhei, "wei": children.weight_kg, "wfl": children.weight_kg, "bmi": cbmi, "hc": children.headc_cm,
        "ac": children.armc_cm, "ts": children.triskin_mm, "ss": children.subskin_mm,
    }  # fmt: skip
    z = {}
    for key, index in INDICES.items():
        whom = known & ~children.oedema if key in SWELLS else known
        if key == "wfl":
            z[key] = _for_length(children, day, clenhei, whom)
        else:
            z[key] = scored(norm("who-growth", index.table), children.sex, day, measured[key], whom, index.restricted)
    return Growth(clenhei, cbmi, measured, z, early)


def scored(norm: Norm, sex: Codes, place: Numbers, measure: Numbers, whom: Mask, restricted: bool) -> Numbers:
    """z to 2 decimals of `whom`, where the place lies in the table and the measure is above 0; else NaN."""
    z = np.full(len(measure), np.nan)
    here = np.flatnonzero(whom & (place >= norm.start) & (place <= norm.end) & (measure > 0))
    if here.size:
        z[here] = np.round(norm.z(sex[here], place[here], measure[here], restricted=restricted), 2) + 0.0  # no -0
    return z


def _corrected(children: Children, day: Numbers, early: Mask) -> Numbers:
    clenhei = children.lenhei_cm.copy()
    clenhei[(children.position == STANDING) & (day < TWO_YEARS) & ~early] += TALLER_LYING
    clenhei[(children.position == LYING) & (day >= TWO_YEARS)] -= TALLER_LYING
    clenhei[clenhei <= 0] = np.nan
    return clenhei


def _for_length(children: Children, day: Numbers, clenhei: Numbers, whom: Mask) -> Numbers:
    """Weight for length under two years, for height from then on; of unknown age by position, else by length."""
    ageless = np.isnan(day)
    lying = (children.position == LYING) | ((children.position == 0) & (clenhei < SHORT))
    lying = np.where(ageless, lying, day < TWO_YEARS)
    whom = whom | (ageless & (children.sex > 0) & ~children.oedema)
    length, height = (
        scored(norm("who-growth", table), children.sex, clenhei, children.weight_kg, whom & these, True)
        for table, these in (("wfl", lying), ("wfh", ~lying))
    )
    return np.where(lying, length, height)
