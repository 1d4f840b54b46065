"""Thin door to background jobs of this room."""

from zajedno.children.actions import batch as batches
from zajedno.children.actions.batch import job
from zajedno.children.queries import batch as queries
from zajedno.kernel.jobs import task


@task("children.enter_register")
def enter_register(batch: str, account: int) -> None:
    job.run(batches, queries, batch=batch, account=account)
