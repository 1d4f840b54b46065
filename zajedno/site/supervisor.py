"""Keeps the database, the web server and the worker running until told to stop; starts again what dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import FrameType

from zajedno.site.parent import SUPERVISED, end_with_parent

PATIENCE = 10  # seconds to end by itself before it is killed
LONGEST_PAUSE = 30  # seconds between two starts of something that keeps dying


@dataclass
class Part:
    """One child process, and when it may be started again."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    next_start: float = 0.0

    def start(self, environment: Mapping[str, str]) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env={**environment, SUPERVISED: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches only us; we stop the parts in order
            preexec_fn=partial(end_with_parent, os.getpid()),
        )

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


@dataclass
class Supervisor:
    """`check` is called every few seconds and may start again what is not a child (the database)."""

    parts: list[Part]
    environment: Mapping[str, str]
    check: Callable[[], None] = lambda: None
    stopping: bool = False
    _last_check: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        signal.signal(signal.SIGTERM, self._told)
        signal.signal(signal.SIGINT, self._told)
        signal.signal(signal.SIGHUP, self._told)
        for part in self.parts:
            part.start(self.environment)

    def wait(self) -> None:
        """Until SIGTERM, SIGINT or SIGHUP."""
        while not self.stopping:
            self._look()
            time.sleep(0.2)

    def stop(self) -> None:
        for part in self.parts:
            if part.process and part.running:
                part.process.terminate()
        until = time.monotonic() + PATIENCE
        for part in self.parts:
            if part.process:
                try:
                    part.process.wait(max(0.1, until - time.monotonic()))
                except subprocess.TimeoutExpired:
                    os.killpg(part.process.pid, signal.SIGKILL)
                    part.process.wait()

    def _told(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _look(self) -> None:
        now = time.monotonic()
        for part in self.parts:
            if not part.running:
                self._again(part, now)
        if now - self._last_check > 3:
            self._last_check = now
            self.check()

    def _again(self, part: Part, now: float) -> None:
        if part.process is not None:
            part.deaths = 0 if now - part.started > 60 else part.deaths + 1
            pause = 0 if part.deaths <= 1 else min(2.0**part.deaths, LONGEST_PAUSE)
            part.next_start = now + pause
            later = f"in {pause:.0f} s" if pause else "now"
            sys.stderr.write(f"The {part.name} ended by itself; it is started again {later}.\n")
            part.process = None
        if now >= part.next_start:
            part.start(self.environment)
