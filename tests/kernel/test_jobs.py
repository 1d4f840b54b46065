"""Jobs whose worker was killed go back to the queue."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

from zajedno.kernel.jobs import SILENT, app, rescue


class Manager:
    """What procrastinate's manager does here, without a database: the crash stories have the real one."""

    def __init__(self, *stalled: str) -> None:
        self.stalled, self.retried = stalled, list[str]()

    async def get_stalled_jobs(self, *, seconds_since_heartbeat: float) -> tuple[str, ...]:
        return self.stalled if seconds_since_heartbeat == SILENT else ()

    async def retry_job(self, job: str) -> None:
        self.retried.append(job)


def test_what_stalled_is_tried_again() -> None:
    manager = Manager("one", "two")
    context: Any = SimpleNamespace(app=SimpleNamespace(job_manager=manager))
    with ThreadPoolExecutor(1) as thread:  # a browser of another test may have a loop running in this one
        thread.submit(asyncio.run, rescue(context, 0)).result()
    assert manager.retried == ["one", "two"]


def test_it_runs_every_minute() -> None:
    assert ("kernel.rescue", "") in app.periodic_registry.periodic_tasks
