"""Reads tables of a pack; collects every mistake as a place and a plain sentence instead of stopping at the first."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

SLIPS = {  # what usually stands behind a complaint of the TOML reader
    "Illegal character '\\n'": "A text ends with a quotation mark in the line in which it begins.",
    "Unclosed array": "A list has a comma between its words and ends with ].",
    "Cannot overwrite": "The same word stands twice in one table.",
    "Cannot declare": "What may stand several times is written in double brackets each time, such as [[move]].",
    "Cannot mutate": "What may stand several times is written in double brackets each time, such as [[move]].",
}
KEY = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """`place` says where ("move submit"), `sentence` what is wrong and what would be right."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


@dataclass(slots=True)
class Reader:
    """One table of a pack. Each reading method takes the field it wants; `done()` complains of what nobody read."""

    table: Mapping[str, Any]
    place: str
    mistakes: list[Mistake]
    languages: Sequence[str] = ()
    _read: set[str] = field(default_factory=set)

    def complain(self, sentence: str) -> None:
        self.mistakes.append(Mistake(self.place, sentence))

    def raw(self, name: str) -> Any:
        self._read.add(name)
        return self.table.get(name)

    def text(self, name: str, default: str | None = None) -> str:
        """A non-empty text; with no `default` it must be there."""
        value = self.raw(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            self.complain(f"`{name}` must be a text.")
            return default or ""
        return value

    def key(self, name: str = "key") -> str:
        value = self.text(name)
        if value and not KEY.fullmatch(value):
            self.complain(f"`{name}` is “{value}”; a key has small letters, digits and single hyphens or underscores.")
        return value

    def choice(self, name: str, allowed: Sequence[str], default: str | None = None) -> str:
        value = self.text(name, default)
        if value and value not in allowed and value != default:
            self.complain(f"`{name}` is “{value}”; it may be {', '.join(allowed)}{near(value, allowed)}")
            return default or ""
        return value

    def number(self, name: str, default: int | None = None, least: int = 0) -> int:
        value = self.raw(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.complain(f"`{name}` must be a whole number, at least {least}.")
            return default or least
        return value

    def flag(self, name: str, default: bool | None = None) -> bool:
        value = self.raw(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, bool):
            self.complain(f"`{name}` must be true or false.")
            return bool(default)
        return value

    def day(self, name: str) -> date | None:
        """A date, or None when it is not there. Stored content carries dates as texts."""
        value = self.raw(name)
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                value = ""
        if value is not None and not isinstance(value, date):
            self.complain(f"`{name}` must be a date such as 2026-09-01.")
            return None
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """A list of texts; nothing means none."""
        value = self.raw(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.complain(f'`{name}` must be a list of texts, such as ["one", "two"].')
            return ()
        for twice in sorted({one for one in value if value.count(one) > 1}):
            self.complain(f"`{name}` names “{twice}” twice.")
        return tuple(value)

    def numbers(self, name: str) -> tuple[int, ...]:
        value = self.raw(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, int) and one >= 0 for one in value):
            self.complain(f"`{name}` must be a list of whole numbers, such as [14, 3].")
            return ()
        return tuple(value)

    def labels(self, name: str = "labels", needed: bool = True) -> Mapping[str, str]:
        """A text in each declared language: `{ sr = "…", en = "…" }`."""
        value = self.raw(name)
        if value is None and not needed:
            return {}
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            self.complain(f"`{name}` must give a text for each language ({', '.join(self.languages)}).")
            return {}
        for language in self.languages:
            if not value.get(language, "").strip():
                self.complain(f"`{name}` has no text in the declared language “{language}”.")
        if "sr-latn" in value:
            self.complain(f"`{name}` writes “sr-latn” by hand; it is made from “sr”.")
        return value

    def one(self, name: str) -> "Reader":
        """A table inside this one; an empty one when it is missing."""
        value = self.raw(name)
        if value is not None and not isinstance(value, dict):
            self.complain(f"`{name}` must be a table.")
        return self._inner(value if isinstance(value, dict) else {}, name)

    def each(self, name: str) -> Iterator["Reader"]:
        """Every `[[name]]` table; its key, when it has one, is part of the place."""
        value = self.raw(name)
        if value is not None and not isinstance(value, list):
            self.complain(f"`{name}` must be written as [[{name}]].")
            return
        for number, table in enumerate(value or (), start=1):
            if not isinstance(table, dict):
                self.complain(f"`{name}` must be written as [[{name}]].")
                return
            yield self._inner(table, f"{name} {table.get('key') or table.get('name') or number}")

    def _inner(self, table: Mapping[str, Any], name: str) -> "Reader":
        return Reader(table, f"{self.place}, {name}" if self.place else name, self.mistakes, self.languages)

    def done(self) -> None:
        for name in self.table:
            if name not in self._read:
                self.complain(f"`{name}` is not known here{near(name, sorted(self._read))}")


def near(word: str, known: Sequence[str]) -> str:
    """The end of a sentence: `; did you mean “…”?` when some known word is close, else a full stop."""
    close = get_close_matches(word, known, 1, 0.6)
    return f"; did you mean “{close[0]}”?" if close else "."


def read_toml(text: str) -> tuple[dict[str, Any], list[Mistake]]:
    """The tables of a TOML text; a text that is no TOML gives one mistake with its line."""
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        hint = next((f" {said}" for words, said in SLIPS.items() if words in str(error)), "")
        return {}, [Mistake("", f"This is not valid TOML: {error}.{hint}")]


def file_reader(text: str, key: str) -> Reader:
    """The reader of a file named by its key, its languages known; without a table when it is no TOML."""
    table, mistakes = read_toml(text)
    reader = Reader(table, "", mistakes)
    if table:
        known_languages(reader)
        if reader.key() != key:
            reader.complain(f"`key` must be the name of the file, “{key}”.")
    elif not mistakes:
        reader.complain("The file says nothing.")
    return reader


def known_languages(reader: Reader) -> tuple[str, ...]:
    """The declared languages; from here on the reader demands a label in each."""
    languages = reader.words("languages")
    if not languages:
        reader.complain('`languages` must list the languages of this file, such as ["sr", "bs", "en"].')
    for language in languages:
        if language not in {"sr", "bs", "hr", "hu", "sq", "en"}:
            reader.complain(f"`languages` names “{language}”; it may be sr, bs, hr, hu, sq, en.")
    reader.languages = languages
    return languages


def unique(readers_keys: Sequence[str], what: str, place: str, mistakes: list[Mistake]) -> None:
    """Complain of each key that stands twice."""
    for key in sorted({key for key in readers_keys if key and readers_keys.count(key) > 1}):
        mistakes.append(Mistake(place, f"There are two {what} with the key “{key}”."))
