"""Thin door to background jobs of this room."""

from zajedno.kernel.fence import WORKER, acting
from zajedno.kernel.jobs import every
from zajedno.networks.actions import body_warning, renewal
from zajedno.networks.actions.sheet import drop_old_drafts


@every("30 5 * * *", "networks.drop_old_drafts")
def drop_drafts() -> None:
    with acting(WORKER):
        drop_old_drafts()


@every("30 6 * * *", "networks.warn_of_agreements")
def warn_of_agreements() -> None:
    with acting(WORKER):
        renewal.warn()


@every("40 6 * * *", "networks.warn_of_bodies")
def warn_of_bodies() -> None:
    with acting(WORKER):
        body_warning.warn()
