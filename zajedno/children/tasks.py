"""Thin door to background jobs of this room."""

from zajedno.children.actions import batch as batches
from zajedno.children.actions import marks, pairs
from zajedno.children.actions.batch import job
from zajedno.children.queries import batch as queries
from zajedno.children.queries import marks as marks_queries
from zajedno.kernel.fence import WORKER, acting
from zajedno.kernel.jobs import every, task


@task("children.enter_register")
def enter_register(batch: str, account: int) -> None:
    job.run(batches, queries, batch=batch, account=account)


@task("children.enter_marks")
def enter_marks(batch: str, account: int) -> None:
    job.run(marks, marks_queries, batch=batch, account=account)


@every("* * * * *", "children.seek_new_pairs")
def seek_new_pairs() -> None:
    with acting(WORKER):
        pairs.seek_new()


@every("30 2 * * *", "children.seek_all_pairs")
def seek_all_pairs() -> None:
    with acting(WORKER):
        pairs.seek_all()
