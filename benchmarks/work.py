"""What a call costs in SQL: the time for which the database's own process worked for this connection.

On a busy machine a query of a millisecond waits its turn for ten, so a clock on the wall measures the neighbours. Where
the system does not tell how long a process worked (or the database runs elsewhere), the clock is all there is.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Work:
    def __init__(self) -> None:
        from django.db import connection

        connection.ensure_connection()
        told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        self.told = told if connection.settings_dict["HOST"].startswith("/") and told.exists() else None

    def _now(self) -> float:
        """Seconds."""
        return int(self.told.read_text().split()[0]) / 1e9 if self.told else time.perf_counter()

    def of(self, act: Callable[[], object]) -> float:
        """Seconds in SQL of what `act` asks."""
        from django.db import connection

        spent = 0.0

        def timed(execute: Callable[..., Any], *about: Any) -> Any:
            nonlocal spent
            start = self._now()
            try:
                return execute(*about)
            finally:
                spent += self._now() - start

        with connection.execute_wrapper(timed):
            act()
        return spent
