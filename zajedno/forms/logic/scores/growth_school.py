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
from zajedno.forms.logic.scores.who_2007 import INDICES, OLDEST, OLDEST_FOR_WEIGHT, YOUNGEST, Pupils, school_growth

CLASSES = {
    "hfa": Classes(("severe-stunting", "stunting")),
    "wfa": Classes(("severe-underweight", "underweight")),
    "bfa": Classes(("severe-thinness", "thinness"), ("overweight", "obesity"), (1, 2)),
}
NEEDS = {"hfa": ("height_cm",), "wfa": ("weight_kg",), "bfa": ("weight_kg", "height_cm")}


def score(answers: Mapping[str, str], facts: Facts, options: Mapping[str, Any]) -> Outcome:
    """First `growth` (how many indices ask for attention), then `zhfa`, `zwfa` to ten years, `zbfa` of what was
    measured. Where no value could be said the band says why. Raises `Impossible`."""
    pupil = pupil_of(answers, facts)
    months, found = pupil.age_months[0], school_growth(pupil)
    z = {key: found.z[key] for key, needs in NEEDS.items() if all(answers.get(name) for name in needs)}
    if months >= OLDEST_FOR_WEIGHT:
        z.pop("wfa", None)  # weight alone says nothing any more
    sheet = Sheet(z, ("wfa", "bfa") if pupil.oedema[0] else (), unsaid(facts, months, YOUNGEST, OLDEST))
    missing = tuple(name for name in ("weight_kg", "height_cm") if not answers.get(name))
    return Outcome(findings(sheet, INDICES, CLASSES), missing)


def pupil_of(answers: Mapping[str, str], facts: Facts) -> Pupils:
    """The pupil as measured, an array of one. Raises `Impossible`."""
    faults = Faults()
    pupil = pupils(cells(answers, (*SCHOOL.reads, *SCHOOL.may_read), facts), faults)
    refuse(faults)
    return replace(pupil, age_months=np.array([age_days(answers, facts) / MONTH]))
