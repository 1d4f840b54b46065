"""How far a long import has come, for whoever looks at the page meanwhile."""

import json
from collections.abc import Callable
from types import TracebackType

from django.db import DatabaseError, connection

from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME

Progress = Callable[[int], None]


class Aside:
    """Writes the count of rows done through a connection of its own, each time at once.

    The import is one transaction, so that a crash leaves nothing; until it ends nobody sees a row of it. Its progress
    must be seen while it runs, therefore it is written beside it, under the same role and account. That row is locked
    by nobody (the import holds an advisory lock), and progress that cannot be written is no reason to stop.
    """

    def __init__(self, by: Actor, batch: int) -> None:
        self._by, self._batch = by, batch
        self._connection = connection.copy()

    def __enter__(self) -> Progress:
        settings = {"role": RUNTIME, "app.account": str(self._by.account), "app.today": str(self._by.today)}
        with self._connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '500ms'")
            cursor.execute(
                "select count(set_config(key, value, false)) from jsonb_each_text(%s::jsonb)", [json.dumps(settings)]
            )
        return self._write

    def _write(self, done: int) -> None:
        try:
            with self._connection.cursor() as cursor:
                cursor.execute("update casework_casebatch set done = %s where id = %s", [done, self._batch])
        except DatabaseError:
            self._connection.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
