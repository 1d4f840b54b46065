"""One row of a file of growth at a time, and the formula once more by hand."""

from zajedno.forms.logic.scores.growth_file import UNDER_FIVE
from zajedno.forms.logic.scores.norms import norm

COLUMNS = (*UNDER_FIVE.reads, *UNDER_FIVE.may_read)
CHILD = {"sex_1m_2f": "2", "age_days": "700", "weight_kg": "11.1", "lenhei_cm": "85.3", "measure": "l"}
Cells = dict[str, str]


def line(**cells: str) -> list[str]:
    """A row as the score reads it: our girl of 700 days, some cells changed."""
    return [(CHILD | cells).get(name, "") for name in COLUMNS]


def scored(**cells: str) -> tuple[Cells, str]:
    """The cells added to it, by column, and the reason."""
    (said,) = UNDER_FIVE.rows([line(**cells)])
    return dict(zip(UNDER_FIVE.adds, said.cells, strict=True)), said.reason


def plain(sex: int, table: str, place: float, measure: float) -> float:
    """The restricted z with a straight line between two lines of a table, once more and by hand."""
    there = norm("who-growth", table)
    lines = there.lms.shape[1] // 2
    steps = (place - there.start) * there.step
    low = min(int(steps), lines - 2)
    first, second = (there.lms[:, (sex - 1) * lines + at] for at in (low, low + 1))
    power, median, spread = (a + (steps - low) * (b - a) for a, b in zip(first, second, strict=True))
    z = float(((measure / median) ** power - 1) / (power * spread))
    if abs(z) <= 3:
        return z
    two, three = (float(median * (1 + power * spread * n) ** (1 / power)) for n in ((2, 3) if z > 0 else (-2, -3)))
    return (3 + (measure - three) / (three - two)) if z > 0 else (-3 + (measure - three) / (two - three))
