"""Who uses the server now, told by a file lock that the kernel lets go even after kill -9.

Every user holds the lock shared. Whoever gets it alone is the last one and stops the server; the keeper waits for that
moment, so that a server is never left behind by a process that was killed.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Lock:
    """A lock on a file; several processes may hold it shared, or one alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    @property
    def held(self) -> bool:
        return self._file is not None

    def share(self) -> None:
        self._take(fcntl.LOCK_SH)

    def alone(self) -> None:
        """Wait until nobody else holds it."""
        self._take(fcntl.LOCK_EX)

    def share_at_once(self) -> bool:
        return self._try(fcntl.LOCK_SH)

    def alone_at_once(self) -> bool:
        return self._try(fcntl.LOCK_EX)

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _take(self, how: int) -> None:
        if self._file is None:
            self._file = os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, how)

    def _try(self, how: int) -> bool:
        try:
            self._take(how | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            return False
        return True


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Only one process at a time inside."""
    lock = Lock(path)
    lock.alone()
    try:
        yield
    finally:
        lock.release()


def start_keeper(folder: Path, *, temporary: bool) -> None:
    """A process of its own session that outlives us, waits until nobody uses the server, and stops it."""
    command = [sys.executable, "-m", "zajedno.site.database.keeper", str(folder), *(["--remove"] if temporary else [])]
    subprocess.Popen(
        command,
        cwd=Path(__file__).resolve().parents[3],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
