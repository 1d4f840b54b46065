"""Thin door to background jobs of this room."""

from zajedno.casework.actions import batch as batches
from zajedno.casework.actions import daily
from zajedno.casework.queries import batch as queries
from zajedno.children.actions.batch import job
from zajedno.kernel.fence import WORKER, acting
from zajedno.kernel.jobs import every, task


@every("0 6 * * *", "casework.daily_round")
def daily_round() -> None:
    with acting(WORKER):
        daily.run()


@task("casework.enter_register")
def enter_register(batch: str, account: int) -> None:
    job.run(batches, queries, batch=batch, account=account)
