"""How far a long import has come, for whoever looks at the page meanwhile."""

from collections.abc import Callable
from types import TracebackType

from django.db import DatabaseError, connection

from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME

Progress = Callable[[int], None]


class Aside:
    """Writes `done` of one row through a connection of its own, each time at once.

    An import is one transaction, so that a crash leaves nothing; until it ends nobody sees a row of it. Its progress
    must be seen while it runs, therefore it is written beside it, under the same role and account. The row must not be
    locked by the import (it holds an advisory lock); progress that cannot be written is no reason to stop.
    """

    def __init__(self, by: Actor, table: str, row: int) -> None:
        self._by, self._row = by, row
        self._connection = connection.copy()
        self._update = f"update {self._connection.ops.quote_name(table)} set done = %s where id = %s"

    def __enter__(self) -> Progress:
        with self._connection.cursor() as cursor:
            cursor.execute(
                "select set_config('role', %s, false), set_config('app.account', %s, false),"
                " set_config('app.today', %s, false), set_config('lock_timeout', '500ms', false)",
                [RUNTIME, str(self._by.account), str(self._by.today)],
            )
        return self._write

    def _write(self, done: int) -> None:
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(self._update, [done, self._row])
        except DatabaseError:
            self._connection.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
