"""WHO growth of one child under five, from a sheet: z-scores, their classes, and what could not be said.

Classes by WHO: stunting, wasting, underweight, overweight, obesity. The age of a child born before 37 weeks is reckoned
from 40 weeks until two years. It screens; it is no diagnosis.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from zajedno.forms.logic.scores.answers import Impossible
from zajedno.forms.logic.scores.cells import Faults
from zajedno.forms.logic.scores.contract import Facts, Finding, Outcome
from zajedno.forms.logic.scores.growth_file import UNDER_FIVE, children
from zajedno.forms.logic.scores.growth_sheet import Classes, Sheet, age_days, cells, findings, refuse, unsaid
from zajedno.forms.logic.scores.who_2006 import INDICES, MONTH, OLDEST, SWELLS, TWO_YEARS, Children, growth

PRETERM, TERM, EARLIEST, LATEST = 37, 40, 20, 44  # weeks of gestation
SIZE = Classes(("very-low", "low"), ("high", "very-high"))
FATNESS = Classes(("severe-wasting", "wasting"), ("overweight", "obesity"))
CLASSES = {
    "len": Classes(("severe-stunting", "stunting")),
    "wei": Classes(("severe-underweight", "underweight")),
    "wfl": FATNESS,
    "bmi": FATNESS,
    "hc": SIZE,
    "ac": SIZE,
    "ts": SIZE,
    "ss": SIZE,
}
NEEDS = {
    "len": ("lenhei_cm",),
    "wei": ("weight_kg",),
    "wfl": ("weight_kg", "lenhei_cm"),
    "bmi": ("weight_kg", "lenhei_cm"),
    "hc": ("headc_cm",),
    "ac": ("armc_cm",),
    "ts": ("triskin_mm",),
    "ss": ("subskin_mm",),
}


def score(answers: Mapping[str, str], facts: Facts, options: Mapping[str, Any]) -> Outcome:
    """First `growth` (how many indices ask for attention), then `zlen`…`zss` of what was measured, and the corrected
    age in months where it was used. Where no value could be said the band says why. Raises `Impossible`.

    options: `corrected_until_days` (731).
    """
    child, corrected = child_of(answers, facts, options)
    days, found = child.age_days[0], growth(child)
    z = {key: found.z[key] for key, needs in NEEDS.items() if all(answers.get(name) for name in needs)}
    sheet = Sheet(
        z,
        SWELLS if child.oedema[0] else (),
        unsaid(facts, days, 0, OLDEST * MONTH),
        ("len", "wfl", "bmi") if found.early[0] else (),
    )
    used = (Finding("corrected_age", Decimal(f"{days / MONTH:.1f}")),) if corrected else ()
    missing = tuple(name for name in ("weight_kg", "lenhei_cm") if not answers.get(name))
    return Outcome((*findings(sheet, INDICES, CLASSES), *used), missing)


def child_of(answers: Mapping[str, str], facts: Facts, options: Mapping[str, Any]) -> tuple[Children, bool]:
    """The child as measured, an array of one; was its age corrected? Raises `Impossible`."""
    age = age_days(answers, facts)
    corrected = _corrected(age, answers.get("gestation_weeks", ""), options.get("corrected_until_days", TWO_YEARS))
    faults = Faults()
    child = children(cells(answers, (*UNDER_FIVE.reads, *UNDER_FIVE.may_read), facts), faults)
    refuse(faults)
    return replace(child, age_days=np.array([age if corrected is None else corrected])), corrected is not None


def _corrected(age: float, weeks: str, until: int) -> float | None:
    """Days since the child would have been 40 weeks; None where the age stays. `weeks`: completed ones, at birth."""
    if weeks and not (weeks.isdecimal() and EARLIEST <= int(weeks) <= LATEST):
        raise Impossible(f"gestation_weeks is not from {EARLIEST} to {LATEST}")
    return age - 7 * (TERM - int(weeks)) if weeks and int(weeks) < PRETERM and age < until else None
