"""A child process must not outlive its parent: after kill -9 nothing of ours may keep the port or the database."""

import ctypes
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zajedno.site.trouble import Trouble

SUPERVISED = "ZAJEDNO_SUPERVISED"  # number of the process of `zajedno up`
_PR_SET_PDEATHSIG = 1  # Linux, prctl(2)


def end_with_parent(parent: int, number: int = signal.SIGTERM) -> None:
    """Ask the system to send us this signal when the parent is gone. Elsewhere than Linux nothing happens."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:  # it was gone before we asked
        os.kill(os.getpid(), number)


def end_with_supervisor() -> None:
    """For a web worker: die at once with the web server's main process, when `zajedno up` started it."""
    supervisor = os.environ.get(SUPERVISED)
    if not supervisor or sys.platform != "linux":
        return
    parent = os.getppid()
    if _parent_of(parent) == int(supervisor):
        end_with_parent(parent, signal.SIGKILL)
    else:  # the main process died while we were loading
        os.kill(os.getpid(), signal.SIGKILL)


def _parent_of(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


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
