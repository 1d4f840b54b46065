"""Brings the texts of the code into a catalogue, and says what is missing in it."""

import polib

from zajedno.site.translations import catalogue, forms, header
from zajedno.site.translations.sources import Text, texts

ELSEWHERE = "of a library"  # note of an entry that betters a library's own catalogue; it stands in none of our files


def collect(language: str) -> int:
    """Update a catalogue; returns how many of its texts are empty. What is translated stays."""
    path = catalogue(language)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in old}
    new = polib.POFile(wrapwidth=110)
    new.metadata = {**old.metadata, **header(language)}  # who checked it stays
    for text, places in texts().items():
        new.append(_entry(text, places, known.get((text.context, text.text)), forms(language)))
    new.extend(entry for entry in old if entry.comment == ELSEWHERE)
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
    return len(new.untranslated_entries())


def _entry(text: Text, places: list[str], old: polib.POEntry | None, numbers: range) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.text, msgctxt=text.context or None, occurrences=[(place, "") for place in places])
    if text.plural:
        entry.msgid_plural = text.plural
        entry.msgstr_plural = old.msgstr_plural if old and old.msgid_plural else dict.fromkeys(numbers, "")
    elif old:
        entry.msgstr = old.msgstr
    if "%" in text.text and text.python:
        entry.flags = ["python-format"]
    return entry
