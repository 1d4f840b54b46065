"""Texts of packs in many languages: `{"sr": "Захтев", "en": "Request", …}`, stored as JSON."""

from collections.abc import Mapping

from django.utils.translation import get_language

from zajedno.kernel.script import latin

Labels = Mapping[str, str]


def label(texts: Labels, language: str | None = None) -> str:
    """The text in a language; `sr-latn` is made from `sr`; a missing text falls back to English, then to any."""
    language = (language or get_language() or "en").lower()
    if language in texts:
        return texts[language]
    if language == "sr-latn" and "sr" in texts:
        return latin(texts["sr"])
    return texts.get("en") or next(iter(texts.values()), "")


def missing(texts: Labels, language: str) -> bool:
    """Is the text not there in this language (so that a page can mark the English one)?"""
    return language not in texts and not (language == "sr-latn" and "sr" in texts)
