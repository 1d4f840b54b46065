"""Thin door to background jobs of this room."""

from zajedno.casework.actions import daily
from zajedno.casework.actions.batch import job
from zajedno.kernel.fence import WORKER, acting
from zajedno.kernel.jobs import every, task


@every("0 6 * * *", "casework.daily_round")
def daily_round() -> None:
    with acting(WORKER):
        daily.run()


@task("casework.commit_batch")
def commit_batch(batch: str, account: int) -> None:
    job.run(batch=batch, account=account)
