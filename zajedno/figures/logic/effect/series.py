"""Before and after in the place alone: a line through what was before goes on; does what came after leave it?

A weaker ground than other places: what else happened in those months cannot be told apart. So the series must be long.
"""

import numpy as np
from scipy import special

from zajedno.figures.logic.effect.difference import BEFORE_LEVEL, LEVEL, Found
from zajedno.figures.logic.effect.panel import NOTHING, Numbers, Panel
from zajedno.figures.logic.effect.question import Reason

LONG_BEFORE, LONG_AFTER = 24, 12
STRICTER = 5  # tried on invented series whose neighbours are alike, the usual interval missed the truth too often


def series(panel: Panel) -> Found:
    """Of the first place: how far, on the whole, what came after lies above the line that went before."""
    values = panel.middle[0]
    many, before = len(values), panel.before
    time = np.arange(many, dtype=float)
    later = (time >= before).astype(float)
    design = np.column_stack([np.ones(many), time, later, later * (time - before)])
    on_the_whole = np.array([0, 0, 1, (many - before - 1) / 2])
    estimate, error, free = _fitted(values, design, on_the_whole)
    slack = (panel.high[0] - panel.low[0]) / 2
    open_by = float(slack[before:].mean() + slack[:before].max())
    reach = error * float(special.stdtrit(free, 1 - LEVEL / STRICTER / 2))
    chance = STRICTER * 2 * float(special.stdtr(free, -max(abs(estimate) - open_by, 0.0) / error)) if error else 0.0
    return Found(
        estimate, estimate - reach - open_by, estimate + reach + open_by, chance, estimate - reach, estimate + reach
    )


def break_before(panel: Panel) -> Reason | None:
    """Had the place left its own line at some point before the start, or never stirred from it at all?"""
    values = panel.middle[0, : panel.before]
    time = np.arange(len(values), dtype=float)
    if np.abs(values - np.polyval(np.polyfit(time, values, 1), time)).max() < NOTHING:
        return Reason.STILL
    points = range(3, len(values) - 2)
    for at in points:
        design = np.column_stack([np.ones(len(values)), time, (time >= at).astype(float)])
        size, error, free = _fitted(values, design, np.array([0, 0, 1.0]))
        chance = 2 * float(special.stdtr(free, -abs(size) / error)) if error else float(abs(size) < 1e-9)
        if chance < BEFORE_LEVEL / len(points):
            return Reason.BREAK_BEFORE
    return None


def _fitted(values: Numbers, design: Numbers, asked: Numbers) -> tuple[float, float, float]:
    """The size of what is asked, its error, and how many numbers that are free of each other it rests on. The error:
    whichever is larger of the one that is robust to neighbours that are alike (HAC, too small in short series) and the
    one that follows from how alike they seem to be."""
    from statsmodels.regression.linear_model import OLS  # takes seconds to come, so only who asks waits for it

    plain = OLS(values, design).fit()
    many, kept = design.shape
    robust = plain.get_robustcov_results("HAC", maxlags=max(1, int(many ** (1 / 3))), use_correction=True)
    alike = _alike(plain.resid, kept)
    between = alike ** np.abs(np.subtract.outer(np.arange(many), np.arange(many)))
    inverse = np.linalg.inv(design.T @ design)
    weights = design @ inverse @ asked
    hidden = 1 - float(np.trace(between @ design @ inverse @ design.T) - kept) / (many - kept)  # by the fit itself
    lasting = plain.mse_resid * float(weights @ between @ weights) / max(hidden, 0.1)
    error = float(np.sqrt(max(lasting, asked @ robust.cov_params() @ asked, 0.0)))
    return float(asked @ plain.params), error, max((many - kept) * (1 - alike) / (1 + alike), 3.0)


def _alike(left: Numbers, kept: int) -> float:
    """How alike neighbours are, from what the line leaves. A line through few points takes likeness away, about one
    part in `many` for each number that it was fitted with; that is put back."""
    all_of_it = float(left @ left)
    seen = float(left[1:] @ left[:-1]) / all_of_it if all_of_it > 1e-12 else 0.0
    return min(max(seen + (kept + 3 * seen) / len(left), 0.0), 0.85)
