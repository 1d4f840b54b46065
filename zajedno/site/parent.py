"""A child process must not outlive its parent: after kill -9 nothing of ours may keep the port or the database."""

import ctypes
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from zajedno.site.trouble import Trouble

SUPERVISED = "ZAJEDNO_SUPERVISED"
_PR_SET_PDEATHSIG = 1  # Linux, prctl(2)


def end_with_parent(number: int = signal.SIGTERM) -> None:
    """Ask the system to send us this signal when the parent is gone. Elsewhere than Linux nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)


def end_with_supervisor() -> None:
    """For a web worker: die at once with the web server's main process, when `zajedno up` started it."""
    if os.environ.get(SUPERVISED):
        end_with_parent(signal.SIGKILL)


@contextmanager
def giving_up() -> Iterator[None]:
    """When a web worker cannot even load, end the whole web server: it would start the worker again for ever."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, Trouble):
            sys.stderr.write(f"{error.sentence}\n")
        if os.environ.get(SUPERVISED):
            os.kill(os.getppid(), signal.SIGTERM)
        raise
