"""A small form with its facts, for tests to load, to break and to fill in."""

from typing import Any

from zajedno.forms.logic.book import Book

LANGUAGES = ("Српски (sr)", "Bosanski (bs)", "English (en)")
SMALL = """
## survey

| type | name | label::Српски (sr) | label::Bosanski (bs) | label::English (en) | required | relevant | constraint | constraint_message::Српски (sr) | constraint_message::Bosanski (bs) | constraint_message::English (en) |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| select_one yes_no | reads | Да ли дете чита? | Da li dijete čita? | Does the child read? | yes | | | | | |
| integer | pages | Колико страна дневно? | Koliko strana dnevno? | How many pages a day? | | ${reads} = 'yes' | . >= 0 and . <= 99 | Од 0 до 99. | Od 0 do 99. | From 0 to 99. |
| text | note | Белешка | Bilješka | Note | | | | | | |

## choices

| list_name | name | label::Српски (sr) | label::Bosanski (bs) | label::English (en) |
| --- | --- | --- | --- | --- |
| yes_no | yes | Да | Da | Yes |
| yes_no | no | Не | Ne | No |

## settings

| form_title | form_id | default_language | form_title::Српски (sr) | form_title::Bosanski (bs) | form_title::English (en) |
| --- | --- | --- | --- | --- | --- |
| Reading | reading | Српски (sr) | Читање | Čitanje | Reading |
"""
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
