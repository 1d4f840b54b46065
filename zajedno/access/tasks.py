"""Thin door to background jobs of this room."""

from zajedno.access.actions import outbox
from zajedno.kernel.fence import WORKER, acting
from zajedno.kernel.jobs import every


@every("* * * * *", "access.send_outbox")
def send_outbox() -> None:
    for _letter in range(200):
        with acting(WORKER):  # a transaction each: a crash sends at most one of them again
            if not outbox.send_next():
                return
