"""Compiles translations (`.po` → `.mo`) without gettext's tools: `python -m zajedno.site.translations`."""

from pathlib import Path

import polib

from zajedno.site.folders import PACKAGE


def compile_all(folder: Path = PACKAGE / "locale") -> int:
    """Write the `.mo` beside each `.po` that is newer than it. Returns how many were written."""
    written = 0
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written += 1
    return written


if __name__ == "__main__":
    compile_all()
