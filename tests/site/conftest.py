"""Installations of these tests' own: real processes, real PostgreSQL, a folder that goes afterwards."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zajedno.site.database import Cluster
from zajedno.site.folders import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]
QUICK = {"fsync": "off"}


def environment(folder: Path, **more: str) -> dict[str, str]:
    """As a person's shell, without what the tests' own database set."""
    ours = {
        "DATABASE_URL",
        "ADMIN_DATABASE_URL",
        "ZAJEDNO_SECRET_KEY",
        "ZAJEDNO_SEALING_KEYS",
        "DJANGO_SETTINGS_MODULE",
    }
    kept = {key: value for key, value in os.environ.items() if key not in ours}
    return {**kept, "ZAJEDNO_DATA": str(folder), "ZAJEDNO_MODE": "test", "PYTHONPATH": str(ROOT), **more}


def zajedno(*words: str, folder: Path, answer: str | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would."""
    command = [sys.executable, "-m", "zajedno.site.command", *words]
    return subprocess.run(
        command, env=environment(folder, **more), cwd="/", capture_output=True, text=True, input=answer, timeout=600
    )


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path that the server's account may enter, as root too."""
    path = Path(tempfile.mkdtemp(prefix="zj-"))
    path.chmod(0o711)
    yield path
    Cluster(path).stop()
    Cluster(path).remove()


@pytest.fixture
def cluster(folder: Path) -> Iterator[Cluster]:
    cluster = Cluster(folder, settings=QUICK)
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def installation() -> Iterator[Path]:
    """A data folder after `zajedno setup`."""
    path = Path(tempfile.mkdtemp(prefix="zj-"))
    path.chmod(0o711)
    try:
        done = zajedno("setup", folder=path)
        assert done.returncode == 0, done.stdout + done.stderr
        yield path
    finally:
        Cluster(path).remove()
