"""Thin door to background jobs of this room."""

from zajedno.indicators.actions import notice, release_all, release_closed
from zajedno.indicators.actions.extract_make import make, sweep
from zajedno.kernel import clock
from zajedno.kernel.jobs import every, task


@every("30 2 * * *", "indicators.release")
def release() -> None:
    """Every night, so that a quarter's edition is there after its first; within the quarter nothing is made anew."""
    release_all(today=clock.today())


@every("30 3 * * *", "indicators.release_closed")
def release_periods() -> None:
    """Every night; a period is released once, thirty days after it ended."""
    release_closed(today=clock.today())


@every("30 4 * * 0", "indicators.notice")
def notice_late() -> None:
    """Every Sunday: an edition after which much came says so on its page, until somebody corrects it."""
    notice(today=clock.today())


@task("indicators.make_extract")
def make_extract(uuid: str) -> None:
    make(uuid=uuid)


@task("indicators.sweep_extracts")
def sweep_extracts() -> None:
    sweep()


@every("10 0 * * *", "indicators.expire_extracts")
def expire_extracts() -> None:
    """Just after midnight: what expired with the day is deleted."""
    sweep()
