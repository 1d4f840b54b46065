"""What the person at the terminal sees while something takes time: one line a step, with a tick and its duration."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str], None]


def tick() -> str:
    """A tick, or a word where the terminal cannot show it."""
    try:
        "✓".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "ok"
    return "✓"


@contextmanager
def step(name: str) -> Iterator[Say]:
    """`with step("Tables") as say:` prints the line when done; `say` adds to it, or tells of a part of a long step."""
    began = time.monotonic()
    notes: list[str] = []
    live = sys.stdout.isatty()

    def say(text: str) -> None:
        notes[:] = [text]
        if live:
            print(f"\r\033[K  … {name}: {text}", end="", flush=True)

    if live:
        print(f"  … {name}", end="", flush=True)
    try:
        yield say
    except BaseException:
        print(f"\r\033[K  ✗ {name}" if live else f"  not done: {name}", flush=True)
        raise
    note = f": {notes[-1]}" if notes else ""
    start = "\r\033[K" if live else ""
    print(f"{start}  {tick()} {name}{note} ({time.monotonic() - began:.1f} s)", flush=True)
