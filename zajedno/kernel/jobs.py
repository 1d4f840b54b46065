"""The door to background jobs: shaped like Django's tasks, carried by procrastinate in PostgreSQL.

Arguments are ids only. A job is enqueued in the transaction of the act and starts after it. One whose worker was killed
is taken up by another within two minutes.
"""

from collections.abc import Callable
from typing import Any

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4)
SILENT = 60  # seconds without a heartbeat after which a worker counts as dead


class Task:
    """A function that may be called at once, or `enqueue`d."""

    def __init__(self, function: Callable[..., None], name: str, queue: str) -> None:
        self.function = function
        self._task = app.task(name=name, queue=queue, retry=AGAIN)(function)

    def __call__(self, **ids: Any) -> None:
        self.function(**ids)

    def enqueue(self, **ids: int | str) -> None:
        self._task.defer(**ids)


def task(name: str, *, queue: str = "default") -> Callable[[Callable[..., None]], Task]:
    """`@task("room.verb")` on a function of ids."""
    return lambda function: Task(function, name, queue)


def every(cron: str, name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """`@every("0 6 * * *", "room.verb")`: once a tick, however many workers there are."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        def tick(timestamp: int) -> None:
            function()

        app.periodic(cron=cron)(app.task(name=name, queue="schedule", retry=AGAIN)(tick))
        return function

    return register


@app.periodic(cron="* * * * *")
@app.task(name="kernel.rescue", queue="schedule", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Give jobs of workers that show no sign of life back to the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        await manager.retry_job(job)
