"""Catalogues: collected from the code, written by hand in `zajedno/locale`, compiled without gettext's tools.

`python -m zajedno.site.translations` compiles them.
"""

from pathlib import Path

import polib

from zajedno.site.folders import PACKAGE

LOCALE = PACKAGE / "locale"


def compile_all(folder: Path = LOCALE) -> int:
    """Write the `.mo` beside each `.po` that is newer than it. Returns how many were written.

    Needs nothing but polib: a build calls it before Django is there.
    """
    written = 0
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written += 1
    return written
