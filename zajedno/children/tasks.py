"""Thin door to background jobs of this room."""

from zajedno.children.actions import batch as batches
from zajedno.children.actions import marks
from zajedno.children.actions.batch import job
from zajedno.children.queries import batch as queries
from zajedno.children.queries import marks as marks_queries
from zajedno.kernel.jobs import task


@task("children.enter_register")
def enter_register(batch: str, account: int) -> None:
    job.run(batches, queries, batch=batch, account=account)


@task("children.enter_marks")
def enter_marks(batch: str, account: int) -> None:
    job.run(marks, marks_queries, batch=batch, account=account)
