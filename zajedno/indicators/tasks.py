"""Thin door to background jobs of this room."""

from zajedno.indicators.actions import release_all, release_closed
from zajedno.kernel import clock
from zajedno.kernel.jobs import every


@every("30 2 * * *", "indicators.release")
def release() -> None:
    """Every night, so that a quarter's edition is there after its first; within the quarter nothing is made anew."""
    release_all(today=clock.today())


@every("30 3 * * *", "indicators.release_closed")
def release_periods() -> None:
    """Every night; a period is released once, thirty days after it ended."""
    release_closed(today=clock.today())
