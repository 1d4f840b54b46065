"""Remembers what `zajedno setup` has done, so that the second run does only what changed."""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from zajedno.site.folders import PACKAGE, ROOT

CARRIERS = ("Django", "django-allauth", "django-htmx", "procrastinate", "whitenoise")  # bring tables or static files


class Stamps:
    """Digests of finished steps, in `setup.json` of the data folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "setup.json"
        try:
            self.done: dict[str, str] = json.loads(self.path.read_text())
        except (FileNotFoundError, ValueError):
            self.done = {}

    def fresh(self, step: str, digest: str) -> bool:
        return self.done.get(step) == digest

    def set(self, step: str, digest: str) -> None:
        self.done[step] = digest
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(self.done))
        part.replace(self.path)

    def forget(self) -> None:
        self.done = {}
        self.path.unlink(missing_ok=True)


def of_tables() -> str:
    return _digest(PACKAGE.glob("*/migrations/*.py"))


def of_static() -> str:
    return _digest(p for p in (PACKAGE / "web" / "static").rglob("*") if p.is_file())


def of_packs() -> str:
    folders = (ROOT / "packs", PACKAGE / "packs")
    return _digest(p for folder in folders for p in folder.rglob("*") if p.is_file())


def _digest(files: Iterable[Path]) -> str:
    """Of the files' names and contents, and of the packages that bring more of their kind."""
    total = hashlib.sha256()
    for name in CARRIERS:
        try:
            total.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            continue
    for path in sorted(files):
        total.update(f"{path}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
