"""Thin door to background jobs of this room."""

from zajedno.kernel.fence import WORKER, acting
from zajedno.kernel.jobs import every
from zajedno.programmes.actions import funding


@every("40 6 * * *", "programmes.warn_of_grants")
def warn_of_grants() -> None:
    with acting(WORKER):
        funding.warn()
