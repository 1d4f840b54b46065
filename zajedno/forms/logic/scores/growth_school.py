"""WHO growth of one pupil from 5 to 19 years, from a sheet: z-scores, their classes, and what could not be said.

Classes by WHO: stunting, underweight, thinness, overweight above 1 SD, obesity above 2. It screens; it is no diagnosis.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from zajedno.forms.logic.scores.cells import Faults
from zajedno.forms.logic.scores.contract import Facts, Outcome
from zajedno.forms.logic.scores.growth_file import SCHOOL, pupils
from zajedno.forms.logic.scores.growth_sheet import Classes, Sheet, age_days, cells, findings, refuse, unsaid
from zajedno.forms.logic.scores.who_2006 import MONTH
from zajedno.forms.logic.scores.who_2007 import INDICES, OLDEST, OLDEST_FOR_WEIGHT, YOUNGEST, school_growth

CLASSES = {
    "hfa": Classes(("severe-stunting", "stunting")),
    "wfa": Classes(("severe-underweight", "underweight")),
    "bfa": Classes(("severe-thinness", "thinness"), ("overweight", "obesity"), (1, 2)),
}
NEEDS = {"hfa": ("height_cm",), "wfa": ("weight_kg",), "bfa": ("weight_kg", "height_cm")}


def score(answers: Mapping[str, str], facts: Facts, options: Mapping[str, Any]) -> Outcome:
    """First `growth` (how many indices ask for attention), then `zhfa`, `zwfa` to ten years, `zbfa` of what was
    measured. Where no value could be said the band says why. Raises `Impossible`."""
    age = age_days(answers, facts)
    months = np.nan if age is None else age / MONTH
    block, faults = cells(answers, (*SCHOOL.reads, *SCHOOL.may_read), facts), Faults()
    pupil = replace(pupils(block, faults), age_months=np.array([months]))
    refuse(faults)
    found = school_growth(pupil).z
    z = {key: found[key] for key, needs in NEEDS.items() if all(block[name][0] for name in needs)}
    if months >= OLDEST_FOR_WEIGHT:
        z.pop("wfa", None)  # weight alone says nothing any more
    sheet = Sheet(z, ("wfa", "bfa") if pupil.oedema[0] else (), unsaid(facts, age, YOUNGEST * MONTH, OLDEST * MONTH))
    missing = tuple(name for name in ("weight_kg", "height_cm") if not block[name][0])
    return Outcome(findings(sheet, INDICES, CLASSES), missing)
