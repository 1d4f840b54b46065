"""The fixed words of a letter in one language, from `texts.toml` beside its template, and the data that fills them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.labels import label, missing
from zajedno.kernel.refusal import Refused

_PLACE = re.compile(r"\{([a-z_.]+)\}(\.?)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_SCRIPTS = {"sr": "cyrl", "sr-latn": "latn"}
_REGIONS = {"sr": "RS", "sr-latn": "RS"}


class IncompleteLetter(Refused):
    """A letter whose words or data are not all there in the language asked for; it is not issued."""


class BrokenTemplate(Exception):
    """A mistake in a template. Says the place only: what a template was filled with must not reach a log."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a document says of itself. `on` is the day it is dated: the same input gives the same bytes."""

    language: str
    title: str
    author: str
    on: date

    @property
    def code(self) -> str:
        """The language without its script: `sr` for both."""
        return self.language.split("-")[0]

    @property
    def script(self) -> str:
        return _SCRIPTS.get(self.language, "")

    @property
    def region(self) -> str:
        return _REGIONS.get(self.language, "")

    @property
    def tag(self) -> str:
        """BCP 47, as the document declares it: sr-Cyrl-RS, sr-Latn-RS, bs, en."""
        return "-".join(part for part in (self.code, self.script.capitalize(), self.region) if part)


def letter_texts(template: Path, language: str) -> dict[str, str]:
    """All words of the letter `template` (common ones too), by key.

    Raises IncompleteLetter when any is missing: a letter is never half in another language.
    """
    sections = _sections(template.parent / "texts.toml")
    if template.stem not in sections:
        raise BrokenTemplate(f"texts.toml has no section for {template.stem}")
    found = {**sections.get("common", {}), **sections[template.stem]}
    gaps = sorted(key for key, texts in found.items() if missing(texts, language))
    if gaps:
        raise IncompleteLetter(_("This letter is not complete in the language chosen. Choose another."), "language")
    return {key: label(texts, language) for key, texts in found.items()}


def letter_languages(template: Path, candidates: tuple[str, ...]) -> list[str]:
    """Those of the candidate languages in which the letter is complete."""
    sections = _sections(template.parent / "texts.toml")
    texts = [*sections.get("common", {}).values(), *sections.get(template.stem, {}).values()]
    return [language for language in candidates if texts and not any(missing(text, language) for text in texts)]


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> dict[str, dict[str, Mapping[str, str]]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _sections(path: Path) -> dict[str, dict[str, Mapping[str, str]]]:
    return _read(path, path.stat().st_mtime_ns)


def filled(template: Path, data: Mapping[str, Any], rendering: Rendering) -> dict[str, Any]:
    """What a template gets: `t` (words, with `{place.holders}` filled from the data), `d` (data as text), `meta`."""
    plain = printable(data, rendering.language)
    words = {key: _fill(text, plain) for key, text in letter_texts(template, rendering.language).items()}
    meta = {
        "title": _line(rendering.title),
        "author": _line(rendering.author),
        "lang": rendering.code,
        "script": rendering.script or "auto",
        "region": rendering.region,
    }
    return {"t": words, "d": plain, "meta": meta}


def printable(value: Any, language: str) -> Any:
    """Data as letters print it: days `24. 11. 2026.`, times `10.30` (`10:30` in English), no control characters."""
    match value:
        case Mapping():
            return {key: printable(inner, language) for key, inner in value.items()}
        case list() | tuple():
            return [printable(inner, language) for inner in value]
        case datetime():
            return f"{printable(value.date(), language)} {printable(value.time(), language)}"
        case date():
            return f"{value.day}. {value.month}. {value.year}."
        case time():
            return value.strftime("%H:%M" if language == "en" else "%H.%M")
        case bool():
            return value
        case None:
            return ""
        case _:
            return normalize("NFC", _CONTROL.sub("", str(value)))


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _fill(text: str, data: Mapping[str, Any]) -> str:
    """Fill the places once: what comes out of the data is not looked at again."""

    def value(match: re.Match[str]) -> str:
        found: Any = data
        for step in match.group(1).split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
        if not isinstance(found, str) or not found:
            raise IncompleteLetter(_("The letter needs something that the case does not have yet."), match.group(1))
        return found.removesuffix(".") + "." if match.group(2) else found  # a day ends with a full stop of its own

    return _PLACE.sub(value, text)
