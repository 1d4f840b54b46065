"""The file of an event in a pack: what may stand in it, and every mistake in it."""

import re
from collections.abc import Collection
from datetime import date

from zajedno.procedures.logic.reading import Mistake, Reader, file_reader

_DAY = re.compile(r"[01]\d-[0-3]\d")
_LEAP = 2000  # a year in which every day exists
FIRST_YEAR = 1900
ROLES = ("organisers", "implementers", "partners", "funders", "supporters")
"""Organisers are of the event; the others of the project or programme that it belongs to."""


def check(text: str, *, key: str, themes: Collection[str], territories: Collection[tuple[str, str]]) -> list[Mistake]:
    """Every mistake in an event's file; none means that it may be loaded.

    `key`: name of the file; `territories`: (country, code) of every unit that the packs know.
    """
    reader = file_reader(text, key)
    if not reader.table:
        return reader.mistakes
    country = reader.text("country")
    _unit(reader, country, territories, needed=False)
    reader.text("place")
    _days(reader)
    for theme in reader.words("themes"):
        if theme not in themes:
            reader.complain(f"the theme “{theme}” is not known; it may be {', '.join(themes)}.")
    reader.labels("titles")
    reader.labels("summary")
    _source(reader.one("source"))
    reader.labels("project", needed=False)
    reader.text("campaign", "")
    _inside(reader, country, territories)
    reader.done()
    return reader.mistakes


def _days(reader: Reader) -> None:
    year = reader.raw("year")
    if year is not None and (not isinstance(year, int) or isinstance(year, bool) or not FIRST_YEAR <= year <= 2100):
        reader.complain("`year` must be a year such as 2015; leave it out where the source does not say it.")
        year = None
    days = reader.words("days")
    if not days:
        reader.complain('`days` must list month and day, such as ["11-06", "11-07"].')
    for day in days:
        try:
            found = _DAY.fullmatch(day) and date.fromisoformat(f"{year or _LEAP:04}-{day}")
        except ValueError:
            found = None
        if not found:
            reader.complain(f"the day “{day}” does not exist; write month and day, such as 11-06.")


def _source(source: Reader) -> None:
    source.text("text")
    source.choice("language", ("sr", "bs", "hr", "hu", "sq", "en"))
    source.flag("verified")
    source.labels("note", needed=False)
    source.done()


def _unit(reader: Reader, country: str, territories: Collection[tuple[str, str]], *, needed: bool) -> str:
    code = reader.text("territory", None if needed else "")
    if code and (country, code) not in territories:
        reader.complain(f"the packs know no territory “{code}” in {country}.")
    return code


def _inside(reader: Reader, country: str, territories: Collection[tuple[str, str]]) -> None:
    """Organisers, people, sections and participants."""
    for name in ROLES:
        rows = reader.raw(name) or []
        if not isinstance(rows, list) or not all(
            isinstance(row, dict) and set(reader.languages) <= set(row) for row in rows
        ):
            reader.complain(f"each of [[{name}]] gives a text for each language ({', '.join(reader.languages)}).")
    for person in reader.each("people"):
        person.text("name")
        person.labels("role")
        person.labels("said", needed=False)
        person.done()
    for section in reader.each("sections"):
        section.labels("title")
        for number, point in enumerate(section.raw("points") or (), start=1):
            if not isinstance(point, dict) or not set(reader.languages) <= set(point):
                section.complain(f"point {number} gives a text for each language ({', '.join(reader.languages)}).")
        section.done()
    seen: list[str] = []
    for participant in reader.each("participants"):
        participant.text("written")
        seen.append(_unit(participant, participant.text("country", country), territories, needed=True))
        participant.done()
    for code in sorted({code for code in seen if code and seen.count(code) > 1}):
        reader.complain(f"the participant “{code}” stands twice.")
