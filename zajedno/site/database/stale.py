"""After kill -9 the server's pid file stays behind, and a zombie or a reused number makes it look alive."""

import os
from pathlib import Path


def forget_dead_server(data: Path) -> None:
    """Remove `postmaster.pid` when no process works in the folder any more (Linux; elsewhere PostgreSQL decides)."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists() or not Path("/proc/self/cwd").exists():
        return
    owner = data.stat().st_uid
    if not any(_may_work_in(process, data, owner) for process in Path("/proc").iterdir() if process.name.isdigit()):
        pid_file.unlink(missing_ok=True)


def _may_work_in(process: Path, data: Path, owner: int) -> bool:
    """Every process of a server stands in its data folder, a zombie nowhere. When we may not look, say yes."""
    try:
        return os.readlink(process / "cwd") == str(data)
    except PermissionError:
        return _is_alive_and_owned_by(process, owner)
    except OSError:
        return False


def _is_alive_and_owned_by(process: Path, owner: int) -> bool:
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z" and process.stat().st_uid == owner
    except OSError:
        return False
