"""Before and after, beside places that did without: how much more did it change here than there?

The changes of the places that did without say how much places change by themselves. The place stands out only where its
own change lies farther out than that of one place in twenty would (Student's t for one more of the same kind, so few
places make a wide interval); with nineteen others or more it must also be among the farthest twentieth of all of them.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from zajedno.figures.logic.effect.panel import NOTHING, Numbers, Panel
from zajedno.figures.logic.effect.question import Reason

FEWEST_PLACES = 8
AS_FAR = 0.75  # of the change after the start: who moved so far before it may have moved by itself
TO_BE_RANKED = 19  # places: with fewer, none can be among the farthest twentieth
LEVEL, BEFORE_LEVEL = 0.05, 0.10


@dataclass(frozen=True, slots=True)
class Found:
    """`sure_low` and `sure_high` would be the interval if what is only bounded were known to lie in the middle."""

    estimate: float
    low: float
    high: float
    chance: float
    sure_low: float
    sure_high: float


def difference(panel: Panel) -> Found:
    """Of the first place against the others."""
    weights = _weights(panel)
    changes, slack = panel.middle @ weights, ((panel.high - panel.low) / 2) @ np.abs(weights)
    noise = panel.noise @ weights**2
    own, others = changes[0], changes[1:]
    many = len(others)
    spread = float(np.var(others, ddof=1)) + max(0.0, float(noise[0] - noise[1:].mean()))
    error = float(np.sqrt(spread + np.var(others, ddof=1) / many))
    estimate, open_by = float(own - others.mean()), float(slack[0] + slack[1:].mean())
    reach = error * float(special.stdtrit(many - 1, 1 - LEVEL / 2))
    return Found(
        estimate, estimate - reach - open_by, estimate + reach + open_by,
        _chance(estimate, open_by, error, changes), estimate - reach, estimate + reach,
    )  # fmt: skip


def _weights(panel: Panel) -> Numbers:
    """What makes of a row its change: the mean after less the mean before."""
    after = panel.low.shape[1] - panel.before
    return np.array([-1 / panel.before] * panel.before + [1 / after] * after)


def _chance(estimate: float, open_by: float, error: float, changes: Numbers) -> float:
    """How often places that did without would stand out as much."""
    many = len(changes) - 1
    least = max(abs(estimate) - open_by, 0.0)
    by_spread = 2 * float(special.stdtr(many - 1, -_ratio(least, error)))
    return max(by_spread, ranked(changes)) if many >= TO_BE_RANKED else by_spread


def ranked(changes: Numbers) -> float:
    """The share of places, this one among them, that stand out from all the others at least as far."""
    far = []
    for row in range(len(changes)):
        others = np.delete(changes, row)
        far.append(_ratio(abs(float(changes[row] - others.mean())), float(np.std(others, ddof=1))))
    return sum(one >= far[0] for one in far) / len(far)


def before_the_start(panel: Panel) -> Reason | None:
    """Did the place go its own way already? Its course before the start is compared with that of the others as if it
    had begun earlier, at every point; and whether it drew away steadily. Where no other changes otherwise than the
    next, they say nothing of chance."""
    if np.ptp(panel.middle[1:] @ _weights(panel)) < NOTHING:
        return Reason.STILL
    course, level = panel.middle[:, : panel.before], BEFORE_LEVEL / panel.before
    line = np.arange(panel.before) - (panel.before - 1) / 2
    line = line / np.sqrt(line @ line)
    steps = [_step(at, panel.before) for at in range(1, panel.before)]
    if min(_apart(course, one)[1] for one in (line, *steps)) >= level:
        return None
    jumps = [one - (one @ line) * line for one in steps]  # what of a step is no steady drawing away
    return Reason.BREAK_BEFORE if min(_apart(course, one)[1] for one in jumps) < level else Reason.NOT_PARALLEL


def moved_as_far(panel: Panel, estimate: float) -> bool:
    """Did it move about as far, the same way, before anything had begun?"""
    course = panel.middle[:, : panel.before]
    sizes = [_apart(course, _step(at, panel.before))[0] for at in range(1, panel.before)]
    return any(size * estimate > 0 and abs(size) >= AS_FAR * abs(estimate) for size in sizes)


def _step(at: int, many: int) -> Numbers:
    return np.array([-1 / at] * at + [1 / (many - at)] * (many - at))


def _apart(course: Numbers, weights: Numbers) -> tuple[float, float]:
    """By how much the first row differs from the others under these weights, and how often chance would do it."""
    found = course @ weights
    others = found[1:]
    size = float(found[0] - others.mean())
    error = float(np.std(others, ddof=1)) * float(np.sqrt(1 + 1 / len(others)))
    return size, 2 * float(special.stdtr(len(others) - 1, -_ratio(abs(size), error)))


def _ratio(size: float, error: float) -> float:
    """None of nothing is nothing; something where nothing else moves is beyond all measure."""
    if error > 1e-12:
        return size / error
    return 0.0 if size <= 1e-12 else 1e6
