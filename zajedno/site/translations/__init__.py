"""Catalogues: collected from the code, written by hand in `zajedno/locale`, compiled without gettext's tools.

Serbian in Latin is made from the Cyrillic, letter by letter, when the catalogues are compiled; its own file holds only
the few texts where that is not right.
"""

from pathlib import Path

import polib

from zajedno.kernel.script import latin
from zajedno.site.folders import PACKAGE

LOCALE = PACKAGE / "locale"
WRITTEN = ("sr", "bs", "hr", "hu", "sq")  # by hand and complete
SCRIPTS = {"sr_Latn": "sr"}  # made from another
_SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
PLURALS = dict.fromkeys(("sr", "sr_Latn", "bs", "hr"), _SLAVIC) | dict.fromkeys(
    ("hu", "sq"), "nplurals=2; plural=(n != 1);"
)


def forms(language: str) -> range:
    """Of how many forms a number has, by their order."""
    return range(int(PLURALS[language][len("nplurals=")]))


def header(language: str) -> dict[str, str]:
    """What a catalogue begins with."""
    return {
        "Language": language, "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }  # fmt: skip


def catalogue(language: str, folder: Path = LOCALE) -> Path:
    """Where the texts of a language stand, as Django names it: sr, sr_Latn, bs."""
    return folder / language / "LC_MESSAGES" / "django.po"


def compile_all(folder: Path = LOCALE) -> int:
    """Write the `.mo` of each catalogue that is older than its sources. Returns how many were written.

    Needs nothing but polib: a build calls it before Django is there.
    """
    written = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/django.po")):
        language = source.parts[-3]
        sources = [source, catalogue(SCRIPTS.get(language, language), folder)]
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < max(path.stat().st_mtime for path in sources):
            read(language, folder).save_as_mofile(str(target))
            written += 1
    return written


def read(language: str, folder: Path = LOCALE) -> polib.POFile:
    """All texts of a language; what is made from another script is made here."""
    own = polib.pofile(str(catalogue(language, folder)))
    if language not in SCRIPTS:
        return own
    made = polib.pofile(str(catalogue(SCRIPTS[language], folder)))
    chosen = {(entry.msgctxt, entry.msgid): entry for entry in own}
    for entry in made:
        entry.msgstr = latin(entry.msgstr)
        entry.msgstr_plural = {form: latin(text) for form, text in entry.msgstr_plural.items()}
        if (override := chosen.get((entry.msgctxt, entry.msgid))) is not None:
            entry.msgstr, entry.msgstr_plural = override.msgstr, override.msgstr_plural
    return made
