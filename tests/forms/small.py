"""A small form with its facts, for tests to load, to break and to fill in."""

from pathlib import Path
from typing import Any

from zajedno.forms.logic.book import Book

SMALL = Path(__file__).with_name("small.xlsform.md").read_text(encoding="utf-8")
FACTS: dict[str, Any] = {
    "about": "child",
    "parts": ["education"],
    "purpose": "education",
    "source": {"text": "Own example", "licence": "CC0", "verified": False, "note": "Nobody has read it yet."},
}


def small(old: str = "", new: str = "") -> Book:
    """The form, with something planted in it."""
    assert old in SMALL
    return Book.from_markdown(SMALL.replace(old, new, 1) if old else SMALL)


def workbook(old: str = "", new: str = "") -> bytes:
    """The same as an office sends it."""
    return small(old, new).to_xlsx()
