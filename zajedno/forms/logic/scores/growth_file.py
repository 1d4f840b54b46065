"""WHO growth over files: cells in, z-scores and flags out, a block of rows at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zajedno.forms.logic.scores import who_2006, who_2007
from zajedno.forms.logic.scores.answers import EMPTY
from zajedno.forms.logic.scores.cells import Faults, ages, codes, measures
from zajedno.forms.logic.scores.contract import FileScore, Scored
from zajedno.forms.logic.scores.norms import Mask, Numbers
from zajedno.forms.logic.scores.who_2006 import Children, Index, growth
from zajedno.forms.logic.scores.who_2007 import Pupils, school_growth

SEX = {"1": 1, "2": 2, "m": 1, "f": 2}
POSITION = {"l": 1, "h": 2, "": 0}
NO, YES = 1, 2
OEDEMA = {"n": NO, "y": YES, "0": NO, "1": YES, "2": NO, "": NO}  # 2 is WHO's "no"
Block = Mapping[str, Sequence[str]]
Found = tuple[Sequence[Numbers], Mapping[str, Numbers]]  # what was cleaned, and z by index


@dataclass
class _File:
    reads: Sequence[str]
    may_read: Sequence[str]
    cleaned: Sequence[str]
    indices: Mapping[str, Index]
    find: Callable[[Block, Faults], Found]
    adds: Sequence[str] = ()

    def __post_init__(self) -> None:
        self.adds = (*self.cleaned, *(f"z{key}" for key in self.indices), *(f"f{key}" for key in self.indices))

    def rows(self, rows: Sequence[Sequence[str]]) -> Sequence[Scored]:
        if not rows:
            return []
        faults = Faults()
        block = dict(zip((*self.reads, *self.may_read), zip(*rows, strict=True), strict=True))
        cleaned, z = self.find(block, faults)
        flags = [_flag_cells(z[key], index.flags(z[key])) for key, index in self.indices.items()]
        columns = [*map(_cells, cleaned), *(_z_cells(z[key]) for key in self.indices), *flags]
        return [Scored(cells, faults.of(row)) for row, cells in enumerate(zip(*columns, strict=True))]


def children(block: Block, faults: Faults) -> Children:
    """Children under five as they stand in columns of those names."""
    return Children(
        sex=codes(block["sex_1m_2f"], "sex_1m_2f", faults, SEX),
        age_days=ages(block["age_days"], "age_days", faults),
        weight_kg=measures(block["weight_kg"], "weight_kg", faults),
        lenhei_cm=measures(block["lenhei_cm"], "lenhei_cm", faults),
        position=codes(block["measure"], "measure", faults, POSITION),
        headc_cm=measures(block["headc_cm"], "headc_cm", faults),
        armc_cm=measures(block["armc_cm"], "armc_cm", faults),
        triskin_mm=measures(block["triskin_mm"], "triskin_mm", faults),
        subskin_mm=measures(block["subskin_mm"], "subskin_mm", faults),
        oedema=_oedema(block, faults),
    )


def pupils(block: Block, faults: Faults) -> Pupils:
    """Pupils as they stand in columns of those names."""
    return Pupils(
        sex=codes(block["sex_1m_2f"], "sex_1m_2f", faults, SEX),
        age_months=ages(block["age_months"], "age_months", faults, needed=True),
        weight_kg=measures(block["weight_kg"], "weight_kg", faults),
        height_cm=measures(block["height_cm"], "height_cm", faults),
        oedema=_oedema(block, faults),
    )


def _under_five(block: Block, faults: Faults) -> Found:
    small = children(block, faults)
    found = growth(small)
    wrong_age = np.isnan(small.age_days) & [cell.strip() not in EMPTY for cell in block["age_days"]]
    found.z["wfl"][wrong_age] = np.nan  # a wrong age is no unknown one
    faults.add(found.early & ~np.isnan(found.clenhei), "measured standing under 9 months: not corrected")
    faults.add(small.age_days >= who_2006.OLDEST * who_2006.MONTH, "60 months or older: for who-growth-5-19")
    return (found.clenhei, found.cbmi), found.z


def _school(block: Block, faults: Faults) -> Found:
    large = pupils(block, faults)
    found = school_growth(large)
    faults.add(large.age_months < who_2007.YOUNGEST, "under 60 months: for who-growth")
    faults.add(large.age_months >= who_2007.OLDEST, "older than 228 months")
    return (found.cbmi,), found.z


def _oedema(block: Block, faults: Faults) -> Mask:
    """Also where it cannot be read: then what it would make untrue stays empty."""
    oedema: Mask = codes(block["oedema"], "oedema", faults, OEDEMA) != NO
    return oedema


_TABLE = 2000  # hundredths whose text is kept
_TEXTS = np.array([f"{n / 100:.2f}" for n in range(-_TABLE, _TABLE + 1)] + [""], object)
_FLAGS = np.array(["0", "1", ""], object)


def _z_cells(z: Numbers) -> list[str]:
    hundredths = np.nan_to_num(np.rint(z * 100), nan=_TABLE + 1)
    texts: list[str] = _TEXTS[np.clip(hundredths, -_TABLE, _TABLE + 1).astype(np.intp) + _TABLE].tolist()
    for row in np.flatnonzero(np.abs(z) > _TABLE / 100).tolist():
        texts[row] = f"{z[row]:.2f}"
    return texts


def _flag_cells(z: Numbers, flags: Mask) -> list[str]:
    cells: list[str] = _FLAGS[np.where(np.isnan(z), 2, flags)].tolist()
    return cells


def _cells(values: Numbers) -> list[str]:
    return ["" if value != value else f"{value:.12g}" for value in values.tolist()]


UNDER_FIVE: FileScore = _File(
    reads=("sex_1m_2f", "age_days", "weight_kg", "lenhei_cm"),
    may_read=("measure", "headc_cm", "armc_cm", "triskin_mm", "subskin_mm", "oedema"),
    cleaned=("clenhei", "cbmi"),
    indices=who_2006.INDICES,
    find=_under_five,
)
SCHOOL: FileScore = _File(
    reads=("sex_1m_2f", "age_months", "weight_kg", "height_cm"),
    may_read=("oedema",),
    cleaned=("cbmi",),
    indices=who_2007.INDICES,
    find=_school,
)
