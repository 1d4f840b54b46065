"""What is reckoned is released: nobody's act, under the statistics role. A correction is somebody's."""

from zajedno.indicators.actions.period import correct, load_indicators, notice, release_closed
from zajedno.indicators.actions.table import COST, KNOWN, REACHED, UNPRICED, release_all, release_cost, release_known

__all__ = [
    "COST", "KNOWN", "REACHED", "UNPRICED", "correct", "load_indicators", "notice", "release_all", "release_closed",
    "release_cost", "release_known",
]  # fmt: skip
