"""The file of bodies in a pack: every mistake in it, and what a line of it says of one place."""

from collections.abc import Collection, Mapping
from typing import Any

from zajedno.procedures.logic.reading import Mistake, Reader, known_languages, read_toml

WHERE = ("seed20", "spis")  # marks of a place


def check(text: str, *, kinds: Collection[str], languages: Collection[str]) -> list[Mistake]:
    """Every mistake in `bodies.toml`; none means that it may be loaded."""
    table, mistakes = read_toml(text)
    if mistakes:
        return mistakes
    reader = Reader(table, "", mistakes)
    known_languages(reader)
    for body in reader.each("body"):
        body.choice("kind", sorted(kinds))
        body.choice("where", WHERE)
        body.choice("language", sorted(languages))
        for language, title in body.labels("titles").items():
            if "{place}" not in title:
                body.complain(f"the title in “{language}” does not say {{place}}.")
        source = body.one("source")
        source.text("text")
        source.flag("verified")
        source.done()
        body.done()
    reader.done()
    return mistakes


def said(body: Mapping[str, Any], *, cyrillic: str, latin: str, phase: str) -> dict[str, Any]:
    """Columns of a body in one place, whose name is written both ways."""
    names = {code: cyrillic if code == "sr" else latin for code in body["titles"]}
    return {
        "titles": {code: text.replace("{place}", names[code]) for code, text in body["titles"].items()},
        "language": body["language"],
        "source": body["source"]["text"].replace("{phase}", phase),
        "verified": body["source"]["verified"],
    }
